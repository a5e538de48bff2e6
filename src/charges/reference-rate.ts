// Reference rates: what the law adds its margin to. A rate holds from its day until the next one; whether it still held on a
// later day is known only up to the last day somebody stated. Beyond that nothing is assumed.

import { addDays, isAfter, isBefore, later, type PlainDate } from '#kernel/calendar.ts';
import type { Decimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';

/** A rate as stated: from that day on, so many percent a year. Negative rates are real. */
export type ReferenceRate = {
  readonly code: string;
  readonly validFrom: PlainDate;
  readonly percent: Decimal;
  /** Who says so: a central bank's page, a gazette. */
  readonly source: string;
};

/** Rates of one kind, as far as they are known. */
export type RateHistory = {
  readonly code: string;
  /** In order of their days. */
  readonly rates: readonly ReferenceRate[];
  /** The last day for which the rate is known. */
  readonly knownThrough: PlainDate;
};

/** Rates with a name people know; others are recorded under codes of one's own. */
export const RATE_NAMES: Readonly<Record<string, string>> = {
  'ecb-mro': 'European Central Bank, main refinancing operations',
  'boe-base': 'Bank of England, Bank Rate',
  'de-base': 'Germany, base rate under section 247 BGB',
  'at-base': 'Austria, base rate of the Oesterreichische Nationalbank',
  'pl-nbp': 'Narodowy Bank Polski, reference rate',
  'us-treasury': 'United States Treasury, Prompt Payment rate',
};

/** The first day of the half-year a day is in: 1 January or 1 July. */
export function halfYearStart(day: PlainDate): PlainDate {
  return day.with({ month: day.month <= 6 ? 1 : 7, day: 1 });
}

/** The first day of the half-year after the one a day is in. */
export function nextHalfYear(day: PlainDate): PlainDate {
  return halfYearStart(day).add({ months: 6 });
}

/**
 * The rate in force on a day.
 *
 * Refuses: `reference_rate_missing` when nobody stated a rate for that day or before, or when the day is after the last one
 * for which the rate is known: an old rate is never carried on by guessing.
 */
export function rateInForce(history: RateHistory | undefined, code: string, on: PlainDate): ReferenceRate {
  const found = history?.rates.findLast((rate) => !isAfter(rate.validFrom, on));
  if (!history || !found || isAfter(on, history.knownThrough))
    throw new Refusal('reference_rate_missing', { code, on: on.toString() });
  return found;
}

/** Rates by code: what is shipped and what the tenant recorded. For the same code and day the tenant's counts. */
export function histories(
  shipped: readonly RateHistory[],
  recorded: readonly ReferenceRate[],
): ReadonlyMap<string, RateHistory> {
  const codes = new Set([...shipped.map((h) => h.code), ...recorded.map((r) => r.code)]);
  return new Map(
    [...codes].map((code) => {
      const known = shipped.find((h) => h.code === code);
      const own = recorded.filter((r) => r.code === code);
      const byDay = new Map([...(known?.rates ?? []), ...own].map((r) => [r.validFrom.toString(), r]));
      const rates = [...byDay.values()].sort((a, b) => (isBefore(a.validFrom, b.validFrom) ? -1 : 1));
      const days = [...rates.map((r) => r.validFrom), ...(known ? [known.knownThrough] : [])];
      return [code, { code, rates, knownThrough: days.reduce(later) }];
    }),
  );
}

/** Which day's rate counts for a half-year: its first (European Union, Germany), or the one before (Austria, United Kingdom). */
export type ReferenceDay = 'first_day' | 'day_before';

/** The day whose rate counts for the half-year a day is in. */
export function referenceDayOf(day: PlainDate, which: ReferenceDay): PlainDate {
  const start = halfYearStart(day);
  return which === 'first_day' ? start : addDays(start, -1);
}
