// Reading for a reply: one snapshot, so that what a page shows agrees with itself, and nothing can be written.

import type { Context, Door } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { UserId } from '#kernel/id.ts';

/** Reads in one snapshot of the caller's tenant. */
export function readSnapshot<T>(door: Door, context: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  const userId = context.actor.kind === 'user' ? (context.actor.id as UserId) : undefined;
  return inTenant(door.pool, context.tenantId, work, { snapshot: true, userId });
}
