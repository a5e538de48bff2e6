// How a customer is reached and pays: contacts, addresses, the bank accounts their money comes from, and their own facts.

import { Badge, Button, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import {
  archiveAddress,
  archiveContact,
  archiveCustomerBankAccount,
  type readCustomer,
} from '#parties/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { AddressDialog } from './AddressDialog.tsx';
import { BankAccountDialog } from './BankAccountDialog.tsx';
import { ContactDialog } from './ContactDialog.tsx';
import { CustomerDetails } from './CustomerDetails.tsx';

export type Customer = Reply<typeof readCustomer>;
type Part = { readonly customer: Customer };

export function Contacts({ customer }: Part) {
  return (
    <Stack>
      <People customer={customer} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Addresses customer={customer} />
        <BankAccounts customer={customer} />
      </SimpleGrid>
      <CustomerDetails customer={customer} />
    </Stack>
  );
}

/** The button that opens the dialog for a new one; not shown to those who may not. */
function AddButton({
  customer,
  label,
  onClick,
}: Part & { readonly label: string; readonly onClick: () => void }) {
  if (customer.may.change !== true) return null;
  return (
    <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  );
}

function Nothing({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

type Contact = Customer['contacts'][number];

function People({ customer }: Part) {
  const [editing, setEditing] = useState<Contact | 'new' | null>(null);
  const archive = useCommand(archiveContact);
  const mayChange = customer.may.change === true;
  return (
    <Panel
      title="Contacts"
      actions={<AddButton customer={customer} label="Add a contact" onClick={() => setEditing('new')} />}
    >
      {customer.contacts.length === 0 ? (
        <Nothing>Nobody yet. Without an e-mail address no reminder can go out.</Nothing>
      ) : (
        <Scroll minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>For</Table.Th>
                <Table.Th>E-mail</Table.Th>
                <Table.Th>Phone</Table.Th>
                <Table.Th>Language</Table.Th>
                {mayChange ? <Table.Th aria-label="Change" /> : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {customer.contacts.map((contact) => (
                <Table.Tr key={contact.id}>
                  <Table.Td>
                    <Group gap={6}>
                      <Text size="sm" fw={550}>
                        {contact.name}
                      </Text>
                      {contact.receivesReminders ? <Badge color="teal">gets reminders</Badge> : null}
                    </Group>
                  </Table.Td>
                  <Table.Td>{contact.role}</Table.Td>
                  <Table.Td>{contact.email ?? '–'}</Table.Td>
                  <Table.Td>{contact.phone ?? '–'}</Table.Td>
                  <Table.Td>{contact.language ?? `as the customer (${customer.language})`}</Table.Td>
                  {mayChange ? (
                    <Table.Td>
                      <Group gap={6} justify="flex-end" wrap="nowrap">
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={`Change ${contact.name}`}
                          onClick={() => setEditing(contact)}
                        >
                          Change
                        </Button>
                        <ConfirmButton
                          label="Archive"
                          spoken={`Archive ${contact.name}`}
                          title={`Archive ${contact.name}?`}
                          says="Nothing is sent there any more. What was sent stays on record."
                          confirmLabel="Archive"
                          act={() => archive.mutateAsync({ params: { contactId: contact.id } })}
                        />
                      </Group>
                    </Table.Td>
                  ) : null}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {editing === null ? null : (
        <ContactDialog
          customerId={customer.id}
          contact={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Panel>
  );
}

type Address = Customer['addresses'][number];

function Addresses({ customer }: Part) {
  const [editing, setEditing] = useState<Address | 'new' | null>(null);
  const archive = useCommand(archiveAddress);
  return (
    <Panel
      title="Addresses"
      actions={<AddButton customer={customer} label="Add an address" onClick={() => setEditing('new')} />}
    >
      {customer.addresses.length === 0 ? (
        <Nothing>No address yet. Invoices name the newest billing address.</Nothing>
      ) : (
        <Stack gap="sm">
          {customer.addresses.map((address) => (
            <Group key={address.id} justify="space-between" align="flex-start" gap="xs">
              <div>
                <Badge color="gray" mb={4}>
                  {address.kind}
                </Badge>
                <Text size="sm">{address.street}</Text>
                <Text size="sm">
                  {address.postalCode} {address.city}
                </Text>
                <Text size="sm" c="dimmed">
                  {[address.region, address.country].filter(Boolean).join(', ')}
                </Text>
              </div>
              {customer.may.change === true ? (
                <Group gap={6}>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Change the address ${address.street}`}
                    onClick={() => setEditing(address)}
                  >
                    Change
                  </Button>
                  <ConfirmButton
                    label="Archive"
                    spoken={`Archive the address ${address.street}`}
                    title="Archive this address?"
                    says={`${address.street}, ${address.postalCode} ${address.city} is not used on new invoices any more.`}
                    confirmLabel="Archive"
                    act={() => archive.mutateAsync({ params: { addressId: address.id } })}
                  />
                </Group>
              ) : null}
            </Group>
          ))}
        </Stack>
      )}
      {editing === null ? null : (
        <AddressDialog
          customer={customer}
          address={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Panel>
  );
}

const SOURCES: Readonly<Record<string, string>> = {
  typed: 'typed in',
  import: 'from an import',
  learned: 'learned from an applied payment',
};

function BankAccounts({ customer }: Part) {
  const [adding, setAdding] = useState(false);
  const archive = useCommand(archiveCustomerBankAccount);
  return (
    <Panel
      title="Bank accounts"
      actions={<AddButton customer={customer} label="Add an account" onClick={() => setAdding(true)} />}
    >
      {customer.bankAccounts.length === 0 ? (
        <Nothing>None known. Payments are recognised by the account they come from.</Nothing>
      ) : (
        <Stack gap="sm">
          {customer.bankAccounts.map((account) => (
            <Group key={account.id} justify="space-between" gap="xs">
              <div>
                <Text size="sm" fw={550}>
                  {account.account.replace(/(.{4})(?=.)/g, '$1 ')}
                </Text>
                <Text size="xs" c="dimmed">
                  {SOURCES[account.source] ?? account.source} · {momentWords(account.addedAt)}
                </Text>
              </div>
              {customer.may.change === true ? (
                <ConfirmButton
                  label="Archive"
                  spoken={`Archive the account ${account.account}`}
                  title="Archive this account?"
                  says="Payments from it are no longer recognised by it."
                  confirmLabel="Archive"
                  act={() => archive.mutateAsync({ params: { bankAccountId: account.id } })}
                />
              ) : null}
            </Group>
          ))}
        </Stack>
      )}
      {adding ? <BankAccountDialog customerId={customer.id} onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}
