// What is or was with agencies and lawyers, and who they are.

import { SegmentedControl, Stack, Tabs, Text } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { listHandOvers } from '#escalation/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { Agencies } from './Agencies.tsx';
import { AgencyNews } from './AgencyNews.tsx';
import { statusWords } from './escalation-words.ts';
import { Statements } from './Statements.tsx';

type Row = Reply<typeof listHandOvers>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'number', title: 'No.', cell: (row) => row.number },
  {
    key: 'customer',
    title: 'Customer',
    grow: 40,
    cell: (row) => (
      <Text size="sm" fw={550} truncate>
        {row.customer.name}
      </Text>
    ),
    under: (row) => row.agency?.name ?? 'court',
  },
  { key: 'to', title: 'With', wideOnly: true, grow: 30, cell: (row) => row.agency?.name ?? 'a court' },
  { key: 'since', title: 'Since', wideOnly: true, cell: (row) => dayWords(row.handedOn) },
  {
    key: 'status',
    title: 'Is',
    wideOnly: true,
    cell: (row) => (row.status ? statusWords(row.status) : row.isStanding ? 'handed over' : 'ended'),
  },
  {
    key: 'handed',
    title: 'Handed over',
    numeric: true,
    wideOnly: true,
    cell: (row) => <Money value={row.handed} />,
  },
  { key: 'open', title: 'Open', numeric: true, cell: (row) => <Money value={row.open} quietZero /> },
];

const SHOWN = ['standing', 'ended', 'all'] as const;

export default function HandOversPage() {
  const [search, setSearch] = useAddress();
  const tab = search.tab ?? 'hand-overs';
  return (
    <Page title="Agencies and courts" subtitle="What others collect for us, and who they are.">
      <Tabs value={tab} onChange={(value) => setSearch({ tab: value ?? '' })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="hand-overs">Handed over</Tabs.Tab>
          <Tabs.Tab value="statements">Statements</Tabs.Tab>
          <Tabs.Tab value="news">News</Tabs.Tab>
          <Tabs.Tab value="agencies">Agencies</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="hand-overs" pt="md">
          <List />
        </Tabs.Panel>
        <Tabs.Panel value="statements" pt="md">
          <Statements />
        </Tabs.Panel>
        <Tabs.Panel value="news" pt="md">
          <AgencyNews />
        </Tabs.Panel>
        <Tabs.Panel value="agencies" pt="md">
          <Agencies />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function List() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const show = SHOWN.find((one) => one === search.show) ?? 'standing';
  const pages = usePages(listHandOvers, { query: { show } });
  return (
    <Stack>
      <SegmentedControl
        aria-label="Which"
        w="fit-content"
        data={[
          { value: 'standing', label: 'With them' },
          { value: 'ended', label: 'Ended' },
          { value: 'all', label: 'All' },
        ]}
        value={show}
        onChange={(value) => setSearch({ show: value === 'standing' ? '' : value })}
      />
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Handed over"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            keyOf={(row) => row.handOverId}
            onOpen={(row) => go(`hand-overs/${row.handOverId}`)}
            empty={
              <Empty icon={<IconGavel size={36} stroke={1.4} />} title="Nothing here">
                Claims are handed over on the page of a customer, under Escalation.
              </Empty>
            }
          />
        )}
      </Shown>
    </Stack>
  );
}
