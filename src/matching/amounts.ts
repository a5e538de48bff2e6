// Amounts: how often a payment of several documents comes to an amount like this. Odd cents are rare and tell who paid; a round
// sum tells nothing, because anybody may owe it.

import type { Rates } from './habits.ts';

/** Counts of payments by how large and how round they are; `hits` are those of more than one document. */
export type AmountHabits = Rates;

const MAGNITUDES = 14;
const ROUNDNESSES = 8;
/** Payments of an unknown kind that are thought to have been seen before any was. */
const USUAL_PAYMENTS = 1;

/** Amounts before any payment was seen. */
export function noAmounts(): AmountHabits {
  const size = MAGNITUDES * ROUNDNESSES;
  return { hits: new Array(size).fill(0), chances: new Array(size).fill(0) };
}

function magnitudeOf(amount: number): number {
  return Math.min(MAGNITUDES - 1, Math.floor(Math.log10(Math.max(1, amount))));
}

/** How many noughts an amount of minor units ends with. */
function roundnessOf(amount: number): number {
  let noughts = 0;
  while (noughts < ROUNDNESSES - 1 && amount % 10 ** (noughts + 1) === 0) noughts += 1;
  return noughts;
}

function binOf(amount: number): number {
  return magnitudeOf(amount) * ROUNDNESSES + roundnessOf(amount);
}

/** The counts after one more payment of so many documents. */
export function learnAmount(amounts: AmountHabits, amount: number, documents: number): AmountHabits {
  const bin = binOf(amount);
  const hits = [...amounts.hits];
  const chances = [...amounts.chances];
  if (documents > 1) hits[bin] = (hits[bin] ?? 0) + 1;
  chances[bin] = (chances[bin] ?? 0) + 1;
  return { hits, chances };
}

/**
 * The logarithm of the probability that a payment of several documents, by anybody, comes to just this amount: the share of
 * such payments of its size and roundness, spread evenly over the amounts that are so large and so round.
 */
export function logAmountElsewhere(amounts: AmountHabits, amount: number): number {
  const total = amounts.chances.reduce((sum, count) => sum + count, 0);
  const share =
    ((amounts.hits[binOf(amount)] ?? 0) + USUAL_PAYMENTS) / (total + USUAL_PAYMENTS * MAGNITUDES * 2);
  const step = 10 ** roundnessOf(amount);
  const size = 10 ** magnitudeOf(amount);
  return Math.log(share) - Math.log(Math.max(1, (9 * size * 0.9) / step));
}
