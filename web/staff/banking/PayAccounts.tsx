// The accounts a company is paid to: the usual one, and those of single currencies, which documents show in its place.

import { Button, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { changePayAccount, listPayAccounts, removePayAccount } from '#banking/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import type { Company } from '../../ui/CompanySelect.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Account = Reply<typeof listPayAccounts>['accounts'][number];
type Details = Omit<Account, 'currency'>;

/** An account: its IBAN in groups of four, or its number and bank code; under it the bank. */
function AccountShown({ iban, accountNumber, routingNumber, bic, bankName }: Details) {
  const number = accountNumber && [accountNumber, routingNumber].filter(Boolean).join(' / ');
  const bank = [bankName, bic].filter(Boolean).join(' · ');
  return (
    <>
      {[iban?.replace(/(.{4})(?=.)/g, '$1 '), number].filter(Boolean).map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))}
      {bank === '' ? null : (
        <Text size="xs" c="dimmed">
          {bank}
        </Text>
      )}
    </>
  );
}

export function PayAccounts({ company }: { readonly company: Company }) {
  const read = useRead(listPayAccounts, { params: { companyId: company.id } });
  const [editing, setEditing] = useState<Account | 'new' | null>(null);
  return (
    <Shown read={read}>
      {({ usual, accounts, may }) => (
        <>
          <Scroll minWidth={320} label={`Accounts ${company.name} is paid to`}>
            <Table aria-label={`Accounts ${company.name} is paid to`}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={116}>Paid in</Table.Th>
                  <Table.Th>To the account</Table.Th>
                  {accounts.length > 0 ? <Table.Th w={150} aria-label="Change" /> : null}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {accounts.map((account) => (
                  <Table.Tr key={account.currency}>
                    <Table.Td>{account.currency}</Table.Td>
                    <Table.Td>
                      <AccountShown {...account} />
                    </Table.Td>
                    <Table.Td>
                      {may.change === true ? (
                        <RowButtons
                          company={company}
                          account={account}
                          onChange={() => setEditing(account)}
                        />
                      ) : null}
                    </Table.Td>
                  </Table.Tr>
                ))}
                <Table.Tr>
                  <Table.Td>{accounts.length === 0 ? 'Any currency' : 'Any other'}</Table.Td>
                  <Table.Td>
                    {usual ? (
                      <AccountShown {...usual} />
                    ) : (
                      <Text size="sm" c="dimmed">
                        None: nothing is said of where to pay
                      </Text>
                    )}
                  </Table.Td>
                  {accounts.length > 0 ? <Table.Td /> : null}
                </Table.Tr>
              </Table.Tbody>
            </Table>
          </Scroll>
          {may.change === true ? (
            <Group mt="xs">
              <Button
                size="xs"
                variant="subtle"
                leftSection={<IconPlus size={14} aria-hidden />}
                onClick={() => setEditing('new')}
              >
                Account for a currency
              </Button>
            </Group>
          ) : null}
          {editing === null ? null : (
            <AccountDialog
              company={company}
              account={editing === 'new' ? undefined : editing}
              taken={accounts.map(({ currency }) => currency)}
              onClose={() => setEditing(null)}
            />
          )}
        </>
      )}
    </Shown>
  );
}

function RowButtons({
  company,
  account,
  onChange,
}: {
  readonly company: Company;
  readonly account: Account;
  onChange(): void;
}) {
  const remove = useCommand(removePayAccount);
  const { currency } = account;
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Change the account for ${currency}`}
        onClick={onChange}
      >
        Change
      </Button>
      <ConfirmButton
        label="Remove"
        spoken={`Remove the account for ${currency}`}
        variant="subtle"
        title={`Remove the account for ${currency}?`}
        says={`Documents in ${currency} then show the usual account of ${company.name}. Those issued before keep theirs.`}
        confirmLabel="Remove"
        act={() => remove.mutateAsync({ params: { companyId: company.id, currency } })}
      />
    </Group>
  );
}

const FIELDS = ['currency', 'iban', 'bic', 'bankName', 'accountNumber', 'routingNumber'];
const CODES = {
  unknown_currency: 'currency',
  account_missing: 'iban',
  account_number_missing: 'accountNumber',
  iban_not_valid: 'iban',
  bic_not_valid: 'bic',
};

function AccountDialog({
  company,
  account,
  taken,
  onClose,
}: {
  readonly company: Company;
  readonly account: Account | undefined;
  readonly taken: readonly string[];
  onClose(): void;
}) {
  const change = useCommand(changePayAccount);
  const [currency, setCurrency] = useState(account?.currency ?? '');
  const form = useFields({
    iban: account?.iban ?? '',
    bic: account?.bic ?? '',
    bankName: account?.bankName ?? '',
    accountNumber: account?.accountNumber ?? '',
    routingNumber: account?.routingNumber ?? '',
  });
  const { at, rest } = placeTrouble(change.error, FIELDS, CODES);
  const line = (field: Parameters<typeof form.text>[0], label: string) => (
    <TextInput label={label} {...form.text(field)} error={at(field)} />
  );
  const given = (field: keyof Details): string | null => filled(form.values[field]) ?? null;
  const submit = (): void =>
    change.mutate(
      {
        params: { companyId: company.id, currency },
        body: {
          iban: given('iban'),
          bic: given('bic'),
          bankName: given('bankName'),
          accountNumber: given('accountNumber'),
          routingNumber: given('routingNumber'),
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title={account ? `Account for ${account.currency}` : 'Account for a currency'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Save"
      busy={change.isPending}
      problem={rest}
    >
      <Text size="sm" c="dimmed">
        Invoices, statements and reminders in this currency ask {company.name} to be paid here from now on.
        Documents issued before keep the account they were issued with.
      </Text>
      {account ? null : (
        <Select
          label="Currency"
          required
          data-autofocus
          searchable
          data={CURRENCY_CHOICES.filter((choice) => !taken.includes(choice))}
          value={currency === '' ? null : currency}
          onChange={(code) => setCurrency(code ?? '')}
          error={at('currency')}
        />
      )}
      {line('iban', 'IBAN')}
      <Group grow align="flex-start">
        {line('accountNumber', 'Account number')}
        {line('routingNumber', 'Bank code')}
      </Group>
      <Group grow align="flex-start">
        {line('bic', 'BIC')}
        {line('bankName', 'Bank')}
      </Group>
    </FormDialog>
  );
}
