// The reasons a tenant gives for holds.

import { actorText, type Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { insertHoldReason } from './store.ts';

/** Adds a reason, renames one, or takes it out of use; holds that have it keep it. Refuses: `hold_reason_needed` (`other` stays). */
export const putHoldReason: Command<
  { readonly code: string; readonly name: string; readonly inUse: boolean },
  { readonly code: string }
> = {
  name: 'put-hold-reason',
  permission: 'company.manage',
  async run(act, input) {
    if (input.code === 'other' && !input.inUse) throw new Refusal('hold_reason_needed');
    insertHoldReason(act, {
      id: newId(),
      code: input.code,
      name: input.name,
      in_use: input.inUse,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({ type: 'hold_reason.changed', subjectId: act.tenantId, data: { ...input } });
    return { code: input.code };
  },
};
