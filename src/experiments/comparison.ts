// What an experiment has shown so far: how its parts differ, and whether that is sure enough to end it. Pure.

import { assert } from '#kernel/assert.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { alwaysMeans, alwaysShares, type Interval, newcombe, welch } from './estimate.ts';
import type { Arm, Metric } from './experiment.ts';

/** Customers of a part whose window ended on a day: how many, how many had paid all, the sums of their days and squares. */
export type DayOutcome = {
  readonly arm: Arm;
  readonly on: PlainDate;
  readonly of: number;
  readonly paid: number;
  readonly days: number;
  readonly squares: number;
};

/** The same of all days together. */
export type ArmFigures = Omit<DayOutcome, 'arm' | 'on'>;
export type Figures = Readonly<Record<Arm, ArmFigures>>;

/**
 * What the step brings as it is said now, over what is tried: positive where it is better to say it. Shares as parts of one,
 * or days
 * gained. `always` may be looked at any day and is there once both parts are large enough; `atEnd` is for the end alone.
 */
export type Uplift = {
  readonly difference: number;
  readonly atEnd: Interval;
  readonly always: Interval | null;
};

/** What may be concluded: by the interval that holds at any look. */
export const VERDICTS = ['too_few', 'not_shown', 'step_helps', 'step_hurts'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Customers of each part before anything is concluded: below, means are not normal enough for the interval. */
export const ARM_CUSTOMERS_MIN = 50;
/** Customers of each part before a difference is told at all. */
const TOLD_MIN = 2;

const NONE: ArmFigures = { of: 0, paid: 0, days: 0, squares: 0 };

/** All customers of each part whose window is over. */
export function figuresOf(outcomes: readonly DayOutcome[]): Figures {
  const of = (arm: Arm) =>
    outcomes.filter((one) => one.arm === arm).reduce<ArmFigures>((sum, one) => plus(sum, one), NONE);
  return { usual: of('usual'), tried: of('tried') };
}

function plus(a: ArmFigures, b: ArmFigures): ArmFigures {
  return { of: a.of + b.of, paid: a.paid + b.paid, days: a.days + b.days, squares: a.squares + b.squares };
}

const PER_POINT = 100;

/** How the parts differ by a metric; `expected` in percentage points or days. Nothing where a part has hardly anybody. */
export function upliftOf(metric: Metric, { usual, tried }: Figures, expected: number): Uplift | undefined {
  assert(expected > 0, 'a difference is hoped for', expected);
  if (usual.of < TOLD_MIN || tried.of < TOLD_MIN) return undefined;
  const isLarge = usual.of >= ARM_CUSTOMERS_MIN && tried.of >= ARM_CUSTOMERS_MIN;
  if (metric === 'share_paid') {
    const [first, second] = [usual, tried].map(({ paid, of }) => ({ count: paid, of })) as [Share, Share];
    return {
      difference: first.count / first.of - second.count / second.of,
      atEnd: newcombe(first, second),
      always: isLarge ? alwaysShares(first, second, expected / PER_POINT) : null,
    };
  }
  // Days gained: those of what is tried less those of what is usual.
  const [first, second] = [tried, usual].map(({ of, days, squares }) => ({ of, sum: days, squares })) as [
    Moments,
    Moments,
  ];
  return {
    difference: first.sum / first.of - second.sum / second.of,
    atEnd: welch(first, second),
    always: (isLarge ? alwaysMeans(first, second, expected) : undefined) ?? null,
  };
}

type Share = { readonly count: number; readonly of: number };
type Moments = { readonly of: number; readonly sum: number; readonly squares: number };

/** What may be concluded from how the parts differ. */
export function verdictOf(uplift: Uplift | undefined): Verdict {
  if (!uplift?.always) return 'too_few';
  if (uplift.always.low > 0) return 'step_helps';
  return uplift.always.high < 0 ? 'step_hurts' : 'not_shown';
}

/** How sure it became: the interval that holds at any look, on each day on which windows ended, of parts large enough. */
export function courseOf(
  metric: Metric,
  outcomes: readonly DayOutcome[],
  expected: number,
): readonly { readonly on: PlainDate; readonly difference: number; readonly always: Interval }[] {
  const sorted = outcomes.toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on));
  let figures: Record<Arm, ArmFigures> = { usual: NONE, tried: NONE };
  return sorted.flatMap((one, at) => {
    figures = { ...figures, [one.arm]: plus(figures[one.arm], one) };
    const next = sorted[at + 1];
    if (next && !isAfter(next.on, one.on)) return [];
    const uplift = upliftOf(metric, figures, expected);
    return uplift?.always ? [{ on: one.on, difference: uplift.difference, always: uplift.always }] : [];
  });
}
