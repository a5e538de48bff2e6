// Recording one payment by hand or through the API.

import type { Command } from '#command/command.ts';
import { assert } from '#kernel/assert.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { PaymentDirection, PaymentMethod, ReadyPayment } from './payment.ts';
import { receivePayments } from './receive-payments.ts';

export type RecordPayment = {
  readonly companyId: CompanyId;
  /** Left out while nobody knows who paid. */
  readonly customerId?: CustomerId | undefined;
  readonly direction: PaymentDirection;
  readonly receivedOn: PlainDate;
  readonly amount: Money;
  readonly method: PaymentMethod;
  readonly reference: string;
  readonly payerName?: string | undefined;
  readonly payerAccount?: string | undefined;
  readonly externalId?: string | undefined;
};

export type PaymentRecorded = {
  readonly paymentId: string;
  readonly itemId: string;
  readonly number: string;
};

/**
 * Records a payment; it stands unapplied (on account) until it is applied.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `amount_not_positive`, `received_in_future`, `refund_without_customer`,
 * `external_id_taken`, `exchange_rate_missing`, `period_locked`.
 */
export const recordPayment: Command<RecordPayment, PaymentRecorded> = {
  name: 'record-payment',
  permission: 'payment.record',
  constraints: { payment_external_id: 'external_id_taken' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    if (input.customerId !== undefined) await takeCustomer(act, input.customerId);

    const payment = decidePayment(input, act.today);

    const [received] = await receivePayments(act, company, [payment]);
    assert(received !== undefined, 'one payment in, one payment out');
    act.record({
      type: input.direction === 'received' ? 'payment.received' : 'payment.refunded',
      subjectId: payment.id,
      customerId: payment.customerId,
      data: { number: received.number, amount: toDecimal(payment.amount), currency: payment.amount.currency },
    });
    return { paymentId: payment.id, itemId: received.item.id, number: received.number };
  },
};

function decidePayment(input: RecordPayment, today: PlainDate): ReadyPayment {
  if (input.amount.minor <= 0n) throw new Refusal('amount_not_positive', { amount: toDecimal(input.amount) });
  if (isAfter(input.receivedOn, today))
    throw new Refusal('received_in_future', {
      receivedOn: input.receivedOn.toString(),
      today: today.toString(),
    });
  if (input.direction === 'refunded' && input.customerId === undefined)
    throw new Refusal('refund_without_customer');
  return { ...input, id: newId(), customerId: input.customerId ?? null };
}
