// What no matcher can tell: payments where many choices of documents come to the amount and nothing that is shown sets them
// apart. The bound is generous: it takes for granted that somebody told how many documents of each due date are paid.

import { logChoose } from '../../src/matching/chance.ts';
import type { Payment } from './replay.ts';

/**
 * How many choices with the same number of documents of each due date come to the amount by chance, as a logarithm: the
 * number of such choices by the density of their sums, taken as normal.
 */
export function logCoincidences({ open, paid }: Pick<Payment, 'open' | 'paid'>): number {
  const taken = new Set(paid);
  let [ways, variance] = [0, 0];
  for (const rows of Map.groupBy(open, ({ due }) => due).values()) {
    const all = rows.length;
    const some = rows.filter((row) => taken.has(row)).length;
    if (some === 0 || some === all) continue;
    const mean = rows.reduce((sum, row) => sum + row.amount, 0) / all;
    const spread = rows.reduce((sum, row) => sum + (row.amount - mean) ** 2, 0) / all;
    ways += logChoose(all, some);
    variance += ((some * (all - some)) / (all - 1)) * spread;
  }
  return ways - Math.log(2 * Math.PI * Math.max(variance, 1)) / 2;
}

/** The share of money, of all that is judged, in payments for which at least ten choices fit by chance. */
export function untellableMoney(payments: readonly Payment[]): number {
  const judged = payments.filter(({ isJudged }) => isJudged);
  const money = (all: readonly Payment[]): number => all.reduce((sum, { amount }) => sum + amount, 0);
  return money(judged.filter((payment) => logCoincidences(payment) > Math.log(10))) / money(judged);
}
