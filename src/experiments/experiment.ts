// An experiment with a step of a policy: some customers, chosen by chance, hear it not at all, some days later or in other words, and what
// comes of it is compared. What is measured is said before. Pure.

import { assert } from '#kernel/assert.ts';
import { addDays, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { CadenceStep, Phase, Steps } from '#policies/cadence.ts';

/** What is tried: the step is not said, only some days later, or in other words. */
export const EXPERIMENT_KINDS = ['hold_out', 'later', 'other_words'] as const;
export type ExperimentKind = (typeof EXPERIMENT_KINDS)[number];

/** What is measured: which share had paid all by the end of the window; how many days it took, the window where it did not. */
export const METRICS = ['share_paid', 'days_to_pay'] as const;
export type Metric = (typeof METRICS)[number];

/** The parts: customers told as usual, and those with whom it is tried. */
export const ARMS = ['usual', 'tried'] as const;
export type Arm = (typeof ARMS)[number];

/** Why one ended: a person stopped it; one part was shown to be worse off; its time was over. */
export const END_KINDS = ['stopped', 'harm', 'over'] as const;
export type EndKind = (typeof END_KINDS)[number];

/** Phases whose steps may be held out: a demand or a final notice is what the law or a court asks for, and is never left out. */
export const TRIED_PHASES = ['upcoming', 'due', 'reminder'] as const satisfies readonly Phase[];
export type TriedPhase = (typeof TRIED_PHASES)[number];

/** An experiment as it was registered. */
export type Experiment = {
  readonly id: string;
  readonly policyCode: string;
  readonly offsetDays: number;
  readonly kind: ExperimentKind;
  readonly laterDays: number | null;
  readonly sharePercent: number;
  readonly seed: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
};

/** Whether a step may be part of an experiment: it is not required, and no demand or final notice. */
function mayBeTried<S extends Pick<CadenceStep, 'required' | 'phase'>>(
  step: S,
): step is S & { readonly phase: TriedPhase } {
  return !step.required && (TRIED_PHASES as readonly Phase[]).includes(step.phase);
}

/** A step that an experiment may be about, and how many days later it could be said at most. */
export type TriableStep = {
  readonly offsetDays: number;
  readonly phase: TriedPhase;
  readonly laterDaysMax: number | null;
};

/** The steps of a policy that an experiment may be about. */
export function triableSteps(steps: Steps): readonly TriableStep[] {
  return steps.flatMap((step, at) => {
    const next = steps[at + 1];
    const { offsetDays } = step;
    return mayBeTried(step)
      ? [{ offsetDays, phase: step.phase, laterDaysMax: next ? next.offsetDays - offsetDays - 1 : null }]
      : [];
  });
}

/**
 * The step of a policy that an experiment is to be about. Refuses: `experiment_step_unknown`, `experiment_step_required` (it is
 * required, a demand or a final notice), `experiment_later_too_long` (another step of the policy comes before).
 */
export function stepToTry(steps: Steps, offsetDays: number, laterDays: number | undefined): CadenceStep {
  const index = steps.findIndex((one) => one.offsetDays === offsetDays);
  const step = steps[index];
  if (step === undefined) throw new Refusal('experiment_step_unknown', { offsetDays });
  if (!mayBeTried(step)) throw new Refusal('experiment_step_required', { offsetDays, phase: step.phase });
  const next = steps[index + 1];
  if (laterDays !== undefined && next !== undefined && offsetDays + laterDays >= next.offsetDays)
    throw new Refusal('experiment_later_too_long', { laterDays, nextDays: next.offsetDays - offsetDays });
  return step;
}

/** Whether an experiment takes customers in on a day, as long as it has not ended. */
function isRunning({ startsOn, endsOn }: Pick<Experiment, 'startsOn' | 'endsOn'>, on: PlainDate): boolean {
  return !isBefore(on, startsOn) && !isAfter(on, endsOn);
}

/** That a customer takes part in an experiment, since a day. */
export type Entered = { readonly experimentId: string; readonly enteredOn: PlainDate };

/**
 * The experiments that count for a customer on a day, of those that have not ended: first those that take nobody in any more
 * and whose window, that of the customer, is not over (what is measured would else be of a step said meanwhile), then those
 * that take customers in.
 */
export function experimentsFor<E extends Experiment & { readonly windowDays: number }>(
  unended: readonly E[],
  entered: readonly Entered[],
  on: PlainDate,
): readonly E[] {
  const isWaiting = ({ id, endsOn, windowDays }: E): boolean => {
    const since = entered.find(({ experimentId }) => experimentId === id)?.enteredOn;
    return since !== undefined && isAfter(on, endsOn) && !isAfter(on, addDays(since, windowDays));
  };
  return [...unended.filter(isWaiting), ...unended.filter((one) => isRunning(one, on))];
}

const MASK = 0xffff_ffff_ffff_ffffn;

/**
 * A number of 64 bits that looks like chance and is always the same for the same text: FNV-1a (Fowler, Noll, Vo), stirred by
 * the last step of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), because the upper bits of FNV-1a alone hardly change
 * with the last letters.
 */
export function chanceOf(text: string): bigint {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100_0000_01b3n) & MASK;
  hash = ((hash ^ (hash >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & MASK;
  hash = ((hash ^ (hash >> 27n)) * 0x94d0_49bb_1331_11ebn) & MASK;
  return hash ^ (hash >> 31n);
}

/** Which part a customer is in: by chance, and the same whenever it is asked. */
export function armOf(
  { seed, sharePercent }: Pick<Experiment, 'seed' | 'sharePercent'>,
  customerId: CustomerId,
): Arm {
  assert(sharePercent >= 1 && sharePercent <= 50, 'at most half is tried', sharePercent);
  return chanceOf(`${seed} ${customerId}`) % 10_000n < BigInt(sharePercent * 100) ? 'tried' : 'usual';
}

/** The experiment that a step of a policy is part of on a day; one that the policy has come to require is part of none. */
export function experimentOf<E extends Experiment>(
  running: readonly E[],
  policy: { readonly code: string; readonly steps: Steps },
  said: Pick<CadenceStep, 'step'>,
): E | undefined {
  const step = policy.steps.find((one) => one.step === said.step);
  if (step === undefined || !mayBeTried(step)) return undefined;
  return running.find((one) => one.policyCode === policy.code && one.offsetDays === step.offsetDays);
}

/** Whether a step is not said to a customer so many days after the due date, because of the part they are in. */
export function isHeldOut(experiment: Experiment, customerId: CustomerId, daysLate: number): boolean {
  if (armOf(experiment, customerId) === 'usual' || experiment.kind === 'other_words') return false;
  const { kind, offsetDays, laterDays } = experiment;
  return kind === 'hold_out' || daysLate < offsetDays + (laterDays ?? 0);
}

/** Whether a customer hears the step in other words, because of the part they are in. */
export function hearsOtherWords(experiment: Experiment, customerId: CustomerId): boolean {
  return experiment.kind === 'other_words' && armOf(experiment, customerId) === 'tried';
}
