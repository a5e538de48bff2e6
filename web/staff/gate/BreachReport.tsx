// Reminders that should not have been sent: the report that must read zero.

import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Badge, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { exportBreaches, listBreaches } from '#breaches/contract.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { Figure } from '../../ui/Figure.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { BREACH_WORDS } from './gate-words.ts';

type Report = Reply<typeof listBreaches>;

export function BreachReport() {
  const read = useRead(listBreaches);
  return (
    <Shown read={read}>
      {(report) => (
        <Stack>
          <Figures report={report} />
          {report.weeks.length > 0 ? (
            <Panel title="Wrong reminders, week by week">
              <BarChart
                h={180}
                data={everyWeek(report.weeks).map((week) => ({
                  week: dayWords(week.monday).replace(/ \d{4}$/, ''),
                  'Could be known': week.knowable,
                  'Not knowable then': week.notKnowable,
                }))}
                dataKey="week"
                type="stacked"
                series={[
                  { name: 'Could be known', color: 'red.7' },
                  { name: 'Not knowable then', color: 'gray.5' },
                ]}
                yAxisProps={{ allowDecimals: false, width: 28 }}
                withLegend
              />
            </Panel>
          ) : null}
          <List report={report} />
        </Stack>
      )}
    </Shown>
  );
}

type Week = Report['weeks'][number];

/** The same weeks with those in between in which nothing left: what stands side by side is a week apart. */
function everyWeek(weeks: readonly Week[]): readonly Week[] {
  const [first] = weeks;
  const last = weeks.at(-1);
  if (!first || !last) return [];
  const known = new Map(weeks.map((week) => [week.monday, week]));
  const all: Week[] = [];
  for (let day = parseDate(first.monday); day.toString() <= last.monday; day = addDays(day, 7)) {
    const monday = day.toString();
    all.push(known.get(monday) ?? { monday, messages: 0, knowable: 0, notKnowable: 0 });
  }
  return all;
}

function Figures({ report }: { readonly report: Report }) {
  const { counts, search, weeks } = report;
  const left = weeks.reduce((sum, { messages }) => sum + messages, 0);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Figure label="Wrong, and could be known" note="must be zero" alarming={counts.knowable > 0}>
        {countText(counts.knowable)}
      </Figure>
      <Figure label="Wrong, not knowable then" note="the bank told of it later">
        {countText(counts.notKnowable)}
      </Figure>
      <Figure
        label="Reminders that left in 13 weeks"
        note={search ? `looked at ${momentWords(search.at)}` : 'not looked at yet'}
      >
        {countText(left)}
      </Figure>
    </SimpleGrid>
  );
}

function List({ report }: { readonly report: Report }) {
  if (report.rows.length === 0)
    return (
      <Panel>
        <Empty icon={<IconShieldCheck size={36} stroke={1.4} />} title="Nobody was reminded wrongly">
          Each reminder that left is looked at again for two weeks, with all that is known by then.
        </Empty>
      </Panel>
    );
  return (
    <Panel
      title="One by one"
      actions={<SaveButton label="Save as CSV" operation={exportBreaches} input={{}} />}
    >
      <Scroll minWidth={760} label="Reminders that should not have been sent">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Left</Table.Th>
              <Table.Th>Customer</Table.Th>
              <Table.Th>What was wrong</Table.Th>
              <Table.Th>Document</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.rows.map((row) => (
              <Table.Tr key={row.breachId}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  <TenantLink to={`outbox/${row.messageId}`}>{momentWords(row.handedOverAt)}</TenantLink>
                </Table.Td>
                <Table.Td>
                  <TenantLink to={`customers/${row.customer.id}`}>{row.customer.name}</TenantLink>
                </Table.Td>
                <Table.Td>
                  <Group gap="xs">
                    <Text size="sm">{BREACH_WORDS[row.kind] ?? row.kind}</Text>
                    <Badge variant="light" color={row.wasKnowable ? 'red' : 'gray'}>
                      {row.wasKnowable ? 'could be known' : 'not knowable then'}
                    </Badge>
                  </Group>
                </Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{row.reference ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}
