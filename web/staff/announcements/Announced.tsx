// What banks announced and what became of it: still expected, missing from a statement, booked, or the parts of a booked sum.

import { Badge, Chip, Group, Stack, Text, Title } from '@mantine/core';
import { listAnnouncements } from '#announcements/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Shown } from '../../ui/Page.tsx';

type Row = Reply<typeof listAnnouncements>['rows'][number];
type State = Row['state'];

const STATES: Readonly<Record<State, { readonly words: string; readonly color: string }>> = {
  expected: { words: 'expected', color: 'blue' },
  missing: { words: 'missing', color: 'orange' },
  booked: { words: 'booked', color: 'teal' },
  taken_apart: { words: 'taken apart', color: 'teal' },
};
const FILTERS: readonly State[] = ['expected', 'missing'];

const whatWords = (row: Row): string =>
  row.payments > 1
    ? `${countText(row.payments)} payments`
    : [row.payerName, row.remittance].filter((text) => text).join(' · ') || '–';

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'what',
    title: 'Announced',
    grow: 40,
    cell: (row) => (
      <Text size="sm" fw={550} truncate>
        {whatWords(row)}
      </Text>
    ),
    under: (row) => `${dayWords(row.bookedOn)} · ${row.accountName}`,
  },
  { key: 'day', title: 'Day', wideOnly: true, cell: (row) => dayWords(row.bookedOn) },
  { key: 'account', title: 'Account', wideOnly: true, cell: (row) => row.accountName },
  { key: 'amount', title: 'Amount', numeric: true, cell: (row) => <Money value={row.amount} /> },
  {
    key: 'state',
    title: 'State',
    cell: (row) => <Badge color={STATES[row.state].color}>{STATES[row.state].words}</Badge>,
  },
];

export function Announced() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const state = FILTERS.find((known) => known === search.announced);
  const pages = usePages(listAnnouncements, { query: state ? { state } : {} });
  const rows = rowsOf(pages.data);
  // Most banks announce nothing; then there is nothing to say.
  if (state === undefined && rows.length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        Announced
      </Title>
      <Text size="sm" c="dimmed">
        Never booked. Expected until a statement reaches its day; missing when one does without it; taken
        apart when its payments became the receipts of a booked sum.
      </Text>
      <Group gap={6}>
        {FILTERS.map((known) => (
          <Chip
            key={known}
            size="xs"
            checked={state === known}
            onChange={(on) => setSearch({ announced: on ? known : '' })}
          >
            Only {STATES[known].words}
          </Chip>
        ))}
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Announced by banks"
            columns={COLUMNS}
            rows={rows}
            keyOf={(row) => row.announcementId}
            onOpen={(row) => {
              if (row.statementId) go(`bank/${row.statementId}`);
            }}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={<Empty title="Nothing fits">Take the filter off to see all.</Empty>}
          />
        )}
      </Shown>
    </Stack>
  );
}
