// Days sales outstanding, all variants side by side over the same inputs, with the trend.

import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { Group, SegmentedControl, SimpleGrid, Stack, Table, Text, Tooltip } from '@mantine/core';
import { me } from '#identity/contract.ts';
import { readDso, readDsoTrend } from '#reporting/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords, drawingValue } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Company = Reply<typeof readDso>['companies'][number];
type Days = { readonly days: string | null; readonly reason: string | null };

const WINDOWS: Readonly<Record<string, string>> = {
  '30_days': '30 days',
  '90_days': '90 days',
  '365_days': '365 days',
  month: 'this month',
  three_months: 'three months',
};

export default function DsoPage() {
  const [search, setSearch] = useAddress();
  const today = useRead(me).data?.today ?? '';
  const basis = search.basis === 'net' ? 'net' : 'receivables';
  const query = { basis, ...(search.asOf ? { asOf: search.asOf } : {}) } as const;
  const dso = useRead(readDso, { query });
  const trend = useRead(readDsoTrend, { query });
  return (
    <Page
      title="DSO"
      subtitle={
        dso.data
          ? `As of ${dayWords(dso.data.asOf)}. The same word has many formulas; here they stand side by side.`
          : undefined
      }
    >
      <Group align="flex-end">
        <DayField
          label="As of"
          value={search.asOf ?? today}
          onChange={(day) => setSearch({ asOf: day === today ? '' : day })}
          width={180}
        />
        <SegmentedControl
          aria-label="Receivables"
          data={[
            { value: 'receivables', label: 'Gross receivables' },
            { value: 'net', label: 'Less unapplied cash' },
          ]}
          value={basis}
          onChange={(value) => setSearch({ basis: value === 'net' ? 'net' : '' })}
        />
      </Group>
      <Shown read={dso}>
        {(found) =>
          found.companies.length === 0 ? (
            <Panel>
              <Empty title="No company keeps books yet" />
            </Panel>
          ) : (
            <Stack>
              {found.companies.map((company) => (
                <CompanyDso
                  key={company.company.id}
                  company={company}
                  points={
                    trend.data?.companies.find((c) => c.company.id === company.company.id)?.points ?? []
                  }
                />
              ))}
            </Stack>
          )
        }
      </Shown>
    </Page>
  );
}

function DaysShown({ value }: { readonly value: Days }) {
  if (value.days !== null) return <>{value.days}</>;
  return (
    <Tooltip label={(value.reason ?? 'not defined').replaceAll('_', ' ')}>
      <span>–</span>
    </Tooltip>
  );
}

function CompanyDso({
  company,
  points,
}: {
  readonly company: Company;
  readonly points: Reply<typeof readDsoTrend>['companies'][number]['points'];
}) {
  const quarter = company.windows.find((w) => w.window === '90_days');
  return (
    <Panel title={`${company.company.name} · ${company.company.currency}`}>
      <Stack>
        <SimpleGrid cols={{ base: 2, md: 5 }}>
          <Figure label="Receivables">
            <Money value={company.balance} />
          </Figure>
          <Figure label="DSO, 90 days">{quarter ? <DaysShown value={quarter.standard} /> : '–'}</Figure>
          <Figure label="Best possible" note="if everybody paid on time">
            {quarter ? <DaysShown value={quarter.bestPossible} /> : '–'}
          </Figure>
          <Figure label="Days delinquent" note="DSO less best possible">
            {quarter ? <DaysShown value={quarter.delinquent} /> : '–'}
          </Figure>
          <Figure
            label="Countback"
            note={company.countbackDaily.atLeast ? 'at least: sales on record end before' : 'day by day'}
          >
            <DaysShown value={company.countbackDaily.total} />
          </Figure>
        </SimpleGrid>
        {points.length > 1 ? (
          <LineChart
            h={240}
            data={points.map((p) => ({
              month: p.asOf.slice(0, 7),
              Standard: p.standard.days === null ? null : drawingValue(p.standard.days),
              Countback: p.countback.days === null ? null : drawingValue(p.countback.days),
            }))}
            dataKey="month"
            series={[
              { name: 'Standard', color: 'var(--chart-main)' },
              { name: 'Countback', color: 'var(--chart-second)' },
            ]}
            withLegend
            unit=" d"
          />
        ) : null}
        <Scroll minWidth={640}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Window</Table.Th>
                <Table.Th className="numeric">Sales</Table.Th>
                <Table.Th className="numeric">Standard</Table.Th>
                <Table.Th className="numeric">Average</Table.Th>
                <Table.Th className="numeric">Best possible</Table.Th>
                <Table.Th className="numeric">Delinquent</Table.Th>
                <Table.Th className="numeric">CEI</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {company.windows.map((w) => (
                <Table.Tr key={w.window}>
                  <Table.Td>
                    {WINDOWS[w.window] ?? w.window}
                    <Text size="xs" c="dimmed">
                      since {dayWords(w.fromOn)}
                    </Text>
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={w.sales} bare />
                  </Table.Td>
                  {[w.standard, w.average, w.bestPossible, w.delinquent].map((value, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
                    <Table.Td key={index} className="numeric">
                      <DaysShown value={value} />
                    </Table.Td>
                  ))}
                  <Table.Td className="numeric">
                    {w.effectiveness.percent === null ? '–' : `${w.effectiveness.percent} %`}
                  </Table.Td>
                </Table.Tr>
              ))}
              <Table.Tr>
                <Table.Td>Countback by months</Table.Td>
                <Table.Td />
                <Table.Td className="numeric">
                  <DaysShown value={company.countbackMonthly.total} />
                </Table.Td>
                <Table.Td />
                <Table.Td className="numeric">
                  <DaysShown value={company.countbackMonthly.bestPossible} />
                </Table.Td>
                <Table.Td className="numeric">
                  <DaysShown value={company.countbackMonthly.delinquent} />
                </Table.Td>
                <Table.Td />
              </Table.Tr>
            </Table.Tbody>
          </Table>
        </Scroll>
      </Stack>
    </Panel>
  );
}
