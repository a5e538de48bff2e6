// Registering an experiment: what is tried, with whom, and what is measured, before anybody is part of it.

import { randomUUID } from 'node:crypto';
import { type Act, actorText, type Command } from '#command/command.ts';
import { addDays, daysBetween, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { EXPERIMENT_DAYS_MAX } from '#kernel/limits-collecting.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { CadenceStep } from '#policies/cadence.ts';
import { takePolicies } from '#policies/take-policies.ts';
import { hasOtherWords } from '#wording/read-template.ts';
import { REMINDER_PHASES } from '#wording/reminder-phrases.ts';
import { type ExperimentKind, type Metric, stepToTry } from './experiment.ts';
import { findUnended, insertExperiment, lockExperiments } from './store.ts';

export type StartExperiment = {
  readonly name: string;
  readonly note: string;
  readonly policyCode: string;
  readonly offsetDays: number;
  readonly kind: ExperimentKind;
  readonly laterDays?: number | undefined;
  readonly sharePercent: number;
  readonly metric: Metric;
  readonly windowDays: number;
  readonly expected: number;
  /** Left out, tomorrow. */
  readonly startsOn?: PlainDate | undefined;
  readonly endsOn: PlainDate;
};

export type ExperimentStarted = { readonly experimentId: string; readonly number: number };

/**
 * Registers an experiment with a step of a policy in force. What is registered is never changed; it can be stopped.
 *
 * Refuses: `experiment_policy_unknown`, what `stepToTry` refuses, `experiment_later_missing`, `experiment_later_needless`,
 * `experiment_words_missing` (nobody wrote other words for the step), `experiment_words_not_mail` (it goes by another way alone),
 * `experiment_start_past` (what is measured is said before), `experiment_days_reversed`, `experiment_too_long`,
 * `experiment_overlaps` (another one about the step).
 */
export const startExperiment: Command<StartExperiment, ExperimentStarted> = {
  name: 'start-experiment',
  permission: 'cadence.edit',
  async run(act, input) {
    await lockExperiments(act);
    const { policies } = await takePolicies(act);
    const { policyCode, offsetDays, kind, laterDays, endsOn } = input;
    const policy = policies.find(({ code }) => code === policyCode);
    if (!policy) throw new Refusal('experiment_policy_unknown', { policyCode });
    if (kind === 'later' && laterDays === undefined) throw new Refusal('experiment_later_missing');
    if (kind !== 'later' && laterDays !== undefined) throw new Refusal('experiment_later_needless');
    const step = stepToTry(policy.steps, offsetDays, laterDays);
    if (kind === 'other_words') await checkWords(act, step);
    const startsOn = input.startsOn ?? addDays(act.today, 1);
    checkDays(startsOn, endsOn, act.today);
    const other = (await findUnended(act)).find(
      (one) =>
        one.policyCode === policyCode &&
        one.offsetDays === offsetDays &&
        !isBefore(one.endsOn, startsOn) &&
        !isAfter(one.startsOn, endsOn),
    );
    if (other) throw new Refusal('experiment_overlaps', { number: other.number, name: other.name });

    const experimentId = newId<'experiment'>();
    const number = await insertExperiment(act, {
      id: experimentId,
      name: input.name,
      note: input.note,
      policy_code: policyCode,
      offset_days: offsetDays,
      phase: step.phase,
      kind,
      later_days: laterDays ?? null,
      share_percent: input.sharePercent,
      seed: randomUUID(),
      metric: input.metric,
      window_days: input.windowDays,
      expected: input.expected,
      starts_on: startsOn,
      ends_on: endsOn,
      registered_by: actorText(act.actor),
      recorded_at: act.now,
    });
    const data = { number, name: input.name, policyCode, offsetDays, kind, metric: input.metric };
    act.record({
      type: 'experiment.registered',
      subjectId: experimentId,
      data: { ...data, startsOn: startsOn.toString(), endsOn: endsOn.toString() },
    });
    return { experimentId, number };
  },
};

/** Other words are those of mails, and somebody has to have written them: else both parts would hear the same. */
async function checkWords(act: Act, { template, channel }: CadenceStep): Promise<void> {
  if (channel !== null && channel !== 'email') throw new Refusal('experiment_words_not_mail', { channel });
  const phase = REMINDER_PHASES.find((one) => one === template);
  if (phase === undefined || !(await hasOtherWords(act, phase)))
    throw new Refusal('experiment_words_missing', { template });
}

function checkDays(startsOn: PlainDate, endsOn: PlainDate, today: PlainDate): void {
  if (isBefore(startsOn, today))
    throw new Refusal('experiment_start_past', { startsOn: startsOn.toString() });
  if (isBefore(endsOn, startsOn))
    throw new Refusal('experiment_days_reversed', { endsOn: endsOn.toString() });
  if (daysBetween(startsOn, endsOn) >= EXPERIMENT_DAYS_MAX)
    throw new Refusal('experiment_too_long', { daysMax: EXPERIMENT_DAYS_MAX });
}
