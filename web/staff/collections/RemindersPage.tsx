// Reminders: what would go out on a day, to whom and why; who is left out and why; and starting the run.

import {
  Accordion,
  Alert,
  Badge,
  Button,
  Checkbox,
  Drawer,
  Group,
  SimpleGrid,
  Stack,
  Table,
  Tabs,
  Text,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconEye, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import {
  listReminderRuns,
  planReminders,
  previewReminder,
  readCadence,
  startReminderRun,
} from '#collections/contract.ts';
import { me } from '#identity/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords, lateWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { heading } from '../../lib/words.ts';
import { DayField } from '../../ui/DayField.tsx';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

/** How often runs that go on are asked how far they are. */
const RUN_REFRESH_MS = 2_000;

type Planned = Reply<typeof planReminders>['rows'][number];

export default function RemindersPage() {
  const [search, setSearch] = useAddress();
  const today = useRead(me).data?.today ?? '';
  const on = search.on ?? today;
  const tab = search.tab ?? 'plan';
  // Whoever sends has the tick before them.
  const isApproved = tab === 'plan' && search.approved === 'true';
  const start = useCommand(startReminderRun);
  const maySend = useMay('reminder.send');
  const go = useGo();
  const run = (): void =>
    start.mutate(
      { body: { ...(on === '' ? {} : { on }), ...(isApproved ? { approved: true } : {}) } },
      {
        onSuccess: ({ runs }) => {
          const customers = runs.reduce((sum, r) => sum + r.customers, 0);
          notifications.show({
            title: 'The run is going on',
            message: `${countText(customers)} customers. Messages appear in the outbox.`,
          });
          setSearch({ tab: 'runs', approved: '' });
        },
      },
    );
  return (
    <Page
      title="Reminders"
      subtitle="One message to each customer about all that is due. Balances are read again in the moment of sending."
      actions={
        <>
          <Button variant="default" onClick={() => go('outbox')}>
            Outbox
          </Button>
          {maySend ? (
            <Button
              leftSection={<IconSend size={16} aria-hidden />}
              loading={start.isPending}
              disabled={on > today}
              onClick={run}
            >
              Send what is due
            </Button>
          ) : null}
        </>
      }
    >
      {start.error ? <Trouble problem={start.error} /> : null}
      <Tabs value={tab} onChange={(chosen) => setSearch({ tab: chosen ?? '' })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="plan">What would go out</Tabs.Tab>
          <Tabs.Tab value="runs">Runs</Tabs.Tab>
          <Tabs.Tab value="cadence">Cadence</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="plan" pt="md">
          <Stack>
            <DayField
              label="On"
              value={on}
              onChange={(day) => setSearch({ on: day, approved: '' })}
              width={220}
            />
            {on === '' ? null : <ForPerson on={on} isApproved={isApproved} />}
            {on === '' ? null : <Plan on={on} isApproved={isApproved} />}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="runs" pt="md">
          <Runs />
        </Tabs.Panel>
        <Tabs.Panel value="cadence" pt="md">
          <Cadence />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

type OfDay = { readonly on: string; readonly isApproved: boolean };

const planOf = ({ on, isApproved }: OfDay) => ({ on, ...(isApproved ? { approved: 'true' as const } : {}) });

/** How many steps wait for a person, to be sent with the others; none, and nothing is asked. */
function ForPerson({ on, isApproved }: OfDay) {
  const [, setSearch] = useAddress();
  const pages = usePages(planReminders, { query: planOf({ on, isApproved: false }) });
  const maySend = useMay('reminder.send');
  const left = rowsOf(pages.data).flatMap((row) => row.leftOut);
  const waiting = left.filter((item) => item.reason === 'for_person').length;
  if (!maySend || (waiting === 0 && !pages.hasNextPage && !isApproved)) return null;
  const count = `${pages.hasNextPage ? 'at least ' : ''}${countText(waiting)}`;
  return (
    <Checkbox
      label={`Also send what waits for a person (${count})`}
      description="Steps that do not go out by themselves. What is shown below, and what is sent, then has them in it."
      checked={isApproved}
      onChange={(event) => setSearch({ approved: event.currentTarget.checked ? 'true' : '' })}
    />
  );
}

function Plan({ on, isApproved }: OfDay) {
  const pages = usePages(planReminders, { query: planOf({ on, isApproved }) });
  const [looking, setLooking] = useState<Planned | null>(null);
  const rows = rowsOf(pages.data);
  return (
    <Shown read={pages}>
      {() =>
        rows.length === 0 ? (
          <Panel>
            <Empty title={`Nothing is to be said on ${dayWords(on)}`}>
              No open item reaches a step of the cadence by that day that was not said yet.
            </Empty>
          </Panel>
        ) : (
          <Stack>
            <Accordion variant="separated">
              {rows.map((row) => (
                <PlannedRow
                  key={`${row.companyId}${row.customerId}${row.language}`}
                  row={row}
                  onLook={() => setLooking(row)}
                />
              ))}
            </Accordion>
            {pages.hasNextPage ? (
              <Button
                variant="default"
                loading={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                Show more
              </Button>
            ) : null}
            <Drawer
              opened={looking !== null}
              onClose={() => setLooking(null)}
              position="right"
              size="lg"
              title="Exactly as it would be sent"
            >
              {looking ? <Preview row={looking} on={on} isApproved={isApproved} /> : null}
            </Drawer>
          </Stack>
        )
      }
    </Shown>
  );
}

const REASONS: Readonly<Record<string, string>> = {
  no_email: 'nobody with an e-mail address',
  on_hold: 'on hold',
  in_dispute: 'in dispute',
  not_posted: 'not posted in the customer’s portal, or rejected there',
  promised: 'promised for a day to come',
  covered_by_credit: 'paid by credit that is not applied yet',
  closed: 'settled meanwhile',
  said_later_step: 'a firmer step was said already',
  too_soon: 'heard from us too short a time ago',
  below_minimum: 'less than the policy asks for',
  for_person: 'waits for a person',
};

function PlannedRow({ row, onLook }: { readonly row: Planned; onLook(): void }) {
  return (
    <Accordion.Item value={`${row.companyId}${row.customerId}${row.language}`}>
      <Accordion.Control>
        <Group justify="space-between" pr="md" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text fw={600} truncate>
              {row.customerName}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {row.channel === 'post' ? 'By post: ' : ''}
              {row.recipient ?? 'nobody to write to'}
            </Text>
          </div>
          <Group gap="xs" wrap="nowrap">
            {row.phase ? <Badge>{heading(row.phase)}</Badge> : <Badge color="gray">left out</Badge>}
            <span className="hide-narrow">
              {row.totals.map((total) => (
                <div key={total.currency}>
                  <Money value={total} />
                </div>
              ))}
            </span>
          </Group>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs">
          <Scroll minWidth={480}>
            <Table>
              <Table.Tbody>
                {row.items.map((item) => (
                  <Table.Tr key={item.itemId}>
                    <Table.Td>
                      <TenantLink to={`invoices/${item.documentId}`}>{item.reference}</TenantLink>
                    </Table.Td>
                    <Table.Td>
                      {dayWords(item.dueOn)} · {lateWords(item.daysLate)}
                    </Table.Td>
                    <Table.Td>step {item.step}</Table.Td>
                    <Table.Td className="numeric">
                      <Money value={item.open} />
                    </Table.Td>
                  </Table.Tr>
                ))}
                {row.leftOut.map((item) => (
                  <Table.Tr key={item.itemId} c="dimmed">
                    <Table.Td>{item.reference}</Table.Td>
                    <Table.Td>{dayWords(item.dueOn)}</Table.Td>
                    <Table.Td>left out: {REASONS[item.reason] ?? item.reason.replaceAll('_', ' ')}</Table.Td>
                    <Table.Td className="numeric">
                      <Money value={item.open} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
          {row.phase ? (
            <Group>
              <Button size="xs" variant="default" leftSection={<IconEye size={14} />} onClick={onLook}>
                See the message
              </Button>
            </Group>
          ) : null}
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Preview({ row, ...ofDay }: OfDay & { readonly row: Planned }) {
  const read = useRead(previewReminder, {
    params: { companyId: row.companyId, customerId: row.customerId },
    query: planOf(ofDay),
  });
  return (
    <Shown read={read}>
      {(message) => (
        <Stack>
          <div>
            <Text size="sm" c="dimmed">
              To {message.recipient}
            </Text>
            <Text fw={600}>{message.subject}</Text>
          </div>
          {message.html === null ? (
            <Text component="pre" size="sm" style={{ whiteSpace: 'pre-wrap' }}>
              {message.text}
            </Text>
          ) : (
            <MailFrame html={message.html} title="The message" />
          )}
          <Text size="sm">
            Attached:{' '}
            {message.attachments.length === 0
              ? 'nothing'
              : message.attachments.map((a) => a.fileName).join(', ')}
          </Text>
        </Stack>
      )}
    </Shown>
  );
}

function Runs() {
  const pages = usePages(
    listReminderRuns,
    {},
    { refreshMs: (read) => (rowsOf(read).some((run) => run.finishedAt === null) ? RUN_REFRESH_MS : false) },
  );
  const rows = rowsOf(pages.data);
  return (
    <Shown read={pages}>
      {() =>
        rows.length === 0 ? (
          <Panel>
            <Empty title="No run yet">
              The first one is started by hand; after that they go by themselves every day.
            </Empty>
          </Panel>
        ) : (
          <Panel>
            <Scroll minWidth={520}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Day</Table.Th>
                    <Table.Th>Company</Table.Th>
                    <Table.Th>Started</Table.Th>
                    <Table.Th className="numeric">Messages</Table.Th>
                    <Table.Th className="numeric">Items</Table.Th>
                    <Table.Th className="numeric">Without e-mail</Table.Th>
                    <Table.Th className="numeric">For a person</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={row.runId}>
                      <Table.Td>{dayWords(row.runOn)}</Table.Td>
                      <Table.Td>{row.companyCode}</Table.Td>
                      <Table.Td>
                        {momentWords(row.startedAt)}{' '}
                        {row.finishedAt === null ? <Badge>going on</Badge> : null}
                        {row.approved ? <Badge color="gray">with steps for a person</Badge> : null}
                      </Table.Td>
                      <Table.Td className="numeric">{countText(row.messages)}</Table.Td>
                      <Table.Td className="numeric">{countText(row.items)}</Table.Td>
                      <Table.Td className="numeric">{countText(row.withoutEmail)}</Table.Td>
                      <Table.Td className="numeric">{countText(row.forPerson)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          </Panel>
        )
      }
    </Shown>
  );
}

function Cadence() {
  const read = useRead(readCadence);
  return (
    <Shown read={read}>
      {(cadence) => (
        <Panel title={cadence.name}>
          <Stack>
            <Alert variant="light" color="blue">
              {cadence.runsDaily
                ? `Goes out by itself every day from ${cadence.runsAt} on.`
                : 'Nothing goes out by itself until somebody starts a first run.'}
            </Alert>
            <SimpleGrid cols={{ base: 1, xs: 2, md: cadence.steps.length }}>
              {cadence.steps.map((step) => (
                <Panel key={step.step}>
                  <Text size="xs" c="dimmed">
                    {offsetWords(step.offsetDays)}
                  </Text>
                  <Text fw={600}>{heading(step.phase)}</Text>
                </Panel>
              ))}
            </SimpleGrid>
          </Stack>
        </Panel>
      )}
    </Shown>
  );
}

function offsetWords(days: number): string {
  if (days === 0) return 'on the due date';
  return days < 0 ? `${-days} days before it is due` : `${days} days late`;
}
