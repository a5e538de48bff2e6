// The right to a discount that an item carries: so much less for whoever pays by a day. It is a fact from the issue of the
// invoice on (or from an accepted offer); what of it is earned follows from the item as it is, so that taking a payment back
// restores the right by itself.

import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type Money, money, proportional } from '#kernel/money.ts';

/** A right as it was fixed. Amounts are for all of the item. */
export type DiscountRight = {
  readonly source: 'terms' | 'offer';
  readonly untilOn: PlainDate;
  readonly graceDays: number;
  /** Null where an amount was agreed. */
  readonly percent: string | null;
  readonly discount: Money;
  readonly correctsTax: boolean;
  readonly proRata: boolean;
};

/** An item as rights see it: its amount and what is open of it, both above zero. */
export type Discountable = { readonly amount: Money; readonly open: Money };

/** The last day on which a payment earns it: its day and the days of grace. */
export function lastDayOf(right: Pick<DiscountRight, 'untilOn' | 'graceDays'>): PlainDate {
  return addDays(right.untilOn, right.graceDays);
}

/** Whether a payment of that value date is too late for it. */
export function isTooLate(right: Pick<DiscountRight, 'untilOn' | 'graceDays'>, paidOn: PlainDate): boolean {
  return isAfter(paidOn, lastDayOf(right));
}

/** What is saved when all that is open is paid in time: the discount in proportion, rounded half up. */
export function discountOnOpen(right: DiscountRight, item: Discountable): Money {
  if (item.open.minor <= 0n) return money(0n, item.open.currency);
  return money(proportional(right.discount.minor, item.open.minor, item.amount.minor), item.open.currency);
}

/** What is given for an item, and the day it was there. */
export type Given = { readonly amount: Money; readonly paidOn: PlainDate };

/** What a payment earns: the discount, and the right it rests on. */
export type Earned = { readonly right: DiscountRight; readonly discount: Money };

/**
 * The largest discount that a payment earns on an item, if any: all of it when the payment and the discount together settle
 * what is open; a part of it for a part payment only where the right says so (49 paid at 2 % earn 1). Whoever pays more than
 * is needed is given what is left at most.
 */
export function earnedDiscount(
  rights: readonly DiscountRight[],
  item: Discountable,
  given: Given,
): Earned | undefined {
  let best: Earned | undefined;
  for (const right of rights) {
    if (isTooLate(right, given.paidOn)) continue;
    const minor = earnedMinor(right, item, given.amount.minor);
    if (minor > (best?.discount.minor ?? 0n)) best = { right, discount: money(minor, item.open.currency) };
  }
  return best;
}

function earnedMinor(right: DiscountRight, item: Discountable, given: bigint): bigint {
  if (given < 0n || given > item.open.minor) return 0n;
  const whole = discountOnOpen(right, item).minor;
  const missing = item.open.minor - given;
  if (missing <= whole) return missing;
  if (!right.proRata || given === 0n) return 0n;
  const pay = item.amount.minor - right.discount.minor;
  return pay <= 0n ? 0n : proportional(right.discount.minor, given, pay);
}

/**
 * The whole discount that a payment earns although it is short of it, by no more than what is tolerated: 975 of 1,000 with a
 * discount of 20, where 5 more is let drop. The largest of several; nothing where the payment is not short.
 */
export function earnedWithin(
  rights: readonly DiscountRight[],
  item: Discountable,
  given: Given,
  tolerated: Money,
): Earned | undefined {
  const missing = item.open.minor - given.amount.minor;
  let best: Earned | undefined;
  for (const right of rights) {
    if (isTooLate(right, given.paidOn)) continue;
    const discount = discountOnOpen(right, item);
    const short = missing - discount.minor;
    if (short > 0n && short <= tolerated.minor && discount.minor > (best?.discount.minor ?? 0n))
      best = { right, discount };
  }
  return best;
}

/**
 * The right that a payment would have used had it come in time: its day is past, and what the payment leaves open is that
 * discount to the cent. The best of several.
 */
export function lateDiscount(
  rights: readonly DiscountRight[],
  item: Discountable,
  given: Given,
): Earned | undefined {
  const missing = item.open.minor - given.amount.minor;
  if (missing <= 0n) return undefined;
  for (const right of rights) {
    if (!isTooLate(right, given.paidOn)) continue;
    if (discountOnOpen(right, item).minor === missing)
      return { right, discount: money(missing, item.open.currency) };
  }
  return undefined;
}
