// Ending experiments: by a person, by what was shown, or because their time is over. From then on everybody is told as usual.

import { type Act, actorText, type Command } from '#command/command.ts';
import { addDays, isAfter } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { figuresOf, upliftOf, verdictOf } from './comparison.ts';
import type { EndKind } from './experiment.ts';
import {
  type ExperimentRow,
  findExperiment,
  findOutcomes,
  findUnended,
  insertEnd,
  lockExperiments,
} from './store.ts';

/**
 * Stops an experiment, with the reason. Refuses: `experiment_not_found`, `experiment_ended`.
 */
export const stopExperiment: Command<{ readonly experimentId: string; readonly note: string }, null> = {
  name: 'stop-experiment',
  permission: 'cadence.edit',
  async run(act, { experimentId, note }) {
    await lockExperiments(act);
    const experiment = await findExperiment(act, experimentId);
    if (!experiment) throw new Refusal('experiment_not_found', { experimentId });
    if (experiment.endKind) throw new Refusal('experiment_ended', { endedOn: `${experiment.endedOn}` });
    await end(act, experiment, 'stopped', note);
    return null;
  },
};

/**
 * Ends experiments that have shown that one part is worse off, so that nobody is kept in it longer, and those whose last
 * window is over. It may be looked at each day: the interval that is asked holds however often that is.
 */
export const endExperiments: Command<Record<string, never>, { readonly ended: number }> = {
  name: 'end-experiments',
  permission: 'cadence.edit',
  async run(act) {
    await lockExperiments(act);
    let ended = 0;
    for (const experiment of await findUnended(act)) {
      const { verdict } = await lookAt(act, experiment);
      const isShown = verdict === 'step_helps' || verdict === 'step_hurts';
      const isOver = isAfter(act.today, addDays(experiment.endsOn, experiment.windowDays));
      if (!isShown && !isOver) continue;
      await end(act, experiment, isShown ? 'harm' : 'over', null);
      ended += 1;
    }
    return { ended };
  },
};

async function lookAt(act: Act, experiment: ExperimentRow) {
  const figures = figuresOf(await findOutcomes(act, experiment, { asOf: act.today }));
  const uplift = upliftOf(experiment.metric, figures, experiment.expected);
  return { figures, uplift, verdict: verdictOf(uplift) };
}

async function end(act: Act, experiment: ExperimentRow, kind: EndKind, note: string | null): Promise<void> {
  const { figures, uplift, verdict } = await lookAt(act, experiment);
  insertEnd(act, {
    experiment_id: experiment.id,
    kind,
    note,
    found: JSON.stringify({ figures, uplift: uplift ?? null, verdict }),
    ended_on: act.today,
    ended_by: actorText(act.actor),
    recorded_at: act.now,
  });
  const { number, name } = experiment;
  act.record({ type: 'experiment.ended', subjectId: experiment.id, data: { number, name, kind, verdict } });
}
