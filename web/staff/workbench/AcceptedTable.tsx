// What people accepted of customers, whatever it is: by whom, until when, and taking it back. What was taken back stays in the list.

import { Badge, Button, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dayWords, momentWords } from '../../lib/format.ts';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Accepted = {
  readonly paymentId: string | null;
  readonly customer: { readonly id: string; readonly name: string };
  readonly untilOn: string | null;
  readonly acceptedBy: string;
  readonly acceptedAt: string;
  readonly revokedAt: string | null;
};

export function AcceptedTable<Row extends Accepted>({
  label,
  heads,
  rows,
  keyOf,
  cells,
  revokeWords,
  pending,
  onRevoke,
}: {
  readonly label: string;
  /** Of the two first columns. */
  readonly heads: readonly [string, string];
  readonly rows: readonly Row[];
  keyOf(row: Row): string;
  cells(row: Row): readonly [ReactNode, ReactNode];
  revokeWords(row: Row): string;
  readonly pending: boolean;
  onRevoke(row: Row): void;
}) {
  return (
    <Scroll minWidth={620} label={label}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
            <Table.Th>When accepted</Table.Th>
            <Table.Th>By</Table.Th>
            <Table.Th aria-label="Revoke" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const [first, second] = cells(row);
            return (
              <Table.Tr key={keyOf(row)}>
                <Table.Td>{first}</Table.Td>
                <Table.Td>{second}</Table.Td>
                <Table.Td>
                  {momentWords(row.acceptedAt)}
                  {row.untilOn ? (
                    <Text size="xs" c="dimmed">
                      until {dayWords(row.untilOn)}
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td>{row.acceptedBy}</Table.Td>
                <Table.Td className="numeric">
                  {row.revokedAt ? (
                    <Badge color="gray">revoked {momentWords(row.revokedAt)}</Badge>
                  ) : (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="red"
                      aria-label={revokeWords(row)}
                      loading={pending}
                      onClick={() => onRevoke(row)}
                    >
                      Revoke
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** What was accepted, linked to the receipt that it was seen on, with how good it is. */
export function AcceptedSign({
  row,
  words,
  note,
}: {
  readonly row: Accepted;
  readonly words: string;
  readonly note: string;
}) {
  return (
    <>
      {row.paymentId ? <TenantLink to={`payments/${row.paymentId}`}>{words}</TenantLink> : words}
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </>
  );
}

/** Whom it is accepted of. */
export function AcceptedOf({ row }: { readonly row: Accepted }) {
  return <TenantLink to={`customers/${row.customer.id}`}>{row.customer.name}</TenantLink>;
}
