// A new cadence in the place of the one in force, for tenants who treat everybody alike. The old one is kept: what was said by it
// stays readable.

import { actorText, type Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { REMINDER_PHASES } from '#wording/reminder-phrases.ts';
import { decideSteps, type NewStep } from './cadence.ts';
import { onePolicy } from './policy.ts';
import { checkTests } from './policy-test.ts';
import { findLive, insertDraft, lockSets, updateLive } from './store.ts';

export type ReplaceCadence = {
  readonly name: string;
  readonly steps: readonly NewStep[];
  /** Whether reminders go out by themselves every day, and from what time of the company's day on. */
  readonly runsDaily: boolean;
  readonly runsAt: string;
};

/**
 * Puts a set of one policy for everybody in force. About an item that heard a step of the old one, the new one says only what
 * comes on a later day.
 *
 * Refuses: what `decideSteps` refuses, `changed_meanwhile` (somebody else replaced it at the same moment),
 * `policy_tests_failed`, `several_policies`
 * (accounts are not treated alike: the set is changed as a whole).
 */
export const replaceCadence: Command<ReplaceCadence, { readonly cadenceId: string }> = {
  name: 'replace-cadence',
  permission: 'cadence.edit',
  async run(act, input) {
    const seen = await findLive(act);
    await lockSets(act);
    const before = await findLive(act, 'update');
    if (before?.id !== seen?.id) throw new Refusal('changed_meanwhile');

    const { name, runsDaily, runsAt } = input;
    const steps = decideSteps(input.steps, REMINDER_PHASES);
    const { policies, tests } = before?.file ?? { policies: [], tests: [] };
    if (policies.length > 1) throw new Refusal('several_policies', { policies: policies.length });
    const file = {
      name,
      runsDaily,
      runsAt,
      policies: [{ ...onePolicy(name, steps), ...policies[0], name, steps }],
      tests,
    };
    checkTests(file.policies, tests);

    const by = actorText(act.actor);
    const id = await insertDraft(act, { file, note: '', by });
    updateLive(act, { id, policies: file.policies, by }, before?.id);
    act.record({
      type: 'cadence.replaced',
      subjectId: id,
      data: {
        name,
        replaces: before?.id,
        runsDaily,
        runsAt,
        steps: steps.map(({ offsetDays, phase, template }) => ({ offsetDays, phase, template })),
      },
    });
    return { cadenceId: id };
  },
};
