// Applying a payment to open items. This file is the example to copy for a command: load, decide, save, in that order, once.

import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { settleItems, takeItems } from '#ledger/settle-items.ts';
import type { ApplicationMethod, Settlement } from '#ledger/settlement.ts';
import { type Allocation, wantedOf } from './allocation.ts';
import { lockPayment } from './store.ts';

export type ApplyPayment = {
  readonly paymentId: PaymentId;
  readonly allocations: readonly Allocation[];
  /** Business date; left out, today, or the latest posting date of what is settled if that is later. */
  readonly on?: PlainDate | undefined;
  readonly method?: ApplicationMethod | undefined;
  readonly evidence?: unknown;
};

/** What a payment did: amounts as decimal text, items with what is left of them. */
export type Applied = {
  readonly paymentId: string;
  readonly unapplied: string;
  readonly currency: string;
  readonly applications: readonly { readonly id: string; readonly itemId: string; readonly amount: string }[];
  readonly items: readonly { readonly id: string; readonly reference: string; readonly open: string }[];
};

/**
 * Applies a payment to the open items that the caller names.
 *
 * Refuses: `payment_not_found`, `payment_returned`, `item_not_found`, and what allocation and settlement refuse.
 */
export const applyPayment: Command<ApplyPayment, Applied> = {
  name: 'apply-payment',
  permission: 'payment.apply',
  async run(act, input) {
    const payment = await lockPayment(act, input.paymentId);
    if (!payment) throw new Refusal('payment_not_found', { paymentId: input.paymentId });
    if (payment.returned_on)
      throw new Refusal('payment_returned', { returnedOn: payment.returned_on.toString() });
    const items = await takeItems(act, [payment.item_id, ...input.allocations.map((a) => a.itemId)]);
    const own = present(
      items.find((i) => i.id === payment.item_id),
      'a payment has its item',
    );

    const wanted = wantedOf(own, items, input.allocations, {
      method: input.method ?? 'manual',
      evidence: input.evidence,
    });
    const on = input.on ?? items.map((i) => i.postedOn).reduce(later, act.today);

    const settlement = settleItems(act, items, wanted, {
      documentId: input.paymentId,
      kind: 'application',
      on,
    });
    const applied = describe(input.paymentId, own, settlement);
    act.record({
      type: 'payment.applied',
      subjectId: input.paymentId,
      customerId: own.customerId ?? items.find((i) => i.id !== own.id)?.customerId,
      data: { ...applied, on: on.toString() },
    });
    return applied;
  },
};

function describe(paymentId: PaymentId, own: OpenItem, settlement: Settlement): Applied {
  const text = (item: OpenItem): string => toDecimal(money(left(item), item.open.currency));
  const after = present(
    settlement.items.find((i) => i.id === own.id),
    'the payment is among the settled items',
  );
  return {
    paymentId,
    unapplied: text(after),
    currency: own.amount.currency,
    applications: settlement.applications.map((a) => ({
      id: a.id,
      itemId: a.debitItemId === own.id ? a.creditItemId : a.debitItemId,
      amount: toDecimal(a.amount),
    })),
    items: settlement.items
      .filter((i) => i.id !== own.id)
      .map((i) => ({ id: i.id, reference: i.reference, open: text(i) })),
  };
}
