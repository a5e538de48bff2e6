// Stretches of dates that a payment may be for, ranked by how likely the customer's habits make them and by how near what
// they take in comes to the amount. The search begins around them.

import type { Belief, DateBelief, Stretch } from './belief.ts';
import type { Choice } from './documents.ts';

/** What a stretch of dates takes in, and the groups in the order of how doubtful it is that they are as in it. */
export type Base = { readonly choice: Choice; readonly unsure: () => readonly number[] };

type Ranked = Stretch & { readonly byDate: DateBelief; readonly weight: number };

/** The stretches of dates that are likeliest, and nearest to the amount. */
export function likelyBases(belief: Belief, amount: number, most: number): readonly Base[] {
  const ranked = belief.byDate.flatMap((byDate) => rankedStretches(belief, byDate, amount));
  const seen = new Set<string>();
  const bases: Base[] = [];
  for (const stretch of ranked.sort((a, b) => b.weight - a.weight)) {
    if (bases.length >= most) break;
    const base = baseOf(belief, stretch);
    const key = base.choice.join();
    if (seen.has(key)) continue;
    seen.add(key);
    bases.push(base);
  }
  return bases;
}

function rankedStretches(belief: Belief, byDate: DateBelief, amount: number): readonly Ranked[] {
  const first = byDate.order === 'due' ? 1 : 5;
  const weight = (generator: number): number => belief.generators[generator] ?? 0;
  const sums = momentsBefore(belief, byDate);
  const ranked: Ranked[] = [];
  const add = (from: number, to: number, p: number): void => {
    ranked.push({ from, to, p, byDate, weight: Math.log(p) + fit(sums, { from, to }, amount) });
  };
  byDate.ends.forEach((p, to) => {
    add(0, to, p * weight(first));
    add(to, to, (byDate.groups[to] ?? 0) * weight(first + 1));
    for (let from = 1; from <= to; from += 1) add(from, to, (p * weight(first + 3)) / (to + 1));
  });
  for (const { from, to, p } of byDate.months) add(from, to, p * weight(first + 2));
  add(0, byDate.dates.length - 1, weight(0));
  return ranked;
}

/** Mean and variance of what is paid of all dates before each, within a stretch and beyond. */
type Moments = { readonly mean: number; readonly variance: number };
type MomentsBefore = { readonly inside: readonly Moments[]; readonly beyond: readonly Moments[] };

function momentsBefore(belief: Belief, byDate: DateBelief): MomentsBefore {
  const before = (chance: (index: number) => number): readonly Moments[] => {
    let [mean, variance] = [0, 0];
    const all: Moments[] = [{ mean, variance }];
    for (const members of byDate.dates) {
      for (const index of members) {
        const { amount = 0, documents = [] } = belief.twins[index] ?? {};
        const p = chance(index);
        mean += documents.length * amount * p;
        variance += documents.length * amount * amount * p * (1 - p);
      }
      all.push({ mean, variance });
    }
    return all;
  };
  return {
    inside: before((index) => 1 - (belief.leftOut[index] ?? 0.5)),
    beyond: before((index) => belief.added[index] ?? 0.5),
  };
}

/** The logarithm of how well the amount fits a stretch; beyond some sixty it makes no difference. */
function fit(sums: MomentsBefore, { from, to }: { from: number; to: number }, amount: number): number {
  const between = (of: readonly Moments[], key: keyof Moments): number =>
    (of[to + 1]?.[key] ?? 0) - (of[from]?.[key] ?? 0);
  const total = (key: keyof Moments): number =>
    (sums.beyond.at(-1)?.[key] ?? 0) - between(sums.beyond, key) + between(sums.inside, key);
  const variance = Math.max(total('variance'), 1);
  const away = (amount - total('mean')) ** 2 / variance;
  return -Math.min(away / 2, 60) - Math.log(variance) / 2;
}

function baseOf(belief: Belief, { byDate, from, to }: Ranked): Base {
  const choice = belief.twins.map(() => 0);
  const doubts: { readonly index: number; readonly doubt: number }[] = [];
  byDate.dates.forEach((members, date) => {
    const isInside = date >= from && date <= to;
    for (const index of members) {
      const p = isInside ? 1 - (belief.leftOut[index] ?? 0.5) : (belief.added[index] ?? 0.5);
      if (p > 0.5) choice[index] = belief.twins[index]?.documents.length ?? 0;
      const datesAway = isInside ? 0 : Math.min(Math.abs(date - from), Math.abs(date - to));
      doubts.push({ index, doubt: Math.min(p, 1 - p) / (1 + datesAway) });
    }
  });
  const unsure = (): readonly number[] =>
    doubts.toSorted((a, b) => b.doubt - a.doubt || a.index - b.index).map(({ index }) => index);
  return { choice, unsure };
}
