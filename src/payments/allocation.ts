// Allocation: which open items a payment settles, and by how much, as somebody asked for it. The ledger's settlement rules
// then say whether that can be and what it does.

import { present } from '#kernel/assert.ts';
import type { ItemId } from '#kernel/id.ts';
import { ALLOCATIONS_MAX } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import type { ApplicationMethod, Wanted } from '#ledger/settlement.ts';

/** This much of a payment for that item; discount and difference reduce the item on top. */
export type Allocation = {
  readonly itemId: ItemId;
  readonly amount: Money;
  readonly discount?: Money | undefined;
  readonly difference?: Money | undefined;
};

/**
 * Turns allocations of a payment into settlements. A received payment gives to the debit items named; a refund is itself
 * the debit item and takes from the credit items named.
 *
 * Refuses: `nothing_to_apply`, `too_many_allocations`, `item_named_twice`.
 */
export function wantedOf(
  paymentItem: OpenItem,
  items: readonly OpenItem[],
  allocations: readonly Allocation[],
  how: { readonly method: ApplicationMethod; readonly evidence?: unknown },
): readonly Wanted[] {
  if (allocations.length === 0) throw new Refusal('nothing_to_apply');
  if (allocations.length > ALLOCATIONS_MAX)
    throw new Refusal('too_many_allocations', { allocationsMax: ALLOCATIONS_MAX });
  const seen = new Set<ItemId>();
  return allocations.map((allocation) => {
    const item = present(
      items.find((i) => i.id === allocation.itemId),
      'the items of an allocation were read',
    );
    if (seen.has(item.id)) throw new Refusal('item_named_twice', { item: item.reference });
    seen.add(item.id);
    const sides = isDebit(paymentItem)
      ? { debitItemId: paymentItem.id, creditItemId: item.id }
      : { debitItemId: item.id, creditItemId: paymentItem.id };
    return {
      ...sides,
      amount: allocation.amount,
      discount: allocation.discount,
      difference: allocation.difference,
      method: how.method,
      evidence: how.evidence,
    };
  });
}
