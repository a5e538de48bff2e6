// How far the machine may go when it says what money is for: of a company, and of one customer.

import { Refusal } from '#kernel/refusal.ts';
import { type MatchPolicy, USUAL_POLICY } from '#matching/decision.ts';

/** What may become of a receipt where nothing but its amount says who paid. */
export const UNKNOWN_PAYERS = ['apply', 'suggest', 'never'] as const;
export type UnknownPayers = (typeof UNKNOWN_PAYERS)[number];

/**
 * What may become of a receipt that pays for several customers of one group: it waits for a person (`never`), it is applied to what
 * they owe, each less its own credits (`debts`), or also to debts of one less credits of another (`net`).
 */
export const GROUP_PAYMENTS = ['never', 'debts', 'net'] as const;
export type GroupPayments = (typeof GROUP_PAYMENTS)[number];

/** How the receipts of a customer are applied. */
export const METHODS = ['engine', 'by_reference', 'oldest_first', 'proportional', 'manual'] as const;
export type Method = (typeof METHODS)[number];

/** Thresholds of a company, in percent of probability. */
export type MatchingRules = {
  /** From here on a receipt is applied without a person: 50 to 100. */
  readonly applyFrom: number;
  /** From here on it is shown as a suggestion: 1 to `applyFrom`. */
  readonly suggestFrom: number;
  readonly unknownPayers: UnknownPayers;
  readonly groupPayments: GroupPayments;
};

/** How one customer's money is used. */
export type CustomerMatching = {
  readonly method: Method;
  /** Whether money for the oldest, or for all alike, pays what is disputed too. */
  readonly withDisputed: boolean;
};

/**
 * What counts where a company states nothing: nine in ten; nobody's money is applied because of its amount alone, or to what
 * another owes.
 */
export const START_RULES: MatchingRules = {
  applyFrom: 90,
  suggestFrom: 20,
  unknownPayers: 'suggest',
  groupPayments: 'never',
};

/** What counts for a customer of whom nothing is stated. */
export const START_MATCHING: CustomerMatching = { method: 'engine', withDisputed: false };

/**
 * Whether thresholds can be meant. Refuses: `thresholds_crossed` (a suggestion would need more than an application).
 */
export function checkMatchingRules(rules: MatchingRules): void {
  const { applyFrom, suggestFrom } = rules;
  if (suggestFrom > applyFrom) throw new Refusal('thresholds_crossed', { applyFrom, suggestFrom });
}

/**
 * The rules as the engine takes them. Certainty is not to be had: a company that asks for 100 percent is given what rounds to
 * it. Who is unknown has to be surer by far, whatever the company says.
 */
export function policyOf(rules: MatchingRules): MatchPolicy {
  const applyFrom = Math.min(rules.applyFrom / 100, CERTAIN);
  return {
    ...USUAL_POLICY,
    applyFrom,
    applyUnknownFrom: Math.max(applyFrom, USUAL_POLICY.applyUnknownFrom),
    suggestFrom: rules.suggestFrom / 100,
  };
}

/** What rounds to one in six digits. */
const CERTAIN = 0.9999995;
