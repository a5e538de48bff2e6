// What a past day comes to, added up customer by customer. Pure.

import type { Instant } from '#kernel/calendar.ts';
import type { LeftOutReason } from '#policies/reminder.ts';

/** What would have gone out, who would have been left out and why, and how many customers were told just that. */
export type PastCounts = {
  readonly said: { readonly messages: number; readonly customers: number; readonly items: number };
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, number>>>;
  readonly same: number;
  readonly differing: number;
};

/** Nobody looked at yet. */
export const NO_COUNTS: PastCounts = {
  said: { messages: 0, customers: 0, items: 0 },
  leftOut: {},
  same: 0,
  differing: 0,
};

/** A customer of the day: what would have been said to it and left out, and whether it was told anything else. */
export type CountedCustomer = {
  readonly messages: number;
  readonly items: number;
  readonly leftOut: readonly LeftOutReason[];
  readonly isDiffering: boolean;
};

/** The counts with one more customer. */
export function withCustomer(
  counts: PastCounts,
  { messages, items, leftOut: left, isDiffering }: CountedCustomer,
): PastCounts {
  const leftOut = { ...counts.leftOut };
  for (const reason of left) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  return {
    said: {
      messages: counts.said.messages + messages,
      customers: counts.said.customers + (messages > 0 ? 1 : 0),
      items: counts.said.items + items,
    },
    leftOut,
    same: counts.same + (!isDiffering && messages > 0 ? 1 : 0),
    differing: counts.differing + (isDiffering ? 1 : 0),
  };
}

/** Minutes a count stands for the day; what was told of it may change meanwhile. */
const KEPT_MINUTES = 15;
/** Minutes after which a count that went no further is no longer waited for. */
const SILENT_MINUTES = 5;

/** How far the count of a day is: not begun (or left), going on, or there. */
export type CountState = 'to_count' | 'counting' | 'counted';

/** How far a count is that began at some moment; one that is too old is none. */
export function countStateOf(
  { looked_at, finished_at }: { readonly looked_at: Instant; readonly finished_at: Instant | null },
  now: Instant,
): CountState {
  const isWithin = (moment: Instant, minutes: number): boolean =>
    Temporal.Instant.compare(now, moment.add({ minutes })) < 0;
  if (finished_at !== null) return isWithin(finished_at, KEPT_MINUTES) ? 'counted' : 'to_count';
  return isWithin(looked_at, SILENT_MINUTES) ? 'counting' : 'to_count';
}
