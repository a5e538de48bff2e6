// The decision on a payment: apply, suggest or abstain, with a certificate that says what was
// looked at, what else would fit, and how sure it is. Nothing is applied on a tie or because a sum happens to fit.

import { type Belief, bestGenerator, logBelief } from './belief.ts';
import { logSum } from './chance.ts';
import { logDisturbed } from './coincidence.ts';
import { chosenDocuments, documentsOf, type OpenDocument } from './documents.ts';
import type { Generator } from './habits.ts';
import {
  type Effort,
  type Hypotheses,
  type Hypothesis,
  hypothesesFor,
  QUICK,
  THOROUGH,
} from './hypotheses.ts';
import type { Reading } from './references.ts';
import { SILENCE, type Testimony, testimonyOf } from './testimony.ts';

/** Counted up whenever a decision could come out otherwise, so that an application says by which rules it was made. */
export const ENGINE_VERSION = 1;

/** From which probability on a payment is applied or suggested, and which difference counts as none. */
export type MatchPolicy = {
  readonly applyFrom: number;
  /** The same where nothing but the amount says who paid: wrong money is somebody else's. */
  readonly applyUnknownFrom: number;
  readonly suggestFrom: number;
  /** So probable may chance be at most, that is an amount short or over, or a choice nobody looked at, for it to be applied. */
  readonly chanceMax: number;
  /** Minor units: a choice that misses the amount by no more is a rival of one that hits it. */
  readonly tolerance: number;
};

/** Nobody has to believe a single application that is less than nine to one. */
export const USUAL_POLICY: MatchPolicy = {
  applyFrom: 0.9,
  applyUnknownFrom: 0.99,
  suggestFrom: 0.2,
  chanceMax: 0.02,
  tolerance: 2,
};

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
  /** Probability that somebody else paid. */
  readonly elsewhere: number;
};

export type AmountDecision = {
  readonly outcome: 'apply' | 'suggest' | 'abstain';
  /** What is applied or suggested; empty when abstaining. */
  readonly documents: readonly OpenDocument[];
  readonly certificate: Certificate;
};

/** From here on a quick search is enough. */
const CLEAR = 0.98;
/** Choices that a certificate lists. */
const LISTED_MAX = 5;

/** All that could explain an amount, weighed. The weights are logarithms. */
export type Weighed = {
  readonly belief: Belief;
  readonly amount: number;
  readonly found: Hypotheses;
  readonly total: number;
  /** An amount that is short or over. */
  readonly disturbed: number;
  /** What missing the amount by the tolerance costs. */
  readonly near: number;
  /** What it costs not to be what the text says, and what its slips cost: nothing where it says nothing. */
  readonly floor: number;
  readonly slips: number;
};

/** Weighs what an amount is for, by what is believed of the payment and what its text says. */
export function weighAmount(
  belief: Belief,
  amount: number,
  given: { readonly policy: MatchPolicy; readonly reading?: Reading },
): Weighed {
  const testimony = given.reading === undefined ? SILENCE : testimonyOf(belief.twins, given.reading);
  const quick = weighWith(belief, amount, { ...given, testimony, effort: QUICK });
  const [best] = quick.found.exact;
  const isClear = best !== undefined && Math.exp(best.log - quick.total) >= CLEAR;
  if (quick.found.isComplete || isClear) return quick;
  return weighWith(belief, amount, { ...given, testimony, effort: THOROUGH });
}

function weighWith(
  belief: Belief,
  amount: number,
  given: { readonly policy: MatchPolicy; readonly testimony: Testimony; readonly effort: Effort },
): Weighed {
  const { testimony, effort } = given;
  const { tolerance } = given.policy;
  const { floor, named } = testimony;
  const plain = hypothesesFor(belief, amount, { tolerance, named, effort });
  const heard = (all: readonly Hypothesis[]): readonly Hypothesis[] =>
    all
      .map((one) => ({ ...one, log: one.log + testimony.weigh(one.choice) }))
      .sort((a, b) => b.log - a.log || (a.choice.join() < b.choice.join() ? -1 : 1));
  const found: Hypotheses = {
    ...plain,
    exact: heard(plain.exact),
    near: heard(plain.near),
    logUnseen: plain.logUnseen + floor,
  };
  const near = Math.log(belief.disturbed);
  const asSaid = named === undefined ? [] : [logBelief(belief, named)];
  const disturbed = logDisturbed(belief, amount) + logSum([floor, ...asSaid]);
  const logs = [
    ...found.exact.map(({ log }) => log),
    ...found.near.map(({ log }) => log + near),
    found.logUnseen,
    disturbed,
  ];
  return { belief, amount, found, total: logSum(logs), disturbed, near, floor, slips: testimony.slips };
}

/**
 * The decision, when `elsewhere` is the logarithm of what others weigh who may have paid instead, on the same scale; minus
 * infinity where the payer is certain.
 */
export function decideWeighed(weighed: Weighed, policy: MatchPolicy, elsewhere: number): AmountDecision {
  const { belief, found, amount } = weighed;
  const total = logSum([weighed.total, elsewhere]);
  const [best] = found.exact;
  const probability = best === undefined ? 0 : Math.exp(best.log - total);
  const isUnknown = elsewhere > Number.NEGATIVE_INFINITY && weighed.floor === 0;
  const chance = Math.exp(logSum([found.logUnseen, weighed.disturbed]) - total);
  const isSure =
    probability >= (isUnknown ? policy.applyUnknownFrom : policy.applyFrom) && chance <= policy.chanceMax;
  const outcome = isSure ? 'apply' : probability >= policy.suggestFrom ? 'suggest' : 'abstain';
  const documents =
    best === undefined || outcome === 'abstain' ? [] : chosenDocuments(belief.twins, best.choice);
  const certify = (one: Hypothesis): CertifiedChoice => ({
    ids: chosenDocuments(belief.twins, one.choice).map(({ id }) => id),
    probability: Math.exp(one.log + (one.over === 0 ? 0 : weighed.near) - total),
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
      openDocuments: documentsOf(belief.twins),
      probability,
      choices: listed.sort((a, b) => b.probability - a.probability).slice(0, LISTED_MAX),
      sums: found.exact.length,
      nearSums: found.near.length,
      unseen: Math.exp(found.logUnseen - total),
      disturbed: Math.exp(weighed.disturbed - total),
      elsewhere: Math.exp(elsewhere - total),
    },
  };
}

/** What is left alone before anything is searched. */
export function undecided(
  amount: number,
  openDocuments: number,
  rule: 'no_sum' | 'amounts_too_large',
): AmountDecision {
  const none = { probability: 0, choices: [], sums: 0, nearSums: 0, unseen: 0, disturbed: 0, elsewhere: 0 };
  return {
    outcome: 'abstain',
    documents: [],
    certificate: { version: ENGINE_VERSION, rule, proof: 'none', amount, openDocuments, ...none },
  };
}

function ruleOf(found: Hypotheses, isSure: boolean): AmountRule {
  const { exact, isComplete } = found;
  if (exact.length === 0) return 'no_sum';
  if (isSure && isComplete) return exact.length === 1 ? 'only_sum' : 'likeliest_of_all_sums';
  if (isSure) return 'likeliest_by_habit';
  return exact.length > 1 ? 'several_sums' : 'could_be_coincidence';
}
