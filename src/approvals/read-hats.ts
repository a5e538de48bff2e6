// In whose place somebody can decide today: their own, and that of those who delegated their duties to them.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readMembers } from '#identity/read-people.ts';
import type { Hat } from './approval.ts';
import { findDelegators } from './store-delegations.ts';

/** The hats of whoever acts; machines have none, because a second person is one. */
export async function readHats(
  tx: Tx,
  who: Pick<Context, 'actor' | 'role' | 'today'>,
): Promise<readonly Hat[]> {
  if (who.actor.kind !== 'user') return [];
  const delegators = await findDelegators(tx, who.actor.id, who.today);
  const members = delegators.length === 0 ? [] : await readMembers(tx, delegators);
  return [{ userId: who.actor.id, role: who.role }, ...members.map(({ userId, role }) => ({ userId, role }))];
}
