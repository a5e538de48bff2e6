// What late payment has cost by the day a reminder is written, where the step of the policy tells it. It is told, not
// asked for: it becomes a debt only by a charge.

import { readAccrued } from '#charges/read-accrued.ts';
import type { Tx } from '#db/transaction.ts';
import { type Money, zero } from '#kernel/money.ts';
import { besidesOf, type Step } from '#policies/cadence.ts';
import type { Policy } from '#policies/policy.ts';
import type { ReminderCost } from '#wording/template.ts';
import type { ReminderLetter } from './reminder-letter.ts';

/**
 * Costs to tell, by currency in the order of the codes; none where the step does not tell them. The fee of the reminder
 * itself is among the fees.
 */
export async function readCosts(
  tx: Tx,
  letter: Pick<ReminderLetter, 'day' | 'company' | 'customer' | 'items'>,
  by: { readonly policy: Pick<Policy, 'steps'>; readonly lead: Step; readonly fee: Money | undefined },
): Promise<readonly ReminderCost[]> {
  if (!besidesOf(by.policy.steps, by.lead).showsCosts) return [];
  const { day, company, customer, items } = letter;
  const accrued = await readAccrued(tx, {
    companyId: company.id,
    customerId: customer.id,
    items,
    through: day,
    today: day,
  });
  const fee = by.fee && by.fee.minor > 0n ? by.fee : undefined;
  const currencies = new Set([...accrued.keys(), ...(fee ? [fee.currency] : [])]);
  return [...currencies].sort().map((currency) => {
    const { interest, fees } = accrued.get(currency) ?? { interest: zero(currency), fees: zero(currency) };
    const own = fee?.currency === currency ? fee.minor : 0n;
    return { interest, fees: { ...fees, minor: fees.minor + own } };
  });
}
