// The periods of something that recurs. Periods follow each other without gap or overlap from the first day to the last; they
// begin on the same day of the month, in shorter months on its last day, and come back to that day after (31 Jan, 28 Feb,
// 31 Mar). The first and the last may be shorter than whole.

import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';

export type Recurrence = {
  readonly unit: 'week' | 'month' | 'year';
  readonly every: number;
  readonly startsOn: PlainDate;
  /** The last day; left out, it goes on. */
  readonly endsOn?: PlainDate | undefined;
  /** The day of the month that periods begin on; left out, that of the start. Not for weeks. */
  readonly anchorDay?: number | undefined;
  /** Invoiced on the first day of the period, or on its last. */
  readonly timing: 'advance' | 'arrears';
};

export type Period = {
  readonly from: PlainDate;
  /** The last day. */
  readonly to: PlainDate;
  /** The day its invoice is dated. */
  readonly issueOn: PlainDate;
  /** How many days it has, of how many that a whole one would have. */
  readonly days: number;
  readonly ofDays: number;
};

const EVERY_MAX = 60;

/** Refuses: `recurrence_not_valid`, `ends_before_start`. */
export function checkRecurrence(recurrence: Recurrence): void {
  const { every, anchorDay, unit, startsOn, endsOn } = recurrence;
  const anchorFits = anchorDay === undefined || (unit !== 'week' && anchorDay >= 1 && anchorDay <= 31);
  if (!Number.isInteger(every) || every < 1 || every > EVERY_MAX || !anchorFits)
    throw new Refusal('recurrence_not_valid', { every, everyMax: EVERY_MAX, anchorDay: anchorDay ?? null });
  if (endsOn && Temporal.PlainDate.compare(endsOn, startsOn) < 0)
    throw new Refusal('ends_before_start', { startsOn: startsOn.toString(), endsOn: endsOn.toString() });
}

/** The periods in order, as many as are asked for; fewer where it ends before. */
export function periodsOf(recurrence: Recurrence, count: number): readonly Period[] {
  const periods: Period[] = [];
  for (let no = firstNo(recurrence); periods.length < count; no += 1) {
    const [begin, next] = [boundary(recurrence, no), boundary(recurrence, no + 1)];
    const last = addDays(next, -1);
    const from = laterOf(begin, recurrence.startsOn);
    const to = recurrence.endsOn ? earlierOf(last, recurrence.endsOn) : last;
    if (recurrence.endsOn && isAfter(from, recurrence.endsOn)) break;
    periods.push({
      from,
      to,
      issueOn: recurrence.timing === 'advance' ? from : to,
      days: daysFrom(from, to),
      ofDays: daysFrom(begin, last),
    });
  }
  return periods;
}

/** The periods whose invoices are due to be written by a day, in order; at most so many. */
export function duePeriods(recurrence: Recurrence, today: PlainDate, countMax: number): readonly Period[] {
  return periodsOf(recurrence, countMax).filter((period) => !isAfter(period.issueOn, today));
}

/** The day that period `no` begins, counted from the one whose beginning lies in the month of the start. */
function boundary(recurrence: Recurrence, no: number): PlainDate {
  const { unit, every, startsOn } = recurrence;
  if (unit === 'week') return addDays(startsOn, no * every * 7);
  const months = no * every * (unit === 'year' ? 12 : 1);
  const month = startsOn.toPlainYearMonth().add({ months });
  return month.toPlainDate({ day: Math.min(recurrence.anchorDay ?? startsOn.day, month.daysInMonth) });
}

/** The period the start lies in: one earlier where periods begin later in the month than it starts. */
function firstNo(recurrence: Recurrence): number {
  return isAfter(boundary(recurrence, 0), recurrence.startsOn) ? -1 : 0;
}

function daysFrom(from: PlainDate, to: PlainDate): number {
  return from.until(to, { largestUnit: 'days' }).days + 1;
}

function isAfter(a: PlainDate, b: PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) > 0;
}

function laterOf(a: PlainDate, b: PlainDate): PlainDate {
  return isAfter(a, b) ? a : b;
}

function earlierOf(a: PlainDate, b: PlainDate): PlainDate {
  return isAfter(a, b) ? b : a;
}
