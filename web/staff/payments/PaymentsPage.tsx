// Payments: what came in, and what still waits to be applied.

import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCash, IconPlus, IconWand } from '@tabler/icons-react';
import { applyReceipts, listPayments } from '#payments/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown, Trouble } from '../../ui/Page.tsx';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { LateDiscounts } from './LateDiscounts.tsx';

type Row = Reply<typeof listPayments>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'on', title: 'Value date', wideOnly: true, cell: (row) => dayWords(row.receivedOn) },
  {
    key: 'who',
    title: 'From',
    grow: 34,
    cell: (row) => (
      <Text size="sm" fw={550} truncate>
        {row.customer?.name ?? row.payerName ?? 'Not known who paid'}
      </Text>
    ),
    under: (row) => `${dayWords(row.receivedOn)} · ${row.reference}`,
  },
  {
    key: 'reference',
    title: 'Reference',
    wideOnly: true,
    grow: 30,
    cell: (row) => (
      <Text size="sm" c="dimmed" truncate title={row.reference}>
        {row.reference}
      </Text>
    ),
  },
  { key: 'number', title: 'Number', wideOnly: true, cell: (row) => row.number },
  { key: 'state', title: 'State', wideOnly: true, cell: (row) => <StateBadge state={row.state} /> },
  {
    key: 'amount',
    title: 'Amount',
    numeric: true,
    cell: (row) => <Money value={row.amount} />,
    under: (row) => row.state,
  },
  {
    key: 'unapplied',
    title: 'Unapplied',
    numeric: true,
    wideOnly: true,
    cell: (row) => <Money value={row.unapplied} bare quietZero />,
    under: (row) =>
      row.free.amount === row.unapplied.amount ? undefined : `${row.free.amount} free, the rest granted back`,
  },
];

const STATES = [
  { value: '', label: 'All' },
  { value: 'unapplied', label: 'Unapplied' },
  { value: 'applied', label: 'Applied' },
  { value: 'returned', label: 'Returned' },
] as const;

export default function PaymentsPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const state = STATES.find((s) => s.value === search.state)?.value ?? '';
  const pages = usePages(listPayments, {
    query: { ...(state === '' ? {} : { state }), ...(search.q ? { search: search.q } : {}) },
  });
  const again = useCommand(applyReceipts);
  const mayApply = useMay('payment.apply');
  const mayRecord = useMay('payment.record');
  const mayImport = useMay('bank.import');
  const applyCertain = (): void =>
    again.mutate(
      { body: {} },
      {
        onSuccess: (done) =>
          notifications.show({
            message: `Looked at ${done.looked} receipts: ${done.applied} applied, ${done.waiting} wait for you.`,
          }),
      },
    );
  return (
    <Page
      title="Payments"
      actions={
        <>
          {mayApply ? (
            <Button
              variant="default"
              leftSection={<IconWand size={16} aria-hidden />}
              loading={again.isPending}
              onClick={applyCertain}
            >
              Apply what is certain
            </Button>
          ) : null}
          {mayRecord ? (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go('payments/new')}>
              Record a payment
            </Button>
          ) : null}
        </>
      }
    >
      {again.error ? <Trouble problem={again.error} /> : null}
      <LateDiscounts />
      <Group gap="sm">
        <SearchBox
          label="Payer, reference or number"
          value={search.q ?? ''}
          onChange={(q) => setSearch({ q })}
        />
        <SegmentedControl
          aria-label="State"
          data={[...STATES]}
          value={state}
          onChange={(value) => setSearch({ state: value })}
        />
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Payments"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.paymentId}
            onOpen={(row) => go(`payments/${row.paymentId}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              state === 'unapplied' && !search.q ? (
                <Empty icon={<IconCash size={36} stroke={1.4} />} title="Every payment is applied">
                  New receipts come with the next bank statement.
                </Empty>
              ) : (
                <Empty
                  icon={<IconCash size={36} stroke={1.4} />}
                  title={search.q || state ? 'No payment fits' : 'No payments yet'}
                  action={
                    mayImport ? (
                      <Button onClick={() => go('bank')}>Import a bank statement</Button>
                    ) : undefined
                  }
                >
                  Search for a part of the payer’s name or of the reference, or import the bank’s statement.
                </Empty>
              )
            }
          />
        )}
      </Shown>
    </Page>
  );
}
