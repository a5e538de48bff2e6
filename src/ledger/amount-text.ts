// An amount as replies show it.

import { type Money, toDecimal } from '#kernel/money.ts';

/** Decimal text with its currency. */
export type ShownMoney = { readonly amount: string; readonly currency: string };

/** Writes an amount for a reply. */
export function shownMoney(amount: Money): ShownMoney {
  return { amount: toDecimal(amount), currency: amount.currency };
}
