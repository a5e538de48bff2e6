// One picture of a day: what the bank moved, what it was, and what the books have. The three bars must be of one length; where they
// are not, the difference stands in red between them, to the cent.

import { Box, Group, Text } from '@mantine/core';
import { IconEqual, IconEqualNot } from '@tabler/icons-react';
import type { readTieOutDay } from '#reconciliation/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { drawingValue } from '../../lib/format.ts';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { isNothing, KIND_COLORS, KIND_WORDS, type Kind } from './tie-words.ts';

type Day = Reply<typeof readTieOutDay>;
type Segment = {
  readonly key: string;
  readonly size: number;
  readonly color: string;
  readonly words: string;
};

const ROW_HEIGHT = 26;

export function DayBars({ day }: { readonly day: Day }) {
  const size = (amount: string): number => Math.abs(drawingValue(amount));
  const incoming = day.kinds.filter((sum) => drawingValue(sum.amount.amount) > 0);
  const outgoing = day.kinds.filter((sum) => drawingValue(sum.amount.amount) < 0);
  const inSize = incoming.reduce((all, sum) => all + size(sum.amount.amount), 0);
  const outSize = outgoing.reduce((all, sum) => all + size(sum.amount.amount), 0);
  const whole = Math.max(inSize + outSize, 1e-9);
  const bank: readonly Segment[] = [
    { key: 'in', size: inSize, color: 'var(--mantine-color-teal-8)', words: 'money in' },
    { key: 'out', size: outSize, color: 'var(--mantine-color-gray-7)', words: 'money out' },
  ];
  const ordered = [...incoming, ...outgoing];
  const segment = (kind: Kind, amount: MoneyValue): Segment => ({
    key: kind,
    size: size(amount.amount),
    color: KIND_COLORS[kind],
    words: KIND_WORDS[kind],
  });
  return (
    <div>
      <Bar label="At the bank" total={day.moved} segments={bank} whole={whole} />
      <Meets difference={day.unexplained} words="not explained" isOpen />
      <Bar
        label="What it was"
        total={day.explained}
        segments={ordered.map((sum) => segment(sum.kind, sum.amount))}
        whole={whole}
      />
      <Meets difference={day.booksOff} words="off" />
      <Bar
        label="In the books"
        total={day.booked}
        segments={ordered
          .filter((sum) => sum.kind !== 'unexplained')
          .map((sum) => segment(sum.kind, sum.booked))}
        whole={whole}
      />
    </div>
  );
}

function Bar({
  label,
  total,
  segments,
  whole,
}: {
  readonly label: string;
  readonly total: MoneyValue;
  readonly segments: readonly Segment[];
  readonly whole: number;
}) {
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="sm" component="div">
          <Money value={total} />
        </Text>
      </Group>
      <Box
        style={{
          display: 'flex',
          height: ROW_HEIGHT,
          borderRadius: 6,
          overflow: 'hidden',
          background: 'var(--mantine-color-default-border)',
        }}
      >
        {segments
          .filter((part) => part.size > 0)
          .map((part) => (
            <div
              key={part.key}
              title={part.words}
              style={{ width: `${(part.size / whole) * 100}%`, minWidth: 2, background: part.color }}
            />
          ))}
      </Box>
    </div>
  );
}

function Meets({
  difference,
  words,
  isOpen = false,
}: {
  readonly difference: MoneyValue;
  readonly words: string;
  readonly isOpen?: boolean;
}) {
  const meets = isNothing(difference.amount);
  const Icon = meets ? IconEqual : IconEqualNot;
  const color = meets ? 'teal' : isOpen ? 'yellow' : 'red';
  return (
    <Group gap={6} my={6} c={isOpen && !meets ? 'inherit' : color}>
      <Icon size={18} aria-hidden />
      <Text size="xs" fw={meets ? 400 : 650} component="div">
        {meets ? 'meets to the cent' : <Money value={difference} />} {meets ? '' : words}
      </Text>
    </Group>
  );
}
