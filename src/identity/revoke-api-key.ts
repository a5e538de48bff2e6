// Makes a key useless for ever, from the next request on.

import type { Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { lockKey, updateKeyRevoked } from './store.ts';

/** Revokes a key. Refuses: `api_key_unknown`, `api_key_already_revoked`. */
export const revokeApiKey: Command<{ readonly apiKeyId: string }, { readonly apiKeyId: string }> = {
  name: 'revoke-api-key',
  permission: 'api_key.manage',
  async run(act, input) {
    const key = await lockKey(act, input.apiKeyId);
    if (!key) throw new Refusal('api_key_unknown', { apiKeyId: input.apiKeyId });
    if (key.revokedAt !== null) throw new Refusal('api_key_already_revoked', { prefix: key.prefix });
    updateKeyRevoked(act, key.id);
    act.record({
      type: 'api_key.revoked',
      subjectId: key.id,
      data: { name: key.name, prefix: key.prefix },
    });
    return { apiKeyId: key.id };
  },
};
