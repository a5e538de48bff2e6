// Allocation: which open items a payment settles, and by how much, as somebody asked for it. The ledger's settlement rules
// then say whether that can be and what it does.

import { assert, present } from '#kernel/assert.ts';
import type { ItemId } from '#kernel/id.ts';
import { ALLOCATIONS_MAX } from '#kernel/limits.ts';
import { absolute, type Money, money, toDecimal, zero } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import type { ApplicationMethod, DifferenceKind, DiscountTax, Wanted } from '#ledger/settlement.ts';

/** This much of a payment for that item; discount and difference reduce the item on top. */
export type Allocation = {
  readonly itemId: ItemId;
  readonly amount: Money;
  readonly discount?: Money | undefined;
  /** How the discount divides over taxes; worked out by the program, never asked for. */
  readonly discountTaxes?: readonly DiscountTax[] | undefined;
  readonly difference?: Money | undefined;
  /** What the difference is; left out, a small balance. */
  readonly differenceKind?: DifferenceKind | undefined;
};

/** How much of an item may be given as early-payment discount, in percent; real ones end at ten. More is a credit note. */
const DISCOUNT_PERCENT_MAX = 20n;

/**
 * Turns allocations of a payment into settlements. A received payment gives to the debit items named; a refund is itself
 * the debit item and takes from the credit items named. A payment that stands in several items (part of it was moved) is
 * used up item by item, in their order; discount and difference go with the first part.
 *
 * Refuses: `nothing_to_apply`, `too_many_allocations`, `item_named_twice`, `own_item_named`, `exceeds_unapplied`,
 * `discount_exceeds_tolerance`.
 */
export function wantedOf(
  own: readonly OpenItem[],
  items: readonly OpenItem[],
  allocations: readonly Allocation[],
  how: { readonly method: ApplicationMethod; readonly evidence?: unknown },
): readonly Wanted[] {
  checkAllocations(own, items, allocations);
  const room = own.map((item) => ({ item, left: left(item) }));
  return allocations.flatMap((allocation) => {
    const { itemId, amount, discount, discountTaxes, difference, differenceKind } = allocation;
    return partsOf(room, amount).map((part, index) => {
      const sides = isDebit(part.own)
        ? { debitItemId: part.own.id, creditItemId: itemId }
        : { debitItemId: itemId, creditItemId: part.own.id };
      const extra =
        index === 0
          ? { discount, difference, differenceKind, ...(discountTaxes ? { discountTaxes } : {}) }
          : {};
      return { ...sides, amount: part.amount, ...extra, ...how };
    });
  });
}

type Room = { readonly item: OpenItem; left: bigint };

/** Takes an amount from a payment's items, one after the other; an amount of nothing is taken from the first. */
function partsOf(
  room: readonly Room[],
  amount: Money,
): readonly { readonly own: OpenItem; readonly amount: Money }[] {
  const parts: { own: OpenItem; amount: Money }[] = [];
  let wanted = amount.minor;
  for (const place of room) {
    const taken = wanted < place.left ? wanted : place.left;
    if (taken <= 0n) continue;
    place.left -= taken;
    wanted -= taken;
    parts.push({ own: place.item, amount: money(taken, amount.currency) });
  }
  // Nothing or less was asked for: that is for the settlement to refuse, or goes with a discount alone.
  const [first] = room;
  return parts.length > 0 || first === undefined ? parts : [{ own: first.item, amount }];
}

function checkAllocations(
  own: readonly OpenItem[],
  items: readonly OpenItem[],
  allocations: readonly Allocation[],
): void {
  const [first] = own;
  assert(first !== undefined, 'a payment has its item');
  if (allocations.length === 0) throw new Refusal('nothing_to_apply');
  if (allocations.length > ALLOCATIONS_MAX)
    throw new Refusal('too_many_allocations', { allocationsMax: ALLOCATIONS_MAX });
  const seen = new Set<ItemId>();
  for (const allocation of allocations) {
    const item = present(
      items.find((i) => i.id === allocation.itemId),
      'the items of an allocation were read',
    );
    if (own.some((i) => i.id === item.id)) throw new Refusal('own_item_named', { item: item.reference });
    if (seen.has(item.id)) throw new Refusal('item_named_twice', { item: item.reference });
    seen.add(item.id);
    const { discount } = allocation;
    if (!isWithin(item, discount, DISCOUNT_PERCENT_MAX))
      throw new Refusal('discount_exceeds_tolerance', droppedFacts(item, discount, DISCOUNT_PERCENT_MAX));
  }
  checkSum(own, first.amount.currency, allocations);
}

/** A discount given in passing needs no right of its own, so that it must be little. */
function isWithin(item: OpenItem, dropped: Money | undefined, percentMax: bigint): boolean {
  return !dropped || dropped.minor * 100n <= absolute(item.amount.minor) * percentMax;
}

function droppedFacts(item: OpenItem, dropped: Money | undefined, percentMax: bigint): Refusal['facts'] {
  const amount = dropped ? toDecimal(dropped) : null;
  return { item: item.reference, dropped: amount, percentMax: percentMax.toString() };
}

function checkSum(own: readonly OpenItem[], currency: string, allocations: readonly Allocation[]): void {
  // Amounts in another currency are refused by the settlement, which knows both sides.
  const given = allocations
    .filter((a) => a.amount.currency === currency)
    .reduce((total, a) => total + a.amount.minor, 0n);
  const unapplied = own.reduce((total, item) => total + left(item), 0n);
  if (given <= unapplied) return;
  throw new Refusal('exceeds_unapplied', {
    credit: own[0]?.reference ?? '',
    unapplied: toDecimal(money(unapplied, currency)),
    wanted: toDecimal(money(given, currency)),
    currency,
  });
}

/**
 * Takes an amount from items in their order, as much of each as it has: how a refund is backed when nobody says by what.
 * Gives less than the amount when the items have less.
 */
export function inOrder(items: readonly OpenItem[], amount: Money): readonly Allocation[] {
  const allocations: Allocation[] = [];
  let wanted = amount.minor;
  for (const item of items) {
    const taken = wanted < left(item) ? wanted : left(item);
    if (taken <= 0n) continue;
    wanted -= taken;
    allocations.push({ itemId: item.id, amount: money(taken, amount.currency) });
  }
  return allocations;
}

/** What allocations give together, discounts and differences left out. */
export function givenBy(allocations: readonly Allocation[], currency: string): Money {
  return allocations.reduce((total, a) => money(total.minor + a.amount.minor, currency), zero(currency));
}
