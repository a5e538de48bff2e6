// Customers of a run: what each owes, how its statement goes, or why it gets none.

import { Box, Button, Checkbox, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { type LeftOutReason, REASON_WORDS } from './statement-words.ts';

export type ShownRow = {
  readonly id: string;
  readonly customer: { readonly id: string; readonly number: string; readonly name: string };
  readonly balances: readonly MoneyValue[];
  readonly reason: LeftOutReason | null;
  readonly how: string;
  readonly state?: ReactNode;
  onPaper?(): void;
};

type Picking = { readonly isIn: (row: ShownRow) => boolean; onPick(row: ShownRow, isIn: boolean): void };

export function StatementTable({
  label,
  rows,
  picking,
}: {
  readonly label: string;
  readonly rows: readonly ShownRow[];
  /** Given where one chooses who gets one. */
  readonly picking?: Picking | undefined;
}) {
  return (
    <Scroll minWidth={300} maxHeight={560} label={label}>
      <Table aria-label={label} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {picking ? <Table.Th w={36} aria-label="Gets one" /> : null}
            <Table.Th>Customer</Table.Th>
            <Table.Th className="numeric">Owes</Table.Th>
            <Table.Th aria-label="Look at it" visibleFrom="sm" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} picking={picking} />
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function Row({ row, picking }: { readonly row: ShownRow; readonly picking: Picking | undefined }) {
  const { customer, reason } = row;
  return (
    <Table.Tr>
      {picking ? (
        <Table.Td>
          {reason === null ? (
            <Checkbox
              aria-label={`${customer.name} gets one`}
              checked={picking.isIn(row)}
              onChange={(event) => picking.onPick(row, event.currentTarget.checked)}
            />
          ) : null}
        </Table.Td>
      ) : null}
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <TenantLink to={`customers/${customer.id}?tab=statement`}>{customer.name}</TenantLink>
        <Text size="xs" c="dimmed">
          {customer.number} · {reason === null ? row.how : `left out: ${REASON_WORDS[reason]}`}
        </Text>
        {row.state}
        {/* A phone has no room for more columns. */}
        <Box hiddenFrom="sm" mt={4}>
          <PaperButton row={row} />
        </Box>
      </Table.Td>
      <Table.Td className="numeric">
        {row.balances.length === 0 ? '–' : null}
        {row.balances.map((balance) => (
          <div key={balance.currency}>
            <Money value={balance} />
          </div>
        ))}
      </Table.Td>
      <Table.Td ta="end" visibleFrom="sm">
        <PaperButton row={row} />
      </Table.Td>
    </Table.Tr>
  );
}

/** Shows the statement as it would be on paper, where there is one. */
function PaperButton({ row }: { readonly row: ShownRow }) {
  if (!row.onPaper) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`Paper for ${row.customer.name}`}
      onClick={row.onPaper}
    >
      Paper
    </Button>
  );
}
