// Aging as of any day and as known at any moment. Every figure opens the items behind it.

import { Button, Chip, Group, Modal, Select, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { me } from '#identity/contract.ts';
import { listCompanies } from '#parties/contract.ts';
import { exportAging, listAgingItems, readAging } from '#reporting/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages, useRead } from '../../lib/data.ts';
import { dayWords, lateWords, momentWords } from '../../lib/format.ts';
import { AgingStrip, bucketWords } from '../../ui/AgingStrip.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { documentPath } from '../ledger/document-path.ts';

type Aging = Reply<typeof readAging>;
type Row = Aging['rows'][number];

export default function AgingPage() {
  const [search, setSearch] = useAddress();
  const today = useRead(me).data?.today ?? '';
  const companies = useRead(listCompanies);
  const query = {
    ...(search.asOf ? { asOf: search.asOf } : {}),
    ...(search.knownAt ? { knownAt: search.knownAt } : {}),
    ...(search.company ? { companyId: search.company } : {}),
  };
  const pages = usePages(readAging, { query });
  const first = pages.data?.pages[0];
  const asOf = search.asOf ?? today;
  return (
    <Page
      title="Aging"
      subtitle={
        first
          ? `As of ${dayWords(first.asOf)}${first.knownAt ? `, as known on ${momentWords(first.knownAt)}` : ', with all that is known now'}`
          : undefined
      }
      actions={<SaveButton label="CSV" operation={exportAging} input={{ query }} />}
    >
      <Group align="flex-end" gap="sm">
        <DayField
          label="As of"
          value={asOf}
          onChange={(day) => setSearch({ asOf: day === today ? '' : day })}
          width={180}
        />
        <Select
          label="Company"
          data={(companies.data?.rows ?? []).map((c) => ({ value: c.id, label: c.name }))}
          value={search.company ?? null}
          placeholder="All"
          clearable
          onChange={(id) => setSearch({ company: id ?? '' })}
          w={220}
        />
        <Chip
          size="sm"
          mb={4}
          icon={<IconHistory size={14} />}
          checked={search.knownAt !== undefined}
          onChange={(on) => setSearch({ knownAt: on && asOf !== '' ? `${asOf}T23:59:59Z` : '' })}
        >
          Only what was known by then
        </Chip>
      </Group>
      <Shown read={pages}>
        {() =>
          first && first.totals.length > 0 ? (
            <Stack>
              {first.totals.map((total) => (
                <Panel
                  key={`${total.company.id}${total.currency}`}
                  title={`${total.company.name} · ${total.currency}`}
                >
                  <AgingStrip
                    buckets={first.buckets}
                    amounts={total.figures.buckets}
                    onOpen={(bucket) => setSearch({ bucket, currency: total.currency, of: total.company.id })}
                  />
                  <Group mt="md" gap="xl">
                    <Total
                      label="Invoices"
                      onOpen={() =>
                        setSearch({ column: 'gross', currency: total.currency, of: total.company.id })
                      }
                    >
                      <Money value={total.figures.gross} />
                    </Total>
                    <Total
                      label="Overdue"
                      onOpen={() =>
                        setSearch({ column: 'overdue', currency: total.currency, of: total.company.id })
                      }
                    >
                      <Money value={total.figures.overdue} />
                    </Total>
                    <Total label="Of it disputed">
                      <Money value={total.disputed} quietZero />
                    </Total>
                    <Total
                      label="Open credits"
                      onOpen={() =>
                        setSearch({ column: 'credits', currency: total.currency, of: total.company.id })
                      }
                    >
                      <Money value={total.figures.credits} />
                    </Total>
                    <Total
                      label="Unapplied cash"
                      onOpen={() =>
                        setSearch({ column: 'unapplied', currency: total.currency, of: total.company.id })
                      }
                    >
                      <Money value={total.figures.unapplied} />
                    </Total>
                    <Total label="Net = ledger">
                      <Money value={total.figures.net} />
                    </Total>
                  </Group>
                </Panel>
              ))}
              <Customers pages={pages} />
            </Stack>
          ) : (
            <Panel>
              <Empty title="Nothing was open then">
                Choose another day, or import the invoices of that time.
              </Empty>
            </Panel>
          )
        }
      </Shown>
      <Items />
    </Page>
  );
}

function Total({
  label,
  children,
  onOpen,
}: {
  readonly label: string;
  readonly children: React.ReactNode;
  onOpen?(): void;
}) {
  const content = (
    <>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600} component="div">
        {children}
      </Text>
    </>
  );
  return onOpen ? <UnstyledButton onClick={onOpen}>{content}</UnstyledButton> : <div>{content}</div>;
}

function Customers({ pages }: { readonly pages: ReturnType<typeof usePages<typeof readAging>> }) {
  const go = useGo();
  const buckets = pages.data?.pages[0]?.buckets ?? [];
  const columns: readonly Column<Row>[] = [
    {
      key: 'customer',
      title: 'Customer',
      grow: 40,
      cell: (row) => (
        <Text size="sm" fw={550} truncate>
          {row.customer?.name ?? 'Not identified'}
        </Text>
      ),
    },
    ...buckets.map((bucket, index): Column<Row> => {
      return {
        key: bucket.key,
        title: bucketWords(bucket).replace(' days late', ' d'),
        numeric: true,
        wideOnly: true,
        cell: (row) => {
          const amount = row.figures.buckets[index];
          return amount ? <Money value={amount} bare quietZero /> : null;
        },
      };
    }),
    {
      key: 'disputed',
      title: 'Disputed',
      numeric: true,
      wideOnly: true,
      cell: (row) => <Money value={row.disputed} bare quietZero />,
    },
    { key: 'net', title: 'Net', numeric: true, cell: (row) => <Money value={row.figures.net} /> },
  ];
  return (
    <DataTable
      label="Aging by customer"
      columns={columns}
      rows={rowsOf(pages.data)}
      keyOf={(row) => `${row.customer?.id ?? ''}${row.company.id}${row.currency}`}
      onOpen={(row) => row.customer && go(`customers/${row.customer.id}`)}
      onEnd={() => readOn(pages)}
      loadingMore={pages.isFetchingNextPage}
    />
  );
}

/** The items behind a figure, over the page; its filter is in the address. */
function Items() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const opened = search.bucket !== undefined || search.column !== undefined;
  const column =
    search.column === 'gross' ||
    search.column === 'overdue' ||
    search.column === 'credits' ||
    search.column === 'unapplied'
      ? search.column
      : undefined;
  const pages = usePages(
    listAgingItems,
    {
      query: {
        ...(search.asOf ? { asOf: search.asOf } : {}),
        ...(search.knownAt ? { knownAt: search.knownAt } : {}),
        ...((search.of ?? search.company) ? { companyId: search.of ?? search.company } : {}),
        ...(search.currency ? { currency: search.currency } : {}),
        ...(search.bucket ? { bucket: search.bucket } : {}),
        ...(column ? { column } : {}),
      },
    },
    { enabled: opened },
  );
  const rows = rowsOf(pages.data);
  const close = (): void => setSearch({ bucket: '', column: '', currency: '', of: '' });
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="xl"
      title={`Open items: ${search.bucket ?? search.column ?? ''}`}
    >
      <Scroll minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Document</Table.Th>
              <Table.Th>Customer</Table.Th>
              <Table.Th>Due</Table.Th>
              <Table.Th className="numeric">Open then</Table.Th>
              <Table.Th className="numeric">Open now</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const path = documentPath(row);
              return (
                <Table.Tr key={row.id}>
                  <Table.Td>
                    {path ? (
                      <Button size="compact-sm" variant="subtle" onClick={() => go(path)}>
                        {row.reference}
                      </Button>
                    ) : (
                      row.reference
                    )}
                  </Table.Td>
                  <Table.Td>{row.customer?.name ?? '–'}</Table.Td>
                  <Table.Td>
                    {dayWords(row.dueOn)}{' '}
                    <span className={row.daysLate > 0 ? 'late' : ''}>{lateWords(row.daysLate)}</span>
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={row.open} />
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={row.openNow} bare />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Scroll>
      <ShowMore pages={pages} fullWidth mt="sm" />
    </Modal>
  );
}
