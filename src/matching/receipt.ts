// The receipt: money whose payer may be known, guessed or unknown, and a text that may name documents. All that speaks for a
// set of documents is weighed together: who pays, how they pay, what the text says, what the amount allows.

import { type AmountHabits, logAmountElsewhere } from './amounts.ts';
import { believe } from './belief.ts';
import { logSum } from './chance.ts';
import {
  type AmountDecision,
  decideWeighed,
  type MatchPolicy,
  undecided,
  type Weighed,
  weighAmount,
} from './decision.ts';
import { areSafe, groupTwins, lessDiscounts, type OpenDocument } from './documents.ts';
import { type Explanation, explainAmount } from './explanations.ts';
import type { Habits } from './habits.ts';
import type { LearntWay } from './learnt-way.ts';
import { readReferences } from './references.ts';

/** Money in minor units, the day it came (counted from 1 January 1970), and what the payer wrote. */
export type Receipt = { readonly amount: number; readonly day: number; readonly texts: readonly string[] };

/** Somebody who may have paid. */
export type Candidate = {
  readonly customer: string;
  readonly open: readonly OpenDocument[];
  readonly own: Habits;
  /** Whether something besides amount and text says that it is they: their account, their name, a person. */
  readonly isSaid: boolean;
  /** How they write numbers of documents, as it was learnt. */
  readonly ways?: readonly LearntWay[];
};

/** What is known of all customers together. */
export type Ledger = {
  readonly pool: Habits;
  readonly amounts: AmountHabits;
  /** How many customers have something open. */
  readonly customers: number;
};

export type ReceiptDecision = AmountDecision & {
  /** Whose the money is, when it is applied or suggested. */
  readonly customer: string | undefined;
  /** Where no documents come to the amount: what else it could be, for a person to decide. */
  readonly explanations: readonly Explanation[];
};

/** What a payment counts for that a customer has not made yet, when payers are compared. */
const UNPAID_WEIGHT = 0.5;

/**
 * What a receipt is for. Where a payer is said, only those said are looked at; else all candidates that are given: whoever
 * has a document of the amount or a balance of it, or is named by the text.
 */
export function matchReceipt(
  receipt: Receipt,
  candidates: readonly Candidate[],
  ledger: Ledger,
  policy: MatchPolicy,
): ReceiptDecision {
  const { amount } = receipt;
  const said = candidates.filter(({ isSaid }) => isSaid);
  const asked = (said.length > 0 ? said : candidates).filter(({ open }) => open.length > 0);
  const documents = asked.reduce((count, { open }) => count + open.length, 0);
  const isSafe = asked.every(({ open }) => areSafe(amount, open));
  if (asked.length === 0 || amount <= 0 || !isSafe)
    return {
      ...undecided(amount, documents, isSafe ? 'no_sum' : 'amounts_too_large'),
      customer: undefined,
      explanations: [],
    };
  const all = asked.flatMap((candidate) =>
    weighCandidate(receipt, candidate, ledger, policy).map((weight) => ({ candidate, weight })),
  );
  // A text that names somebody's documents speaks against everybody else.
  const floor = Math.min(...all.map(({ weight }) => weight.floor + weight.slips));
  const weighed = all.map(({ candidate, weight }) => {
    const chance = said.length > 0 ? -Math.log(said.length) : logPayer(candidate, ledger);
    return { candidate, weight, payer: chance + (weight.floor < 0 ? weight.slips : floor) };
  });
  const elsewhere =
    said.length > 0 ? Number.NEGATIVE_INFINITY : logAmountElsewhere(ledger.amounts, amount) + floor;
  const bestOf = ({ weight, payer }: (typeof weighed)[number]): number =>
    payer + (weight.found.exact[0]?.log ?? Number.NEGATIVE_INFINITY);
  const best = weighed.reduce((a, b) => (bestOf(b) > bestOf(a) ? b : a));
  const others = weighed.filter((one) => one !== best).map(({ weight, payer }) => payer + weight.total);
  const decision = decideWeighed(best.weight, policy, logSum([...others, elsewhere]) - best.payer);
  if (decision.outcome !== 'abstain')
    return { ...decision, customer: best.candidate.customer, explanations: [] };
  const explanations = said.length === 1 ? explainAmount(best.weight.belief, amount, receipt.day) : [];
  const isExplained = explanations.length > 0;
  return {
    ...decision,
    outcome: isExplained ? 'suggest' : 'abstain',
    documents: explanations[0]?.documents ?? [],
    customer: isExplained ? best.candidate.customer : undefined,
    explanations,
  };
}

/** A candidate's documents as they are, and, where there are discounts to take, as they are with all of them taken. */
function weighCandidate(
  receipt: Receipt,
  { open, own, ways }: Candidate,
  ledger: Ledger,
  policy: MatchPolicy,
): readonly Weighed[] {
  const reading = readReferences(receipt.texts, open, ways);
  const first = new Set(reading.named.flatMap(({ documents }) => documents.map(({ id }) => id)));
  const net = lessDiscounts(open, receipt.day);
  return [open, ...(net === undefined ? [] : [net])].map((documents) => {
    const belief = believe(groupTwins(documents, first), receipt.day, { own, pool: ledger.pool });
    return weighAmount(belief, receipt.amount, { policy, reading });
  });
}

/** The logarithm of the probability that it is this customer who pays, of all who could. */
function logPayer({ own }: Candidate, { pool, customers }: Ledger): number {
  return Math.log((own.payments + UNPAID_WEIGHT) / (pool.payments + UNPAID_WEIGHT * customers));
}
