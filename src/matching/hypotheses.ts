// Hypotheses: what a payment may be for, as far as its amount allows. First all choices with the sum, if they can be searched
// completely; else those near to what the customer's habits make likely, and the weight of those that were not looked at.

import { type Belief, logBelief } from './belief.ts';
import { logCoincidence } from './coincidence.ts';
import type { Choice } from './documents.ts';
import { likelyBases } from './stretches.ts';
import { findNear, findSums, type NearChoice } from './sums.ts';

export type Hypothesis = {
  readonly choice: Choice;
  /** Minor units by which the choice is more than the amount; not 0 for one that only the tolerance lets in. */
  readonly over: number;
  readonly log: number;
};

export type Hypotheses = {
  /** Choices that come to the amount, the most probable first. */
  readonly exact: readonly Hypothesis[];
  /** Choices that miss it by no more than the tolerance. */
  readonly near: readonly Hypothesis[];
  /** Whether every choice with the sum is among them: then a single one is proved to be the only one. */
  readonly isComplete: boolean;
  /** The logarithm of what all choices that were not looked at weigh together; minus infinity where there are none. */
  readonly logUnseen: number;
};

/** How far the search goes. Lists of sums of 131,072 take some 4 MB while they are searched. */
export const EFFORT = {
  full: { list: 1 << 17, choices: 600 },
  core: { list: 1 << 15, choices: 300 },
  /** Stretches of dates whose surroundings are searched. */
  bases: 120,
  /** The likeliest of them, searched deeper: so many of their most doubtful documents are free. */
  cores: 4,
  coreFree: 30,
} as const;

/** The hypotheses for an amount; `tolerance` is in minor units, `named` is what a text names. */
export function hypothesesFor(
  belief: Belief,
  amount: number,
  given: { readonly tolerance: number; readonly named?: Choice | undefined },
): Hypotheses {
  const { tolerance, named } = given;
  const full = findSums(belief.twins, amount, { ...EFFORT.full, tolerance });
  const choices = full.isComplete
    ? full.choices
    : distinct([
        ...full.choices,
        ...nearHabits(belief, amount, tolerance),
        ...(named === undefined ? [] : findNear(belief.twins, amount, named, tolerance)),
      ]);
  const all = choices
    .map(({ choice, over }): Hypothesis => ({ choice, over, log: logBelief(belief, choice) }))
    .sort((a, b) => b.log - a.log || (a.choice.join() < b.choice.join() ? -1 : 1));
  return {
    exact: all.filter(({ over }) => over === 0),
    near: all.filter(({ over }) => over !== 0),
    isComplete: full.isComplete,
    logUnseen: full.isComplete ? Number.NEGATIVE_INFINITY : logCoincidence(belief, amount),
  };
}

function distinct(choices: readonly NearChoice[]): readonly NearChoice[] {
  const some = choices.filter(({ choice }) => choice.some((n) => n > 0));
  return [...new Map(some.map((near) => [near.choice.join(), near])).values()];
}

/** Choices near to what habits make likely, to nothing and to all. */
function nearHabits(belief: Belief, amount: number, tolerance: number): readonly NearChoice[] {
  const { twins } = belief;
  const bases = likelyBases(belief, amount, EFFORT.bases);
  const plain = [twins.map(() => 0), twins.map((group) => group.documents.length)];
  const near = [...plain, ...bases.map(({ choice }) => choice)].flatMap((base) =>
    findNear(twins, amount, base, tolerance),
  );
  const deep = bases.slice(0, EFFORT.cores).flatMap(({ choice, unsure }) => {
    const freedom = { base: choice, free: unsure.slice(0, EFFORT.coreFree) };
    return findSums(twins, amount, { ...EFFORT.core, tolerance }, freedom).choices;
  });
  return [...near, ...deep];
}
