// A new cadence in the place of the one in force. The old one is kept: what was said by it stays readable.

import type { Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { decideSteps, type NewStep } from './cadence.ts';
import { REMINDER_TEMPLATES } from './reminder-letter.ts';
import { findCadence, insertCadence, updateReplaced } from './store.ts';

export type ReplaceCadence = {
  readonly name: string;
  readonly steps: readonly NewStep[];
  /** Whether reminders go out by themselves every day, and from what time of the company's day on. */
  readonly runsDaily: boolean;
  readonly runsAt: string;
};

/**
 * Replaces the cadence. About an item that heard a step of the old one, the new one says only what comes on a later day.
 *
 * Refuses: what `decideSteps` refuses, `changed_meanwhile` (somebody else replaced it at the same moment).
 */
export const replaceCadence: Command<ReplaceCadence, { readonly cadenceId: string }> = {
  name: 'replace-cadence',
  permission: 'cadence.edit',
  async run(act, input) {
    const before = await findCadence(act, 'update');

    const steps = decideSteps(input.steps, REMINDER_TEMPLATES);

    const cadenceId = newId<'cadence'>();
    if (before) updateReplaced(act, before.id);
    const { name, runsDaily, runsAt } = input;
    if (!(await insertCadence(act, { id: cadenceId, name, runsDaily, runsAt, steps })))
      throw new Refusal('changed_meanwhile');
    act.record({
      type: 'cadence.replaced',
      subjectId: cadenceId,
      data: {
        name,
        replaces: before?.id,
        runsDaily,
        runsAt,
        steps: steps.map(({ offsetDays, phase, template }) => ({ offsetDays, phase, template })),
      },
    });
    return { cadenceId };
  },
};
