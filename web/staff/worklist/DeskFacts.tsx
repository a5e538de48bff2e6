// What one has to know while one speaks: what is owed and how old it is, what was promised and disputed, what was last said both ways.

import { Badge, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { listCalls } from '#calls/contract.ts';
import { listPromises, readReliability } from '#promises/contract.ts';
import { readCustomerOverview, readCustomerTimeline } from '#reporting/contract.ts';
import { rowsOf, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords, lateWords } from '../../lib/format.ts';
import { AgingStrip } from '../../ui/AgingStrip.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { callWords } from '../calls/CallList.tsx';
import { OUTCOME_COLORS, OUTCOME_WORDS } from '../calls/call-words.ts';
import { STATE_COLORS, STATE_WORDS } from '../promises/promise-words.ts';
import type { Desk, Owed } from './OutcomeDialog.tsx';

/** Items, promises and words that are shown at once; the page of the customer has all. */
const SHOWN = 6;

type FactsProps = { readonly desk: Desk; readonly items: readonly Owed[] };

export function DeskFacts({ desk, items }: FactsProps) {
  const customerId = desk.customer.id;
  const overview = useRead(readCustomerOverview, { params: { customerId } }).data;
  const reliability = useRead(readReliability, { params: { customerId } }).data?.currencies;
  const totals = overview?.totals.filter((total) => total.company.id === desk.company.id) ?? [];
  const kept = reliability?.[0];
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure label="Overdue, to be asked for" alarming>
          {desk.row ? <Money value={desk.row.overdue} /> : 'nothing'}
        </Figure>
        <Figure label="Likely unpaid in two weeks" note="of all that is due by then">
          {desk.row ? <Money value={desk.row.expected} /> : '–'}
        </Figure>
        <Figure
          label="Pays on average"
          note={
            overview ? `over ${countText(overview.averageDaysLate.payments)} payments of a year` : undefined
          }
        >
          {lateness(overview?.averageDaysLate.days ?? null)}
        </Figure>
        <Figure
          label="Promises kept"
          note={kept ? <Money value={kept.cameInTime} /> : reliability ? 'none came to an end' : undefined}
        >
          {kept ? `${countText(kept.kept)} of ${countText(kept.ended)}` : '–'}
        </Figure>
      </SimpleGrid>
      {totals.map((total) => (
        <AgingStrip key={total.currency} buckets={overview?.buckets ?? []} amounts={total.figures.buckets} />
      ))}
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Panel title="Open items">
          {items.slice(0, SHOWN).map((item) => (
            <Group key={item.id} justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm">
                {item.reference}{' '}
                <Text
                  span
                  size="sm"
                  className={item.daysLate > 0 ? 'late' : ''}
                  style={{ whiteSpace: 'nowrap' }}
                >
                  {lateWords(item.daysLate)}
                </Text>
              </Text>
              <Text size="sm" className="numeric">
                <Money value={item.open} />
              </Text>
            </Group>
          ))}
          <Text size="sm" mt={4}>
            <TenantLink to={`customers/${customerId}`}>
              {items.length > SHOWN ? `All ${countText(items.length)}, and the customer` : 'The customer'}
            </TenantLink>
          </Text>
        </Panel>
        <Stack gap="md">
          <Promised customerId={customerId} />
          <LastWords customerId={customerId} />
        </Stack>
      </SimpleGrid>
    </Stack>
  );
}

/** Whole days: nobody pays at noon. */
function lateness(days: string | null): string {
  if (days === null) return '–';
  const late = Math.round(Number(days));
  if (late === 0) return 'on the day';
  return `${countText(Math.abs(late))} ${Math.abs(late) === 1 ? 'day' : 'days'} ${late > 0 ? 'late' : 'early'}`;
}

function Promised({ customerId }: { readonly customerId: string }) {
  const rows = useRead(listPromises, { query: { customerId, show: 'all' } }).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="Promises">
      {rows.slice(0, 3).map((row) => (
        <Group key={row.promiseId} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm">
            <Badge color={STATE_COLORS[row.state]} variant="light" mr={6}>
              {STATE_WORDS[row.state]}
            </Badge>
            {dayWords(row.parts.at(-1)?.on ?? row.promisedOn)}
          </Text>
          <Text size="sm" className="numeric">
            <Money value={row.amount} />
          </Text>
        </Group>
      ))}
    </Panel>
  );
}

/** What was last said both ways: calls, and messages that were sent. */
function LastWords({ customerId }: { readonly customerId: string }) {
  const called = useRead(listCalls, { query: { customerId, limit: 3 } });
  const calls = called.data?.rows ?? [];
  const timeline = usePages(readCustomerTimeline, {
    params: { customerId },
    query: { kinds: 'message', limit: 3 },
  });
  const messages = rowsOf(timeline.data).slice(0, 3);
  return (
    <Panel title="Last said">
      {called.data && timeline.data && calls.length + messages.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing was said yet.
        </Text>
      ) : null}
      <Stack gap={8}>
        {calls.map((call) => (
          <div key={call.callId}>
            <Text size="sm">
              <Badge color={OUTCOME_COLORS[call.outcome]} variant="light" mr={6}>
                {OUTCOME_WORDS[call.outcome]}
              </Badge>
              {dayWords(call.on)}
              {call.note ? ` · ${call.note}` : ''}
            </Text>
            <Text size="xs" c="dimmed">
              {callWords(call)} · {call.by}
            </Text>
          </div>
        ))}
        {messages.map((message) => (
          <Text key={message.id} size="sm">
            {dayWords(message.on)} ·{' '}
            <TenantLink to={`outbox/${message.subjectId}`}>{message.title || 'message'}</TenantLink>
          </Text>
        ))}
      </Stack>
    </Panel>
  );
}
