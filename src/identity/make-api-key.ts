// A key for a machine, with a role of its own. Its text is shown once, to whoever makes it.

import { actorText, type Command } from '#command/command.ts';
import type { Instant } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { NewKey } from './make-secret.ts';
import type { Role } from './permission.ts';
import { insertKey } from './store.ts';

export type MakeApiKey = {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt?: Instant | undefined;
};

/**
 * The command that adds a key made before. Its text is no part of input or result, because both are kept.
 *
 * Refuses: `expiry_not_in_future`.
 */
export function makeApiKey(
  key: NewKey,
): Command<MakeApiKey, { readonly apiKeyId: string; readonly prefix: string }> {
  return {
    name: 'make-api-key',
    permission: 'api_key.manage',
    async run(act, input) {
      if (input.expiresAt && Temporal.Instant.compare(input.expiresAt, act.now) <= 0)
        throw new Refusal('expiry_not_in_future', { expiresAt: input.expiresAt.toString() });
      const id = newId<'api_key'>();
      insertKey(act, {
        id,
        name: input.name,
        prefix: key.prefix,
        hash: key.hash,
        role: input.role,
        createdBy: actorText(act.actor),
        expiresAt: input.expiresAt ?? null,
      });
      act.record({
        type: 'api_key.made',
        subjectId: id,
        data: {
          name: input.name,
          prefix: key.prefix,
          role: input.role,
          expiresAt: input.expiresAt?.toString(),
        },
      });
      return { apiKeyId: id, prefix: key.prefix };
    },
  };
}
