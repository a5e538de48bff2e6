// A person who signs in: a name, an e-mail address in lower case that is theirs alone, and a password of bounded length.

import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** The addresses that the sign-in page understands, so that nobody is added who could never get in. */
const EMAIL = /^(?!\.)(?!.*\.\.)[a-z0-9_'+\-.]{0,63}[a-z0-9_+-]@([a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z]{2,63}$/;
const NAME_CHARACTERS_MAX = 200;

/** The person as stored. Refuses: `email_not_valid`, `name_not_valid`. */
export function readUser(given: { readonly email: string; readonly name: string }): {
  readonly email: string;
  readonly name: string;
} {
  const email = given.email.trim().toLowerCase();
  if (!EMAIL.test(email)) throw new Refusal('email_not_valid', { email: given.email.slice(0, 200) });
  const name = given.name.trim();
  if (name.length < 1 || name.length > NAME_CHARACTERS_MAX)
    throw new Refusal('name_not_valid', { name: name.slice(0, NAME_CHARACTERS_MAX) });
  return { email, name };
}

/** Refuses: `password_length_not_valid`. */
export function checkPassword(password: string): void {
  if (password.length < PASSWORD_CHARACTERS_MIN || password.length > PASSWORD_CHARACTERS_MAX)
    throw new Refusal('password_length_not_valid', {
      min: PASSWORD_CHARACTERS_MIN,
      max: PASSWORD_CHARACTERS_MAX,
    });
}
