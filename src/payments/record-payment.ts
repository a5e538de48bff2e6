// Recording one payment by hand or through the API, and applying it at once where asked. A refund is recorded only
// together with the credit that backs it, so that no more is ever paid back than a customer has.

import type { Act, Command } from '#command/command.ts';
import { assert } from '#kernel/assert.ts';
import { isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import { settleItems, takeItems } from '#ledger/settle-items.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type Allocation, givenBy, inOrder, wantedOf } from './allocation.ts';
import { type Applied, describeApplied } from './apply-payment.ts';
import type { PaymentDirection, PaymentMethod, ReadyPayment } from './payment.ts';
import { type ReceivedPayment, receivePayments } from './receive-payments.ts';
import { findCreditIds } from './store.ts';
import { recordDifferences, takeShort } from './take-differences.ts';
import { recordDiscounts } from './take-discounts.ts';

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
  /** What to settle at once. Left out, money received stands unapplied and a refund takes the oldest credit first. */
  readonly allocations?: readonly Allocation[] | undefined;
};

export type PaymentRecorded = {
  readonly paymentId: string;
  readonly itemId: string;
  readonly number: string;
  readonly applied: Applied | null;
};

/**
 * Records a payment. Money received stands unapplied (on account) until it is applied; a refund is backed at once.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `amount_not_positive`, `received_in_future`, `refund_without_customer`,
 * `refund_exceeds_credit`, `refund_not_backed`, `credit_of_other_customer`, `external_id_taken`, `exchange_rate_missing`,
 * `period_locked`, and what allocation and settlement refuse.
 */
export const recordPayment: Command<RecordPayment, PaymentRecorded> = {
  name: 'record-payment',
  permission: 'payment.record',
  constraints: { payment_external_id: 'external_id_taken' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    if (input.customerId !== undefined) await takeCustomer(act, input.customerId);

    const payment = decidePayment(input, act.today);
    const items = await takeAsked(act, payment, input.allocations);

    const [received] = await receivePayments(act, company, [payment]);
    assert(received !== undefined, 'one payment in, one payment out');
    act.record({
      type: input.direction === 'received' ? 'payment.received' : 'payment.refunded',
      subjectId: payment.id,
      customerId: payment.customerId,
      data: { number: received.number, amount: toDecimal(payment.amount), currency: payment.amount.currency },
    });
    const applied = await applyAtOnce(act, received, items, input.allocations);
    return { paymentId: payment.id, itemId: received.item.id, number: received.number, applied };
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

/**
 * The items a payment settles at once, locked before anything is written: what is recorded is then recorded after they were, and
 * another refund from the same credit waits, and then sees what this one has left.
 */
async function takeAsked(
  act: Act,
  payment: ReadyPayment,
  asked: readonly Allocation[] | undefined,
): Promise<readonly OpenItem[]> {
  const ids = asked?.map((a) => a.itemId) ?? (isRefund(payment) ? await findCreditIds(act, payment) : []);
  return ids.length === 0 ? [] : takeItems(act, ids);
}

function isRefund(payment: ReadyPayment): boolean {
  return payment.direction === 'refunded';
}

async function applyAtOnce(
  act: Act,
  { payment, item }: ReceivedPayment,
  items: readonly OpenItem[],
  asked: readonly Allocation[] | undefined,
): Promise<Applied | null> {
  const givesBack = isRefund(payment);
  if (!givesBack && (asked === undefined || asked.length === 0)) return null;
  // What was written so far is there: a refusal of the database (a locked period) is not hidden by what follows.
  await act.settle();
  const allocations = givesBack ? backing(payment, item, items, asked) : (asked ?? []);
  const on = [...items, item].map((i) => i.openSince).reduce(later);
  const short = givesBack
    ? { allocations, discounts: [], differences: [] }
    : await takeShort(act, { own: [item], items }, allocations, {
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

/** The credits a refund is taken from: as asked, or the oldest first; all of it or nothing. */
function backing(
  payment: ReadyPayment,
  own: OpenItem,
  items: readonly OpenItem[],
  asked: readonly Allocation[] | undefined,
): readonly Allocation[] {
  const { currency } = payment.amount;
  const stranger = items.find((item) => item.customerId !== payment.customerId);
  if (stranger) throw new Refusal('credit_of_other_customer', { item: stranger.reference });
  const oldestFirst = [...items]
    .filter((item) => !isDebit(item) && item.companyId === own.companyId && item.amount.currency === currency)
    .sort((a, b) => compareText(a.postedOn.toString() + a.id, b.postedOn.toString() + b.id));
  const available = oldestFirst.reduce((total, item) => total + left(item), 0n);
  if (available < payment.amount.minor)
    throw new Refusal('refund_exceeds_credit', {
      credit: toDecimal(money(available, currency)),
      refund: toDecimal(payment.amount),
      currency,
    });
  const allocations = asked ?? inOrder(oldestFirst, payment.amount);
  const backed = givenBy(allocations, currency);
  if (backed.minor !== payment.amount.minor)
    throw new Refusal('refund_not_backed', {
      backed: toDecimal(backed),
      refund: toDecimal(payment.amount),
      currency,
    });
  return allocations;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
