// What a person saw of what one customer would be told: enough to tell whether that is what they would be told still.

import { canonicalJson } from '#kernel/canonical.ts';
import { type Money, parseMoney, toDecimal } from '#kernel/money.ts';
import { totalsOf } from '#policies/reminder.ts';
import type { PlannedMessage } from './plan-reminders.ts';

type SeenMessage = {
  readonly phase: string;
  readonly template: string;
  readonly channel: string;
  readonly recipient: string;
  /** Each as `id offset amount currency`, the oldest first. */
  readonly items: readonly string[];
};

/** What a customer would be told, as one text: the same text, and they would be told the same of the same amounts. */
export function seenLine(messages: readonly PlannedMessage[]): string {
  return canonicalJson(
    messages.map(
      ({ lead, reader, items }): SeenMessage => ({
        phase: lead.phase,
        template: lead.template,
        channel: reader.channel,
        recipient: reader.recipient,
        items: items.map(({ item, step }) =>
          [item.id, step.offsetDays, toDecimal(item.open), item.open.currency].join(' '),
        ),
      }),
    ),
  );
}

/** What stands in such a text, in sum. */
export function readSeenLine(line: string): {
  readonly phase: string | null;
  readonly channel: string | null;
  readonly recipient: string | null;
  readonly messages: number;
  readonly items: number;
  readonly totals: readonly Money[];
} {
  const messages = JSON.parse(line) as readonly SeenMessage[];
  const first = messages[0];
  const items = messages.flatMap((message) => message.items);
  return {
    phase: first?.phase ?? null,
    channel: first?.channel ?? null,
    recipient: first?.recipient ?? null,
    messages: messages.length,
    items: items.length,
    totals: totalsOf(items.map((text) => ({ open: amountIn(text) }))),
  };
}

/** The open amount of an item as the line of its day says it. */
function amountIn(text: string): Money {
  const [, , amount = '', currency = ''] = text.split(' ');
  return parseMoney(amount, currency);
}
