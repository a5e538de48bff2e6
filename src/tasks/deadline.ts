// By when a task is to be done: so many hours that count after it was made. Days without business do not count. Pure.

import type { ClockPlace } from '#clocks/clock.ts';
import { addDays, type Instant, isBusinessDay } from '#kernel/calendar.ts';

const MS_PER_HOUR = 3_600_000;
/** No calendar is closed for so long; one that says so counts every day from then on. */
const CLOSED_DAYS_MAX = 60;

/**
 * The moment at which so many hours have passed that count: the other way round of `countedHours`. What is made on a
 * Saturday counts from
 * Monday on.
 */
export function momentAfter(from: Instant, hours: number, { timeZone, calendar }: ClockPlace): Instant {
  let left = Math.round(hours * MS_PER_HOUR);
  let at = from.epochMilliseconds;
  if (calendar === null) return Temporal.Instant.fromEpochMilliseconds(at + left);
  let day = from.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let closed = 0; closed < CLOSED_DAYS_MAX; ) {
    const ends = addDays(day, 1).toZonedDateTime(timeZone).epochMilliseconds;
    if (isBusinessDay(day, calendar)) {
      closed = 0;
      if (at + left <= ends) return Temporal.Instant.fromEpochMilliseconds(at + left);
      left -= ends - at;
    } else closed += 1;
    at = ends;
    day = addDays(day, 1);
  }
  return Temporal.Instant.fromEpochMilliseconds(at + left);
}
