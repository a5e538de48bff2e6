// Delegating the duty to decide, in advance and for days that are named, and ending it early.

import { actorText, type Command } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkDelegation, endRefusal } from './delegation.ts';
import { DECIDING_ROLES } from './policy.ts';
import { endDelegationNow, insertDelegation, lockDelegation } from './store-delegations.ts';

export type DelegateDuties = {
  readonly toUser: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly reason: string;
};

/**
 * Lets another member decide in one's place. What they are asked about in the role of who delegated, they decide as that
 * person; duties they were delegated themselves they cannot hand on.
 *
 * Refuses: `person_needed`, `delegate_unknown`, and what `checkDelegation` refuses.
 */
export const delegateDuties: Command<DelegateDuties, { readonly delegationId: string }> = {
  name: 'delegate-duties',
  permission: 'approval.decide',
  async run(act, input) {
    if (act.actor.kind !== 'user') throw new Refusal('person_needed');
    const fromUser = act.actor.id;
    checkDelegation({ ...input, fromUser }, act.today);
    const [member] = await readMembers(act, [input.toUser]);
    if (!member || !(DECIDING_ROLES as readonly string[]).includes(member.role))
      throw new Refusal('delegate_unknown', { toUser: input.toUser });

    const id = newId();
    insertDelegation(act, { id, fromUser, ...input, createdBy: actorText(act.actor) });
    act.record({
      type: 'duties.delegated',
      subjectId: id,
      data: {
        fromUser,
        toUser: input.toUser,
        startsOn: input.startsOn.toString(),
        endsOn: input.endsOn.toString(),
        reason: input.reason,
      },
    });
    return { delegationId: id };
  },
};

/** Ends a delegation at once. Refuses: `delegation_not_found`, and what `endRefusal` says. */
export const endDelegation: Command<{ readonly delegationId: string }, { readonly delegationId: string }> = {
  name: 'end-delegation',
  permission: 'approval.decide',
  async run(act, input) {
    const delegation = await lockDelegation(act, input.delegationId);
    if (!delegation) throw new Refusal('delegation_not_found', { delegationId: input.delegationId });
    const refusal = endRefusal(delegation, act.actor.id, act.permissions);
    if (refusal) throw new Refusal(refusal);
    endDelegationNow(act, delegation.id);
    act.record({
      type: 'delegation.ended',
      subjectId: delegation.id,
      data: { fromUser: delegation.fromUser, toUser: delegation.toUser },
    });
    return { delegationId: delegation.id };
  },
};
