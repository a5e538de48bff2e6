// The decision on a payment of a known customer by its amount: apply, suggest or abstain, with a certificate that says what was
// looked at, what else would fit, and how sure it is. Nothing is applied on a tie or because a sum happens to fit.

import { type Belief, bestGenerator } from './belief.ts';
import { logSum } from './chance.ts';
import { logDisturbed } from './coincidence.ts';
import { chosenDocuments, type OpenDocument } from './documents.ts';
import type { Generator } from './habits.ts';
import { type Hypotheses, type Hypothesis, hypothesesFor } from './hypotheses.ts';

/** Counted up whenever a decision could come out otherwise, so that an application says by which rules it was made. */
export const ENGINE_VERSION = 1;

/** From which probability on a payment is applied or suggested, and which difference counts as none. */
export type MatchPolicy = {
  readonly applyFrom: number;
  readonly suggestFrom: number;
  /** Minor units: a choice that misses the amount by no more is a rival of one that hits it. */
  readonly tolerance: number;
};

/** Nobody has to believe a single application that is less than nine to one. */
export const USUAL_POLICY: MatchPolicy = { applyFrom: 0.9, suggestFrom: 0.2, tolerance: 2 };

export type AmountRule =
  /** It is the only choice with the sum: proved by a search of all. */
  | 'only_sum'
  /** Other choices have the sum, all are known, and habits are clearly for this one. */
  | 'likeliest_of_all_sums'
  /** There are too many choices to know them all; habits are clearly for this one and against coincidence. */
  | 'likeliest_by_habit'
  | 'several_sums'
  | 'could_be_coincidence'
  | 'no_sum'
  | 'amounts_too_large';

/** What is known for sure of choices with the sum. */
export type Proof = 'all_sums_known' | 'sums_near_habits_known' | 'none';

export type CertifiedChoice = {
  readonly ids: readonly string[];
  readonly probability: number;
  /** The way of choosing that explains it best. */
  readonly generator: Generator;
  /** Minor units above the amount; other than 0 only within the tolerance. */
  readonly over: number;
};

/** Why it was decided so. Figures and ids only; it can be kept as it is. */
export type Certificate = {
  readonly version: number;
  readonly rule: AmountRule;
  readonly proof: Proof;
  readonly amount: number;
  readonly openDocuments: number;
  readonly probability: number;
  /** The choices that were weighed, the most probable first; `sums` and `nearSums` count them all. */
  readonly choices: readonly CertifiedChoice[];
  readonly sums: number;
  readonly nearSums: number;
  /** Probability that it is a choice nobody looked at, and that the amount is short or over. */
  readonly unseen: number;
  readonly disturbed: number;
};

export type AmountDecision = {
  readonly outcome: 'apply' | 'suggest' | 'abstain';
  /** What is applied or suggested; empty when abstaining. */
  readonly documents: readonly OpenDocument[];
  readonly certificate: Certificate;
};

/** Choices that a certificate lists. */
const LISTED_MAX = 5;

/** What a payment of an amount is for, by what is believed of it. */
export function decideByAmount(belief: Belief, amount: number, policy: MatchPolicy): AmountDecision {
  const found = hypothesesFor(belief, amount, policy.tolerance);
  const [best] = found.exact;
  const weights = weigh(belief, found, amount);
  const probability = best === undefined ? 0 : Math.exp(best.log - weights.total);
  const isSure = probability >= policy.applyFrom;
  const outcome = isSure ? 'apply' : probability >= policy.suggestFrom ? 'suggest' : 'abstain';
  const documents =
    best === undefined || outcome === 'abstain' ? [] : chosenDocuments(belief.twins, best.choice);
  const certify = (one: Hypothesis): CertifiedChoice => ({
    ids: chosenDocuments(belief.twins, one.choice).map(({ id }) => id),
    probability: Math.exp(one.log + (one.over === 0 ? 0 : weights.near) - weights.total),
    generator: bestGenerator(belief, one.choice),
    over: one.over,
  });
  const listed = [...found.exact.slice(0, LISTED_MAX), ...found.near.slice(0, LISTED_MAX)].map(certify);
  return {
    outcome,
    documents,
    certificate: {
      version: ENGINE_VERSION,
      rule: ruleOf(found, isSure),
      proof: found.isComplete ? 'all_sums_known' : 'sums_near_habits_known',
      amount,
      openDocuments: belief.twins.reduce((count, group) => count + group.documents.length, 0),
      probability,
      choices: listed.sort((a, b) => b.probability - a.probability).slice(0, LISTED_MAX),
      sums: found.exact.length,
      nearSums: found.near.length,
      unseen: Math.exp(found.logUnseen - weights.total),
      disturbed: Math.exp(weights.disturbed - weights.total),
    },
  };
}

/** Logarithms of what the hypotheses weigh together, of a disturbed amount, and of what missing the amount costs. */
function weigh(
  belief: Belief,
  found: Hypotheses,
  amount: number,
): { readonly total: number; readonly disturbed: number; readonly near: number } {
  const near = Math.log(belief.disturbed);
  const disturbed = logDisturbed(belief, amount);
  const logs = [
    ...found.exact.map(({ log }) => log),
    ...found.near.map(({ log }) => log + near),
    found.logUnseen,
    disturbed,
  ];
  return { total: logSum(logs), disturbed, near };
}

function ruleOf(found: Hypotheses, isSure: boolean): AmountRule {
  const { exact, isComplete } = found;
  if (exact.length === 0) return 'no_sum';
  if (isSure && isComplete) return exact.length === 1 ? 'only_sum' : 'likeliest_of_all_sums';
  if (isSure) return 'likeliest_by_habit';
  return exact.length > 1 ? 'several_sums' : 'could_be_coincidence';
}
