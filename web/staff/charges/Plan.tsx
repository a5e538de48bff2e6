// What charging through a day would charge, customer by customer; those chosen are charged, some at a time.

import { Alert, Button, Checkbox, Drawer, Group, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCash } from '@tabler/icons-react';
import { useState } from 'react';
import { planCharges, planCustomerCharges, postCharges, readChargeSettings } from '#charges/contract.ts';
import { me } from '#identity/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { readOn, rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { PartsTable } from './PartsTable.tsx';

type Row = Reply<typeof planCharges>['rows'][number];

/** Customers charged by one request: few enough that the progress moves. */
const CHARGED_AT_ONCE = 25;

const HELD_BACK: Readonly<Record<string, string>> = {
  below_minimum: 'below the minimum: waits for more',
  reference_rate_missing: 'a reference rate is missing',
  exchange_rate_missing: 'an exchange rate is missing',
};

const isReady = (row: Row): boolean =>
  row.problem === null || (row.problem === 'below_minimum' && !/^[0.]*$/.test(row.credit.amount));

export function Plan() {
  const [search, setSearch] = useAddress();
  const today = useRead(me).data?.today ?? '';
  const companyId = search.company ?? '';
  const through = search.through ?? today;
  return (
    <Stack>
      <Group align="flex-end">
        <CompanySelect value={companyId} onChange={(company) => setSearch({ company })} width={340} />
        <DayField
          label="Interest through"
          value={through}
          onChange={(day) => setSearch({ through: day === today ? '' : day })}
          width={200}
        />
      </Group>
      {companyId === '' || through === '' ? null : (
        <Planned key={`${companyId} ${through}`} companyId={companyId} through={through} />
      )}
    </Stack>
  );
}

function Planned({ companyId, through }: { readonly companyId: string; readonly through: string }) {
  const pages = usePages(planCharges, { query: { companyId, through } });
  const settings = useRead(readChargeSettings, { query: { companyId } });
  const rows = rowsOf(pages.data);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [looking, setLooking] = useState<Row | null>(null);
  const charging = useCharging(companyId, through);
  const chosen = [...new Set(rows.filter(isReady).map((row) => row.customer.id))].filter(
    (id) => !left.has(id),
  );
  const toggle = (id: string): void =>
    setLeft((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  if (settings.data?.policies.every((policy) => policy.terms === null))
    return (
      <Panel>
        <Empty title="Nothing is asked for late payment yet">
          Choose terms in the tab “Terms”: those the law gives in your country, or your own.
        </Empty>
      </Panel>
    );
  return (
    <Shown read={pages}>
      {() => (
        <Stack>
          {charging.problem ? <Trouble problem={charging.problem} /> : null}
          {charging.share === null ? null : (
            <Progress value={charging.share * 100} aria-label="Customers charged" />
          )}
          {settings.data?.may.post === true && rows.length > 0 ? (
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {countText(chosen.length)} of {countText(rows.length)} chosen
                {pages.hasNextPage ? ', more below' : ''}
              </Text>
              <Button
                leftSection={<IconCash size={16} aria-hidden />}
                loading={charging.share !== null}
                disabled={chosen.length === 0}
                onClick={() => void charging.run(chosen)}
              >
                Charge {countText(chosen.length)} {chosen.length === 1 ? 'customer' : 'customers'}
              </Button>
            </Group>
          ) : null}
          <DataTable
            label="What would be charged"
            columns={columnsFor(left, toggle)}
            rows={rows}
            keyOf={(row) => `${row.customer.id} ${row.currency}`}
            onOpen={(row) => setLooking(row)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty title={`Nothing is to be charged through ${dayWords(through)}`}>
                Every day up to then was charged already, or nobody is late.
              </Empty>
            }
          />
          <Drawer
            opened={looking !== null}
            onClose={() => setLooking(null)}
            position="right"
            size="xl"
            title={looking ? `${looking.customer.name}, through ${dayWords(through)}` : ''}
          >
            {looking ? <Detail row={looking} companyId={companyId} through={through} /> : null}
          </Drawer>
        </Stack>
      )}
    </Shown>
  );
}

/** Charges customers some at a time; each request is all or nothing, and what is charged stays charged. */
function useCharging(companyId: string, through: string) {
  const post = useCommand(postCharges);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const run = async (customerIds: readonly string[]): Promise<void> => {
    setProblem(null);
    let count = 0;
    for (let start = 0; start < customerIds.length; start += CHARGED_AT_ONCE) {
      setShare(start / customerIds.length);
      const some = customerIds.slice(start, start + CHARGED_AT_ONCE);
      const done = await post
        .mutateAsync({ body: { companyId, through, customerIds: [...some] } })
        .catch((error: ApiProblem) => {
          setProblem(error);
          return undefined;
        });
      if (!done) break;
      count += done.charges.length;
    }
    setShare(null);
    if (count > 0)
      notifications.show({
        title: 'Charged',
        message: `${countText(count)} ${count === 1 ? 'document was' : 'documents were'} posted.`,
      });
  };
  return { run, share, problem };
}

function columnsFor(left: ReadonlySet<string>, toggle: (id: string) => void): readonly Column<Row>[] {
  return [
    {
      key: 'chosen',
      title: '',
      width: 44,
      cell: (row) => (
        <Checkbox
          aria-label={`Charge ${row.customer.name}`}
          checked={isReady(row) && !left.has(row.customer.id)}
          disabled={!isReady(row)}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggle(row.customer.id)}
        />
      ),
    },
    {
      key: 'customer',
      title: 'Customer',
      grow: 40,
      cell: (row) => (
        <>
          <Text size="sm" fw={550} truncate>
            {row.customer.name}
          </Text>
          {row.problem ? (
            <Text size="xs" className="late">
              {HELD_BACK[row.problem] ?? row.problem.replaceAll('_', ' ')}
            </Text>
          ) : null}
        </>
      ),
    },
    {
      key: 'items',
      title: 'Items',
      numeric: true,
      wideOnly: true,
      cell: (row) => (row.items === 0 ? '–' : countText(row.items)),
    },
    {
      key: 'interest',
      title: 'Interest',
      numeric: true,
      wideOnly: true,
      cell: (row) => <Money value={row.interest} bare quietZero />,
    },
    {
      key: 'fees',
      title: 'Fees',
      numeric: true,
      wideOnly: true,
      cell: (row) => <Money value={row.fees} bare quietZero />,
    },
    {
      key: 'credit',
      title: 'Given back',
      numeric: true,
      wideOnly: true,
      cell: (row) => <Money value={row.credit} bare quietZero />,
    },
    { key: 'total', title: 'Total', numeric: true, cell: (row) => <Money value={row.total} quietZero /> },
  ];
}

function Detail({
  row,
  companyId,
  through,
}: {
  readonly row: Row;
  readonly companyId: string;
  readonly through: string;
}) {
  const read = useRead(planCustomerCharges, {
    params: { customerId: row.customer.id },
    query: { companyId, through },
  });
  return (
    <Shown read={read}>
      {({ parts }) =>
        parts.length === 0 ? (
          <Alert color="gray">
            {row.problem ? (HELD_BACK[row.problem] ?? row.problem) : 'Nothing is left to charge.'}
          </Alert>
        ) : (
          <PartsTable parts={parts} />
        )
      }
    </Shown>
  );
}
