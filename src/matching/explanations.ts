// Explanations: what an amount could be for that is the sum of nothing: documents less a fee, less a discount, less what is
// disputed, or with something unknown on top. They are proposed to a person and never applied.

import { type Belief, logBelief } from './belief.ts';
import { type Choice, chosenDocuments, type OpenDocument, sumOf } from './documents.ts';
import { likelyBases } from './stretches.ts';

/**
 * `discount` is one that the terms give on the day, `late_discount` one that they gave earlier, `percent` a usual percentage that
 * no terms give; `short` and `over` say only how much.
 */
export type ExplanationKind =
  | 'rounding'
  | 'discount'
  | 'late_discount'
  | 'percent'
  | 'fee'
  | 'short'
  | 'over';

/** Documents, and what the amount is less (above zero) or more (below) than their sum, in minor units. */
export type Explanation = {
  readonly kind: ExplanationKind;
  readonly documents: readonly OpenDocument[];
  readonly short: number;
};

const ROUNDING_MAX = 5;
/** Minor units: banks that deduct their fee take no more than some fifty. */
const FEE_MAX = 5_000;
/** Percentages that are agreed for early payment. */
const DISCOUNT_PERCENTS = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5] as const;
/** A difference larger than this part of the sum explains nothing. */
const SHARE_MAX = 0.6;
const BASES = 60;
const LISTED_MAX = 3;
/** How much less likely each kind is than the one before it. */
const LIKELIHOOD: Readonly<Record<ExplanationKind, number>> = {
  rounding: 0.5,
  discount: 0.5,
  fee: 0.05,
  late_discount: 0.1,
  percent: 0.1,
  short: 0.002,
  over: 0.001,
};

/** What an amount may be for, the likeliest first; nothing where all that is open is far from it. */
export function explainAmount(belief: Belief, amount: number, day: number): readonly Explanation[] {
  const { twins } = belief;
  const singles = twins.map((_, at) => twins.map((_group, index) => (index === at ? 1 : 0)));
  const all = twins.map((group) => group.documents.length);
  const choices = [...likelyBases(belief, amount, BASES).map(({ choice }) => choice), ...singles, all];
  const distinct = new Map(choices.map((choice) => [choice.join(), choice]));
  return [...distinct.values()]
    .flatMap((choice) => explained(belief, choice, { amount, day }))
    .sort((a, b) => b.log - a.log)
    .slice(0, LISTED_MAX)
    .map(({ kind, documents, short }) => ({ kind, documents, short }));
}

function explained(
  belief: Belief,
  choice: Choice,
  payment: { readonly amount: number; readonly day: number },
): readonly (Explanation & { readonly log: number })[] {
  const sum = sumOf(belief.twins, choice);
  const short = sum - payment.amount;
  if (sum <= 0 || short === 0 || Math.abs(short) > SHARE_MAX * sum) return [];
  const documents = chosenDocuments(belief.twins, choice);
  const kind = kindOf(documents, short, payment.day);
  // The further off, the more documents come as near.
  const log = logBelief(belief, choice) + Math.log(LIKELIHOOD[kind]) - Math.abs(short) / sum;
  return [{ kind, documents, short, log }];
}

/** What a difference could be: documents that a payment on a day is short of by so much, or over where it is below zero. */
export function kindOf(documents: readonly OpenDocument[], short: number, day: number): ExplanationKind {
  if (Math.abs(short) <= ROUNDING_MAX) return 'rounding';
  if (short < 0) return 'over';
  const largest = (isLive: (untilDay: number) => boolean): number =>
    documents.reduce((sum, { discounts = [] }) => {
      const amounts = discounts.filter(({ untilDay }) => isLive(untilDay)).map(({ amount }) => amount);
      return sum + Math.max(0, ...amounts);
    }, 0);
  if (short === largest((untilDay) => untilDay >= day)) return 'discount';
  if (short === largest(() => true)) return 'late_discount';
  const sum = documents.reduce((total, { amount }) => total + amount, 0);
  if (DISCOUNT_PERCENTS.some((percent) => Math.abs(Math.round((sum * percent) / 100) - short) <= 1))
    return 'percent';
  return short <= FEE_MAX ? 'fee' : 'short';
}
