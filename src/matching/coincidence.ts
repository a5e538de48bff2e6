// Coincidence: how probable it is that documents come to an amount by chance. A choice found among so many that some were
// bound to fit proves nothing; this is the weight against it.

import type { Belief } from './belief.ts';
import { documentsOf } from './documents.ts';

/** Amounts leave remainders by this, in each measure; in a ledger of round amounts few sums are possible, fits are common. */
const REMAINDERS = 100;
/** The roundest measure that is looked at, in minor units: ten thousand of a currency with cents. */
const MEASURE_MAX = 1_000_000;
/** Sets of fewer documents are looked at one by one and are no coincidence unseen. */
const SIZE_MIN = 3;
/** How far, as a share of it, an amount with a fee, a discount or a part left out is from the sum of what it pays. */
const DISTURBED_SPREAD = 0.2;
const LOG_NOTHING = -1e9;

/**
 * The logarithm of the probability that documents picked one by one, as many as habits make likely, come to just the amount.
 * The sum of many amounts is taken as normal, and its remainder as what the amounts make of it.
 */
export function logCoincidence(belief: Belief, amount: number): number {
  const picked = belief.generators.at(-1) ?? 0;
  const sizes = Math.min(documentsOf(belief.twins), belief.logPicks.length - 1);
  const table = momentsTable(belief);
  let density = 0;
  for (let size = SIZE_MIN; size <= sizes; size += 1) {
    const { mean, variance } = momentsOf(table, size);
    const spread = Math.sqrt(Math.max(variance, 1));
    const away = (amount - mean) / spread;
    const height = Math.exp((-away * away) / 2) / (spread * Math.sqrt(2 * Math.PI));
    density += Math.exp(belief.logSizes[size] ?? LOG_NOTHING) * height;
  }
  const share = latticeShare(belief, amount);
  return Math.max(LOG_NOTHING, Math.log(picked * density * share));
}

/** The logarithm of the probability that an amount that is not the sum of what it pays is just this one. */
export function logDisturbed(belief: Belief, amount: number): number {
  return Math.log(belief.disturbed) - Math.log(Math.max(1, DISTURBED_SPREAD * amount));
}

/** So many documents are expected, and so much is their sum. */
type Moments = { readonly size: number; readonly mean: number; readonly variance: number };

/** What is added to all log odds, from so little that nothing is picked to so much that everything is. */
const TILTS = Array.from({ length: 49 }, (_, step) => (step - 24) / 2);

/** Moments from few documents to all, in steps. */
function momentsTable(belief: Belief): readonly Moments[] {
  return TILTS.map((tilt) => {
    let [size, mean, v, va, vaa] = [0, 0, 0, 0, 0];
    belief.twins.forEach((group, index) => {
      const p = chanceAt(belief, index, tilt);
      const count = group.documents.length;
      const variance = count * p * (1 - p);
      size += count * p;
      mean += count * p * group.amount;
      v += variance;
      va += variance * group.amount;
      vaa += variance * group.amount * group.amount;
    });
    // Given how many there are, the sum varies less.
    return { size, mean, variance: vaa - (va * va) / Math.max(v, 1e-9) };
  });
}

/** Mean and variance of the sum of so many documents, between two steps of the table. */
function momentsOf(table: readonly Moments[], size: number): Moments {
  const at = table.findIndex((one) => one.size >= size);
  const after = table[at] ?? table.at(-1);
  const before = table[at - 1] ?? after;
  if (before === undefined || after === undefined) return { size, mean: 0, variance: 0 };
  const span = after.size - before.size;
  const share = at > 0 && span > 0 ? (size - before.size) / span : 0;
  const between = (key: 'mean' | 'variance'): number => before[key] + share * (after[key] - before[key]);
  return { size, mean: between('mean'), variance: between('variance') };
}

function chanceAt(belief: Belief, index: number, tilt: number): number {
  return 1 / (1 + Math.exp(-(belief.logOdds[index] ?? 0) - tilt));
}

function remainderOf(amount: number): number {
  return ((amount % REMAINDERS) + REMAINDERS) % REMAINDERS;
}

/**
 * How many times more probable a sum like the amount is than if any amount were possible. In a ledger of round amounts (whole
 * units, hundreds, thousands) sums are round too, and so much more often the same: by the roundest measure that the amount has.
 */
function latticeShare(belief: Belief, amount: number): number {
  let most = 0;
  for (let unit = 1; unit <= MEASURE_MAX && amount % unit === 0; unit *= 10)
    most = Math.max(most, REMAINDERS * unit * remainderProbability(belief, amount, unit));
  return most;
}

/**
 * How probable the remainder of the amount by so many units is, when each document is paid by its odds, with none among them
 * that is not of whole units.
 */
function remainderProbability(belief: Belief, amount: number, unit: number): number {
  let chances = new Float64Array(REMAINDERS);
  chances[0] = 1;
  const step = (shift: number | undefined, p: number): void => {
    const next = new Float64Array(REMAINDERS);
    for (let r = 0; r < REMAINDERS; r += 1) {
      next[r] = (next[r] as number) + (chances[r] as number) * (1 - p);
      if (shift === undefined) continue;
      const to = (r + shift) % REMAINDERS;
      next[to] = (next[to] as number) + (chances[r] as number) * p;
    }
    chances = next;
  };
  belief.twins.forEach((group, index) => {
    const shift = group.amount % unit === 0 ? remainderOf(group.amount / unit) : undefined;
    for (let n = 0; n < group.documents.length; n += 1) step(shift, chanceAt(belief, index, 0));
  });
  return chances[remainderOf(amount / unit)] as number;
}
