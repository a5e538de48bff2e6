// Booking money that went back to a customer, together with the credit that backs it, so that no more is ever paid back than a
// customer has. No operation of the API leads here: `refunds` calls it for a refund that was granted, and nobody past that.

import type { Command } from '#command/command.ts';
import { assert } from '#kernel/assert.ts';
import { later } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import { settleItems, takeItems } from '#ledger/settle-items.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type Allocation, inOrder, wantedOf } from './allocation.ts';
import { describeApplied } from './apply-payment.ts';
import type { ReadyPayment } from './payment.ts';
import { receivePayments } from './receive-payments.ts';
import { checkMoved, type PaymentRecorded, type RecordPayment } from './record-payment.ts';
import { findCreditIds } from './store.ts';

/** As a payment received; `receivedOn` is the day the money left. */
export type RecordRefund = Omit<RecordPayment, 'customerId' | 'direction' | 'allocations'> & {
  readonly customerId: CustomerId;
};

/**
 * Books a refund as a payment that is taken from the oldest credit.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `amount_not_positive`, `received_in_future`, `refund_exceeds_credit`,
 * `exchange_rate_missing`, `period_locked`, and what allocation and settlement refuse.
 */
export const recordRefund: Command<RecordRefund, PaymentRecorded> = {
  name: 'record-refund',
  permission: 'refund.pay',
  constraints: { payment_external_id: 'external_id_taken' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    await takeCustomer(act, input.customerId);
    checkMoved(input, act.today);

    const payment: ReadyPayment = { ...input, id: newId(), direction: 'refunded' };
    // Locked before anything is written: what goes back is then recorded after the credit it is paid from, and another refund from
    // the same credit waits, and sees what this one has left.
    const items = await takeItems(act, await findCreditIds(act, payment));
    const [recorded] = await receivePayments(act, company, [payment]);
    assert(recorded !== undefined, 'one payment in, one payment out');
    const { item, number } = recorded;
    const { id, customerId, amount } = payment;
    act.record({
      type: 'payment.refunded',
      subjectId: id,
      customerId,
      data: { number, amount: toDecimal(amount), currency: amount.currency },
    });
    // What was written so far is there: a refusal of the database (a locked period) is not hidden by what follows.
    await act.settle();
    const allocations = backing(payment, items);
    const wanted = wantedOf([item], items, allocations, { method: 'manual' });
    const on = [...items, item].map((i) => i.openSince).reduce(later);
    const settlement = settleItems(act, [item, ...items], wanted, {
      documentId: id,
      kind: 'application',
      on,
    });
    const applied = describeApplied(id, [item], settlement);
    act.record({ type: 'payment.applied', subjectId: id, customerId, data: applied });
    return { paymentId: id, itemId: item.id, number, applied };
  },
};

/** The credits a refund is taken from, the oldest first; all of it or nothing. */
function backing({ amount }: ReadyPayment, credits: readonly OpenItem[]): readonly Allocation[] {
  const oldestFirst = credits
    .filter((item) => !isDebit(item))
    .sort((a, b) => compareText(a.postedOn.toString() + a.id, b.postedOn.toString() + b.id));
  const available = oldestFirst.reduce((total, item) => total + left(item), 0n);
  if (available < amount.minor)
    throw new Refusal('refund_exceeds_credit', {
      credit: toDecimal(money(available, amount.currency)),
      refund: toDecimal(amount),
      currency: amount.currency,
    });
  return inOrder(oldestFirst, amount);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
