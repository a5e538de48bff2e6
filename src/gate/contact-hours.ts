// When a message may leave: hours of the week in the customer's time, without quiet days. Pure.

import type { Instant } from '#kernel/calendar.ts';
import type { Span } from './rule-packs.ts';

/** What is asked of a moment. */
export type HourRules = {
  /** Time zones the customer may be in: a moment is allowed where it is in all of them. */
  readonly zones: readonly string[];
  /** One sign for each hour of a week from Monday 0:00 on. */
  readonly openHours: string | null;
  /** Spans of each day of the week, Monday first; all of them are kept. */
  readonly weeks: readonly (readonly Span[])[];
  /** Days on which nobody is written to, as `2026-12-25`. */
  readonly quietDays: ReadonlySet<string>;
};

/** Why a moment is not allowed. */
export type HourTrouble = 'quiet_hour' | 'quiet_day';

const MINUTES = 60;
const STEP_MINUTES = 15;
const HOURS_A_DAY = 24;
/** Beyond four weeks of holidays nothing is looked for. */
const LOOKED_AHEAD_STEPS = 28 * HOURS_A_DAY * (MINUTES / STEP_MINUTES);

/** Why nothing may leave at a moment; nothing where it may. */
export function troubleAt(moment: Instant, rules: HourRules): HourTrouble | undefined {
  for (const zone of rules.zones) {
    const local = moment.toZonedDateTimeISO(zone);
    if (rules.quietDays.has(local.toPlainDate().toString())) return 'quiet_day';
    const day = local.dayOfWeek - 1;
    if (rules.openHours !== null && rules.openHours[day * HOURS_A_DAY + local.hour] !== '1')
      return 'quiet_hour';
    const minute = local.hour * MINUTES + local.minute;
    const isIn = (week: readonly Span[]): boolean => {
      const span = week[day];
      return span !== undefined && minute >= span.from && minute < span.to;
    };
    if (!rules.weeks.every(isIn)) return 'quiet_hour';
  }
  return undefined;
}

/**
 * The first quarter of an hour after a moment in which something may leave. Where there is none for four weeks, because no
 * hour is allowed in all zones a customer may be in, a day later: somebody may have stated the zone by then.
 */
export function nextAllowed(moment: Instant, rules: HourRules): Instant {
  const quarter = STEP_MINUTES * MINUTES * 1_000;
  let next = Temporal.Instant.fromEpochMilliseconds(
    (Math.floor(moment.epochMilliseconds / quarter) + 1) * quarter,
  );
  for (let step = 0; step < LOOKED_AHEAD_STEPS; step += 1) {
    if (troubleAt(next, rules) === undefined) return next;
    next = next.add({ minutes: STEP_MINUTES });
  }
  return moment.add({ hours: HOURS_A_DAY });
}

/**
 * Time zones a customer may be in: the one that was stated, else all of its country, else that of the company. UTC is what
 * customers have of whom nobody stated any.
 */
export function zonesOf(
  customer: { readonly timeZone: string; readonly country: string | null },
  company: { readonly timeZone: string },
): readonly string[] {
  if (customer.timeZone !== 'UTC') return [customer.timeZone];
  const zones = customer.country === null ? [] : zonesOfCountry(customer.country);
  return zones.length > 0 ? zones : [company.timeZone];
}

/** Time zones of countries that were looked up: as many as there are countries. */
const looked = new Map<string, readonly string[]>();

function zonesOfCountry(country: string): readonly string[] {
  const known = looked.get(country);
  if (known) return known;
  const zones = new Intl.Locale(`und-${country}`).getTimeZones() ?? [];
  looked.set(country, zones);
  return zones;
}
