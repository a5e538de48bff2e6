// Days sales outstanding and its family. All are ratios of whole minor units, rounded once, half up, to two decimals, and
// all are undefined rather than nought or infinite where there is nothing to divide by.

import { addDays, daysBetween, isBefore, monthStart, type PlainDate } from '#kernel/calendar.ts';
import { divideHalfUp } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';

/** A figure with two decimals as text, or the reason why there is none. */
export type Figure =
  | { readonly value: string; readonly reason: null }
  | { readonly value: null; readonly reason: FigureReason };

export type FigureReason =
  /** Nothing was sold in the period, or more was credited than sold. */
  | 'no_sales'
  /** The period has no days: the first sale was today. */
  | 'no_days'
  /** More is owed to customers than by them. */
  | 'credit_balance'
  /** Nothing was to be collected. */
  | 'nothing_due'
  /** A part of the figure is undefined. */
  | 'part_undefined'
  /** Nothing was paid. */
  | 'no_payments';

/** Says why there is no figure. */
export function undefinedFigure(reason: FigureReason): Figure {
  return { value: null, reason };
}

/** A count of hundredths as a figure with two decimals. */
function hundredths(count: bigint): Figure {
  const text = decimalText({ digits: count, scale: 2 });
  const [whole, fraction = ''] = text.split('.');
  return { value: `${whole}.${fraction.padEnd(2, '0')}`, reason: null };
}

/** A ratio times a whole number, with two decimals. */
export function ratio(numerator: bigint, denominator: bigint, times: number): Figure {
  return hundredths(divideHalfUp(numerator * BigInt(times) * 100n, denominator));
}

/**
 * DSO by the balance method: balance ÷ sales × days. A negative balance gives a negative figure, which is shown, because
 * hiding it would hide that customers are owed money.
 */
export function standardDso(balance: bigint, sales: bigint, days: number): Figure {
  if (days <= 0) return undefinedFigure('no_days');
  if (sales <= 0n) return undefinedFigure('no_sales');
  return ratio(balance, sales, days);
}

/** The same with the average of the opening and the closing balance. */
export function averageDso(opening: bigint, closing: bigint, sales: bigint, days: number): Figure {
  if (days <= 0) return undefinedFigure('no_days');
  if (sales <= 0n) return undefinedFigure('no_sales');
  return ratio(opening + closing, sales * 2n, days);
}

/** Average days delinquent: DSO less best-possible DSO, of one method and period. */
export function delinquentDays(dso: Figure, bestPossible: Figure): Figure {
  if (dso.value === null) return dso;
  if (bestPossible.value === null) return undefinedFigure('part_undefined');
  return hundredths(toHundredths(dso.value) - toHundredths(bestPossible.value));
}

function toHundredths(value: string): bigint {
  return BigInt(value.replace('.', ''));
}

/**
 * Collection effectiveness in per cent: what was cleared in the period, of all that could have been (opening balance and
 * sales, less what is not due yet). Everything that lessens receivables counts as cleared, credit notes too.
 */
export function effectiveness(of: {
  readonly opening: bigint;
  readonly sales: bigint;
  readonly closing: bigint;
  readonly notDue: bigint;
}): Figure {
  const possible = of.opening + of.sales - of.notDue;
  if (possible <= 0n) return undefinedFigure('nothing_due');
  return ratio(of.opening + of.sales - of.closing, possible, 100);
}

/** Sales of a period and its length in days; the newest period first. */
export type SalesPeriod = { readonly days: number; readonly sales: bigint };

/** Days by countback. `atLeast`: sales on record ended before the balance did. */
export type Countback = { readonly figure: Figure; readonly atLeast: boolean };

/**
 * DSO by countback: sales are taken off the balance, the newest period first, until it is used up; the last period
 * counts in part. A period with no sales, or with more credited than sold, is netted into the older one and its days
 * count.
 */
export function countbackDso(balance: bigint, newestFirst: Iterable<SalesPeriod>): Countback {
  if (balance < 0n) return { figure: undefinedFigure('credit_balance'), atLeast: false };
  let rest = balance;
  let days = 0;
  let any = false;
  for (const period of newestFirst) {
    if (rest === 0n) break;
    any ||= period.sales > 0n;
    if (period.sales > 0n && rest < period.sales) {
      const part = divideHalfUp(rest * BigInt(period.days) * 100n, period.sales);
      return { figure: hundredths(BigInt(days) * 100n + part), atLeast: false };
    }
    rest -= period.sales;
    days += period.days;
  }
  if (rest > 0n && !any) return { figure: undefinedFigure('no_sales'), atLeast: false };
  return { figure: hundredths(BigInt(days) * 100n), atLeast: rest > 0n };
}

/** The periods over which sales are looked at. */
export type WindowName = '30_days' | '90_days' | '365_days' | 'month' | 'three_months';

export const WINDOWS: readonly WindowName[] = ['30_days', '90_days', '365_days', 'month', 'three_months'];

/** A period up to a day: from its first day, with the days that count. */
export type Window = { readonly name: WindowName; readonly fromOn: PlainDate; readonly days: number };

/**
 * The window that ends on a day. Rolling windows are so many days long; `month` and `three_months` begin with a calendar
 * month and have its real days. Where the first sale ever came later than the beginning, days are counted from that sale
 * (11 April to 11 October: 183).
 */
export function windowOf(name: WindowName, asOf: PlainDate, firstSaleOn: PlainDate | null): Window {
  const fromOn = windowStart(name, asOf);
  if (firstSaleOn === null || !isBefore(fromOn, firstSaleOn))
    return { name, fromOn, days: daysBetween(fromOn, asOf) + 1 };
  return { name, fromOn: firstSaleOn, days: Math.max(0, daysBetween(firstSaleOn, asOf)) };
}

function windowStart(name: WindowName, asOf: PlainDate): PlainDate {
  switch (name) {
    case '30_days':
      return addDays(asOf, -29);
    case '90_days':
      return addDays(asOf, -89);
    case '365_days':
      return addDays(asOf, -364);
    case 'month':
      return monthStart(asOf);
    case 'three_months':
      return monthStart(asOf).subtract({ months: 2 });
  }
}

/** The last days of the months before a day, and the day itself: the points of a trend, oldest first. */
export function trendDays(asOf: PlainDate, months: number): readonly PlainDate[] {
  const points: PlainDate[] = [asOf];
  let end = addDays(monthStart(asOf), -1);
  while (points.length < months) {
    points.unshift(end);
    end = addDays(monthStart(end), -1);
  }
  return points;
}

/** Sales by day, in functional minor units: invoices less credit notes. Days without sales may be missing. */
export type DailySales = ReadonlyMap<string, bigint>;

/** Sales of the days from and to, both counted. */
export function salesBetween(sales: DailySales, fromOn: PlainDate, toOn: PlainDate): bigint {
  let total = 0n;
  const [from, to] = [fromOn.toString(), toOn.toString()];
  for (const [day, minor] of sales) if (day >= from && day <= to) total += minor;
  return total;
}

/** Days back to the first sale on record, one period each. */
export function* dailyPeriods(
  sales: DailySales,
  asOf: PlainDate,
  firstOn: PlainDate | null,
): Generator<SalesPeriod> {
  if (firstOn === null) return;
  for (let day = asOf; !isBefore(day, firstOn); day = addDays(day, -1))
    yield { days: 1, sales: sales.get(day.toString()) ?? 0n };
}

/** Calendar months back to the first sale on record; the month of the day asked for counts up to that day. */
export function* monthlyPeriods(
  sales: DailySales,
  asOf: PlainDate,
  firstOn: PlainDate | null,
): Generator<SalesPeriod> {
  if (firstOn === null) return;
  const byMonth = new Map<string, bigint>();
  const last = asOf.toString();
  for (const [day, minor] of sales) {
    if (day > last) continue;
    const month = day.slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0n) + minor);
  }
  for (let end = asOf; !isBefore(end, firstOn); end = addDays(monthStart(end), -1)) {
    const days = daysBetween(monthStart(end), end) + 1;
    yield { days, sales: byMonth.get(end.toString().slice(0, 7)) ?? 0n };
  }
}
