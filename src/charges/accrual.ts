// Interest of one item: simple, by the day, on what was open at the end of each day, never on interest. Reckoned exactly and
// rounded once, on the whole; so what is charged in parts comes to the cent to what would be charged at once.

import {
  addDays,
  earlier,
  isAfter,
  isBefore,
  later,
  type PlainDate,
  shiftToBusinessDay,
  WEEKDAYS,
} from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { divideHalfUp, type Money } from '#kernel/money.ts';
import { type Decimal, decimalText, powerOfTen } from '#kernel/percent.ts';
import { settlementCalendar } from '#terms/settlement-calendar.ts';
import { type CountedDays, countDays } from './day-count.ts';
import { PERCENT_DECIMALS_MAX, type Rules } from './policy.ts';
import {
  halfYearStart,
  nextHalfYear,
  type RateHistory,
  rateInForce,
  referenceDayOf,
} from './reference-rate.ts';

/** What took something off an item. Money counts from the day it was received, whenever it was applied. */
export type Reduction = {
  readonly on: PlainDate;
  /** Minor units, positive. */
  readonly minor: bigint;
  readonly cause: 'money' | 'credit_note' | 'void' | 'other';
};

/** A part of an item that bears no interest for some days: it is disputed, or was handed over. Null: all of it; without end. */
export type Exclusion = {
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly minor: bigint | null;
};

/** An item as far as interest goes. */
export type LateItem = {
  readonly id: ItemId;
  readonly documentId: string;
  readonly reference: string;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly amount: Money;
  readonly reductions: readonly Reduction[];
  readonly exclusions: readonly Exclusion[];
};

/**
 * Interest not rounded: whole units, of which one minor unit has `EXACT`. Every count of days (365, 366 and 360 a year) and
 * every rate of six decimals comes out even.
 */
export type Exact = bigint;

/** The least number that 365, 366 and 360 divide. */
const YEAR_UNITS = 1_603_080n;
const PERCENT_UNITS = powerOfTen(PERCENT_DECIMALS_MAX);
export const EXACT = 100n * PERCENT_UNITS * YEAR_UNITS;

/** Rounds to minor units, half up: the one place interest is rounded. */
export function roundInterest(exact: Exact): bigint {
  return divideHalfUp(exact, EXACT);
}

/** A row of the calculation sheet: days on which base and rate were the same. */
export type Span = CountedDays & {
  readonly baseMinor: bigint;
  /** Percent a year. */
  readonly percent: Decimal;
  /** Where the rate comes from, in words. */
  readonly source: string;
  readonly exact: Exact;
};

/** What one day's interest is on a base at a yearly rate, times a number of days. */
export function interestOf(
  baseMinor: bigint,
  percent: Decimal,
  days: number,
  yearDays: 360 | 365 | 366,
): Exact {
  const digits = percent.digits * powerOfTen(PERCENT_DECIMALS_MAX - percent.scale);
  return baseMinor * digits * BigInt(days) * (YEAR_UNITS / BigInt(yearDays));
}

/** What of the item bore interest on a day: what was open at its end, less what is left out on it. */
export function baseOn(
  item: LateItem,
  rules: Pick<Rules, 'receiptDay' | 'creditNotes'>,
  day: PlainDate,
): bigint {
  const taken = item.reductions.reduce((total, r) => {
    const from = countsFrom(r, rules);
    return from === 'start' || !isAfter(from, day) ? total + r.minor : total;
  }, 0n);
  const open = item.amount.minor - taken;
  const out = item.exclusions
    .filter((e) => !isAfter(e.from, day) && (e.to === null || !isBefore(e.to, day)))
    .reduce((total, e) => total + (e.minor ?? item.amount.minor), 0n);
  return open > out ? open - out : 0n;
}

function countsFrom(
  reduction: Reduction,
  rules: Pick<Rules, 'receiptDay' | 'creditNotes'>,
): PlainDate | 'start' {
  if (reduction.cause === 'void') return 'start';
  if (reduction.cause === 'credit_note' && rules.creditNotes === 'from_start') return 'start';
  const isCharged = reduction.cause === 'money' && rules.receiptDay === 'charged';
  return isCharged ? addDays(reduction.on, 1) : reduction.on;
}

/** The day after which something is late: the due date, or the business day it moves to. */
function lateFrom(
  dueOn: PlainDate,
  { dueShift, dueCalendar }: Pick<Rules, 'dueShift' | 'dueCalendar'>,
): PlainDate {
  if (dueShift === 'none') return dueOn;
  // A day near the turn of the year may move across it.
  const years = [dueOn.year - 1, dueOn.year, dueOn.year + 1];
  return shiftToBusinessDay(dueOn, dueShift, dueCalendar ? settlementCalendar(dueCalendar, years) : WEEKDAYS);
}

/** The first day on which something due on a day bears interest, once the grace is over and it is not paid. */
export function firstInterestDay(dueOn: PlainDate, rules: Rules): PlainDate {
  const due = lateFrom(dueOn, rules);
  return addDays(due, rules.startRule === 'day_after_due' ? 1 : rules.graceDays + 1);
}

/** The days on which an item can bear interest under rules; nothing while the grace holds, or when it was paid within it. */
export function interestDays(
  item: LateItem,
  rules: Rules,
  through: PlainDate,
): { readonly from: PlainDate; readonly to: PlainDate } | undefined {
  const due = lateFrom(item.dueOn, rules);
  const afterGrace = addDays(due, rules.graceDays + 1);
  if (isAfter(afterGrace, through)) return undefined;
  // Paid within the grace: nothing was late. What was received on its last day counts for that day.
  if (rules.startRule === 'day_after_due' && rules.graceDays > 0) {
    const last = addDays(afterGrace, -1);
    if (baseOn({ ...item, exclusions: [] }, { ...rules, receiptDay: 'free' }, last) === 0n) return undefined;
  }
  const from = firstInterestDay(item.dueOn, rules);
  const to = rules.maxDays === null ? through : earlier(through, addDays(due, rules.maxDays));
  return isAfter(from, to) ? undefined : { from, to };
}

/**
 * The calculation sheet of an item through a day: every span with base, rate and exact interest. Spans without a base are
 * left out. Interest is simple: the base is principal only.
 *
 * Refuses: `reference_rate_missing`.
 */
export function accrue(
  item: LateItem,
  rules: Rules,
  rates: ReadonlyMap<string, RateHistory>,
  through: PlainDate,
): readonly Span[] {
  const days = interestDays(item, rules, through);
  if (!days) return [];
  const cuts = cutsOf(item, rules, days);
  return cuts.flatMap((from, index) => {
    const next = cuts[index + 1];
    const to = next ? addDays(next, -1) : days.to;
    const baseMinor = baseOn(item, rules, from);
    if (baseMinor === 0n) return [];
    const { percent, source } = rateOf(rules, rates, days.from, from);
    return countDays(from, to, rules.dayCount).map((counted) => ({
      ...counted,
      baseMinor,
      percent,
      source,
      exact: interestOf(baseMinor, percent, counted.days, counted.yearDays),
    }));
  });
}

/** The days on which something changes, the first day of interest first, in order. */
function cutsOf(
  item: LateItem,
  rules: Rules,
  days: { readonly from: PlainDate; readonly to: PlainDate },
): readonly PlainDate[] {
  const changes = [
    ...item.reductions.map((r) => countsFrom(r, rules)).filter((day) => day !== 'start'),
    ...item.exclusions.flatMap((e) => [e.from, ...(e.to ? [addDays(e.to, 1)] : [])]),
    ...(rules.rate.mode === 'reference' && rules.rate.moves === 'each_half_year' ? halfYears(days) : []),
  ].filter((day) => isAfter(day, days.from) && !isAfter(day, days.to));
  const byText = new Map([days.from, ...changes].map((day) => [day.toString(), day]));
  return [...byText.values()].sort(Temporal.PlainDate.compare);
}

function halfYears(days: { readonly from: PlainDate; readonly to: PlainDate }): readonly PlainDate[] {
  const starts: PlainDate[] = [];
  for (let start = nextHalfYear(days.from); !isAfter(start, days.to); start = nextHalfYear(start))
    starts.push(start);
  return starts;
}

/** The yearly rate on a day of a debt on which interest began to run on `start`; never below zero. */
export function rateOf(
  rules: Pick<Rules, 'rate' | 'name'>,
  rates: ReadonlyMap<string, RateHistory>,
  start: PlainDate,
  day: PlainDate,
): { readonly percent: Decimal; readonly source: string } {
  const { rate } = rules;
  if (rate.mode === 'fixed') return { percent: rate.percent, source: rules.name };
  const of = rate.moves === 'fixed_at_start' ? start : halfYearStart(day);
  const on = referenceDayOf(of, rate.referenceDay);
  const reference = rateInForce(rates.get(rate.code), rate.code, on);
  const scale = Math.max(reference.percent.scale, rate.margin.scale);
  const digits = scaled(reference.percent, scale) + scaled(rate.margin, scale);
  const added = `${decimalText(reference.percent)} % on ${on} + ${decimalText(rate.margin)}`;
  return {
    percent: { digits: digits < 0n ? 0n : digits, scale },
    source: `${rate.code} ${added} (${reference.source})`,
  };
}

function scaled(value: Decimal, scale: number): bigint {
  return value.digits * powerOfTen(scale - value.scale);
}

/** The sum of spans, and never more than the rules' caps on what one item bears. */
export function exactTotal(item: LateItem, rules: Rules, spans: readonly Span[]): Exact {
  const whole = spans.reduce((total, span) => total + span.exact, 0n);
  const caps = rules.capAmounts
    .filter((cap) => cap.currency === item.amount.currency)
    .map((cap) => cap.minor * EXACT);
  if (rules.capPercent) {
    const { digits, scale } = rules.capPercent;
    caps.push((item.amount.minor * digits * EXACT) / (100n * powerOfTen(scale)));
  }
  return caps.reduce((least, cap) => (cap < least ? cap : least), whole);
}

/** The part of spans that lies in the days up to and including one; a span over it is cut. */
export function spansThrough(
  spans: readonly Span[],
  through: PlainDate,
  rules: Pick<Rules, 'dayCount'>,
): readonly Span[] {
  return cutSpans(spans, rules, (span) => [span.from, earlier(span.to, through)]);
}

/** The part of spans that lies after a day. */
export function spansAfter(
  spans: readonly Span[],
  day: PlainDate,
  rules: Pick<Rules, 'dayCount'>,
): readonly Span[] {
  return cutSpans(spans, rules, (span) => [later(span.from, addDays(day, 1)), span.to]);
}

function cutSpans(
  spans: readonly Span[],
  rules: Pick<Rules, 'dayCount'>,
  cut: (span: Span) => readonly [PlainDate, PlainDate],
): readonly Span[] {
  return spans.flatMap((span) => {
    const [from, to] = cut(span);
    return countDays(from, to, rules.dayCount).map((counted) => ({
      ...span,
      ...counted,
      exact: interestOf(span.baseMinor, span.percent, counted.days, counted.yearDays),
    }));
  });
}
