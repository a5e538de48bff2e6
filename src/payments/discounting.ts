// Discounts for paying early, where a payment meets items: what was earned is granted or offered, what was not is marked or
// refused, and a payment that is short by a discount after its day is noticed. Nothing is dropped in silence.

import { type TaxShare, taxesOfDiscount } from '#invoicing/discount-taxes.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import {
  type DiscountRight,
  type Earned,
  earnedDiscount,
  earnedWithin,
  lastDayOf,
  lateDiscount,
} from '#terms/discount.ts';
import type { DiscountPolicy } from '#terms/discount-policy.ts';
import type { Allocation } from './allocation.ts';

/** What is known of the items that a payment is to settle. */
export type KnownDiscounts = {
  readonly rights: ReadonlyMap<ItemId, readonly DiscountRight[]>;
  /** Rates of the items' documents, by document. */
  readonly taxes: ReadonlyMap<string, readonly TaxShare[]>;
  /** The rules of the items' company, for what is granted without right. */
  readonly policy: DiscountPolicy;
};

/** What became of a discount. `available` was earned and not taken; `late` was missed: the item stays open by it. */
export type DiscountState = 'earned' | 'available' | 'unearned' | 'late';

/** A discount that an application had to do with. */
export type NotedDiscount = {
  readonly itemId: ItemId;
  readonly reference: string;
  readonly state: DiscountState;
  readonly discount: Money;
  /** What of it was earned: less than the discount where it was granted without right. */
  readonly earned: Money;
  /** The last day on which it could be earned, grace left out; null where no right is behind it. */
  readonly untilOn: PlainDate | null;
  readonly lastOn: PlainDate | null;
  readonly percent: string | null;
};

/** Allocations with their discounts and taxes, and what is to be said of them. */
export type DecidedDiscounts = {
  readonly allocations: readonly Allocation[];
  readonly noted: readonly NotedDiscount[];
};

/** When the money was there, whether discounts are granted unasked, and what else of each item is dropped by rule. */
export type DiscountHow = {
  readonly paidOn: PlainDate;
  readonly take: boolean;
  readonly tolerated?: ReadonlyMap<ItemId, Money> | undefined;
};

/**
 * Decides the discounts of allocations of money received on a day. With `take`, what is earned and not asked for is granted;
 * without, it is only offered. A discount beyond what is earned is marked, or refused where the company says so. What is short
 * of a discount by no more than what is tolerated earns it too.
 *
 * Refuses: `discount_not_earned`.
 */
export function decideDiscounts(
  items: readonly OpenItem[],
  allocations: readonly Allocation[],
  known: KnownDiscounts,
  how: DiscountHow,
): DecidedDiscounts {
  const decided = allocations.map((allocation) => {
    const item = items.find((one) => one.id === allocation.itemId);
    // What does not fit together is refused by allocating and settling, which say why.
    const fits = item && isDebit(item) && allocation.amount.currency === item.open.currency;
    return fits ? decideOne(item, allocation, known, how) : { allocation };
  });
  return {
    allocations: decided.map((one) => one.allocation),
    noted: decided.flatMap((one) => one.noted ?? []),
  };
}

type Decided = { readonly allocation: Allocation; readonly noted?: NotedDiscount | undefined };

function decideOne(item: OpenItem, allocation: Allocation, known: KnownDiscounts, how: DiscountHow): Decided {
  const rights = known.rights.get(item.id) ?? [];
  const given = { amount: besidesDiscount(allocation), paidOn: how.paidOn };
  const tolerated = allocation.difference ? undefined : how.tolerated?.get(item.id);
  const earned =
    (tolerated && earnedWithin(rights, item, given, tolerated)) ?? earnedDiscount(rights, item, given);
  const asked = allocation.discount;
  if (asked && asked.minor > 0n) {
    const isEarned = asked.minor <= (earned?.discount.minor ?? 0n);
    const noted = noteOf(item, isEarned ? 'earned' : 'unearned', asked, earned);
    if (!isEarned && known.policy.unearned === 'refuse') throw notEarned(noted, how.paidOn);
    return {
      allocation: withTaxes(allocation, asked, { item, known, right: earned?.right ?? rights.at(-1) }),
      noted,
    };
  }
  if (earned) {
    const noted = noteOf(item, how.take ? 'earned' : 'available', earned.discount, earned);
    const granted = { item, known, right: earned.right };
    return { allocation: how.take ? withTaxes(allocation, earned.discount, granted) : allocation, noted };
  }
  const late = lateDiscount(rights, item, given);
  if (!late) return { allocation };
  const none = money(0n, late.discount.currency);
  return { allocation, noted: noteOf(item, 'late', late.discount, { right: late.right, discount: none }) };
}

/** What an allocation settles besides its discount. */
function besidesDiscount({ amount, difference }: Allocation): Money {
  return money(amount.minor + (difference?.minor ?? 0n), amount.currency);
}

function withTaxes(
  allocation: Allocation,
  discount: Money,
  granted: {
    readonly item: OpenItem;
    readonly known: KnownDiscounts;
    readonly right: DiscountRight | undefined;
  },
): Allocation {
  const { item, known, right } = granted;
  const correctsTax = right?.correctsTax ?? known.policy.correctsTax;
  const shares = correctsTax ? (known.taxes.get(item.documentId) ?? []) : [];
  return { ...allocation, discount, discountTaxes: taxesOfDiscount(discount, shares) };
}

function noteOf(
  item: OpenItem,
  state: DiscountState,
  discount: Money,
  earned: Earned | undefined,
): NotedDiscount {
  return {
    itemId: item.id,
    reference: item.reference,
    state,
    discount,
    earned: earned?.discount ?? money(0n, discount.currency),
    untilOn: earned?.right.untilOn ?? null,
    lastOn: earned ? lastDayOf(earned.right) : null,
    percent: earned?.right.percent ?? null,
  };
}

function notEarned(noted: NotedDiscount, paidOn: PlainDate): Refusal {
  return new Refusal('discount_not_earned', {
    item: noted.reference,
    discount: toDecimal(noted.discount),
    earned: toDecimal(noted.earned),
    currency: noted.discount.currency,
    paidOn: paidOn.toString(),
  });
}
