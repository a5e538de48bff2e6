// Days of an account as a calendar: a column for each week, a row for each weekday. Colour is never alone: each day has its words,
// a signed one a mark, and what is off has a corner.

import { Box, Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { amountText, dayWords } from '../../lib/format.ts';
import { type Day, isNothing, STATE_COLORS, STATE_WORDS } from './tie-words.ts';

const CELL = 22;
const WEEKDAYS = [
  { key: 1, name: 'Mon' },
  { key: 2, name: '' },
  { key: 3, name: 'Wed' },
  { key: 4, name: '' },
  { key: 5, name: 'Fri' },
  { key: 6, name: '' },
  { key: 7, name: 'Sun' },
] as const;
const WEEK = 7;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Weeks from the Monday before the first day on, as texts of days. */
function weeksOf(from: string, to: string): readonly (readonly string[])[] {
  const first = Date.parse(from);
  const monday = first - ((new Date(first).getUTCDay() + WEEK - 1) % WEEK) * DAY_MS;
  const weeks: string[][] = [];
  for (let start = monday; start <= Date.parse(to); start += WEEK * DAY_MS)
    weeks.push(
      Array.from({ length: WEEK }, (_, index) => new Date(start + index * DAY_MS).toISOString().slice(0, 10)),
    );
  return weeks;
}

/** A day in one sentence: state, lines, and what is off by how much. */
export function daySentence(day: Day): string {
  const off = [day.carriedOff, day.closingOff, day.booksOff].filter((value) => !isNothing(value.amount));
  const amounts = off.map((value) => `${amountText(value.amount, value.currency)} ${value.currency}`);
  const parts = [
    STATE_WORDS[day.state],
    `${day.lines} ${day.lines === 1 ? 'line' : 'lines'}`,
    ...(amounts.length > 0 ? [`off by ${amounts.join(' and ')}`] : []),
    ...(day.unexplainedLines > 0 ? [`${day.unexplainedLines} not explained`] : []),
    ...(day.signed ? [`signed by ${day.signed.by}`] : []),
  ];
  return `${dayWords(day.day)}: ${parts.join(', ')}`;
}

export function HeatMap({
  from,
  to,
  days,
  onOpen,
}: {
  readonly from: string;
  readonly to: string;
  readonly days: readonly Day[];
  onOpen(day: string): void;
}) {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const weeks = weeksOf(from, to);
  const box = useRef<HTMLDivElement>(null);
  // The latest days stand to the right: a narrow screen begins there.
  useEffect(() => {
    if (box.current) box.current.scrollLeft = box.current.scrollWidth;
  }, []);
  return (
    <Box ref={box} style={{ overflowX: 'auto', paddingBottom: 4 }}>
      <div
        style={{ display: 'grid', gridTemplateColumns: `34px repeat(${weeks.length}, ${CELL}px)`, gap: 3 }}
      >
        <span />
        {weeks.map((week, index) => (
          <Text
            key={week[0]}
            fz={10}
            c="dimmed"
            style={{ whiteSpace: 'nowrap', overflow: 'visible' }}
            aria-hidden
          >
            {monthOf(week, weeks[index - 1])}
          </Text>
        ))}
        {WEEKDAYS.map(({ key, name }) => (
          <Row
            key={key}
            name={name}
            days={weeks.map((week) => week[key - 1] ?? '')}
            byDay={byDay}
            onOpen={onOpen}
          />
        ))}
      </div>
    </Box>
  );
}

function monthOf(week: readonly string[], before: readonly string[] | undefined): string {
  const [monday = ''] = week;
  if (before?.[0]?.slice(0, 7) === monday.slice(0, 7)) return '';
  return new Date(monday).toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' });
}

function Row({
  name,
  days,
  byDay,
  onOpen,
}: {
  readonly name: string;
  readonly days: readonly string[];
  readonly byDay: ReadonlyMap<string, Day>;
  onOpen(day: string): void;
}) {
  return (
    <>
      <Text fz={10} c="dimmed" lh={`${CELL}px`} aria-hidden>
        {name}
      </Text>
      {days.map((text) => {
        const day = byDay.get(text);
        return day ? <Cell key={text} day={day} onOpen={() => onOpen(text)} /> : <Nothing key={text} />;
      })}
    </>
  );
}

function Nothing() {
  return (
    <Box
      w={CELL}
      h={CELL}
      style={{ borderRadius: 4, background: 'var(--mantine-color-default-border)', opacity: 0.45 }}
      aria-hidden
    />
  );
}

function Cell({ day, onOpen }: { readonly day: Day; onOpen(): void }) {
  const sentence = daySentence(day);
  return (
    <Tooltip label={sentence} multiline maw={280} events={{ hover: true, focus: true, touch: false }}>
      <UnstyledButton
        aria-label={sentence}
        onClick={onOpen}
        w={CELL}
        h={CELL}
        style={{
          borderRadius: 4,
          background: STATE_COLORS[day.state],
          color: day.state === 'open' ? 'black' : 'white',
          fontSize: 12,
          lineHeight: `${CELL}px`,
          textAlign: 'center',
          fontWeight: 700,
        }}
      >
        {day.signed ? '✓' : day.state === 'off' ? '!' : day.state === 'open' ? '·' : ''}
      </UnstyledButton>
    </Tooltip>
  );
}

/** What the colours mean. */
export function Legend() {
  return (
    <Group gap="md">
      {(['tied', 'open', 'off'] as const).map((state) => (
        <Group key={state} gap={6} wrap="nowrap">
          <Box w={12} h={12} style={{ borderRadius: 3, background: STATE_COLORS[state] }} aria-hidden />
          <Text size="xs" c="dimmed">
            {state === 'open' ? 'open ·' : state === 'off' ? 'off !' : 'tied'}
          </Text>
        </Group>
      ))}
      <Text size="xs" c="dimmed">
        ✓ signed off
      </Text>
    </Group>
  );
}
