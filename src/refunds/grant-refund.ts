// Granting a refund: credit of a customer is promised back, with a second person's approval. Nothing is booked before it is
// ordered at the bank; what is promised cannot be promised twice.

import { requireApproval } from '#approvals/require-approval.ts';
import { actorText, type Command } from '#command/command.ts';
import { dayIn } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import { takeCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type ShownMoney, shown } from '#payments/payment.ts';
import { checkCredit, payableFrom } from './refund.ts';
import { findGranted, findWaitingDays, insertRefund } from './store.ts';
import { takeCredits } from './take-refund.ts';

export type GrantRefund = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly amount: Money;
  /** The account of the customer that it goes to. */
  readonly bankAccountId: string;
  readonly reason: string;
};

export type RefundGranted = {
  readonly refundId: string;
  readonly amount: ShownMoney;
  readonly account: string;
  /** The first day on which it may be ordered. */
  readonly payableFrom: string;
};

/**
 * Grants a refund from credit that nothing was applied of. An account that became known lately waits; the days are counted in
 * the company's time zone.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `bank_account_not_found`, `amount_not_positive`, `refund_exceeds_credit`,
 * `approval_required`.
 */
export const grantRefund: Command<GrantRefund, RefundGranted> = {
  name: 'grant-refund',
  permission: 'refund.pay',
  async run(act, input) {
    const [company, customer, waitingDays] = await Promise.all([
      takeCompany(act, input.companyId),
      takeCustomer(act, input.customerId),
      findWaitingDays(act, input.companyId),
    ]);
    const account = await takeCustomerBankAccount(act, customer.id, input.bankAccountId);
    const { amount } = input;
    const of = { companyId: company.id, customerId: customer.id, currency: amount.currency };
    const credits = await takeCredits(act, of);
    const granted = money(await findGranted(act, of), amount.currency);

    checkCredit(credits, granted, amount);
    const accountSince = dayIn(company.timeZone, account.addedAt);
    const from = payableFrom(accountSince, act.today, waitingDays);

    await requireApproval(
      act,
      {
        kind: 'refund',
        customerIds: [customer.id],
        parts: [{ label: `${customer.number} ${account.account}`, amount }],
      },
      takeWorth,
    );
    const refundId = newId<'refund'>();
    insertRefund(act, {
      id: refundId,
      company_id: company.id,
      customer_id: customer.id,
      currency: amount.currency,
      amount_minor: amount.minor,
      bank_account_id: account.id,
      account: account.account,
      reason: input.reason,
      account_since: accountSince,
      payable_from: from,
      granted_by: actorText(act.actor),
      granted_on: act.today,
      recorded_at: act.now,
    });
    const result = {
      refundId,
      amount: shown(amount),
      account: account.account,
      payableFrom: from.toString(),
    };
    act.record({
      type: 'refund.granted',
      subjectId: refundId,
      customerId: customer.id,
      data: { ...result, reason: input.reason },
    });
    return result;
  },
};
