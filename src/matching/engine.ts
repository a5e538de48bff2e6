// The engine as other modules use it: what is a payment for, and what is learnt when that is known.

import { believe } from './belief.ts';
import { type AmountDecision, decideByAmount, ENGINE_VERSION, type MatchPolicy } from './decision.ts';
import { areSafe, choiceOf, groupTwins, type OpenDocument } from './documents.ts';
import type { Habits } from './habits.ts';
import { learn } from './learning.ts';

/** Money of a known customer: minor units, and the day it came, counted from 1 January 1970. */
export type CustomerPayment = { readonly amount: number; readonly day: number };

/** The habits of the customer and of all customers together. */
export type Known = { readonly own: Habits; readonly pool: Habits };

/**
 * What a payment of a known customer is for, judged by its amount, what is open and how the customer pays. All amounts are of
 * one currency. Does not look at references; see `references.ts` for those.
 */
export function matchAmount(
  payment: CustomerPayment,
  open: readonly OpenDocument[],
  known: Known,
  policy: MatchPolicy,
): AmountDecision {
  const { amount, day } = payment;
  const isSafe = areSafe(amount, open);
  if (open.length === 0 || amount <= 0 || !isSafe)
    return nothing(amount, open.length, isSafe ? 'no_sum' : 'amounts_too_large');
  return decideByAmount(believe(groupTwins(open), day, known), amount, policy);
}

function nothing(
  amount: number,
  openDocuments: number,
  rule: 'no_sum' | 'amounts_too_large',
): AmountDecision {
  const none = { probability: 0, choices: [], sums: 0, nearSums: 0, unseen: 0, disturbed: 0 };
  return {
    outcome: 'abstain',
    documents: [],
    certificate: { version: ENGINE_VERSION, rule, proof: 'none', amount, openDocuments, ...none },
  };
}

/**
 * Habits after a payment whose documents are known, for its customer and for all. `open` is what was open when it came, the
 * documents it paid included. Taking back is learning without it: habits are made anew from the payments that stand.
 */
export function learnPayment(
  payment: CustomerPayment & { readonly paid: ReadonlySet<string> },
  open: readonly OpenDocument[],
  known: Known,
): Known {
  if (open.length === 0 || !areSafe(payment.amount, open)) return known;
  const belief = believe(groupTwins(open), payment.day, known);
  const choice = choiceOf(belief.twins, payment.paid);
  if (choice.every((taken) => taken === 0)) return known;
  const one = { belief, choice, day: payment.day, amount: payment.amount };
  return { own: learn(known.own, one), pool: learn(known.pool, one) };
}
