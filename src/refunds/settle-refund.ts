// Booking a granted refund as a payment, and ending it with that: what a file for the bank and what recording by hand share.

import type { Act } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import type { PaymentMethod } from '#payments/payment.ts';
import { recordRefund } from '#payments/record-refund.ts';
import { checkCredit } from './refund.ts';
import type { RefundRow } from './store.ts';
import { takeCredits } from './take-refund.ts';

/** On which day the money left, and how. */
export type PaidHow = { readonly on: PlainDate; readonly method: PaymentMethod; readonly reference?: string };

/**
 * Books a refund from the oldest credit of its customer.
 *
 * Refuses: `refund_exceeds_credit` (the credit was used meanwhile), and what `recordRefund` refuses.
 */
export async function settleRefund(
  act: Act,
  refund: RefundRow,
  how: PaidHow,
): Promise<{ readonly id: string; readonly number: string }> {
  const amount = money(refund.amount_minor, refund.currency);
  const of = { companyId: refund.company_id, customerId: refund.customer_id, currency: refund.currency };
  checkCredit(await takeCredits(act, of), money(0n, refund.currency), amount);
  const recorded = await recordRefund.run(act, {
    companyId: refund.company_id,
    customerId: refund.customer_id,
    receivedOn: how.on,
    amount,
    method: how.method,
    reference: how.reference ?? refund.reason,
    payerAccount: refund.account,
  });
  return { id: recorded.paymentId, number: recorded.number };
}
