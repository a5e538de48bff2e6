// Requests for a decision: what waits for me, what I asked, what was decided. With the keyboard: j and k move, Enter opens,
// a approves and r rejects the row one stands on.

import { Group, Kbd, SegmentedControl, Text } from '@mantine/core';
import { IconCircleCheck, IconScale } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { listApprovals, VIEWS } from '#approvals/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Shortcut, useShortcuts } from '../../lib/shortcuts.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { DecideDialog, type Verdict } from './DecideDialog.tsx';

type Row = Reply<typeof listApprovals>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'what',
    title: 'What',
    cell: (row) => (
      <Text size="sm" fw={550}>
        {row.title}
      </Text>
    ),
    under: (row) => row.customerName ?? labelsOf(row),
  },
  {
    key: 'customer',
    title: 'Customer',
    wideOnly: true,
    grow: 30,
    cell: (row) => row.customerName ?? <Text c="dimmed">several</Text>,
  },
  {
    key: 'documents',
    title: 'Documents',
    wideOnly: true,
    cell: labelsOf,
  },
  {
    key: 'amount',
    title: 'Amount',
    numeric: true,
    cell: (row) => row.amounts.map((amount) => <Amount key={amount.currency} value={amount} />),
    under: (row) => row.requestedBy.name,
  },
  {
    key: 'by',
    title: 'Asked by',
    wideOnly: true,
    cell: (row) => row.requestedBy.name,
  },
  { key: 'reason', title: 'Why', wideOnly: true, grow: 40, cell: (row) => row.reason },
  { key: 'state', title: 'State', wideOnly: true, cell: (row) => <StateBadge state={row.state} /> },
  {
    key: 'until',
    title: 'Until',
    wideOnly: true,
    cell: (row) => dayWords((row.endedAt ?? row.expiresAt).slice(0, 10)),
  },
];

function Amount({ value }: { readonly value: Row['amounts'][number] }) {
  return (
    <div>
      <Money value={value} />
    </div>
  );
}

/** The document, and how many there are besides. */
function labelsOf(row: Row): string {
  const [first, ...others] = new Set(row.parts.map((part) => part.label));
  return `${first ?? ''}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

const LABELS: Readonly<Record<(typeof VIEWS)[number], string>> = {
  to_decide: 'Waits for me',
  requested: 'I asked',
  decided: 'I decided',
  all: 'All',
};

const NOTHING: Readonly<Record<(typeof VIEWS)[number], readonly [title: string, says: string]>> = {
  to_decide: ['Nothing waits for you', 'What others ask and you can decide stands here until it is decided.'],
  requested: [
    'You asked for nothing yet',
    'Credits and write-offs above your limit are asked for where you enter them.',
  ],
  decided: ['You decided nothing yet', 'What you approved and rejected stays readable here.'],
  all: [
    'Nobody asked for a decision yet',
    'Rules for who decides what are in the settings, under Approvals.',
  ],
};

export default function ApprovalsPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const mayDecide = useMay('approval.decide');
  const view = VIEWS.find((name) => name === search.view) ?? (mayDecide ? 'to_decide' : 'requested');
  const pages = usePages(listApprovals, { query: { view } });
  const rows = rowsOf(pages.data);
  const [deciding, setDeciding] = useState<{ readonly row: Row; readonly verdict: Verdict } | null>(null);
  useDecidingKeys(rows, (row, verdict) => setDeciding({ row, verdict }));
  const [title, says] = NOTHING[view];
  return (
    <Page
      title="Approvals"
      subtitle="Decisions that need a second person."
      actions={<TenantLink to="settings?tab=approvals">Who decides what</TenantLink>}
    >
      <Group justify="space-between">
        <SegmentedControl
          aria-label="Which requests"
          value={view}
          onChange={(value) => setSearch({ view: value })}
          data={VIEWS.filter((name) => mayDecide || (name !== 'to_decide' && name !== 'decided')).map(
            (name) => ({ value: name, label: LABELS[name] }),
          )}
        />
        {view === 'to_decide' && rows.length > 0 ? <KeysShown /> : null}
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Requests"
            columns={view === 'to_decide' ? COLUMNS.filter((column) => column.key !== 'state') : COLUMNS}
            rows={rows}
            keyOf={(row) => row.approvalId}
            onOpen={(row) => go(`approvals/${row.approvalId}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty
                icon={
                  view === 'to_decide' ? (
                    <IconCircleCheck size={36} stroke={1.4} />
                  ) : (
                    <IconScale size={36} stroke={1.4} />
                  )
                }
                title={title}
              >
                {says}
              </Empty>
            }
          />
        )}
      </Shown>
      {deciding ? (
        <DecideDialog request={deciding.row} verdict={deciding.verdict} onClose={() => setDeciding(null)} />
      ) : null}
    </Page>
  );
}

function KeysShown() {
  return (
    <Text size="xs" c="dimmed" visibleFrom="sm">
      <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> move · <Kbd size="xs">Enter</Kbd> opens ·{' '}
      <Kbd size="xs">a</Kbd> approves · <Kbd size="xs">r</Kbd> rejects
    </Text>
  );
}

/** The row that has the focus, by its place in the list. */
function focusedIndex(): number | undefined {
  const place = document.activeElement?.closest<HTMLElement>('tr[data-index]')?.dataset.index;
  return place === undefined ? undefined : Number(place);
}

function useDecidingKeys(rows: readonly Row[], decide: (row: Row, verdict: Verdict) => void): void {
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const toFirst = (): void => {
      if (focusedIndex() === undefined) document.querySelector<HTMLElement>('tr[data-index]')?.focus();
    };
    const on = (verdict: Verdict) => () => {
      const row = rows[focusedIndex() ?? -1];
      if (row?.may.decide === true) decide(row, verdict);
    };
    return [
      { keys: 'j', does: 'To the next request', run: toFirst },
      { keys: 'k', does: 'To the request before', run: toFirst },
      { keys: 'a', does: 'Approve', run: on('approved') },
      { keys: 'r', does: 'Reject', run: on('rejected') },
    ];
  }, [rows, decide]);
  useShortcuts(shortcuts);
}
