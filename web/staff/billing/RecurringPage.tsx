// Recurring invoices: what is agreed, and when each comes next.

import { Badge, Button, Text } from '@mantine/core';
import { IconPlus, IconRepeat } from '@tabler/icons-react';
import { listRecurring } from '#billing/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { recurrenceWords } from './recurring-words.ts';

type Row = Reply<typeof listRecurring>['rows'][number];

function NextCell({ row }: { readonly row: Row }) {
  const next = row.next[0];
  if (row.pausedOn) return <Badge color="yellow">Paused</Badge>;
  return next ? <span>{dayWords(next.issueOn)}</span> : <Badge color="gray">Ended</Badge>;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    title: 'Name',
    grow: 35,
    cell: (row) => (
      <Text size="sm" fw={550} truncate>
        {row.name}
      </Text>
    ),
    under: (row) => (
      <>
        {row.customer?.name} · <NextCell row={row} />
      </>
    ),
  },
  {
    key: 'customer',
    title: 'Customer',
    grow: 35,
    wideOnly: true,
    cell: (row) => (
      <Text size="sm" truncate>
        {row.customer?.name}
      </Text>
    ),
  },
  { key: 'often', title: 'How often', wideOnly: true, cell: (row) => recurrenceWords(row) },
  {
    key: 'mode',
    title: 'Makes',
    wideOnly: true,
    cell: (row) => (row.mode === 'issue' ? 'Invoices' : 'Drafts'),
  },
  { key: 'next', title: 'Next', wideOnly: true, cell: (row) => <NextCell row={row} /> },
  {
    key: 'total',
    title: 'Next total',
    numeric: true,
    cell: (row) => (row.next[0]?.total ? <Money value={row.next[0].total} /> : '–'),
  },
];

export default function RecurringPage() {
  const go = useGo();
  const mayIssue = useMay('invoice.issue');
  const pages = usePages(listRecurring, {});
  const add = mayIssue ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go('invoices/recurring/new')}>
      New recurring invoice
    </Button>
  ) : null;
  return (
    <Page
      title="Recurring invoices"
      subtitle="Agreed once, written each period: rent, hosting, maintenance. Every morning what is due is done, once."
      actions={add}
    >
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Recurring invoices"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.id}
            onOpen={(row) => go(`invoices/recurring/${row.id}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty icon={<IconRepeat size={36} stroke={1.4} />} title="Nothing recurs yet" action={add}>
                Agree on lines, a rhythm and a start; each period is then invoiced by itself.
              </Empty>
            }
          />
        )}
      </Shown>
    </Page>
  );
}
