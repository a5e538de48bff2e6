// Refunds: what was granted, what still waits and how long, what goes to the bank, what came back.

import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCashBanknote, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listRefunds } from '#refunds/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { GrantDialog } from './GrantDialog.tsx';
import { OrderPanel } from './OrderPanel.tsx';
import { RefundDrawer } from './RefundDrawer.tsx';
import { Waiting } from './Waiting.tsx';

export type Refund = Reply<typeof listRefunds>['rows'][number];

const COLUMNS: readonly Column<Refund>[] = [
  {
    key: 'who',
    title: 'Customer',
    grow: 40,
    cell: (row) => (
      <Text size="sm" fw={550} truncate title={row.customer?.name}>
        {row.customer?.name ?? '–'}
      </Text>
    ),
    under: (row) => row.reason,
  },
  {
    key: 'reason',
    title: 'Why',
    wideOnly: true,
    grow: 40,
    cell: (row) => (
      <Text size="sm" truncate title={row.reason}>
        {row.reason}
      </Text>
    ),
  },
  {
    key: 'account',
    title: 'To',
    wideOnly: true,
    cell: (row) => <span className="code">{row.account}</span>,
  },
  { key: 'granted', title: 'Granted', wideOnly: true, cell: (row) => dayWords(row.grantedOn) },
  {
    key: 'state',
    title: 'State',
    cell: (row) => (row.state === 'waiting' ? <Waiting refund={row} /> : <StateBadge state={row.state} />),
  },
  {
    key: 'amount',
    title: 'Amount',
    numeric: true,
    cell: (row) => <Money value={row.amount} />,
  },
];

export default function RefundsPage() {
  const [search, setSearch] = useAddress();
  const mayPay = useMay('refund.pay');
  const mayAsk = useMay('approval.request');
  const companies = useCompanies();
  const [granting, setGranting] = useState(false);
  const open = search.show !== 'all';
  const companyId = search.company ?? '';
  const pages = usePages(listRefunds, {
    query: { ...(open ? { open: 'true' as const } : {}), ...(companyId ? { companyId } : {}) },
  });
  const rows = rowsOf(pages.data);
  const chosen = rows.find((row) => row.refundId === search.refund);
  return (
    <Page
      title="Refunds"
      subtitle="Credit that is paid back. Somebody else approves each; to an account that became known lately it waits."
      actions={
        mayPay || mayAsk ? (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setGranting(true)}>
            Refund a customer
          </Button>
        ) : null
      }
    >
      <Stack gap="md">
        <Group gap="sm" align="flex-end">
          <SegmentedControl
            aria-label="Which"
            data={[
              { value: 'open', label: 'Not paid yet' },
              { value: 'all', label: 'All' },
            ]}
            value={open ? 'open' : 'all'}
            onChange={(value) => setSearch({ show: value === 'all' ? 'all' : '' })}
          />
          {(companies?.length ?? 0) > 1 ? (
            <CompanySelect
              value={companyId || (companies?.[0]?.id ?? '')}
              onChange={(id) => setSearch({ company: id })}
              width={280}
            />
          ) : null}
        </Group>
        <OrderPanel refunds={rows.filter((row) => row.may.order === true)} />
        <Shown read={pages}>
          {() => (
            <DataTable
              label="Refunds"
              columns={COLUMNS}
              rows={rows}
              keyOf={(row) => row.refundId}
              onOpen={(row) => setSearch({ refund: row.refundId })}
              isSelected={(row) => row.refundId === search.refund}
              onEnd={() => readOn(pages)}
              loadingMore={pages.isFetchingNextPage}
              empty={
                <Empty
                  icon={<IconCashBanknote size={36} stroke={1.4} />}
                  title={open ? 'Nothing is to be paid back' : 'No refund yet'}
                >
                  A refund is granted of credit that nothing was applied of: here, on the page of the payment,
                  or of the customer.
                </Empty>
              }
            />
          )}
        </Shown>
      </Stack>
      {granting ? <GrantDialog onClose={() => setGranting(false)} /> : null}
      {chosen ? <RefundDrawer refund={chosen} onClose={() => setSearch({ refund: '' })} /> : null}
    </Page>
  );
}
