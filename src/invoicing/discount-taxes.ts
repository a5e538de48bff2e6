// How a discount divides over the taxes of a document: a price that falls takes its tax along, rate by rate.

import { allocate, type Money, money } from '#kernel/money.ts';
import type { DiscountTax } from '#ledger/settlement.ts';

/** The price and the tax of one rate in a document; the category is empty where a document was taken over with its tax in one sum. */
export type TaxShare = DiscountTax;

/**
 * The price and the tax of each rate in a discount, in proportion to the document and by largest remainder, so that they sum to
 * the discount. A document without tax gives none: all of the discount is price. A rate that is below zero in the document
 * (its lines were taken back by an allowance) takes no part.
 */
export function taxesOfDiscount(discount: Money, shares: readonly TaxShare[]): readonly DiscountTax[] {
  if (discount.minor <= 0n || !shares.some((share) => share.tax.minor > 0n)) return [];
  const parts = allocate(
    discount,
    shares.flatMap((share) => [weightOf(share.net), weightOf(share.tax)]),
  );
  const none = money(0n, discount.currency);
  return shares.map(({ category, percent }, index) => ({
    category,
    percent,
    net: parts[2 * index] ?? none,
    tax: parts[2 * index + 1] ?? none,
  }));
}

function weightOf(amount: Money): bigint {
  return amount.minor > 0n ? amount.minor : 0n;
}
