// The weeks to come as a calendar: how many reminders each day and about how much, what is for a person, and how much they can do.

import { Alert, Badge, Group, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { readCalendar } from '#forecasts/contract.ts';
import { listCollectors } from '#worklist/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { compactText, countText, dayWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { Panel, Shown } from '../../ui/Page.tsx';
import { CHANNEL_WORDS, PHASE_COLORS } from './plan-words.ts';

type Day = Reply<typeof readCalendar>['days'][number];

const WEEKS = ['2', '6', '13'] as const;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const WEEK = 7;

export function ReminderCalendar({ onOpen }: { onOpen(day: string): void }) {
  const [search, setSearch] = useAddress();
  const weeks = WEEKS.find((one) => one === search.weeks) ?? '6';
  const read = useRead(readCalendar, { query: { weeks: Number(weeks) } });
  const collectors = useRead(listCollectors);
  return (
    <Stack>
      <SegmentedControl
        aria-label="How far ahead"
        w="fit-content"
        data={WEEKS.map((value) => ({ value, label: `${value} weeks` }))}
        value={weeks}
        onChange={(value) => setSearch({ weeks: value === '6' ? '' : value })}
      />
      <Shown read={read}>
        {(calendar) => (
          <Stack>
            {calendar.runsDaily ? null : (
              <Alert color="blue" variant="light">
                Reminders do not go out by themselves yet. This is what they would say if they did.
              </Alert>
            )}
            {calendar.more ? (
              <Alert color="yellow" variant="light">
                Counted of the first {countText(calendar.accounts)} customers; there are more.
              </Alert>
            ) : null}
            <Panel>
              <div className="reminder-calendar">
                {WEEKDAYS.map((name) => (
                  <Text key={name} size="xs" c="dimmed" className="reminder-calendar-head" aria-hidden>
                    {name}
                  </Text>
                ))}
                {blanksBefore(calendar.from).map((key) => (
                  <span key={key} className="reminder-calendar-blank" />
                ))}
                {calendar.days.map((day) => (
                  <DayCell
                    key={day.on}
                    day={day}
                    capacity={capacityOn(collectors.data?.rows ?? [], day.on)}
                    most={Math.max(
                      1,
                      ...calendar.days.map((one) => one.said.messages + one.forPerson.messages),
                    )}
                    onOpen={() => onOpen(day.on)}
                  />
                ))}
              </div>
              <Text size="xs" c="dimmed" mt="sm">
                If nobody pays and nothing else changes. Each day says what the days before it have left to
                say. A message with a hand waits for a person; the line under it is what the team can do a
                day.
              </Text>
            </Panel>
          </Stack>
        )}
      </Shown>
    </Stack>
  );
}

/** Empty places before the first day, so that each day stands under its weekday. */
function blanksBefore(from: string): readonly string[] {
  const weekday = (new Date(from).getUTCDay() + WEEK - 1) % WEEK;
  return WEEKDAYS.slice(0, weekday).map((name) => `before ${name}`);
}

type Collector = Reply<typeof listCollectors>['rows'][number];

/** Customers that those who collect and are there can work on a day; null where nobody said how many. */
function capacityOn(collectors: readonly Collector[], on: string): number | null {
  const there = collectors.filter(
    ({ collects, away }) => collects && !(away && away.from <= on && on <= away.to),
  );
  const stated = there.flatMap(({ customersADay }) => customersADay ?? []);
  return stated.length === 0 ? null : stated.reduce((sum, one) => sum + one, 0);
}

type DayCellProps = {
  readonly day: Day;
  readonly capacity: number | null;
  /** Messages of the fullest day, for the height of the bars. */
  readonly most: number;
  onOpen(): void;
};

function DayCell({ day, capacity, most, onOpen }: DayCellProps) {
  const messages = day.said.messages + day.forPerson.messages;
  const isOver = capacity !== null && day.forPerson.customers > capacity;
  return (
    <UnstyledButton
      className="reminder-calendar-day"
      data-quiet={messages === 0 || undefined}
      aria-label={sentenceOf(day, capacity)}
      onClick={onOpen}
    >
      <Group justify="space-between" gap={4} wrap="nowrap">
        <Text size="xs" c="dimmed">
          {shortDay(day.on)}
        </Text>
        {messages > 0 ? (
          <Text size="sm" fw={700}>
            {countText(messages)}
          </Text>
        ) : null}
      </Group>
      <div className="reminder-calendar-bar" aria-hidden>
        {day.byPhase.map(({ phase, channel, count }) => (
          <span
            key={`${phase} ${channel}`}
            style={{
              width: `${(count.messages / most) * 100}%`,
              background: `var(--mantine-color-${PHASE_COLORS[phase] ?? 'gray'}-filled)`,
            }}
          />
        ))}
      </div>
      {[...day.said.sums, ...day.forPerson.sums].length > 0 ? (
        <Text size="xs" truncate>
          {sumsOf(day)}
        </Text>
      ) : null}
      <div className="reminder-calendar-more">
        {day.byPhase.map(({ phase, channel, count }) => (
          <Text key={`${phase} ${channel}`} size="xs" c="dimmed" truncate>
            {countText(count.messages)} {heading(phase)} {channel === 'email' ? '' : CHANNEL_WORDS[channel]}
          </Text>
        ))}
      </div>
      {day.forPerson.customers > 0 ? (
        <Badge size="sm" color={isOver ? 'red' : 'grape'} variant="light" mt={2}>
          ✋ {countText(day.forPerson.customers)}
          {capacity === null ? '' : ` of ${countText(capacity)}`}
        </Badge>
      ) : null}
    </UnstyledButton>
  );
}

/** `29 Nov`, as the reader writes days. */
function shortDay(day: string): string {
  return new Date(day).toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** What a day comes to in each currency, what goes by itself and what is for a person together. */
function sumsOf({ said, forPerson }: Day): string {
  const sums = new Map<string, number>();
  // For the eye: what is owed stands in the dry run of the day, to the cent.
  for (const { amount, currency } of [...said.sums, ...forPerson.sums])
    sums.set(currency, (sums.get(currency) ?? 0) + Number(amount));
  return [...sums].map(([currency, sum]) => `${compactText(sum.toFixed(0))} ${currency}`).join(' · ');
}

function sentenceOf(day: Day, capacity: number | null): string {
  const { said, forPerson } = day;
  const messages = said.messages + forPerson.messages;
  if (messages === 0) return `${dayWords(day.on)}: nothing`;
  const person =
    forPerson.customers === 0
      ? []
      : [
          `${countText(forPerson.customers)} customers for a person${capacity === null ? '' : ` who can work ${countText(capacity)}`}`,
        ];
  return `${dayWords(day.on)}: ${[`${countText(messages)} messages`, sumsOf(day), ...person].join(', ')}`;
}
