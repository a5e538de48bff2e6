// Which receipts wait for somebody: the one answer, for the queue and for whoever counts how long they wait.

import type { Tx } from '#db/transaction.ts';
import { findLongestWaiting, type LongestWaiting } from './store.ts';

export type WaitingReceipt = LongestWaiting;

/** Receipts of which something is left to apply and that are not kept on account on purpose, the first recorded first. */
export function readWaitingReceipts(
  tx: Tx,
  of: { readonly companyId?: string | undefined; readonly limit: number },
): Promise<readonly WaitingReceipt[]> {
  return findLongestWaiting(tx, of);
}
