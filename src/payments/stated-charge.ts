// What a bank's statement says was kept of a payment on its way: the charges that are taken off the amount already. Charges that
// are booked by themselves are lines of their own.

import { type StatementAmount, type StatementCharge, statementMoney } from '#formats/bank-statement-shape.ts';
import type { Json } from '#kernel/canonical.ts';
import { absolute } from '#kernel/money.ts';

type Kept = { readonly charges?: readonly StatementCharge[] };
type KeptDetails = {
  readonly entry?: Kept;
  readonly details?: readonly Kept[];
  readonly detailCount?: number;
};

/**
 * The charges taken off a line, in minor units of its currency, by what is kept of the line. Those of the payment count; those of
 * the whole entry only where it is of one payment, since else nobody knows whose they are. Zero where nothing is said, or in
 * another currency.
 */
export function statedCharge(details: Json | null, currency: string): bigint {
  const { entry, details: parts = [], detailCount = 0 } = (details ?? {}) as unknown as KeptDetails;
  const ofPayment = parts.length === 1 ? (parts[0]?.charges ?? []) : [];
  const charges = ofPayment.length > 0 ? ofPayment : detailCount <= 1 ? (entry?.charges ?? []) : [];
  return charges
    .filter((charge) => charge.isIncluded !== false && charge.amount.currency === currency)
    .reduce((sum, charge) => sum + minorOf(charge.amount), 0n);
}

/** A charge that cannot be read is none. */
function minorOf(amount: StatementAmount): bigint {
  const read = statementMoney(amount);
  return 'money' in read ? absolute(read.money.minor) : 0n;
}
