// How days are counted for interest. Each day stands by itself, so that the days of the parts of a span are the days of the
// whole, whatever it is cut into.

import { addDays, earlier, isAfter, type PlainDate } from '#kernel/calendar.ts';

/**
 * `actual/365`, `actual/360`: calendar days over a fixed year. `actual/actual`: days of leap years over 366, others over 365.
 * `30/360`: each month has 30 days and a year 360 (30E/360: the 31st counts as the 30th), so a whole calendar month is 30.
 */
export const DAY_COUNTS = ['actual/365', 'actual/actual', 'actual/360', '30/360'] as const;

export type DayCount = (typeof DAY_COUNTS)[number];

/** Days of a span in the units of a convention, and how many of them make a year. */
export type CountedDays = {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly days: number;
  readonly yearDays: 360 | 365 | 366;
};

/**
 * Counts the days from the first to the last, both included; a span over the turn of a leap year is cut there under
 * `actual/actual`. Nothing when the last day is before the first.
 */
export function countDays(from: PlainDate, to: PlainDate, dayCount: DayCount): readonly CountedDays[] {
  if (isAfter(from, to)) return [];
  if (dayCount === 'actual/actual') return byYear(from, to);
  const days = dayCount === '30/360' ? thirtyDays(addDays(to, 1)) - thirtyDays(from) : calendarDays(from, to);
  return [{ from, to, days, yearDays: dayCount === 'actual/365' ? 365 : 360 }];
}

function calendarDays(from: PlainDate, to: PlainDate): number {
  return from.until(to, { largestUnit: 'day' }).days + 1;
}

/** Days since the year 0 in months of 30 days. */
function thirtyDays(day: PlainDate): number {
  return day.year * 360 + day.month * 30 + Math.min(day.day, 30);
}

function byYear(from: PlainDate, to: PlainDate): readonly CountedDays[] {
  const parts: CountedDays[] = [];
  for (let start = from; !isAfter(start, to); ) {
    const end = earlier(to, start.with({ month: 12, day: 31 }));
    const yearDays = start.inLeapYear ? 366 : 365;
    const before = parts.at(-1);
    if (before?.yearDays === yearDays)
      parts[parts.length - 1] = { ...before, to: end, days: before.days + calendarDays(start, end) };
    else parts.push({ from: start, to: end, days: calendarDays(start, end), yearDays });
    start = addDays(end, 1);
  }
  return parts;
}
