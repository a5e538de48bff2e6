// What a rule does, as a picture: so much is due, so much arrives, and what becomes of the rest.

import { Box, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Money as Amount, money, zero } from '#kernel/money.ts';
import { drawingValue } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { toValue, typedAmount } from '../payments/amounts.ts';

/** Each part of what is due is drawn at least so wide that it is seen. */
const SEEN_PERCENT = 3;

export function ShortExample({
  currency,
  most,
  byRule,
  account = 'small differences',
}: {
  readonly currency: string;
  /** The most that may be dropped of an item; undefined where nothing is stated yet. */
  readonly most: (item: Amount) => Amount | undefined;
  /** Dropped by rule, or by a person within a limit. */
  readonly byRule: boolean;
  /** Which account bears it. */
  readonly account?: string;
}) {
  const [texts, setTexts] = useState({ due: '1000', arrives: '996.50' });
  const due = typedAmount(texts.due, currency) ?? zero(currency);
  const arrives = typedAmount(texts.arrives, currency) ?? zero(currency);
  const rest = money(due.minor - arrives.minor, currency);
  const room = most(due);
  const drops = rest.minor > 0n && room !== undefined && rest.minor <= room.minor;
  return (
    <Box className="worked-example">
      <Text size="sm" fw={600} mb={6}>
        For example
      </Text>
      <Group gap="sm" align="flex-end" mb="xs">
        {(['due', 'arrives'] as const).map((name) => (
          <TextInput
            key={name}
            label={name === 'due' ? 'Due' : 'Arrives'}
            inputMode="decimal"
            w={130}
            size="xs"
            value={texts[name]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTexts((before) => ({ ...before, [name]: value }));
            }}
          />
        ))}
        {room === undefined ? null : (
          <Text size="xs" c="dimmed" pb={6}>
            at most <Money value={toValue(room)} /> of it
          </Text>
        )}
      </Group>
      <Bar due={due} rest={rest} drops={drops} />
      <Text size="sm" mt={6} role="status">
        {sentence({ rest, drops, said: room !== undefined, byRule })}
        {rest.minor === 0n ? null : (
          <b>
            <Money value={toValue(money(rest.minor < 0n ? -rest.minor : rest.minor, currency))} />
          </b>
        )}
        {ending({ rest, drops, byRule }, account)}
      </Text>
    </Box>
  );
}

type Said = { readonly rest: Amount; readonly drops: boolean; readonly byRule: boolean };

function sentence({ rest, drops, said, byRule }: Said & { readonly said: boolean }): string {
  if (rest.minor === 0n) return 'Nothing is missing.';
  if (rest.minor < 0n) return 'Too much came: ';
  if (!said) return 'While nothing is stated, ';
  if (drops) return byRule ? 'The item is settled: ' : 'Within the limit: ';
  return byRule ? 'That is more than the rule lets drop: ' : 'That is more than the limit: ';
}

function ending({ rest, drops, byRule }: Said, account: string): string {
  if (rest.minor === 0n) return '';
  if (rest.minor < 0n) return ' stay on account. What is too much is never dropped.';
  if (drops)
    return byRule
      ? ` are dropped by rule, and booked to ${account}.`
      : ' may be dropped without asking anybody.';
  return byRule ? ' stay open, due when they were due.' : ' need an approval.';
}

function Bar({ due, rest, drops }: { readonly due: Amount; readonly rest: Amount; readonly drops: boolean }) {
  const whole = drawingValue(due.minor.toString());
  const missing = rest.minor <= 0n ? 0 : drawingValue(rest.minor.toString()) / Math.max(1, whole);
  const shown = missing === 0 ? 0 : Math.min(100, Math.max(SEEN_PERCENT, missing * 100));
  return (
    <div className="short-bar" aria-hidden>
      <span className="short-paid" style={{ width: `${100 - shown}%` }} />
      <span className={drops ? 'short-dropped' : 'short-open'} style={{ width: `${shown}%` }} />
    </div>
  );
}
