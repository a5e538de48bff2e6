// Invoices and credit notes: what is open, what is late, what was paid.

import { Button, Chip, Group, SegmentedControl, Text } from '@mantine/core';
import { IconFileInvoice, IconPencil, IconPlus, IconRepeat, IconSend } from '@tabler/icons-react';
import { listInvoices } from '#invoicing/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { dayWords, lateWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';

type Row = Reply<typeof listInvoices>['rows'][number];

function dueWords(row: Row) {
  if (row.daysLate === 0) return dayWords(row.dueOn);
  return (
    <span className="late" title={dayWords(row.dueOn)}>
      {lateWords(row.daysLate)}
    </span>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'number',
    title: 'Number',
    wideOnly: true,
    cell: (row) => (
      <Text size="sm" fw={550}>
        {row.number}
      </Text>
    ),
  },
  {
    key: 'customer',
    title: 'Customer',
    grow: 40,
    cell: (row) => (
      <Text size="sm" truncate>
        {row.customer.name}
      </Text>
    ),
    under: (row) => (
      <>
        {row.number} · {dueWords(row)}
      </>
    ),
  },
  { key: 'issued', title: 'Issued', wideOnly: true, cell: (row) => dayWords(row.issuedOn) },
  { key: 'due', title: 'Due', wideOnly: true, cell: (row) => dueWords(row) },
  {
    key: 'state',
    title: 'State',
    wideOnly: true,
    cell: (row) => <StateBadge state={row.daysLate > 0 ? 'overdue' : row.state} />,
  },
  {
    key: 'total',
    title: 'Total',
    numeric: true,
    wideOnly: true,
    cell: (row) => <Money value={row.total} bare />,
  },
  { key: 'open', title: 'Open', numeric: true, cell: (row) => <Money value={row.open} /> },
];

const STATES = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'paid', label: 'Paid' },
  { value: 'voided', label: 'Voided' },
] as const;

type State = (typeof STATES)[number]['value'];

/** What is listed, for the page where it is sent. */
function sendingQuery(search: Readonly<Record<string, string>>): string {
  const { q, state, kind } = search;
  const wanted = Object.entries({ q, state, kind }).filter((pair): pair is [string, string] => !!pair[1]);
  return wanted.length === 0 ? '' : `?${new URLSearchParams(wanted).toString()}`;
}

export default function InvoicesPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const mayIssue = useMay('invoice.issue');
  const mayImport = useMay('import.run');
  const maySend = useMay('reminder.send');
  const state: State = STATES.find((s) => s.value === search.state)?.value ?? 'all';
  const pages = usePages(listInvoices, {
    query: {
      state,
      ...(search.q ? { q: search.q } : {}),
      ...(search.kind === 'credit_note' ? { kind: 'credit_note' as const } : {}),
    },
  });
  return (
    <Page
      title="Invoices"
      actions={
        <>
          {maySend ? (
            <Button
              variant="default"
              leftSection={<IconSend size={16} aria-hidden />}
              onClick={() => go(`invoices/sending${sendingQuery(search)}`)}
            >
              Send many
            </Button>
          ) : null}
          {mayIssue ? (
            <>
              <Button
                variant="default"
                leftSection={<IconPencil size={16} aria-hidden />}
                onClick={() => go('invoices/drafts')}
              >
                Drafts
              </Button>
              <Button
                variant="default"
                leftSection={<IconRepeat size={16} aria-hidden />}
                onClick={() => go('invoices/recurring')}
              >
                Recurring
              </Button>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go('invoices/new')}>
                New invoice
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <Group gap="sm">
        <SearchBox label="Number or customer" value={search.q ?? ''} onChange={(q) => setSearch({ q })} />
        <SegmentedControl
          aria-label="State"
          data={[...STATES]}
          value={state}
          onChange={(value) => setSearch({ state: value === 'all' ? '' : value })}
        />
        <Chip
          size="xs"
          checked={search.kind === 'credit_note'}
          onChange={(on) => setSearch({ kind: on ? 'credit_note' : '' })}
        >
          Credit notes
        </Chip>
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Invoices"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.id}
            onOpen={(row) => go(`invoices/${row.id}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              search.q || search.kind || state !== 'all' ? (
                <Empty icon={<IconFileInvoice size={36} stroke={1.4} />} title="No invoice fits">
                  Search for the beginning of a number or a part of a customer’s name, or choose another
                  state.
                </Empty>
              ) : (
                <Empty
                  icon={<IconFileInvoice size={36} stroke={1.4} />}
                  title="No invoices yet"
                  action={
                    <Group mt="xs">
                      {mayIssue ? <Button onClick={() => go('invoices/new')}>Issue an invoice</Button> : null}
                      {mayImport ? (
                        <Button variant="default" onClick={() => go('import')}>
                          Import invoices
                        </Button>
                      ) : null}
                    </Group>
                  }
                />
              )
            }
          />
        )}
      </Shown>
    </Page>
  );
}
