// Recording money received, by hand or through the API, and applying it at once where asked. Money that goes back is not recorded
// here: `record-refund` books it, where a refund was granted.

import type { Act, Command } from '#command/command.ts';
import { assert } from '#kernel/assert.ts';
import { isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { settleItems, takeItems } from '#ledger/settle-items.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type Allocation, wantedOf } from './allocation.ts';
import { type Applied, describeApplied } from './apply-payment.ts';
import type { PaymentDirection, PaymentMethod, ReadyPayment } from './payment.ts';
import { type ReceivedPayment, receivePayments } from './receive-payments.ts';
import { recordDifferences, takeShort } from './take-differences.ts';
import { recordDiscounts } from './take-discounts.ts';

export type RecordPayment = {
  readonly companyId: CompanyId;
  /** Left out while nobody knows who paid. */
  readonly customerId?: CustomerId | undefined;
  /** Money that goes back is refused: it is recorded against a refund that was granted. */
  readonly direction?: PaymentDirection | undefined;
  readonly receivedOn: PlainDate;
  readonly amount: Money;
  readonly method: PaymentMethod;
  readonly reference: string;
  readonly payerName?: string | undefined;
  readonly payerAccount?: string | undefined;
  readonly externalId?: string | undefined;
  /** What to settle at once. Left out, it stands unapplied. */
  readonly allocations?: readonly Allocation[] | undefined;
};

export type PaymentRecorded = {
  readonly paymentId: string;
  readonly itemId: string;
  readonly number: string;
  readonly applied: Applied | null;
};

/**
 * Records money received. It stands unapplied (on account) until it is applied.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `refund_not_granted`, `amount_not_positive`, `received_in_future`, `external_id_taken`,
 * `exchange_rate_missing`, `period_locked`, and what allocation and settlement refuse.
 */
export const recordPayment: Command<RecordPayment, PaymentRecorded> = {
  name: 'record-payment',
  permission: 'payment.record',
  constraints: { payment_external_id: 'external_id_taken' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    if (input.customerId !== undefined) await takeCustomer(act, input.customerId);

    if (input.direction === 'refunded') throw new Refusal('refund_not_granted');
    checkMoved(input, act.today);
    const payment: ReadyPayment = {
      ...input,
      id: newId(),
      customerId: input.customerId ?? null,
      direction: 'received',
    };
    // Locked before anything is written: what is recorded is then recorded after they were.
    const ids = (input.allocations ?? []).map((a) => a.itemId);
    const items = ids.length === 0 ? [] : await takeItems(act, ids);

    const [received] = await receivePayments(act, company, [payment]);
    assert(received !== undefined, 'one payment in, one payment out');
    act.record({
      type: 'payment.received',
      subjectId: payment.id,
      customerId: payment.customerId,
      data: { number: received.number, amount: toDecimal(payment.amount), currency: payment.amount.currency },
    });
    const applied = await applyAtOnce(act, received, items, input.allocations);
    return { paymentId: payment.id, itemId: received.item.id, number: received.number, applied };
  },
};

/** Money that moved is more than nothing, and moved already. Refuses: `amount_not_positive`, `received_in_future`. */
export function checkMoved(
  moved: { readonly amount: Money; readonly receivedOn: PlainDate },
  today: PlainDate,
): void {
  if (moved.amount.minor <= 0n) throw new Refusal('amount_not_positive', { amount: toDecimal(moved.amount) });
  if (isAfter(moved.receivedOn, today))
    throw new Refusal('received_in_future', {
      receivedOn: moved.receivedOn.toString(),
      today: today.toString(),
    });
}

async function applyAtOnce(
  act: Act,
  { payment, item }: ReceivedPayment,
  items: readonly OpenItem[],
  asked: readonly Allocation[] | undefined,
): Promise<Applied | null> {
  if (asked === undefined || asked.length === 0) return null;
  // What was written so far is there: a refusal of the database (a locked period) is not hidden by what follows.
  await act.settle();
  const on = [...items, item].map((i) => i.openSince).reduce(later);
  const short = await takeShort(act, { own: [item], items }, asked, {
    companyId: payment.companyId,
    paidOn: payment.receivedOn,
    takeDiscounts: false,
    takeTolerance: false,
    isAutomatic: false,
  });
  const wanted = wantedOf([item], items, short.allocations, { method: 'manual' });
  const settlement = settleItems(act, [item, ...items], wanted, {
    documentId: payment.id,
    kind: 'application',
    on,
  });
  const applied = describeApplied(payment.id, [item], settlement, short);
  act.record({
    type: 'payment.applied',
    subjectId: payment.id,
    customerId: payment.customerId,
    data: applied,
  });
  const { id, receivedOn: paidOn, customerId } = payment;
  recordDiscounts(act, { id, paidOn, customerId }, short.discounts, settlement.applications);
  recordDifferences(act, id, short.differences, settlement.applications);
  return applied;
}
