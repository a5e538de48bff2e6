// Disputes and deductions: what customers do not accept, how long already, and what became of it.

import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { listDisputeReasons, listDisputes } from '#disputes/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { AmountBar } from './AmountBar.tsx';

type Row = Reply<typeof listDisputes>['rows'][number];

/** `1 day`, `12 days`. */
const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'who',
    title: 'Customer',
    grow: 34,
    cell: (row) => (
      <Text size="sm" fw={550} truncate title={row.customer.name}>
        {row.customer.name}
      </Text>
    ),
    under: (row) => `${row.number} · ${row.reasonName}`,
  },
  { key: 'number', title: 'Number', wideOnly: true, cell: (row) => row.number },
  {
    key: 'reason',
    title: 'Reason',
    wideOnly: true,
    grow: 40,
    cell: (row) => (
      <Text size="sm" truncate title={row.reasonName}>
        {row.kind === 'deduction' ? 'Deduction: ' : ''}
        {row.reasonName}
      </Text>
    ),
  },
  {
    key: 'about',
    title: 'About',
    wideOnly: true,
    grow: 34,
    cell: (row) => (
      <Text size="sm" c="dimmed" truncate title={row.references.join(', ')}>
        {row.references.join(', ')}
      </Text>
    ),
  },
  {
    key: 'opened',
    title: 'Open for',
    wideOnly: true,
    cell: (row) => <span title={`since ${dayWords(row.openedOn)}`}>{days(row.daysOpen)}</span>,
  },
  {
    key: 'state',
    title: 'State',
    wideOnly: true,
    cell: (row) => <StateBadge state={row.outcome ?? row.state} />,
  },
  {
    key: 'open',
    title: 'Disputed',
    numeric: true,
    cell: (row) => <Money value={row.amounts.open} quietZero />,
    under: (row) => <AmountBar amounts={row.amounts} words={false} />,
  },
];

const STATES = [
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Decided' },
  { value: '', label: 'All' },
] as const;

const KINDS = [
  { value: '', label: 'Both' },
  { value: 'dispute', label: 'Disputes' },
  { value: 'deduction', label: 'Deductions' },
] as const;

/** The list with its filters; within a customer's page, only that customer's. */
export function DisputeList({ customerId }: { readonly customerId?: string }) {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const reasons = useRead(listDisputeReasons, {});
  const state = STATES.find((s) => s.value === (search.state ?? 'open'))?.value ?? 'open';
  const kind = KINDS.find((k) => k.value === search.kind)?.value ?? '';
  const pages = usePages(listDisputes, {
    query: {
      ...(state === '' ? {} : { state }),
      ...(kind === '' ? {} : { kind }),
      ...(search.q ? { search: search.q } : {}),
      ...(search.reason ? { reason: search.reason } : {}),
      ...(customerId ? { customerId } : {}),
    },
  });
  return (
    <>
      <Group gap="sm">
        <SearchBox label="Number or claim" value={search.q ?? ''} onChange={(q) => setSearch({ q })} />
        <SegmentedControl
          aria-label="State"
          data={[...STATES]}
          value={state}
          onChange={(value) => setSearch({ state: value === 'open' ? '' : value || 'all' })}
        />
        <SegmentedControl
          aria-label="Kind"
          data={[...KINDS]}
          value={kind}
          onChange={(value) => setSearch({ kind: value })}
        />
        <Select
          aria-label="Reason"
          placeholder="Any reason"
          clearable
          searchable
          data={(reasons.data?.reasons ?? []).map((one) => ({ value: one.code, label: one.name }))}
          value={search.reason ?? null}
          onChange={(value) => setSearch({ reason: value ?? '' })}
        />
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Disputes"
            columns={customerId ? COLUMNS.slice(1) : COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.disputeId}
            onOpen={(row) => go(`disputes/${row.disputeId}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty icon={<IconGavel size={36} stroke={1.4} />} title="Nothing is disputed">
                A dispute is opened on the page of an invoice; a deduction when a payment is short.
              </Empty>
            }
          />
        )}
      </Shown>
    </>
  );
}

export default function DisputesPage() {
  return (
    <Page
      title="Disputes"
      subtitle="What is disputed is not chased and bears no interest. What is owed changes only by a payment, credit or write-off."
    >
      <DisputeList />
    </Page>
  );
}
