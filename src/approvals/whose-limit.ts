// Whose a limit is of how much may be done alone: of a role, or of one person.

import { Refusal } from '#kernel/refusal.ts';

/** As somebody states it: one of the two. */
export type WhoseLimit = { readonly role?: string | undefined; readonly userId?: string | undefined };

/** Reads whose a limit is. Refuses: `limit_of_whom` (both are stated, or neither). */
export function readWhose({ role, userId }: WhoseLimit): {
  readonly role: string | null;
  readonly userId: string | null;
} {
  if ((role === undefined) === (userId === undefined)) throw new Refusal('limit_of_whom');
  return { role: role ?? null, userId: userId ?? null };
}
