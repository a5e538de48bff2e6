// Which causes make tasks, and what members take: stated as a whole, in versions.

import { actorText, type Command } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import type { CompanyId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { Skill } from './routing.ts';
import { checkTaskRules, type TaskRule } from './rule.ts';
import { findTaskRules, insertSkill, insertTaskRules } from './store-people.ts';

/**
 * States which causes make tasks and by when. Tasks that are there keep the hours they were made with; those of a cause
 * that is off go on until they are done or their cause is gone.
 *
 * Refuses: `task_rules_not_valid`, `task_rules_changed` (two people stated some in the same moment).
 */
export const setTaskRules: Command<{ readonly rules: readonly TaskRule[] }, { readonly number: number }> = {
  name: 'set-task-rules',
  permission: 'cadence.edit',
  constraints: { task_rules_number: 'task_rules_changed' },
  async run(act, { rules }) {
    checkTaskRules(rules);
    const number = ((await findTaskRules(act))?.number ?? 0) + 1;
    const id = newId<'task_rules'>();
    insertTaskRules(act, {
      id,
      number,
      rules: JSON.stringify(rules),
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({ type: 'task_rules.set', subjectId: id, data: { number } });
    return { number };
  },
};

/**
 * States what a member is given tasks about. What is theirs by itself, by account or hold, they get in any case.
 *
 * Refuses: `member_not_found`, `company_not_found`, `task_amounts_out_of_order`.
 */
export const setSkill: Command<Skill & { readonly userId: string }, { readonly userId: string }> = {
  name: 'set-task-skill',
  permission: 'cadence.edit',
  async run(act, skill) {
    if ((await readMembers(act, [skill.userId])).length === 0)
      throw new Refusal('member_not_found', { userId: skill.userId });
    for (const id of skill.companyIds) await takeCompany(act, id as CompanyId);
    if (skill.amountTo !== null && skill.amountTo <= (skill.amountFrom ?? 0n))
      throw new Refusal('task_amounts_out_of_order', {
        from: skill.amountFrom?.toString() ?? null,
        to: skill.amountTo.toString(),
      });
    const id = newId<'task_skill'>();
    insertSkill(act, {
      id,
      user_id: skill.userId,
      takes: skill.takes,
      languages: [...skill.languages],
      company_ids: [...skill.companyIds],
      policies: [...skill.policies],
      kinds: [...skill.kinds],
      amount_from: skill.amountFrom,
      amount_to: skill.amountTo,
      minutes_a_day: skill.minutesADay,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'task_skill.set',
      subjectId: id,
      data: { userId: skill.userId, takes: skill.takes, minutesADay: skill.minutesADay },
    });
    return { userId: skill.userId };
  },
};
