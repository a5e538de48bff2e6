// The score of a strategy: how much it applied without a person, and how much of that was right, by count and by money.

import type { Strategy } from './baselines.ts';
import { isRight, type Payment } from './replay.ts';

/** Counts of payments and sums of money in minor units. */
export type Score = {
  readonly name: string;
  readonly payments: number;
  readonly applied: number;
  readonly right: number;
  readonly money: number;
  readonly appliedMoney: number;
  readonly rightMoney: number;
};

/** What a strategy makes of the payments that are judged. */
export function scoreOf(strategy: Strategy, payments: readonly Payment[]): Score {
  let [count, applied, right, money, appliedMoney, rightMoney] = [0, 0, 0, 0, 0, 0];
  for (const payment of payments) {
    if (!payment.isJudged) continue;
    count += 1;
    money += payment.amount;
    const chosen = strategy.choose(payment);
    if (chosen === undefined) continue;
    applied += 1;
    appliedMoney += payment.amount;
    if (!isRight(chosen, payment)) continue;
    right += 1;
    rightMoney += payment.amount;
  }
  return { name: strategy.name, payments: count, applied, right, money, appliedMoney, rightMoney };
}

/** A score as a line: shares of payments and of money applied, and how much of that was right. */
export function shownScore(score: Score): string {
  const auto = (score.applied / score.payments).toFixed(4);
  const precision = (score.right / score.applied).toFixed(5);
  const money = (score.appliedMoney / score.money).toFixed(4);
  const name = score.name === '' ? '' : `${score.name}: `;
  return `${name}auto ${auto}, of money ${money}, precision ${precision} (${score.applied - score.right} wrong)`;
}
