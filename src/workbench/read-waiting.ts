// Which receipts wait for somebody: the one answer, for the queue and for whoever counts how long they wait.

import type { Tx } from '#db/transaction.ts';
import {
  findKept,
  findLongestWaiting,
  type KeptReceipt,
  type LongestWaiting,
  type WaitingPage,
} from './store.ts';

export type { KeptReceipt, WaitingAfter, WaitingPage } from './store.ts';
export type WaitingReceipt = LongestWaiting;

/** Receipts of which something is left to apply and that are not, or not any more, kept on account, the first recorded first. */
export function readWaitingReceipts(tx: Tx, of: WaitingPage): Promise<readonly WaitingReceipt[]> {
  return findLongestWaiting(tx, of);
}

/** Receipts kept on account that are not to be looked at again yet, the longest kept first. */
export function readKept(tx: Tx, of: Parameters<typeof findKept>[1]): Promise<readonly KeptReceipt[]> {
  return findKept(tx, of);
}

export { waitingNow } from './store.ts';
