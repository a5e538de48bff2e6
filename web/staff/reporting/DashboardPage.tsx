// Where receivables stand and what wants doing today. Every figure opens the rows behind it.

import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { Button, Group, List, Select, SimpleGrid, Stack, Table, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertCircle,
  IconCalendarDue,
  IconCash,
  IconChecklist,
  IconCircleCheck,
  IconClockExclamation,
  IconFileUpload,
  IconMailOff,
  IconMailX,
  IconShieldCheck,
  IconShieldX,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { countBreaches } from '#breaches/contract.ts';
import { countWaitingReceipts } from '#clocks/contract.ts';
import { countDeliveryProblems } from '#delivery/contract.ts';
import { readDashboard } from '#reporting/contract.ts';
import { countOpenTasks } from '#tasks/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText, dayWords, drawingValue, momentWords, withoutSign } from '../../lib/format.ts';
import { AgingStrip } from '../../ui/AgingStrip.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

const REFRESH_MS = 60_000;
const REMINDERS_SHOWN = 5;

type Dashboard = Reply<typeof readDashboard>;
type CurrencyPart = Dashboard['currencies'][number];

export default function DashboardPage() {
  const dashboard = useRead(readDashboard, {}, { refreshMs: REFRESH_MS });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Shown read={dashboard}>
      {(found) => {
        const part = found.currencies.find((c) => c.currency === chosen) ?? found.currencies[0];
        return (
          <Page
            title="Dashboard"
            subtitle={`${dayWords(found.today)} · figures of ${momentWords(found.at)}`}
            actions={
              found.currencies.length > 1 ? (
                <Select
                  aria-label="Currency"
                  data={found.currencies.map((c) => c.currency)}
                  value={part?.currency ?? null}
                  onChange={setChosen}
                  w={110}
                  allowDeselect={false}
                />
              ) : null
            }
          >
            {part ? <Figures part={part} dashboard={found} /> : <NothingYet />}
            <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
              <Work dashboard={found} />
              <LastReminders dashboard={found} />
            </SimpleGrid>
          </Page>
        );
      }}
    </Shown>
  );
}

function NothingYet() {
  const go = useGo();
  return (
    <Panel>
      <Empty
        icon={<IconFileUpload size={40} stroke={1.3} />}
        title="No receivables yet"
        action={
          <Group mt="xs">
            <Button onClick={() => go('import')}>Import invoices</Button>
            <Button variant="default" onClick={() => go('invoices/new')}>
              Issue an invoice
            </Button>
          </Group>
        }
      >
        Import the open invoices you have, or issue the first one. This page then shows what is open, what is
        late and what to do today.
      </Empty>
    </Panel>
  );
}

function Figures({ part, dashboard }: { readonly part: CurrencyPart; readonly dashboard: Dashboard }) {
  const go = useGo();
  const { figures } = part;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, md: 5 }}>
        <Figure
          label="Open"
          note={`${countText(part.openInvoices)} invoices`}
          onOpen={() => go('invoices?state=open')}
        >
          <Money value={figures.gross} />
        </Figure>
        <Figure
          label="Overdue"
          note={`${countText(part.overdueInvoices)} invoices`}
          alarming={drawingValue(figures.overdue.amount) > 0}
          onOpen={() => go('invoices?state=overdue')}
        >
          <Money value={figures.overdue} />
        </Figure>
        <Figure label="Due within a week" onOpen={() => go('invoices?state=open')}>
          <Money value={part.dueThisWeek} />
        </Figure>
        <Figure
          label="Unapplied cash"
          note={`${countText(dashboard.work.unapplied.count)} payments`}
          onOpen={() => go('payments?state=unapplied')}
        >
          <Money value={figures.unapplied} />
        </Figure>
        <Figure label="DSO" note="three months" onOpen={() => go('reports/dso')}>
          {part.dso.days === null ? '–' : `${part.dso.days} days`}
        </Figure>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title="Open by days late" actions={<TenantLink to="reports/aging">Aging report</TenantLink>}>
          <AgingStrip
            buckets={dashboard.buckets}
            amounts={figures.buckets}
            onOpen={(key) => go(`reports/aging?bucket=${encodeURIComponent(key)}`)}
          />
        </Panel>
        <Panel
          title="DSO over twelve months"
          actions={<TenantLink to="reports/dso">All variants</TenantLink>}
        >
          <Trend part={part} />
        </Panel>
      </SimpleGrid>
    </Stack>
  );
}

function Trend({ part }: { readonly part: CurrencyPart }) {
  const points = part.dsoTrend.map((point) => ({
    month: point.asOf.slice(0, 7),
    DSO: point.standard.days === null ? null : drawingValue(point.standard.days),
    Countback: point.countback.days === null ? null : drawingValue(point.countback.days),
  }));
  if (points.every((point) => point.DSO === null && point.Countback === null)) {
    return (
      <Text c="dimmed" size="sm" py="lg" ta="center">
        There are no sales to count in yet.
      </Text>
    );
  }
  return (
    <LineChart
      h={190}
      data={points}
      dataKey="month"
      series={[
        { name: 'DSO', color: 'var(--chart-main)' },
        { name: 'Countback', color: 'var(--chart-second)' },
      ]}
      curveType="monotone"
      withLegend
      unit=" d"
      gridAxis="x"
      dotProps={{ r: 2 }}
    />
  );
}

function amountsOf(amounts: readonly MoneyValue[]): ReactNode {
  return amounts.map((amount, index) => (
    <span key={amount.currency}>
      {index > 0 ? ' + ' : ''}
      <Money value={amount} />
    </span>
  ));
}

/** What is said of one, and of several. */
type Words = readonly [one: string, several: string];

/** What waits: how much of it, and where it is worked on. */
type Row = {
  readonly key: string;
  readonly icon: ReactNode;
  readonly count: number;
  readonly words: Words;
  readonly amounts: Dashboard['work']['dueToday']['amounts'];
  readonly to: string;
};

/** What one is to do oneself, what nobody has, and what somebody higher has to look at. */
function taskRows(counts: Reply<typeof countOpenTasks> | undefined) {
  const row = (key: string, icon: ReactNode, count: number | undefined, words: Words, show: string) => ({
    key,
    icon,
    count: count ?? 0,
    words,
    amounts: [],
    to: `tasks?show=${show}`,
  });
  const [check, late] = [
    <IconChecklist key="check" size={16} />,
    <IconClockExclamation key="late" size={16} />,
  ];
  return [
    row('tasks', check, counts?.mine, ['task is yours', 'tasks are yours'], 'mine'),
    row('tasks-late', late, counts?.mineLate, ['of your tasks is late', 'of your tasks are late'], 'mine'),
    row('tasks-nobody', check, counts?.unassigned, ['task is nobody’s', 'tasks are nobody’s'], 'unassigned'),
    row('tasks-escalated', late, counts?.escalated, ['task was escalated', 'tasks were escalated'], 'late'),
  ];
}

function Work({ dashboard }: { readonly dashboard: Dashboard }) {
  const { work } = dashboard;
  const waiting = useRead(countWaitingReceipts, {}, { refreshMs: REFRESH_MS });
  const problems = useRead(countDeliveryProblems, {}, { refreshMs: REFRESH_MS });
  const tasks = useRead(countOpenTasks, {}, { refreshMs: REFRESH_MS });
  const breaches = useRead(countBreaches, {}, { refreshMs: REFRESH_MS });
  const every: readonly Row[] = [
    {
      key: 'breaches',
      icon: <IconShieldX size={16} />,
      count: breaches.data?.messages ?? 0,
      words: ['reminder should not have been sent', 'reminders should not have been sent'],
      amounts: [],
      to: 'send-gate',
    },
    ...taskRows(tasks.data),
    {
      key: 'due',
      icon: <IconCalendarDue size={16} />,
      count: work.dueToday.count,
      words: ['is due today', 'are due today'],
      amounts: work.dueToday.amounts,
      to: 'invoices?state=open',
    },
    {
      key: 'late',
      icon: <IconAlertCircle size={16} />,
      count: work.newlyOverdue.count,
      words: ['became overdue since yesterday', 'became overdue since yesterday'],
      amounts: work.newlyOverdue.amounts,
      to: 'invoices?state=overdue',
    },
    {
      key: 'cash',
      icon: <IconCash size={16} />,
      count: work.unapplied.count,
      words: ['payment to apply', 'payments to apply'],
      amounts: work.unapplied.amounts.map(withoutSign),
      to: 'payments?state=unapplied',
    },
    {
      key: 'old',
      icon: <IconClockExclamation size={16} />,
      count: waiting.data?.late ?? 0,
      words: ['receipt is late to be applied', 'receipts are late to be applied'],
      amounts: [],
      to: 'waiting-receipts',
    },
    {
      key: 'escalated',
      icon: <IconClockExclamation size={16} />,
      count: waiting.data?.escalated ?? 0,
      words: ['receipt waited too long and was escalated', 'receipts waited too long and were escalated'],
      amounts: [],
      to: 'waiting-receipts',
    },
    {
      key: 'yours',
      icon: <IconCash size={16} />,
      count: waiting.data?.yours ?? 0,
      words: ['receipt is yours to apply', 'receipts are yours to apply'],
      amounts: [],
      to: 'waiting-receipts',
    },
    {
      key: 'mail',
      icon: <IconMailX size={16} />,
      count: work.failedMessages,
      words: ['message did not get through', 'messages did not get through'],
      amounts: [],
      to: 'outbox?state=failed',
    },
    {
      key: 'problems',
      icon: <IconMailOff size={16} />,
      count: problems.data?.open ?? 0,
      words: ['message did not arrive and wants a person', 'messages did not arrive and want a person'],
      amounts: [],
      to: 'delivery-problems',
    },
  ];
  const rows = every.filter((row) => row.count > 0);
  return (
    <Panel title="Today’s work">
      {rows.length === 0 ? (
        <Empty icon={<IconCircleCheck size={32} stroke={1.4} />} title="Nothing waits for you today" />
      ) : (
        <List spacing="sm" center listStyleType="none">
          {rows.map((row) => (
            <List.Item
              key={row.key}
              icon={
                <ThemeIcon variant="light" size={28} aria-hidden>
                  {row.icon}
                </ThemeIcon>
              }
            >
              <TenantLink to={row.to}>
                {countText(row.count)} {row.words[row.count === 1 ? 0 : 1]}
              </TenantLink>
              <Text size="sm" c="dimmed" component="div">
                {amountsOf(row.amounts)}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
      {breaches.data?.messages === 0 ? (
        <Group gap="xs" mt="md" wrap="nowrap">
          <ThemeIcon variant="light" color="green" size={28} aria-hidden>
            <IconShieldCheck size={16} />
          </ThemeIcon>
          <TenantLink to="send-gate">
            0 reminders in {breaches.data.weeks} weeks should not have been sent
          </TenantLink>
        </Group>
      ) : null}
    </Panel>
  );
}

function LastReminders({ dashboard }: { readonly dashboard: Dashboard }) {
  return (
    <Panel title="Last reminders" actions={<TenantLink to="outbox">Outbox</TenantLink>}>
      {dashboard.lastReminders.length === 0 ? (
        <Empty title="No reminders yet">They go out by the policy, starting before the due date.</Empty>
      ) : (
        <Scroll minWidth={0} label="Last reminders">
          <Table>
            <Table.Tbody>
              {dashboard.lastReminders.slice(0, REMINDERS_SHOWN).map((reminder) => (
                <Table.Tr key={reminder.messageId}>
                  <Table.Td className="growing">
                    <TenantLink to={`outbox/${reminder.messageId}`}>{reminder.customer.name}</TenantLink>
                    <Text size="xs" c="dimmed" truncate>
                      {reminder.subject ?? 'not written yet'}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <StateBadge state={reminder.state} />
                  </Table.Td>
                  <Table.Td className="numeric hide-narrow">
                    <Text size="xs" c="dimmed">
                      {momentWords(reminder.at)}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Panel>
  );
}
