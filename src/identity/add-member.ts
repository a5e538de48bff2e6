// Lets a person into the tenant. Who is unknown so far gets a temporary password, shown once to the owner who adds them.

import type { Command } from '#command/command.ts';
import { newId, type UserId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { NewPassword } from './make-secret.ts';
import type { Role } from './permission.ts';
import { findUserByEmail, insertUserQuery, lockMembers, saveMember } from './store.ts';
import { readUser } from './user.ts';

export type AddMember = { readonly email: string; readonly name: string; readonly role: Role };

/** `passwordMark` says which password was given, if one was; the password itself is in no result, because results are kept. */
export type AddedMember = { readonly userId: string; readonly passwordMark: string | null };

/**
 * The command that adds a member, with the password to give if the person is new. The password is no part of the input:
 * a repeat brings another one, which is then not the one that counts.
 *
 * Refuses: `email_not_valid`, `name_not_valid`, `already_member`.
 */
export function addMember(password: NewPassword): Command<AddMember, AddedMember> {
  return {
    name: 'add-member',
    permission: 'member.manage',
    constraints: { user_email_key: 'email_taken' },
    async run(act, input) {
      const person = readUser(input);
      const known = await findUserByEmail(act, person.email);
      const members = await lockMembers(act);
      if (known && members.some((m) => m.userId === known.id))
        throw new Refusal('already_member', { email: person.email });
      const userId: UserId = known?.id ?? newId<'user'>();
      if (!known) {
        act.write(
          insertUserQuery({
            id: userId,
            ...person,
            passwordHash: password.hash,
            passwordIsTemporary: true,
          }),
        );
      }
      saveMember(act, { userId, role: input.role });
      act.record({
        type: 'member.added',
        subjectId: userId,
        data: { email: person.email, name: known?.name ?? person.name, role: input.role, isNew: !known },
      });
      return { userId, passwordMark: known ? null : password.mark };
    },
  };
}
