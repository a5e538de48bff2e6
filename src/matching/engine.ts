// The engine as other modules use it: what is a payment for, and what is learnt when that is known.

import { noAmounts } from './amounts.ts';
import { believe } from './belief.ts';
import type { MatchPolicy } from './decision.ts';
import { areSafe, choiceOf, groupTwins, type OpenDocument } from './documents.ts';
import type { Habits } from './habits.ts';
import { learn } from './learning.ts';
import { matchReceipt, type ReceiptDecision } from './receipt.ts';

/** Money of a known customer: minor units, and the day it came, counted from 1 January 1970. */
export type CustomerPayment = { readonly amount: number; readonly day: number };

/** The habits of the customer and of all customers together. */
export type Known = { readonly own: Habits; readonly pool: Habits };

/**
 * What a payment of a known customer is for, judged by its amount, what is open and how the customer pays. All amounts are of
 * one currency. Texts and unknown payers: `matchReceipt`.
 */
export function matchAmount(
  payment: CustomerPayment,
  open: readonly OpenDocument[],
  known: Known,
  policy: MatchPolicy,
): ReceiptDecision {
  const receipt = { ...payment, texts: [] };
  const payer = { customer: '', open, own: known.own, isSaid: true };
  return matchReceipt(receipt, [payer], { pool: known.pool, amounts: noAmounts(), customers: 1 }, policy);
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
