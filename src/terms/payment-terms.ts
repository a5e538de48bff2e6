// Payment terms: when what is sold is due, in which parts, and what paying early saves. The rules are data, kept in
// versions; what was issued under a version keeps its days and amounts whatever becomes of the terms.

import type { Shift } from '#kernel/calendar.ts';
import { TERMS_DISCOUNT_PERCENT_MAX } from '#kernel/limits.ts';
import { compareDecimals, type Decimal, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkDueRule, type DueRule } from './due-rule.ts';

/** A fixed amount in the currency of the invoice, or a weight in what fixed amounts leave; only proportions of weights count. */
export type Share = { readonly amount: string } | { readonly weight: string };

/** A part of the invoice with a due rule of its own. */
export type InstalmentRule = { readonly share: Share; readonly due: DueRule };

/** A percentage for whoever pays by a day; of several the best that is still open counts. */
export type DiscountTier = { readonly percent: string; readonly until: DueRule };

/** What terms say. Plain data: it is kept as JSON. */
export type TermsRules = {
  /** One for most terms. */
  readonly instalments: readonly InstalmentRule[];
  readonly discounts: readonly DiscountTier[];
  /** Days after a discount date on which a payment still earns the discount; printed nowhere. */
  readonly graceDays: number;
  readonly shift: Shift;
  /** On which days business is done, for the shift: see `calendar-choice.ts`. */
  readonly calendar: string;
};

/** Terms as they are now. */
export type PaymentTerms = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** Counted up at each change of the rules. */
  readonly version: number;
  readonly rules: TermsRules;
};

/** Terms that are one payment so many days after issue. */
export function netTerms(days: number): TermsRules {
  return {
    instalments: [{ share: { weight: '1' }, due: { kind: 'days', days } }],
    discounts: [],
    graceDays: 0,
    shift: 'none',
    calendar: 'none',
  };
}

/**
 * Refuses what no terms can be: `instalments_missing`, `share_not_positive`, `share_without_rest` (fixed amounts only, so that
 * no part takes what is left), `discount_percent_not_valid`, `fixed_days_not_valid`.
 */
export function checkRules(rules: TermsRules): void {
  if (rules.instalments.length === 0) throw new Refusal('instalments_missing');
  for (const { share, due } of rules.instalments) {
    const text = 'amount' in share ? share.amount : share.weight;
    if (parseDecimal(text).digits <= 0n) throw new Refusal('share_not_positive', { share: text });
    checkDueRule(due);
  }
  if (!rules.instalments.some(({ share }) => 'weight' in share)) throw new Refusal('share_without_rest');
  for (const { percent, until } of rules.discounts) {
    const value = parseDecimal(percent);
    if (value.digits <= 0n || compareDecimals(value, MOST) > 0)
      throw new Refusal('discount_percent_not_valid', { percent, percentMax: TERMS_DISCOUNT_PERCENT_MAX });
    checkDueRule(until);
  }
}

const MOST: Decimal = { digits: BigInt(TERMS_DISCOUNT_PERCENT_MAX), scale: 0 };
