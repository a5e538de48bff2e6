// The fee that a reminder brings about, where the terms ask one for its phase. It is noted when the message leaves, and
// charged with the customer's next charge once the message is known to be sent.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { policyOn, readTerms } from './policy.ts';
import { insertFees } from './store.ts';
import { findDebtorKinds, findPolicies } from './store-situation.ts';

/** A reminder as far as its fee goes. `issuedOn`: the latest day of issue of what it speaks about. */
export type RemindedPhase = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly phase: string;
  readonly issuedOn: PlainDate;
};

/**
 * The fees of reminders of a company by the terms in force for what each speaks about, in their order; nothing where none is
 * asked, or not of such a debtor.
 */
export async function readReminderFees(
  tx: Tx,
  companyId: CompanyId,
  all: readonly Omit<RemindedPhase, 'companyId'>[],
): Promise<readonly (Money | undefined)[]> {
  if (all.length === 0) return [];
  const customerIds = [...new Set(all.map(({ customerId }) => customerId))];
  const [policies, kinds] = await Promise.all([
    findPolicies(tx, companyId, customerIds),
    findDebtorKinds(tx, customerIds),
  ]);
  return all.map(({ customerId, phase, issuedOn }) => {
    const policy = policyOn(policies, customerId, issuedOn);
    const rules = policy && readTerms(policy.terms);
    if (!rules?.debtors.includes(kinds.get(customerId) ?? 'business')) return undefined;
    return rules.reminderFees.find((fee) => fee.phase === phase && fee.fee.minor > 0n)?.fee;
  });
}

/** The fee of a message that is written: zero where none is asked. */
export type NotedFee = RemindedPhase & {
  readonly messageId: string;
  readonly on: PlainDate;
  readonly fee: Money;
};

/**
 * Notes the fees of messages that are written, in the same transaction. Written again, the latest fee is the one that
 * counts; it is zero where none is asked any more.
 */
export function recordReminderFees(act: Act, fees: readonly NotedFee[]): void {
  insertFees(
    act,
    fees.map(({ fee, ...one }) => ({ ...one, currency: fee.currency, minor: fee.minor })),
  );
}
