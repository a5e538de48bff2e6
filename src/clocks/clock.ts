// How long money received has waited to be applied. Time runs from the moment it was recorded; where a company counts business
// hours, days without business do not count: what came on Friday at three has waited 24 hours on Monday at three.

import { addDays, type BusinessCalendar, type Instant, isBusinessDay } from '#kernel/calendar.ts';

export type ClockSetting = {
  /** Hours within which a receipt is to be applied. */
  readonly applyHours: number;
  /** Hours after which somebody higher hears of it. */
  readonly escalateHours: number;
  readonly counts: 'business' | 'all';
};

/** What counts where a company states nothing: applied within a day, escalated after two, of business. */
export const CLOCK_DEFAULT: ClockSetting = { applyHours: 24, escalateHours: 48, counts: 'business' };

/** Where and by which calendar time counts; no calendar counts every hour. */
export type ClockPlace = { readonly timeZone: string; readonly calendar: BusinessCalendar | null };

const MS_PER_HOUR = 3_600_000;

/** Hours between two moments that count, fractions included; never less than nothing. Days of a change of clocks have their own length. */
export function countedHours(from: Instant, to: Instant, { timeZone, calendar }: ClockPlace): number {
  const start = from.epochMilliseconds;
  const end = to.epochMilliseconds;
  if (end <= start) return 0;
  if (calendar === null) return (end - start) / MS_PER_HOUR;
  let counted = 0;
  const last = to.toZonedDateTimeISO(timeZone).toPlainDate();
  for (
    let day = from.toZonedDateTimeISO(timeZone).toPlainDate();
    Temporal.PlainDate.compare(day, last) <= 0;
    day = addDays(day, 1)
  ) {
    if (!isBusinessDay(day, calendar)) continue;
    const begins = day.toZonedDateTime(timeZone).epochMilliseconds;
    const ends = addDays(day, 1).toZonedDateTime(timeZone).epochMilliseconds;
    counted += Math.max(0, Math.min(end, ends) - Math.max(start, begins));
  }
  return counted / MS_PER_HOUR;
}

/** In time, past the hour by which it was to be applied, or past the hour of escalation. */
export const CLOCK_STATES = ['running', 'late', 'escalated'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** Where a receipt stands that has waited so many counted hours. */
export function clockState(hours: number, setting: ClockSetting): ClockState {
  if (hours > setting.escalateHours) return 'escalated';
  return hours > setting.applyHours ? 'late' : 'running';
}

/**
 * The moment before which a receipt has to have been recorded to have waited longer than so many counted hours: all recorded
 * before it have, none from it on has. Moments count by whole milliseconds, as the clock does.
 */
export function waitedLongerBefore(hours: number, now: Instant, place: ClockPlace): Instant {
  const hasWaited = (ms: number): boolean =>
    countedHours(Temporal.Instant.fromEpochMilliseconds(ms), now, place) > hours;
  let young = now.epochMilliseconds;
  let reach = MS_PER_HOUR * (Math.ceil(hours) + 1);
  while (!hasWaited(young - reach) && reach < REACH_MAX_MS) reach *= 2;
  let old = young - reach;
  if (!hasWaited(old)) return Temporal.Instant.fromEpochMilliseconds(old);
  while (young - old > 1) {
    const middle = Math.floor((old + young) / 2);
    if (hasWaited(middle)) old = middle;
    else young = middle;
  }
  return Temporal.Instant.fromEpochMilliseconds(young);
}

/** Further back nothing is looked for: a calendar that never opens lets nobody wait. */
const REACH_MAX_MS = 20 * 366 * 24 * MS_PER_HOUR;

/** Receipts that waited equally long until they were applied. */
export type AppliedAfter = { readonly hours: number; readonly receipts: number };

/** How fast receipts were applied. Undefined figures are null: nothing was applied. */
export type ClockFigures = {
  readonly applied: number;
  /** Of them, those applied in time. */
  readonly inTime: number;
  /** The hours that half of them took at most. */
  readonly medianHours: number | null;
};

/** Puts receipts together that were applied. */
export function clockFigures(
  after: readonly AppliedAfter[],
  setting: Pick<ClockSetting, 'applyHours'>,
): ClockFigures {
  const ordered = after.toSorted((a, b) => a.hours - b.hours);
  const applied = ordered.reduce((all, one) => all + one.receipts, 0);
  const inTime = ordered
    .filter((one) => one.hours <= setting.applyHours)
    .reduce((all, one) => all + one.receipts, 0);
  let seen = 0;
  const middle = ordered.find((one) => {
    seen += one.receipts;
    return seen * 2 >= applied;
  });
  return { applied, inTime, medianHours: middle?.hours ?? null };
}
