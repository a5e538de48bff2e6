// How much of a charge can be waived: interest and fees each as far as they were charged and not waived before.

import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** What was charged or waived, in minor units. */
export type Amounts = { readonly interest_minor: bigint; readonly fee_minor: bigint };

/** What of a charge was given up already. */
export type GivenUp = {
  readonly waivers: readonly Amounts[];
  /** In minor units. What was written off is not owed any more, so that waiving it would give money away. */
  readonly writtenOff: bigint;
};

/** What is left to waive of a charge. What was written off is taken off the fees first, as nobody said of what it was. */
export function waivable(
  charge: Amounts,
  { waivers, writtenOff }: GivenUp,
): { readonly interest: bigint; readonly fees: bigint } {
  const interest = waivers.reduce((left, w) => left - w.interest_minor, charge.interest_minor);
  const fees = waivers.reduce((left, w) => left - w.fee_minor, charge.fee_minor);
  const ofFees = writtenOff < fees ? writtenOff : fees;
  return { interest: interest - (writtenOff - ofFees), fees: fees - ofFees };
}

/**
 * Decides what a waiver takes back: what is asked for, or all that is left.
 *
 * Refuses: `wrong_currency`, `amount_negative`, `nothing_to_waive`, `exceeds_charge`.
 */
export function decideWaiver(
  charge: Amounts & { readonly currency: string },
  before: GivenUp,
  asked: { readonly interest?: Money | undefined; readonly fees?: Money | undefined },
): { readonly interest: Money; readonly fees: Money } {
  const { currency } = charge;
  const left = waivable(charge, before);
  const whole = asked.interest === undefined && asked.fees === undefined;
  const none = money(0n, currency);
  const interest = whole ? money(left.interest, currency) : (asked.interest ?? none);
  const fees = whole ? money(left.fees, currency) : (asked.fees ?? none);
  for (const amount of [interest, fees]) {
    if (amount.currency !== currency)
      throw new Refusal('wrong_currency', { wanted: currency, given: amount.currency });
    if (amount.minor < 0n) throw new Refusal('amount_negative', { amount: toDecimal(amount) });
  }
  if (interest.minor + fees.minor === 0n) throw new Refusal('nothing_to_waive');
  if (interest.minor > left.interest || fees.minor > left.fees)
    throw new Refusal('exceeds_charge', {
      interest: toDecimal(money(left.interest, currency)),
      fees: toDecimal(money(left.fees, currency)),
      currency,
    });
  return { interest, fees };
}
