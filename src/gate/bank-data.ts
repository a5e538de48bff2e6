// How old the data of bank accounts is, in hours of bank business. Pure.

import {
  addDays,
  type BusinessCalendar,
  type Instant,
  isBusinessDay,
  type PlainDate,
} from '#kernel/calendar.ts';

/** A bank account whose statements are read, with the last day they reach. */
export type ReadAccount = {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly upTo: PlainDate;
};

const HOURS_A_DAY = 24;
/** Data older than this is old by any measure: no further days are counted. */
const DAYS_COUNTED_MAX = 90;

/**
 * Whole hours of bank business since the end of the last day that was read, in a company's time. Days without bank business do not
 * count: on Monday at 9:00 data up to Friday is 9 hours old.
 */
export function hoursSince(
  upTo: PlainDate,
  now: Instant,
  where: { readonly timeZone: string; readonly calendar: BusinessCalendar },
): number {
  const local = now.toZonedDateTimeISO(where.timeZone);
  const today = local.toPlainDate();
  let hours = 0;
  let day = addDays(upTo, 1);
  for (let n = 0; n < DAYS_COUNTED_MAX && Temporal.PlainDate.compare(day, today) <= 0; n += 1) {
    if (isBusinessDay(day, where.calendar)) hours += day.equals(today) ? local.hour : HOURS_A_DAY;
    day = addDays(day, 1);
  }
  return hours;
}

/** Where banks settle a currency: the calendar their days of business go by. */
export function calendarOfCurrency(currency: string): string {
  const known: Readonly<Record<string, string>> = { EUR: 't2', USD: 'fed', GBP: 'bacs', CHF: 'sic' };
  return known[currency] ?? 'company';
}
