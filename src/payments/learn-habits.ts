// Learning how customers pay from what was applied and stands: whom a person or the machine was sure of. It comes a little later than
// the applications, one company at a time, each application once; or all of it anew.

import type { Command } from '#command/command.ts';
import type { CompanyId } from '#kernel/id.ts';
import { learnAmount } from '#matching/amounts.ts';
import type { OpenDocument } from '#matching/documents.ts';
import { learnPayment } from '#matching/engine.ts';
import { noHabits } from '#matching/habits.ts';
import { takeCompany } from '#parties/take-party.ts';
import { recordHabits, takeHabits, takePool } from '#paying/record-habits.ts';
import { findDocumentsAround, findLearnable, type LearnableRow } from './store-learning.ts';
import { dayNumber } from './weighing.ts';

export type LearnHabits = {
  readonly companyId: CompanyId;
  /** Forgets what was learnt before, and begins with the first application. */
  readonly isAnew?: boolean | undefined;
};

export type HabitsLearnt = {
  /** Payments that were learnt from. */
  readonly payments: number;
  /** Whether there are more to learn from. */
  readonly more: boolean;
};

/**
 * Learns from some of the applications of a company that were not learnt from yet, in the order in which they were recorded, and
 * keeps the habits of their customers and of all. What was taken back is not learnt from. Called until there is no more.
 *
 * Refuses: `company_not_found`.
 */
export const learnHabits: Command<LearnHabits, HabitsLearnt> = {
  name: 'learn-habits',
  permission: 'payment.apply',
  async run(act, { companyId, isAnew = false }) {
    const company = await takeCompany(act, companyId);
    const kept = await takePool(act, company.id, isAnew);
    const page = await findLearnable(act, {
      companyId: company.id,
      after: kept.learntTo,
      before: act.now.subtract(SETTLED_AFTER),
    });
    if (page.last === null) return { payments: 0, more: false };
    const groups = [...Map.groupBy(page.rows, (row) => `${row.payment_id} ${row.recorded_at}`).values()];
    const customers = [...new Set(groups.flatMap(([first]) => (first ? [first.customer_id] : [])))];
    const [own, around] = await Promise.all([
      takeHabits(act, company.id, customers),
      findDocumentsAround(act, company.id, groups),
    ]);
    let { habits, amounts } = kept;
    groups.forEach((rows, index) => {
      const [first] = rows;
      if (first === undefined) return;
      const { payment, documents } = learntFrom(rows, around[index] ?? []);
      const before = { own: own.get(first.customer_id) ?? noHabits(), pool: habits };
      const after = learnPayment(payment, documents, before);
      own.set(first.customer_id, after.own);
      habits = after.pool;
      amounts = learnAmount(amounts, payment.amount, payment.paid.size);
    });
    recordHabits(act, company.id, { own, pool: { habits, amounts, learntTo: page.last } });
    return { payments: groups.length, more: page.isFull };
  },
};

/** What is recorded at one moment may be committed in another order: it is learnt from once that is over. */
const SETTLED_AFTER = { seconds: 30 } as const;

/** A payment as the engine learns it: what was open beside what it paid, each document less the discount it was given. */
function learntFrom(rows: readonly LearnableRow[], around: readonly OpenDocument[]) {
  const [first] = rows;
  const paid = new Map(rows.map((row) => [row.item_id, row]));
  const amount = rows.reduce((sum, row) => sum + Number(row.amount_minor), 0);
  const day = first === undefined ? 0 : dayNumber(first.received_on);
  const own = rows.map((row): OpenDocument => {
    // An item that this closed had open what it took; one that stays open had more.
    const open = row.closed ? row.amount_minor + row.difference_minor : row.item_amount_minor;
    return {
      id: row.item_id,
      amount: Number(open),
      due: dayNumber(row.due_on),
      issued: Math.min(day, dayNumber(row.posted_on)),
    };
  });
  const documents = [...own, ...around.filter(({ id }) => !paid.has(id))];
  return { payment: { amount, day, paid: new Set(paid.keys()) }, documents };
}
