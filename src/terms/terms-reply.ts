// How terms are written in replies.

import { type Money, toDecimal } from '#kernel/money.ts';
import type { PaymentTerms, TermsRules } from './payment-terms.ts';
import type { PlannedInstalment } from './schedule.ts';
import { describeTerms } from './wording.ts';

function shown(amount: Money): { amount: string; currency: string } {
  return { amount: toDecimal(amount), currency: amount.currency };
}

/** Rules as changeable arrays, which replies are made of. */
export function rulesReply(rules: TermsRules) {
  return structuredClone(rules) as Mutable<TermsRules>;
}

type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };

/** Terms with their rules in words. */
export function termsReply(terms: PaymentTerms) {
  return { ...terms, rules: rulesReply(terms.rules), words: describeTerms(terms.rules) };
}

/** A planned instalment with what paying it early saves. */
export function plannedReply(instalment: PlannedInstalment) {
  return {
    dueOn: instalment.dueOn.toString(),
    amount: shown(instalment.amount),
    discounts: instalment.discounts.map(({ untilOn, percent, discount, pay }) => ({
      untilOn: untilOn.toString(),
      percent,
      discount: shown(discount),
      pay: shown(pay),
    })),
  };
}
