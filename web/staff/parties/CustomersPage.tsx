// Customers with what they owe. This page is the example to copy for a list: filters in the address, rows as one scrolls.

import { Badge, Button, Chip, Group, Text } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { listCustomerBalances } from '#reporting/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { countText, dayWords, lateWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { NewCustomer } from './NewCustomer.tsx';
import { TagManyDialog } from './TagManyDialog.tsx';

type Row = Reply<typeof listCustomerBalances>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'number', title: 'Number', sort: 'number', wideOnly: true, width: 130, cell: (row) => row.number },
  {
    key: 'name',
    title: 'Customer',
    sort: 'name',
    grow: 40,
    cell: (row) => (
      <Group gap={6} wrap="nowrap">
        <Text size="sm" fw={550} truncate>
          {row.name}
        </Text>
        {row.onHold ? <Badge color="yellow">on hold</Badge> : null}
        {row.archived ? <Badge color="gray">archived</Badge> : null}
      </Group>
    ),
    under: (row) => (row.daysLate > 0 ? `${row.number} · ${lateWords(row.daysLate)}` : row.number),
  },
  {
    key: 'items',
    title: 'Open items',
    numeric: true,
    wideOnly: true,
    cell: (row) => (row.openItems === 0 ? '–' : countText(row.openItems)),
  },
  {
    key: 'open',
    title: 'Open',
    numeric: true,
    sort: 'open',
    cell: (row) => <Positions row={row} which="open" />,
    under: (row) =>
      row.daysLate > 0
        ? row.positions.map((position) => (
            <div key={position.overdue.currency}>
              overdue <Money value={position.overdue} bare />
            </div>
          ))
        : null,
  },
  {
    key: 'overdue',
    title: 'Overdue',
    numeric: true,
    wideOnly: true,
    sort: 'overdue',
    cell: (row) => <Positions row={row} which="overdue" />,
  },
  {
    key: 'oldest',
    title: 'Oldest due',
    wideOnly: true,
    cell: (row) =>
      row.oldestDueOn === null ? (
        '–'
      ) : (
        <Text size="sm" className={row.daysLate > 0 ? 'late' : ''} title={dayWords(row.oldestDueOn)}>
          {row.daysLate > 0 ? lateWords(row.daysLate) : dayWords(row.oldestDueOn)}
        </Text>
      ),
  },
];

function Positions({ row, which }: { readonly row: Row; readonly which: 'open' | 'overdue' }) {
  if (row.positions.length === 0) return <Text c="dimmed">–</Text>;
  return (
    <>
      {row.positions.map((position) => (
        <div key={position[which].currency}>
          <Money value={position[which]} quietZero />
        </div>
      ))}
    </>
  );
}

const FILTERS = [
  { key: 'hasOpen', label: 'With open items' },
  { key: 'hasOverdue', label: 'Overdue' },
  { key: 'hasCredit', label: 'With credit' },
  { key: 'archived', label: 'Archived' },
] as const;

export default function CustomersPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const [adding, setAdding] = useState(false);
  const [tagging, setTagging] = useState(false);
  const mayEdit = useMay('customer.edit');
  const mayImport = useMay('import.run');
  const sort =
    search.sort === 'number' || search.sort === 'open' || search.sort === 'overdue' ? search.sort : 'name';
  const pages = usePages(listCustomerBalances, {
    query: {
      sort,
      ...(search.q ? { search: search.q } : {}),
      ...Object.fromEntries(FILTERS.filter((f) => search[f.key] === 'true').map((f) => [f.key, 'true'])),
    },
  });
  const rows = rowsOf(pages.data);
  const orderedAt = pages.data?.pages[0]?.orderedAt;
  const filtered = search.q !== undefined || FILTERS.some((f) => search[f.key] === 'true');
  return (
    <Page
      title="Customers"
      subtitle={orderedAt ? `Order as of ${momentWords(orderedAt)}; amounts are of this moment.` : undefined}
      actions={
        mayEdit ? (
          <>
            <Button variant="default" onClick={() => setTagging(true)}>
              Tag many
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              Add a customer
            </Button>
          </>
        ) : null
      }
    >
      <Group gap="sm">
        <SearchBox label="Number or name" value={search.q ?? ''} onChange={(q) => setSearch({ q })} />
        <Group gap={6}>
          {FILTERS.map((filter) => (
            <Chip
              key={filter.key}
              size="xs"
              checked={search[filter.key] === 'true'}
              onChange={(on) => setSearch({ [filter.key]: on ? 'true' : '' })}
            >
              {filter.label}
            </Chip>
          ))}
        </Group>
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Customers"
            columns={COLUMNS}
            rows={rows}
            keyOf={(row) => row.id}
            onOpen={(row) => go(`customers/${row.id}`)}
            sort={{ by: sort, descending: sort === 'open' || sort === 'overdue' }}
            onSort={(by) => setSearch({ sort: by })}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              filtered ? (
                <Empty icon={<IconUsers size={36} stroke={1.4} />} title="No customer fits">
                  Search for the beginning of a number or a part of a name, or take a filter off.
                </Empty>
              ) : (
                <Empty
                  icon={<IconUsers size={36} stroke={1.4} />}
                  title="No customers yet"
                  action={
                    mayImport ? <Button onClick={() => go('import')}>Import invoices</Button> : undefined
                  }
                >
                  An import of invoices brings its customers along. Or add one by hand.
                </Empty>
              )
            }
          />
        )}
      </Shown>
      {tagging ? <TagManyDialog onClose={() => setTagging(false)} /> : null}
      <NewCustomer opened={adding} onClose={() => setAdding(false)} onAdded={(id) => go(`customers/${id}`)} />
    </Page>
  );
}
