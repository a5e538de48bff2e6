// Gives a member another role. The tenant keeps at least one owner.

import type { Command } from '#command/command.ts';
import type { UserId } from '#kernel/id.ts';
import { checkRoleChange } from './member.ts';
import type { Role } from './permission.ts';
import { lockMembers, updateRole } from './store.ts';

/** Changes what a member may do, from their next request on. Refuses: `member_unknown`, `role_unchanged`, `last_owner`. */
export const changeMemberRole: Command<
  { readonly userId: UserId; readonly role: Role },
  { readonly userId: string; readonly role: Role }
> = {
  name: 'change-member-role',
  permission: 'member.manage',
  async run(act, input) {
    const before = checkRoleChange(await lockMembers(act), input.userId, input.role);
    updateRole(act, input);
    act.record({
      type: 'member.role_changed',
      subjectId: input.userId,
      data: { from: before.role, to: input.role },
    });
    return { userId: input.userId, role: input.role };
  },
};
