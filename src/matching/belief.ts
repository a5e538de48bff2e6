// Belief: how probable it is, before the amount is looked at, that a payment is for just these documents. A mixture of the
// ways in which people choose what to pay, each as probable as this customer's habits make it.

import { logChoose, logSum, normalised } from './chance.ts';
import { type Choice, documentsOf, monthOf, type Twins } from './documents.ts';
import {
  dayBin,
  GENERATORS,
  type Habits,
  ORDERS,
  type Order,
  PASSED_CLASSES,
  rateOf,
  SIZE_STARTS,
  sizeBin,
} from './habits.ts';

/** A stretch of dates, by the places of its first and last in the order of dates, and how probable it is in its kind. */
export type Stretch = { readonly from: number; readonly to: number; readonly p: number };

/** Documents by one order of dates. */
export type DateBelief = {
  readonly order: Order;
  /** For each date, in order, the groups of twins that have it. */
  readonly dates: readonly (readonly number[])[];
  /** How probable each date is as the last that a payment takes in, and as the only one. */
  readonly ends: readonly number[];
  readonly groups: readonly number[];
  readonly months: readonly Stretch[];
};

type StrayLogs = {
  readonly kept: number;
  readonly leftOut: number;
  readonly added: number;
  readonly notAdded: number;
};

/** All that is believed of a payment of one customer on one day. */
export type Belief = {
  readonly twins: readonly Twins[];
  /** Class of each group of twins by how often it was passed over. */
  readonly passed: readonly number[];
  readonly generators: readonly number[];
  /** Log odds that a document is paid, each by itself. */
  readonly logOdds: readonly number[];
  /** For each number of documents, the logarithm of the sum over all sets of so many of the product of their odds. */
  readonly logPicks: readonly number[];
  readonly logSizes: readonly number[];
  readonly leftOut: readonly number[];
  readonly added: readonly number[];
  /** The logarithms of both and of their opposites. */
  readonly logs: readonly StrayLogs[];
  readonly byDate: readonly DateBelief[];
  /** How probable it is that the amount is not the sum of what is paid. */
  readonly disturbed: number;
};

/** More documents than this in one payment are not thought of as picked one by one. */
const PICKED_MAX = 150;
const USUAL = {
  hazard: 0.3,
  /** By bins of sizes: most payments are for one document. */
  size: [0.6, 0.12, 0.06, 0.04, 0.05, 0.04, 0.03, 0.03, 0.02, 0.01],
  end: 0.1,
  group: 0.05,
  added: 0.02,
  leftOut: [0.03, 0.2, 0.5, 0.8],
  disturbed: 0.02,
} as const;
/** Payments that the pool's mixture counts as, for a customer. */
const MIXTURE_WEIGHT = 3;
const RATE_MIN = 0.0005;
/** However clean the past, so many payments in a thousand may be short or over. */
const DISTURBED_MIN = 0.01;

/** What is believed of a payment on a day, by the habits of its customer and of all. */
export function believe(
  twins: readonly Twins[],
  day: number,
  known: { readonly own: Habits; readonly pool: Habits },
): Belief {
  const { own, pool } = known;
  const passed = twins.map((group) => passedClass(group, own));
  const logOdds = twins.map((group, index) => {
    const bin = dayBin(day - group.due) * PASSED_CLASSES + (passed[index] ?? 0);
    const p = within(rateOf(own.hazard, pool.hazard, { bin, usual: USUAL.hazard }));
    return Math.log(p / (1 - p));
  });
  const leftOut = passed.map((bin) =>
    within(rateOf(own.leftOut, pool.leftOut, { bin, usual: USUAL.leftOut[bin] ?? 0.5 })),
  );
  const added = passed.map((bin) => within(rateOf(own.added, pool.added, { bin, usual: USUAL.added })));
  return {
    twins,
    passed,
    generators: mixtureOf(own, pool),
    logOdds,
    logPicks: logPicksOf(twins, logOdds),
    logSizes: logSizesOf(documentsOf(twins), known),
    leftOut,
    added,
    logs: twins.map((_, index) => {
      const [left, more] = [leftOut[index] ?? 0.5, added[index] ?? 0.5];
      return {
        kept: Math.log(1 - left),
        leftOut: Math.log(left),
        added: Math.log(more),
        notAdded: Math.log(1 - more),
      };
    }),
    byDate: ORDERS.map((order) => dateBelief(twins, day, { ...known, order })),
    disturbed: Math.max(
      DISTURBED_MIN,
      rateOf(own.disturbed, pool.disturbed, { bin: 0, usual: USUAL.disturbed }),
    ),
  };
}

function within(rate: number): number {
  return Math.min(1 - RATE_MIN, Math.max(RATE_MIN, rate));
}

function passedClass(group: Twins, own: Habits): number {
  const times = own.recent.filter((past) => past.day >= group.issued && past.dueLast > group.due).length;
  if (times <= 1) return times;
  return times <= 4 ? 2 : 3;
}

function mixtureOf(own: Habits, pool: Habits): readonly number[] {
  const shared = normalised(pool.generators.map((count) => count + 2));
  return normalised(own.generators.map((count, index) => count + MIXTURE_WEIGHT * (shared[index] ?? 0)));
}

function logPicksOf(twins: readonly Twins[], logOdds: readonly number[]): readonly number[] {
  const most = Math.max(...logOdds);
  const sums = new Float64Array(Math.min(documentsOf(twins), PICKED_MAX) + 1);
  sums[0] = 1;
  let seen = 0;
  twins.forEach((group, index) => {
    const odds = Math.exp((logOdds[index] ?? 0) - most);
    for (let n = 0; n < group.documents.length; n += 1) {
      seen += 1;
      for (let k = Math.min(seen, sums.length - 1); k >= 1; k -= 1)
        sums[k] = (sums[k] as number) + odds * (sums[k - 1] as number);
    }
  });
  return Array.from(sums, (sum, k) => Math.log(sum) + k * most);
}

function logSizesOf(
  documents: number,
  known: { readonly own: Habits; readonly pool: Habits },
): readonly number[] {
  const weights = Array.from({ length: documents + 1 }, (_, size) => {
    if (size === 0) return 0;
    const bin = sizeBin(size);
    const end = Math.min(documents + 1, SIZE_STARTS[bin + 1] ?? documents + 1);
    return (
      rateOf(known.own.sizes, known.pool.sizes, { bin, usual: USUAL.size[bin] ?? 0.01 }) /
      (end - (SIZE_STARTS[bin] ?? 1))
    );
  });
  return normalised(weights).map(Math.log);
}

function dateBelief(
  twins: readonly Twins[],
  day: number,
  given: { readonly own: Habits; readonly pool: Habits; readonly order: Order },
): DateBelief {
  const { own, pool, order } = given;
  const days = [...new Set(twins.map((group) => group[order]))].sort((a, b) => a - b);
  const place = new Map(days.map((date, index) => [date, index]));
  const dates: number[][] = days.map(() => []);
  twins.forEach((group, index) => {
    dates[place.get(group[order]) ?? 0]?.push(index);
  });
  const rates = (kind: 'ends' | 'groups', usual: number): readonly number[] =>
    normalised(
      days.map((date) => {
        const rate = rateOf(own[order][kind], pool[order][kind], { bin: dayBin(day - date), usual });
        return Math.max(RATE_MIN / 5, rate);
      }),
    );
  const groups = rates('groups', USUAL.group);
  return { order, dates, ends: rates('ends', USUAL.end), groups, months: monthsOf(days, groups) };
}

function monthsOf(days: readonly number[], groups: readonly number[]): readonly Stretch[] {
  const months: { month: string; from: number; to: number; p: number }[] = [];
  days.forEach((day, index) => {
    const month = monthOf(day);
    const last = months.at(-1);
    const p = groups[index] ?? 0;
    if (last?.month === month) Object.assign(last, { to: index, p: last.p + p });
    else months.push({ month, from: index, to: index, p });
  });
  return months;
}

/**
 * For each date, what is gained (as a logarithm) when it lies within the dates of the payment rather than beyond, added up
 * from the first; and what the choice is worth when all dates lie beyond.
 */
export function gainsOf(
  belief: Belief,
  byDate: DateBelief,
  choice: Choice,
): { readonly beyond: number; readonly gains: readonly number[] } {
  const { twins, logs } = belief;
  let beyond = 0;
  let gain = 0;
  const gains = [0];
  for (const members of byDate.dates) {
    let [inside, outside] = [0, 0];
    for (const index of members) {
      const all = twins[index]?.documents.length ?? 0;
      const taken = choice[index] ?? 0;
      const log = logs[index];
      if (log === undefined) continue;
      const ways = logChoose(all, taken);
      inside += ways + taken * log.kept + (all - taken) * log.leftOut;
      outside += ways + taken * log.added + (all - taken) * log.notAdded;
    }
    beyond += outside;
    gain += inside - outside;
    gains.push(gain);
  }
  return { beyond, gains };
}

/** The logarithm of the probability of a choice by each way of choosing, in the order of GENERATORS. */
export function logByGenerator(belief: Belief, choice: Choice): readonly number[] {
  const [due, issued] = belief.byDate.map((byDate) => logByDates(belief, byDate, choice));
  const all = due?.all ?? Number.NEGATIVE_INFINITY;
  return [all, ...(due?.stretches ?? []), ...(issued?.stretches ?? []), logPicked(belief, choice)];
}

function logPicked(belief: Belief, choice: Choice): number {
  let size = 0;
  let log = 0;
  belief.twins.forEach((group, index) => {
    const taken = choice[index] ?? 0;
    size += taken;
    log += taken * (belief.logOdds[index] ?? 0) + logChoose(group.documents.length, taken);
  });
  const picks = belief.logPicks[size];
  if (size === 0 || picks === undefined) return Number.NEGATIVE_INFINITY;
  return (belief.logSizes[size] ?? Number.NEGATIVE_INFINITY) + log - picks;
}

function logByDates(
  belief: Belief,
  byDate: DateBelief,
  choice: Choice,
): { all: number; stretches: readonly number[] } {
  const { beyond, gains } = gainsOf(belief, byDate, choice);
  const { ends, groups, months } = byDate;
  const gain = (from: number, to: number): number => (gains[to + 1] ?? 0) - (gains[from] ?? 0);
  const upTo = logSum(ends.map((p, to) => Math.log(p) + gain(0, to)));
  const on = logSum(groups.map((p, at) => Math.log(p) + gain(at, at)));
  const inMonth = logSum(months.map(({ from, to, p }) => Math.log(p) + gain(from, to)));
  // A stretch begins at any date up to its end with the same probability.
  let begins = Number.NEGATIVE_INFINITY;
  const between = logSum(
    ends.map((p, to) => {
      begins = logSum([begins, -(gains[to] ?? 0)]);
      return Math.log(p / (to + 1)) + (gains[to + 1] ?? 0) + begins;
    }),
  );
  return {
    all: beyond + gain(0, ends.length - 1),
    stretches: [upTo, on, inMonth, between].map((log) => beyond + log),
  };
}

/** The logarithm of the probability of a choice, all ways of choosing together. */
export function logBelief(belief: Belief, choice: Choice): number {
  return logSum(weighed(belief, choice));
}

/** The logarithm of the probability that a way of choosing is taken and makes this choice, for each way. */
export function weighed(belief: Belief, choice: Choice): readonly number[] {
  return logByGenerator(belief, choice).map((log, index) => log + Math.log(belief.generators[index] ?? 0));
}

/** The way of choosing that explains a choice best. */
export function bestGenerator(belief: Belief, choice: Choice): (typeof GENERATORS)[number] {
  const logs = weighed(belief, choice);
  return GENERATORS[logs.indexOf(Math.max(...logs))] ?? 'picked';
}
