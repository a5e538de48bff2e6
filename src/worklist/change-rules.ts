// Which rules give points: stated as a whole, in versions.

import { actorText, type Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkRules, type PointRule } from './points.ts';
import { findRules, insertRules } from './store.ts';

/**
 * States the rules of the worklist; the list is made anew by them at once.
 *
 * Refuses: `worklist_rules_not_valid`, `worklist_rules_changed` (others are in force by now than those looked at, `basedOn`,
 * or two people stated some at the same time).
 */
export const setRules: Command<
  {
    readonly rules: readonly PointRule[];
    readonly note?: string | undefined;
    /** The number of the set that was looked at; 0 for the one Quittance comes with. */
    readonly basedOn?: number | undefined;
  },
  { readonly number: number }
> = {
  name: 'set-worklist-rules',
  permission: 'cadence.edit',
  constraints: { worklist_rules_number: 'worklist_rules_changed' },
  async run(act, { rules, note, basedOn }) {
    checkRules(rules);
    const before = await findRules(act);
    const inForce = before?.number ?? 0;
    if (basedOn !== undefined && basedOn !== inForce)
      throw new Refusal('worklist_rules_changed', { basedOn, inForce });
    const number = inForce + 1;
    const id = newId<'worklist_rules'>();
    insertRules(act, {
      id,
      number,
      rules: JSON.stringify(rules),
      note: note ?? null,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({ type: 'worklist_rules.set', subjectId: id, data: { number, rules: rules.length, note } });
    return { number };
  },
};
