// Business dates are calendar days in the company's time zone, never instants. "Today" is always an argument.

import { Refusal } from './refusal.ts';

export type PlainDate = Temporal.PlainDate;
export type Instant = Temporal.Instant;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The years of business: what lies outside is a slip of the pen, a number read as a date, or a way to say "never". */
export const YEAR_MIN = 1900;
export const YEAR_MAX = 2199;

/**
 * Reads a day written `2026-02-28`. Days that do not exist are refused, never moved, and so are days beyond the years of
 * business. Refuses: `date_not_valid`.
 */
export function parseDate(text: string): PlainDate {
  const day = ISO_DATE.test(text) ? dayOrNothing(text) : undefined;
  if (day === undefined || !isInBusinessYears(day))
    throw new Refusal('date_not_valid', { date: text.slice(0, 40), yearMin: YEAR_MIN, yearMax: YEAR_MAX });
  return day;
}

function dayOrNothing(text: string): PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** Whether a day is one that the books can hold. */
export function isInBusinessYears(day: { readonly year: number }): boolean {
  return day.year >= YEAR_MIN && day.year <= YEAR_MAX;
}

/** The day it is somewhere at an instant; used once at the edge, where "today" is made. */
export function dayIn(timeZone: string, now: Instant): PlainDate {
  return now.toZonedDateTimeISO(timeZone).toPlainDate();
}

const DAY_MS = 86_400_000;
/** Days since 1970 of days that were asked for it: a calendar reckons longer than a sum takes, and one day is asked often. */
const epochDays = new WeakMap<PlainDate, number>();

function epochDayOf(day: PlainDate): number {
  return epochDays.getOrInsertComputed(day, () => Date.UTC(day.year, day.month - 1, day.day) / DAY_MS);
}

/** Days from the first day to the second, counting one of them: 11 April to 11 October is 183; negative when the second is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

/** The day that many days later; earlier when negative. */
export function addDays(day: PlainDate, days: number): PlainDate {
  return day.add({ days });
}

/** Whether the first day is before the second. */
export function isBefore(a: PlainDate, b: PlainDate): boolean {
  return a !== b && epochDayOf(a) < epochDayOf(b);
}

/** Whether the first day is after the second. */
export function isAfter(a: PlainDate, b: PlainDate): boolean {
  return a !== b && epochDayOf(a) > epochDayOf(b);
}

/** The earlier of two days. */
export function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return isBefore(b, a) ? b : a;
}

/** The later of two days. */
export function later(a: PlainDate, b: PlainDate): PlainDate {
  return isBefore(a, b) ? b : a;
}

/** The last day of the month a day is in. */
export function monthEnd(day: PlainDate): PlainDate {
  return day.with({ day: day.daysInMonth });
}

/** The first day of the month a day is in. */
export function monthStart(day: PlainDate): PlainDate {
  return day.with({ day: 1 });
}

/**
 * Days on which business is done: weekdays that are not in the list of holidays (dates as `2026-12-25`), and days that are
 * open whatever else is said.
 */
export type BusinessCalendar = {
  readonly holidays: ReadonlySet<string>;
  /** ISO days of the week without business, 1 is Monday; Saturday and Sunday when left out. */
  readonly weekend?: ReadonlySet<number> | undefined;
  /** Days of business although they are a weekend or a holiday. */
  readonly open?: ReadonlySet<string> | undefined;
};

const SATURDAY_AND_SUNDAY: ReadonlySet<number> = new Set([6, 7]);

/** A calendar with weekends only. */
export const WEEKDAYS: BusinessCalendar = { holidays: new Set() };

/** Whether business is done on that day: neither weekend nor holiday, or said to be open. */
export function isBusinessDay(day: PlainDate, calendar: BusinessCalendar): boolean {
  const text = day.toString();
  if (calendar.open?.has(text)) return true;
  return !(calendar.weekend ?? SATURDAY_AND_SUNDAY).has(day.dayOfWeek) && !calendar.holidays.has(text);
}

/**
 * Of versions that are kept, the one in force on a day: the one that began last by then. Of two from the same day the later
 * recorded counts; they are given in the order in which they were recorded.
 */
export function versionOn<T extends { readonly validFrom: PlainDate }>(
  versions: readonly T[],
  on: PlainDate,
): T | undefined {
  return versions
    .filter((one) => !isAfter(one.validFrom, on))
    .reduce<T | undefined>(
      (last, one) => (last && isBefore(one.validFrom, last.validFrom) ? last : one),
      undefined,
    );
}

/** What may happen to a date that falls on a day without business. */
export const SHIFTS = ['none', 'following', 'modified_following', 'preceding'] as const;

export type Shift = (typeof SHIFTS)[number];

/**
 * Moves a date off a day without business: to the next business day (`following`), to the next unless that is in
 * another month, then to the one before (`modified_following`), or to the one before (`preceding`).
 */
export function shiftToBusinessDay(day: PlainDate, shift: Shift, calendar: BusinessCalendar): PlainDate {
  if (shift === 'none' || isBusinessDay(day, calendar)) return day;
  const walk = (step: number): PlainDate => {
    let found = day;
    while (!isBusinessDay(found, calendar)) found = addDays(found, step);
    return found;
  };
  if (shift === 'preceding') return walk(-1);
  const next = walk(1);
  return shift === 'modified_following' && next.month !== day.month ? walk(-1) : next;
}

/** The business day that many business days after a day (0 gives the day itself, or the next business day). */
export function addBusinessDays(day: PlainDate, count: number, calendar: BusinessCalendar): PlainDate {
  let found = shiftToBusinessDay(day, count < 0 ? 'preceding' : 'following', calendar);
  const step = count < 0 ? -1 : 1;
  for (let left = Math.abs(count); left > 0; left -= 1) {
    found = shiftToBusinessDay(addDays(found, step), step < 0 ? 'preceding' : 'following', calendar);
  }
  return found;
}
