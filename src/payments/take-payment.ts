// Taking a payment in hand: the payment, the items it stands in and the items it shall meet, read and locked in one order.

import type { Act } from '#command/command.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { ItemId, PaymentId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { businessDay, takeItems } from '#ledger/settle-items.ts';
import type { May } from './payment.ts';
import { lockPayment, type PaymentRow } from './store.ts';

/** A payment in hand, with what it can give. */
export type PaymentInHand = {
  readonly payment: PaymentRow;
  /** The items the payment stands in, in its own company: one, or several when part of it was moved to another customer. */
  readonly own: readonly OpenItem[];
  /** The other items asked for. */
  readonly others: readonly OpenItem[];
  /** What came to other companies for their debts: nothing is open of it, but while it is taken back. */
  readonly handed: readonly OpenItem[];
  /** How many items its moves, and its handing over to other companies, have made so far. */
  readonly transfers: number;
  readonly handovers: number;
};

/**
 * Reads and locks a payment with its items and others: the payment first, then all items by id, so that whoever applies,
 * takes back, returns or moves the same payment waits here.
 *
 * Refuses: `payment_not_found`, `item_not_found`.
 */
export async function takePayment(
  act: Act,
  id: PaymentId,
  itemIds: readonly ItemId[] = [],
): Promise<PaymentInHand> {
  const found = await lockPayment(act, id);
  if (!found) throw new Refusal('payment_not_found', { paymentId: id });
  const items = await takeItems(act, [...found.itemIds, ...found.handedIds, ...itemIds]);
  const isOwn = new Set([...found.itemIds, ...found.handedIds]);
  const handed = items.filter((item) => found.handedIds.includes(item.id));
  // The items of a payment come oldest first; what was there before a move is used before what the move brought.
  const own = found.itemIds.flatMap((itemId) => items.filter((item) => item.id === itemId));
  const others = items.filter((item) => !isOwn.has(item.id) || itemIds.includes(item.id));
  const { payment, transfers, handovers } = found;
  return { payment, own, others, handed, transfers, handovers };
}

/** Stops with the refusal that stands in the way, if one does. */
export function refuseUnless(may: May, facts: Refusal['facts'] = {}): void {
  if (may !== true) throw new Refusal(may, facts);
}

/**
 * The business date of a change: as asked, else today, or the day since which all of the items are open if that is later.
 * Refuses: `dated_in_future`.
 */
export function dayOf(
  on: PlainDate | undefined,
  today: PlainDate,
  items: readonly Pick<OpenItem, 'openSince'>[],
): PlainDate {
  return businessDay(on, items.map((item) => item.openSince).reduce(later, today));
}
