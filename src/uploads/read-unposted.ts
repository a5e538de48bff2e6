// What other modules ask: which documents are not posted yet, so that nobody is chased for what they cannot see in their
// portal.

import type { Tx } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import { findUnposted } from './store.ts';

/**
 * Documents of customers that wait to be posted in a portal, or were rejected there; those of customers who are chased for
 * them all the same are left out.
 */
export function readUnposted(tx: Tx, customerIds: readonly CustomerId[]): Promise<ReadonlySet<string>> {
  return findUnposted(tx, customerIds);
}
