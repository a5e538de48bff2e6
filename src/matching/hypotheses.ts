// Hypotheses: what a payment may be for, as far as its amount allows. First all choices with the sum, if they can be searched
// completely; else those near to what the customer's habits make likely, and the weight of those that were not looked at.

import { type Belief, logBelief } from './belief.ts';
import { logCoincidence } from './coincidence.ts';
import type { Choice } from './documents.ts';
import { likelyBases } from './stretches.ts';
import { byAmount, findNear, findSums, type NearChoice } from './sums.ts';

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

/** How far a search goes. Lists of 131,072 sums take some 4 MB while they are searched. */
export type Effort = {
  readonly full: { readonly list: number; readonly choices: number };
  /** Stretches of dates whose surroundings are searched. */
  readonly bases: number;
  /** The likeliest of them, searched deeper: so many of their most doubtful documents are free. */
  readonly cores: number;
};

/** Proves all that has some twenty-five documents; beyond, habits have to be clear. */
export const QUICK: Effort = { full: { list: 1 << 13, choices: 200 }, bases: 40, cores: 0 };
/** For what is not clear at once. */
export const THOROUGH: Effort = { full: { list: 1 << 17, choices: 600 }, bases: 120, cores: 4 };

const CORE = { list: 1 << 15, choices: 150 };
const CORE_FREE = 30;

/** The hypotheses for an amount; `tolerance` is in minor units, `named` is what a text names. */
export function hypothesesFor(
  belief: Belief,
  amount: number,
  given: { readonly tolerance: number; readonly named?: Choice | undefined; readonly effort: Effort },
): Hypotheses {
  const { tolerance, named, effort } = given;
  const full = findSums(belief.twins, amount, { ...effort.full, tolerance });
  const choices = full.isComplete
    ? full.choices
    : distinct([
        ...nearHabits(belief, amount, { tolerance, effort }),
        ...(named === undefined
          ? []
          : findNear(belief.twins, amount, named, { tolerance, order: byAmount(belief.twins) })),
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
function nearHabits(
  belief: Belief,
  amount: number,
  given: { readonly tolerance: number; readonly effort: Effort },
): readonly NearChoice[] {
  const { tolerance, effort } = given;
  const { twins } = belief;
  const order = byAmount(twins);
  const bases = likelyBases(belief, amount, effort.bases);
  const plain = [twins.map(() => 0), twins.map((group) => group.documents.length)];
  const near = [...plain, ...bases.map(({ choice }) => choice)].flatMap((base) =>
    findNear(twins, amount, base, { tolerance, order }),
  );
  const deep = bases.slice(0, effort.cores).flatMap(({ choice, unsure }) => {
    const freedom = { base: choice, free: unsure().slice(0, CORE_FREE) };
    return findSums(twins, amount, { ...CORE, tolerance }, freedom).choices;
  });
  return [...near, ...deep];
}
