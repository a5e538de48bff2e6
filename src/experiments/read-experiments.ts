// Reading experiments: what was registered, and what they have shown so far.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { addDays, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { EXPERIMENTS_SHOWN } from '#kernel/limits-collecting.ts';
import { Refusal } from '#kernel/refusal.ts';
import { mayDo } from '#parties/may.ts';
import { readPolicies } from '#policies/take-policies.ts';
import { courseOf, figuresOf, upliftOf, verdictOf } from './comparison.ts';
import type * as contract from './contract.ts';
import { ESTIMATE_FORMULA, type Interval } from './estimate.ts';
import { type Arm, triableSteps } from './experiment.ts';
import {
  countEntries,
  type ExperimentRow,
  findExperiment,
  findExperiments,
  findOutcomes,
  type LookedAt,
} from './store.ts';

type Shown = z.input<(typeof contract.readExperiment)['reply']>;

/** Estimates are shown with four decimals: a hundredth of a percentage point. */
const PLACES = 10_000;
const rounded = (value: number): number => Math.round(value * PLACES) / PLACES;
const shownInterval = ({ low, high }: Interval) => ({ low: rounded(low), high: rounded(high) });

/** The latest experiments, with what they have shown, and the steps in force that another may be about. */
export async function readExperiments(
  tx: Tx,
  context: Context,
  when: LookedAt,
): Promise<Omit<z.input<(typeof contract.listExperiments)['reply']>, 'may'>> {
  const [found, { policies }] = await Promise.all([findExperiments(tx, EXPERIMENTS_SHOWN), readPolicies(tx)]);
  const steps = policies.flatMap(({ code, name, steps: own }) =>
    triableSteps(own).map((step) => ({ policyCode: code, policyName: name, ...step })),
  );
  return { rows: await shownAll(tx, context, found, when), steps };
}

/** One experiment. Refuses: `experiment_not_found`. */
export async function takeExperiment(tx: Tx, experimentId: string): Promise<ExperimentRow> {
  const found = await findExperiment(tx, experimentId);
  if (!found) throw new Refusal('experiment_not_found', { experimentId });
  return found;
}

/** What experiments have shown, as it is told. */
export async function shownAll(
  tx: Tx,
  context: Context,
  found: readonly ExperimentRow[],
  when: LookedAt,
): Promise<Shown[]> {
  const [entered, names, outcomes] = await Promise.all([
    countEntries(
      tx,
      found.map(({ id }) => id),
    ),
    readActorNames(
      tx,
      found.map(({ registeredBy }) => registeredBy),
    ),
    Promise.all(found.map((one) => findOutcomes(tx, one, when))),
  ]);
  return found.map((row, at): Shown => {
    const days = outcomes[at] ?? [];
    const figures = figuresOf(days);
    const uplift = upliftOf(row.metric, figures, row.expected);
    const armOf = (arm: Arm) => ({
      entered: entered.find((one) => one.experimentId === row.id && one.arm === arm)?.entered ?? 0,
      of: figures[arm].of,
      paid: figures[arm].paid,
      meanDays: figures[arm].of === 0 ? null : rounded(figures[arm].days / figures[arm].of),
    });
    const {
      id,
      seed,
      startsOn,
      endsOn,
      endKind,
      endedOn,
      registeredBy,
      recordedAt,
      phase: _phase,
      ...said
    } = row;
    return {
      ...said,
      experimentId: id,
      seed,
      startsOn: startsOn.toString(),
      endsOn: endsOn.toString(),
      state: stateOf(row, context.today),
      endKind,
      endedOn: endedOn?.toString() ?? null,
      registeredBy: names.get(registeredBy) ?? registeredBy,
      registeredAt: recordedAt.toString(),
      asOf: when.asOf.toString(),
      arms: { usual: armOf('usual'), tried: armOf('tried') },
      uplift: uplift
        ? {
            difference: rounded(uplift.difference),
            atEnd: shownInterval(uplift.atEnd),
            always: uplift.always && shownInterval(uplift.always),
          }
        : null,
      verdict: verdictOf(uplift),
      course: courseOf(row.metric, days, row.expected).map(({ on, difference, always }) => ({
        on: on.toString(),
        difference: rounded(difference),
        ...shownInterval(always),
      })),
      formula: ESTIMATE_FORMULA,
      may: { stop: endKind ? 'experiment_ended' : mayDo(context, 'cadence.edit') },
    };
  });
}

/** Where an experiment is: to come, taking customers in, waiting for the last windows, or ended. */
function stateOf(row: ExperimentRow, today: PlainDate): Shown['state'] {
  if (row.endKind) return 'ended';
  if (isBefore(today, row.startsOn)) return 'planned';
  if (!isAfter(today, row.endsOn)) return 'running';
  return isAfter(today, addDays(row.endsOn, row.windowDays)) ? 'ended' : 'waiting';
}
