// Learning: habits after one more payment whose documents are known, because it was applied and stands.

import { type Belief, type DateBelief, gainsOf, weighed } from './belief.ts';
import { logSum } from './chance.ts';
import { type Choice, sizeOf, sumOf } from './documents.ts';
import { type DateHabits, dayBin, type Habits, PASSED_CLASSES, type Rates, sizeBin } from './habits.ts';

/** Payments of a customer that are remembered one by one. */
const RECENT_MAX = 12;

type Tally = { readonly hits: number[]; readonly chances: number[] };

function tallyOf(rates: Rates): Tally {
  return { hits: [...rates.hits], chances: [...rates.chances] };
}

function count(tally: Tally, bin: number, hits: number, chances: number): void {
  tally.hits[bin] = (tally.hits[bin] ?? 0) + hits;
  tally.chances[bin] = (tally.chances[bin] ?? 0) + chances;
}

/** A payment that is known: what was believed of it, what it was for, when it came and how much it was. */
export type KnownPayment = {
  readonly belief: Belief;
  readonly choice: Choice;
  readonly day: number;
  readonly amount: number;
};

/** The habits after a payment: those of its customer, or the pool's. */
export function learn(habits: Habits, payment: KnownPayment): Habits {
  const { belief, choice, day, amount } = payment;
  const sizes = tallyOf(habits.sizes);
  const hazard = tallyOf(habits.hazard);
  const disturbed = tallyOf(habits.disturbed);
  const size = sizeBin(sizeOf(choice));
  sizes.hits.forEach((_, bin) => {
    count(sizes, bin, bin === size ? 1 : 0, 1);
  });
  count(disturbed, 0, sumOf(belief.twins, choice) === amount ? 0 : 1, 1);
  let dueLast = Number.NEGATIVE_INFINITY;
  belief.twins.forEach((group, index) => {
    const taken = choice[index] ?? 0;
    const bin = dayBin(day - group.due) * PASSED_CLASSES + (belief.passed[index] ?? 0);
    count(hazard, bin, taken, group.documents.length);
    if (taken > 0) dueLast = Math.max(dueLast, group.due);
  });
  const [due, issued] = belief.byDate.map((byDate) => datesAfter(habits[byDate.order], payment, byDate));
  return {
    payments: habits.payments + 1,
    generators: generatorsAfter(habits, belief, choice),
    sizes,
    hazard,
    due: due ?? habits.due,
    issued: issued ?? habits.issued,
    ...strayingAfter(habits, belief, choice),
    disturbed,
    recent: [...habits.recent, { day, dueLast }].slice(-RECENT_MAX),
  };
}

/** A payment counts for each way of choosing as far as that explains it. */
function generatorsAfter(habits: Habits, belief: Belief, choice: Choice): readonly number[] {
  const logs = weighed(belief, choice);
  const total = logSum(logs);
  return habits.generators.map((known, index) => {
    const share = Math.exp((logs[index] ?? Number.NEGATIVE_INFINITY) - total);
    return known + (Number.isFinite(share) ? share : 0);
  });
}

/** Where all documents have one date, nothing is learnt of dates. */
function datesAfter(
  habits: DateHabits,
  { belief, choice, day }: KnownPayment,
  byDate: DateBelief,
): DateHabits {
  if (byDate.dates.length < 2) return habits;
  const ends = tallyOf(habits.ends);
  const groups = tallyOf(habits.groups);
  const taken = byDate.dates.map((members) => members.some((index) => (choice[index] ?? 0) > 0));
  const last = taken.lastIndexOf(true);
  const isOne = taken.indexOf(true) === last;
  byDate.dates.forEach((members, at) => {
    const date = belief.twins[members[0] ?? 0]?.[byDate.order] ?? day;
    count(ends, dayBin(day - date), at === last ? 1 : 0, 1);
    if (isOne) count(groups, dayBin(day - date), at === last ? 1 : 0, 1);
  });
  return { ends, groups };
}

/** What the payment leaves out of the stretch of dates that explains it best, and what it takes beyond. */
function strayingAfter(habits: Habits, belief: Belief, choice: Choice): Pick<Habits, 'leftOut' | 'added'> {
  const leftOut = tallyOf(habits.leftOut);
  const added = tallyOf(habits.added);
  const best = belief.byDate
    .map((byDate, at) => ({ byDate, at, ...bestStretch(belief, byDate, choice) }))
    .reduce((a, b) => (b.log > a.log ? b : a));
  best.byDate.dates.forEach((members, date) => {
    for (const index of members) {
      const all = belief.twins[index]?.documents.length ?? 0;
      const taken = choice[index] ?? 0;
      const passed = belief.passed[index] ?? 0;
      if (date >= best.from && date <= best.to) count(leftOut, passed, all - taken, all);
      else count(added, passed, taken, all);
    }
  });
  return { leftOut, added };
}

function bestStretch(
  belief: Belief,
  byDate: DateBelief,
  choice: Choice,
): { from: number; to: number; log: number } {
  const { beyond, gains } = gainsOf(belief, byDate, choice);
  const first = byDate.order === 'due' ? 1 : 5;
  const weight = (generator: number, p: number): number => Math.log((belief.generators[generator] ?? 0) * p);
  let best = { from: 0, to: byDate.dates.length - 1, log: Number.NEGATIVE_INFINITY };
  const propose = (from: number, to: number, log: number): void => {
    const total = beyond + log + (gains[to + 1] ?? 0) - (gains[from] ?? 0);
    if (total > best.log) best = { from, to, log: total };
  };
  propose(0, byDate.dates.length - 1, weight(0, 1));
  let lowest = 0;
  byDate.ends.forEach((p, to) => {
    if ((gains[to] ?? 0) < (gains[lowest] ?? 0)) lowest = to;
    propose(0, to, weight(first, p));
    propose(to, to, weight(first + 1, byDate.groups[to] ?? 0));
    propose(lowest, to, weight(first + 3, p / (to + 1)));
  });
  for (const { from, to, p } of byDate.months) propose(from, to, weight(first + 2, p));
  return best;
}
