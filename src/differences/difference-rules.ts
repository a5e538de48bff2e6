// What may be dropped of an item when a payment is short: by rule (tolerance), which asks nobody, or by hand, up to what a
// role or a person may drop. Only what is paid too little is ever dropped; what is paid too much stays on account.

import { type PlainDate, versionOn } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { absolute, type Money, money, toDecimal } from '#kernel/money.ts';
import { type Decimal, decimalText, parseDecimal, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DifferenceKind } from '#ledger/settlement.ts';

/** How much may be dropped: an amount, a percentage of the item, or the smaller of both where both are stated. */
export type Ceiling = { readonly amountMax: Money | null; readonly percentMax: Decimal | null };

/** What a tolerance says: so much, nothing, or (of a customer) what the company says. */
export const STANCES = ['limit', 'blocked', 'as_company'] as const;
export type Stance = (typeof STANCES)[number];

/** A version of what a company lets drop by rule, for everybody or one customer. */
export type ToleranceRule = Ceiling & {
  readonly id: string;
  /** What it drops: a little that is missing, or what banks kept on the way. */
  readonly kind: DifferenceKind;
  /** Null: everybody of whom nothing else is said. */
  readonly customerId: CustomerId | null;
  /** Currency of the receipt; null: every currency. */
  readonly currency: string | null;
  readonly stance: Stance;
  /** The first value date it counts for. */
  readonly validFrom: PlainDate;
};

/** A version of how much people may drop by hand. One of role and user is stated. */
export type DifferenceLimit = Ceiling & {
  readonly id: string;
  readonly role: string | null;
  readonly userId: string | null;
  readonly currency: string;
  /** Withdrawn: the person goes by the role's limit again, the role by the usual one. */
  readonly stance: 'limit' | 'withdrawn';
  readonly validFrom: PlainDate;
};

/** What people may drop where nobody set limits: one part in twenty of the item. */
export const USUAL_LIMIT: Ceiling = { amountMax: null, percentMax: { digits: 5n, scale: 0 } };

/**
 * The tolerance for a customer's receipt of a value date: the customer's own that is in force, else the company's. Nothing
 * where neither says so, or where it is blocked. Rules stand in the order in which they were recorded.
 */
export function toleranceOn(
  rules: readonly ToleranceRule[],
  of: {
    readonly customerId: CustomerId | null;
    readonly currency: string;
    readonly on: PlainDate;
    /** Left out, of small balances. */
    readonly kind?: DifferenceKind;
  },
): ToleranceRule | undefined {
  const kind = of.kind ?? 'small_balance';
  const fits = rules.filter(
    (rule) => rule.kind === kind && (rule.currency === null || rule.currency === of.currency),
  );
  const ruleOf = (customerId: CustomerId | null): ToleranceRule | undefined =>
    versionOn(
      fits.filter((rule) => rule.customerId === customerId),
      of.on,
    );
  const own = of.customerId && ruleOf(of.customerId);
  const found = own && own.stance !== 'as_company' ? own : ruleOf(null);
  return found?.stance === 'limit' ? found : undefined;
}

/** Who drops something by hand. A machine has no limit of a person. */
export type Dropper = { readonly role: string; readonly userId: string | null };

/** What somebody may drop by hand on a day: their own limit, else their role's, else the usual one. */
export function limitOn(
  limits: readonly DifferenceLimit[],
  who: Dropper,
  of: { readonly currency: string; readonly on: PlainDate },
): Ceiling & { readonly id: string | null } {
  const fits = limits.filter((limit) => limit.currency === of.currency);
  const own = fits.filter((limit) => limit.userId !== null && limit.userId === who.userId);
  const ofRole = fits.filter((limit) => limit.role !== null && limit.role === who.role);
  const stated = versionOn(own, of.on);
  const found = stated?.stance === 'limit' ? stated : versionOn(ofRole, of.on);
  return found?.stance === 'limit' ? found : { ...USUAL_LIMIT, id: null };
}

/** The most that may be dropped of an item of that amount: whole minor units, percentages rounded down. */
export function mostOf(ceiling: Ceiling, amount: Money): Money {
  const { amountMax, percentMax } = ceiling;
  const size = absolute(amount.minor);
  const byPercent = percentMax && (size * percentMax.digits) / (100n * powerOfTen(percentMax.scale));
  const most = [amountMax?.minor, byPercent].filter((minor) => minor !== undefined && minor !== null);
  return money(
    most.reduce<bigint>((least, minor) => (minor < least ? minor : least), most.length > 0 ? size : 0n),
    amount.currency,
  );
}

/** A ceiling as it is kept with what was dropped by it. */
export function ceilingText({ amountMax, percentMax }: Ceiling) {
  return {
    amountMax: amountMax && toDecimal(amountMax),
    percentMax: percentMax && decimalText(percentMax),
  };
}

/** Decimals of a percentage that are kept. */
const PERCENT_DECIMALS_MAX = 4;

/**
 * Reads a ceiling as somebody states it. Both left out is no ceiling.
 *
 * Refuses: `ceiling_missing`, `amount_negative`, `percent_not_valid` (below 0, above 100, or more than four decimals),
 * `wrong_currency`, and what reading a decimal refuses.
 */
export function readCeiling(
  stated: { readonly amountMax?: Money | null | undefined; readonly percentMax?: string | null | undefined },
  currency: string,
): Ceiling {
  const amountMax = stated.amountMax ?? null;
  const text = stated.percentMax ?? null;
  if (amountMax === null && text === null) throw new Refusal('ceiling_missing');
  if (amountMax && amountMax.currency !== currency)
    throw new Refusal('wrong_currency', { wanted: currency, given: amountMax.currency });
  if (amountMax && amountMax.minor < 0n)
    throw new Refusal('amount_negative', { amount: toDecimal(amountMax) });
  const percentMax = text === null ? null : parseDecimal(text);
  if (percentMax) {
    const isPercent = percentMax.digits >= 0n && percentMax.digits <= 100n * powerOfTen(percentMax.scale);
    if (!isPercent || percentMax.scale > PERCENT_DECIMALS_MAX)
      throw new Refusal('percent_not_valid', { percent: text ?? '' });
  }
  return { amountMax, percentMax };
}
