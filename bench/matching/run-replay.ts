// Runs the engine through a ledger day by day. What it knows on a day is what happened on earlier days; payments of one day
// do not teach each other.

import { type AmountDecision, type MatchPolicy, USUAL_POLICY } from '../../src/matching/decision.ts';
import { type Known, learnPayment, matchAmount } from '../../src/matching/engine.ts';
import { type Habits, noHabits } from '../../src/matching/habits.ts';
import { isRight, type Payment } from './replay.ts';
import type { Row } from './rows.ts';

/** One decision of the replay. */
export type Judged = {
  readonly payment: Payment;
  readonly decision: AmountDecision;
  readonly isRight: boolean;
};

/** What is asked about each payment, besides what it is in truth: other amounts, other policies. */
export type Watch = (payment: Payment, known: Known) => void;

/** The judged payments with what the engine decided, in the order of days. `watch` sees them as the engine does. */
export function runReplay(
  payments: readonly Payment[],
  options: { readonly policy?: MatchPolicy; readonly watch?: Watch } = {},
): readonly Judged[] {
  const policy = options.policy ?? USUAL_POLICY;
  const habits = new Map<string, Habits>();
  let pool = noHabits();
  const judged: Judged[] = [];
  for (const today of Map.groupBy(payments, ({ day }) => day).values()) {
    let poolAfter = pool;
    const own = today.map(({ customer }) => habits.get(customer) ?? noHabits());
    for (const [index, payment] of today.entries()) {
      const known = { own: own[index] ?? noHabits(), pool };
      if (payment.isJudged) {
        const decision = matchAmount(payment, payment.open, known, policy);
        const isApplied = decision.outcome === 'apply';
        judged.push({
          payment,
          decision,
          isRight: isApplied && isRight(rowsOf(payment, decision), payment),
        });
        options.watch?.(payment, known);
      }
      const paid = new Set(payment.paid.map(({ id }) => id));
      const after = learnPayment({ ...payment, paid }, payment.open, { own: known.own, pool: poolAfter });
      poolAfter = after.pool;
      habits.set(payment.customer, after.own);
    }
    pool = poolAfter;
  }
  return judged;
}

/** The rows of the ledger that a decision is for. */
export function rowsOf(payment: Payment, decision: Pick<AmountDecision, 'documents'>): readonly Row[] {
  const ids = new Set(decision.documents.map(({ id }) => id));
  return payment.open.filter(({ id }) => ids.has(id));
}
