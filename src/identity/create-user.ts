// People made or let in again outside of any tenant: by the first start and the command line, never from outside.

import type { Pool } from '#db/pool.ts';
import { newId, type UserId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { hashPassword, makePassword } from './make-secret.ts';
import { insertUser, replacePassword } from './store.ts';
import { checkPassword, readUser } from './user.ts';

/** What was made: the password is known here and never again. */
export type CreatedUser = { readonly userId: UserId; readonly password: string };

/**
 * Adds a person. Without a password a temporary one is made, to be changed at the first sign-in.
 *
 * Refuses: `email_not_valid`, `email_taken`, `name_not_valid`, `password_length_not_valid`.
 */
export async function createUser(
  pool: Pool,
  given: { readonly email: string; readonly name: string; readonly password?: string | undefined },
): Promise<CreatedUser> {
  const user = readUser(given);
  if (given.password !== undefined) checkPassword(given.password);
  const password =
    given.password === undefined
      ? await makePassword()
      : { text: given.password, hash: await hashPassword(given.password) };
  const userId = newId<'user'>();
  try {
    await insertUser(pool, {
      id: userId,
      ...user,
      passwordHash: password.hash,
      passwordIsTemporary: given.password === undefined,
    });
  } catch (error) {
    if ((error as { constraint?: unknown }).constraint === 'user_email_key')
      throw new Refusal('email_taken', { email: user.email });
    throw error;
  }
  return { userId, password: password.text };
}

/** Gives a person a temporary password and ends their sessions. Refuses: `user_unknown`. */
export async function resetPassword(pool: Pool, email: string): Promise<{ readonly password: string }> {
  const password = await makePassword();
  const done = await replacePassword(pool, email, { hash: password.hash, isTemporary: true });
  if (!done) throw new Refusal('user_unknown', { email: email.slice(0, 200) });
  return { password: password.text };
}
