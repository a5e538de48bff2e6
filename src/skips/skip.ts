// A skip leaves a customer of a company, or one item, out of the reminders of some days, because a person who looked at
// them said so.

import { addDays, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';

/** The longest that somebody is left out of reminders without a hold, in days; and how many in one act. */
export const SKIP_DAYS_MAX = 92;
export const SKIPPED_AT_ONCE_MAX = 200;

/** What is left out of the reminders of some days: customers as a whole, and items; each by the skip that says so. */
export type Skips = {
  readonly customers: ReadonlyMap<CustomerId, string>;
  readonly items: ReadonlyMap<ItemId, string>;
};

/**
 * Refuses days that no skip can have: `skip_over` (all of them are past), `skip_ends_before_start`, `skip_too_long` (what is not
 * to be reminded for longer is put on hold, with an owner who looks after it).
 */
export function checkSkipDays(from: PlainDate, until: PlainDate, today: PlainDate): void {
  if (isBefore(until, from))
    throw new Refusal('skip_ends_before_start', { from: from.toString(), until: until.toString() });
  if (isBefore(until, today))
    throw new Refusal('skip_over', { until: until.toString(), today: today.toString() });
  if (isAfter(until, addDays(from, SKIP_DAYS_MAX)))
    throw new Refusal('skip_too_long', { until: until.toString(), daysMax: SKIP_DAYS_MAX });
}
