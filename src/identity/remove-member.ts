// Ends a membership. The person keeps their sign-in and their other tenants; what they did here stays theirs.

import type { Command } from '#command/command.ts';
import type { UserId } from '#kernel/id.ts';
import { checkRemoval } from './member.ts';
import { endMembership, lockMembers } from './store.ts';

/** Removes a member, from their next request on. Refuses: `member_unknown`, `last_owner`. */
export const removeMember: Command<{ readonly userId: UserId }, { readonly userId: string }> = {
  name: 'remove-member',
  permission: 'member.manage',
  async run(act, input) {
    const before = checkRemoval(await lockMembers(act), input.userId);
    endMembership(act, input.userId);
    act.record({ type: 'member.removed', subjectId: input.userId, data: { role: before.role } });
    return { userId: input.userId };
  },
};
