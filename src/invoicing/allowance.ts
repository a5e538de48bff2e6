// Allowances and charges, of a line (EN 16931 BG-27, BG-28) or of a whole document (BG-20, BG-21): an amount, or a percentage
// of a base. A percentage follows the sign of its base, so a line turned round turns its allowances with it.

import { assert } from '#kernel/assert.ts';
import { type Currency, decimalsOf, type Money, money, sum } from '#kernel/money.ts';
import { type Decimal, decimalText, percentOf, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';

export type AllowanceKind = 'allowance' | 'charge';

/** An allowance or charge as asked for: an amount, or a percentage of a base; the base left out is what it is taken from. */
export type NewAllowance = {
  readonly kind: AllowanceKind;
  readonly amount?: Decimal | undefined;
  readonly percent?: Decimal | undefined;
  readonly base?: Decimal | undefined;
  readonly reason?: string | undefined;
  /** UNCL 5189 for an allowance (95 is a discount), UNCL 7161 for a charge (FC is freight). */
  readonly reasonCode?: string | undefined;
};

/** One of a whole document, which is taxed as the things it is taken from. */
export type NewDocumentAllowance = NewAllowance & {
  readonly taxCategory: string;
  readonly taxPercent: Decimal;
};

/** An allowance or charge with what it comes to. `base` and `percent` are there together or not at all. */
export type Allowance = {
  readonly kind: AllowanceKind;
  readonly amount: Money;
  readonly base?: Money | undefined;
  readonly percent?: Decimal | undefined;
  readonly reason?: string | undefined;
  readonly reasonCode?: string | undefined;
};

export type DocumentAllowance = Allowance & { readonly taxCategory: string; readonly taxPercent: Decimal };

/** Decimals a percentage is kept with. */
const PERCENT_SCALE_MAX = 6;

/**
 * What an allowance or charge comes to; `of` is what a percentage without a base is taken of.
 *
 * Refuses: `allowance_incomplete` (neither amount nor percentage, or both), `allowance_negative`, `allowance_without_reason`,
 * `amount_too_many_decimals`.
 */
export function priceAllowance(given: NewAllowance, of: Money): Allowance {
  const { kind, reason, reasonCode } = given;
  const facts = { kind, reason: reason ?? null };
  // EN 16931 BR-33, BR-38, BR-42, BR-44: somebody must be told why.
  if (reason === undefined && reasonCode === undefined) throw new Refusal('allowance_without_reason', facts);
  if ((given.amount === undefined) === (given.percent === undefined))
    throw new Refusal('allowance_incomplete', facts);
  if (given.percent === undefined) {
    assert(given.amount !== undefined, 'an allowance has an amount or a percentage');
    const amount = exactMoney(given.amount, of.currency);
    if (amount.minor < 0n) throw new Refusal('allowance_negative', facts);
    return { kind, amount, reason, reasonCode };
  }
  if (given.percent.digits < 0n || given.percent.scale > PERCENT_SCALE_MAX)
    throw new Refusal('allowance_negative', facts);
  const base = given.base === undefined ? of : exactMoney(given.base, of.currency);
  return { kind, amount: percentOf(base, given.percent), base, percent: given.percent, reason, reasonCode };
}

/** An amount given as a decimal. Refuses: `amount_too_many_decimals`. */
function exactMoney(given: Decimal, currency: Currency): Money {
  const decimals = decimalsOf(currency);
  const scaled = given.digits * powerOfTen(decimals);
  const unit = powerOfTen(given.scale);
  if (scaled % unit !== 0n)
    throw new Refusal('amount_too_many_decimals', {
      amount: decimalText(given),
      currency,
      decimalsMax: decimals,
    });
  return money(scaled / unit, currency);
}

/** What allowances and charges add to what they are taken from: charges more, allowances less. */
export function effectOf(allowances: readonly Allowance[], currency: Currency): Money {
  return sum(allowances.map(signedAmount), currency);
}

/** A charge as it is, an allowance with its sign changed. */
export function signedAmount(allowance: Allowance): Money {
  const { kind, amount } = allowance;
  return kind === 'charge' ? amount : money(-amount.minor, amount.currency);
}

/** The sum of those of one kind (BT-107, BT-108). */
export function sumOf(kind: AllowanceKind, allowances: readonly Allowance[], currency: Currency): Money {
  return sum(
    allowances.filter((allowance) => allowance.kind === kind).map((allowance) => allowance.amount),
    currency,
  );
}
