// What people say of returns besides booking them: that a notice is no return, that what a return asks for was done, and what
// payers are asked for one.

import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, PaymentId } from '#kernel/id.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { findReturnedCustomer, insertFeeRule, insertFollowUp, insertOutcome, lockNotice } from './store.ts';

/**
 * Sets a notice aside: it is no return of a payment that is kept here. Its line, where it has one, is explained in the tie-out.
 *
 * Refuses: `return_notice_not_found`, `return_notice_decided`.
 */
export const setAsideNotice: Command<
  { readonly noticeId: string; readonly note: string },
  { readonly noticeId: string }
> = {
  name: 'set-aside-return-notice',
  permission: 'payment.return',
  constraints: { return_outcome_pkey: 'return_notice_decided' },
  async run(act, { noticeId, note }) {
    const found = await lockNotice(act, noticeId);
    if (!found) throw new Refusal('return_notice_not_found', { noticeId });
    if (!found.isWaiting) throw new Refusal('return_notice_decided', { noticeId });
    insertOutcome(act, {
      notice_id: noticeId,
      kind: 'set_aside',
      payment_id: null,
      rule: 'person',
      evidence: '{}',
      note,
    });
    act.record({ type: 'return.set_aside', subjectId: noticeId, data: { note } });
    return { noticeId };
  },
};

/**
 * Notes that somebody did what a returned payment asks for: tried again, stopped the mandate, asked the customer.
 *
 * Refuses: `payment_not_returned`, `return_followed_up`.
 */
export const followUpReturn: Command<
  { readonly paymentId: PaymentId; readonly note: string },
  { readonly paymentId: string }
> = {
  name: 'follow-up-return',
  permission: 'payment.return',
  constraints: { return_follow_up_pkey: 'return_followed_up' },
  async run(act, { paymentId, note }) {
    const returned = await findReturnedCustomer(act, paymentId);
    if (!returned) throw new Refusal('payment_not_returned', { paymentId });
    insertFollowUp(act, paymentId, note);
    act.record({
      type: 'return.followed_up',
      subjectId: paymentId,
      customerId: returned.customer_id,
      data: { note },
    });
    return { paymentId };
  },
};

/**
 * States what payers are asked for a payment that came back by their doing; zero asks nothing. What was asked before stays.
 *
 * Refuses: `company_not_found`, `return_fee_below_zero`.
 */
export const putReturnFee: Command<
  { readonly companyId: CompanyId; readonly amount: Money; readonly validFrom: PlainDate },
  { readonly companyId: string }
> = {
  name: 'put-return-fee',
  permission: 'charge.configure',
  async run(act, { companyId, amount, validFrom }) {
    await takeCompany(act, companyId);
    if (amount.minor < 0n) throw new Refusal('return_fee_below_zero', { amount: toDecimal(amount) });
    insertFeeRule(act, { companyId, amount, validFrom });
    act.record({
      type: 'return_fee.changed',
      subjectId: companyId,
      data: { amount: toDecimal(amount), currency: amount.currency, validFrom: validFrom.toString() },
    });
    return { companyId };
  },
};
