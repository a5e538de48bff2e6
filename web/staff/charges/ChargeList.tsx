// Charges and their credits, the latest first.

import { Badge, Chip, Group, Stack, Text } from '@mantine/core';
import { listCharges } from '#charges/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Shown } from '../../ui/Page.tsx';

type Row = Reply<typeof listCharges>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'number',
    title: 'Number',
    cell: (row) => (
      <Text size="sm" fw={550}>
        {row.number}
      </Text>
    ),
    under: (row) => row.customer.name,
  },
  {
    key: 'customer',
    title: 'Customer',
    grow: 35,
    wideOnly: true,
    cell: (row) => (
      <Text size="sm" truncate>
        {row.customer.name}
      </Text>
    ),
  },
  { key: 'on', title: 'Charged', wideOnly: true, cell: (row) => dayWords(row.chargedOn) },
  { key: 'through', title: 'Through', wideOnly: true, cell: (row) => dayWords(row.through) },
  { key: 'kind', title: '', wideOnly: true, cell: (row) => <KindBadge row={row} /> },
  {
    key: 'total',
    title: 'Total',
    numeric: true,
    wideOnly: true,
    cell: (row) => <Signed row={row} which="total" />,
  },
  { key: 'open', title: 'Open', numeric: true, cell: (row) => <Signed row={row} which="open" /> },
];

/** What a credit is for; charges say nothing. */
export function KindBadge({ row }: { readonly row: Pick<Row, 'because' | 'undoneOn'> }) {
  if (row.because === null) return null;
  return (
    <Group gap={6}>
      <Badge color={row.because === 'waiver' ? 'grape' : 'cyan'}>{row.because}</Badge>
      {row.undoneOn ? <Badge color="gray">taken back</Badge> : null}
    </Group>
  );
}

function Signed({ row, which }: { readonly row: Row; readonly which: 'total' | 'open' }) {
  const value = row[which];
  const isNothing = /^[0.]*$/.test(value.amount);
  const amount = row.kind === 'charge_credit' && !isNothing ? `-${value.amount}` : value.amount;
  return <Money value={{ ...value, amount }} quietZero={which === 'open'} />;
}

export function ChargeList({ customerId }: { readonly customerId?: string }) {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const openOnly = search.open === 'true';
  const pages = usePages(listCharges, {
    query: {
      ...(customerId ? { customerId } : {}),
      ...(openOnly ? { openOnly: 'true' } : {}),
    },
  });
  return (
    <Stack>
      <Group>
        <Chip size="xs" checked={openOnly} onChange={(on) => setSearch({ open: on ? 'true' : '' })}>
          Open only
        </Chip>
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Charges"
            columns={customerId ? COLUMNS.filter((column) => column.key !== 'customer') : COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.chargeId}
            onOpen={(row) => go(`charges/${row.chargeId}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty title="Nothing was charged yet">Charges and what was given back will stand here.</Empty>
            }
          />
        )}
      </Shown>
    </Stack>
  );
}
