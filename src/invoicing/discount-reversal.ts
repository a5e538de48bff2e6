// What a credit note takes back of a discount that was granted for paying its invoice early. Who paid 980 for 1,000 and gives a
// tenth of it back gets 98, not 100: the discount on that tenth is taken back, and its tax with it. Whoever gives back all of an
// invoice gets exactly what was paid, however many credit notes that takes and in whatever order. Pure.

import { allocate, type Money, money, proportional } from '#kernel/money.ts';
import { type Application, type DiscountTax, settledMinor } from '#ledger/settlement.ts';

/** The part of a discount that a credit note takes back, in the currency of the document and in functional currency. */
export type DiscountReversal = {
  readonly discount: Money;
  /** What of it is tax, in all and by tax. */
  readonly tax: Money;
  readonly taxes: readonly DiscountTax[];
  readonly functional: Money;
};

/** What is left of the discounts on an invoice: granted, and not taken back by a credit note that stands. */
export type DiscountLeft = Omit<DiscountReversal, 'tax'>;

/** What discounts on an invoice come to, less what credit notes that stand took back of them. */
export function discountLeft(
  applications: readonly Application[],
  reversals: readonly DiscountReversal[],
  currencies: { readonly currency: string; readonly functional: string },
): DiscountLeft {
  let discount = 0n;
  let functional = 0n;
  const taxes = new Map<string, DiscountTax>();
  const count = (rows: readonly DiscountTax[], sign: bigint): void => {
    for (const row of rows) {
      const key = `${row.category} ${row.percent}`;
      const before = taxes.get(key);
      taxes.set(key, {
        category: row.category,
        percent: row.percent,
        net: money((before?.net.minor ?? 0n) + sign * row.net.minor, currencies.currency),
        tax: money((before?.tax.minor ?? 0n) + sign * row.tax.minor, currencies.currency),
      });
    }
  };
  for (const application of applications) {
    if (application.discount.minor === 0n) continue;
    discount += application.discount.minor;
    // As it was posted: the share of the discount in what the item was worth.
    functional += proportional(
      application.debitFunctional.minor,
      application.discount.minor,
      settledMinor(application),
    );
    count(application.discountTaxes, 1n);
  }
  for (const reversal of reversals) {
    discount -= reversal.discount.minor;
    functional -= reversal.functional.minor;
    count(reversal.taxes, -1n);
  }
  return {
    discount: money(discount, currencies.currency),
    functional: money(functional, currencies.functional),
    taxes: [...taxes.values()],
  };
}

/**
 * What a credit note takes back of a discount. Only what goes beyond the open amount of the invoice gives back what was paid
 * with a discount; of all that can still be given back (`creditable` less `open`) it is a part, and the same part of what is left
 * of the discount is taken back, rounded half up. Taxes share it by largest remainder, so that the last credit note takes the
 * rest of each to the cent.
 */
export function decideDiscountReversal(
  left: DiscountLeft,
  amounts: { readonly credited: Money; readonly open: Money; readonly creditable: Money },
): DiscountReversal | undefined {
  const beyond = amounts.credited.minor - amounts.open.minor;
  const whole = amounts.creditable.minor - amounts.open.minor;
  if (beyond <= 0n || left.discount.minor <= 0n) return undefined;
  const { currency } = left.discount;
  const taken = proportional(left.discount.minor, beyond, whole);
  if (taken === 0n) return undefined;
  const discount = money(taken, currency);
  const taxes = sharedTaxes(discount, left);
  return {
    discount,
    tax: money(
      taxes.reduce((total, row) => total + row.tax.minor, 0n),
      currency,
    ),
    taxes,
    functional: money(
      proportional(left.functional.minor, taken, left.discount.minor),
      left.functional.currency,
    ),
  };
}

/** The taxes of a part of what is left: each part within what is left of it, and all of it when all is taken. */
function sharedTaxes(discount: Money, left: DiscountLeft): readonly DiscountTax[] {
  const parts = left.taxes.flatMap((row) => [row.net.minor, row.tax.minor]);
  // What of a discount is without any tax: granted on a document taken over, or by terms that correct no tax.
  const plain = left.discount.minor - parts.reduce((total, part) => total + part, 0n);
  const shares = allocate(discount, [...parts, plain]);
  const none = money(0n, discount.currency);
  return left.taxes
    .map(({ category, percent }, index) => ({
      category,
      percent,
      net: shares[2 * index] ?? none,
      tax: shares[2 * index + 1] ?? none,
    }))
    .filter((row) => row.net.minor !== 0n || row.tax.minor !== 0n);
}
