// The contacts behind a figure, the latest first, and the money behind each.

import { Drawer, Stack, Table, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { listEffectContacts, readContactCash } from '#effects/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, usePages, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import type { EffectQuery } from './EffectsPage.tsx';

type Contact = Reply<typeof listEffectContacts>['rows'][number];

export function ContactsDrawer({
  query,
  keyOf,
  label,
  onClose,
}: {
  readonly query: EffectQuery;
  readonly keyOf: string | null;
  readonly label: string;
  onClose(): void;
}) {
  const pages = usePages(listEffectContacts, { query: { ...query, key: keyOf ?? '-' } });
  const rows = rowsOf(pages.data);
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`Contacts: ${label}`}>
      <Shown read={pages}>
        {() => (
          <Stack>
            <Scroll minWidth={520} label="Contacts">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Day</Table.Th>
                    <Table.Th>Customer</Table.Th>
                    <Table.Th>How</Table.Th>
                    <Table.Th className="numeric">Credited</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <ContactRow key={row.contactId} row={row} query={query} />
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
            <ShowMore pages={pages} />
          </Stack>
        )}
      </Shown>
    </Drawer>
  );
}

function ContactRow({ row, query }: { readonly row: Contact; readonly query: EffectQuery }) {
  const [opened, setOpened] = useState(false);
  const isNothing = /^-?[0.]*$/.test(row.cash.amount);
  return (
    <>
      <Table.Tr>
        <Table.Td style={{ whiteSpace: 'nowrap' }}>
          {row.kind === 'reminder' ? (
            <TenantLink to={`outbox/${row.contactId}`}>{dayWords(row.on)}</TenantLink>
          ) : (
            dayWords(row.on)
          )}
        </Table.Td>
        <Table.Td>
          <TenantLink to={`customers/${row.customer.id}`}>{row.customer.name}</TenantLink>
        </Table.Td>
        <Table.Td>
          <Text size="sm">{row.channel}</Text>
          <Text size="xs" c="dimmed">
            {row.collector}
            {row.reached ? '' : ', reached nobody'}
          </Text>
        </Table.Td>
        <Table.Td className="numeric">
          {isNothing ? (
            '–'
          ) : (
            <UnstyledButton
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
              c="var(--mantine-color-anchor)"
              fz="sm"
            >
              <VisuallyHidden>
                Money credited to the contact with {row.customer.name} of {dayWords(row.on)}:{' '}
              </VisuallyHidden>
              <Money value={row.cash} />
            </UnstyledButton>
          )}
        </Table.Td>
      </Table.Tr>
      {opened ? <Cash contactId={row.contactId} query={query} /> : null}
    </>
  );
}

function Cash({
  contactId,
  query: { by: _by, ...query },
}: {
  readonly contactId: string;
  readonly query: EffectQuery;
}) {
  const read = useRead(readContactCash, { params: { contactId }, query });
  return read.data?.rows.map((row) => (
    <Table.Tr key={row.applicationId}>
      <Table.Td />
      <Table.Td colSpan={2}>
        <Text size="xs" component="div">
          <TenantLink to={`payments/${row.paymentId}`}>{row.paymentNumber}</TenantLink> for {row.reference},{' '}
          {dayWords(row.receivedOn)}, {row.lagDays} {row.lagDays === 1 ? 'day' : 'days'} after
        </Text>
      </Table.Td>
      <Table.Td className="numeric">
        <Text size="xs" component="div">
          <Money value={row.amount} />
        </Text>
      </Table.Td>
    </Table.Tr>
  ));
}
