// A job is work that may be done a moment later, by any worker, and is safe to be done twice.

import type { Tx } from '#db/transaction.ts';
import type { Json } from '#kernel/canonical.ts';

/** One piece of work for a worker. The queue's name says what; the payload says about what, ids and text only. */
export type Job = {
  readonly queue: string;
  readonly payload: { readonly [key: string]: Json | undefined };
  /** Jobs of one queue with the same key wait as one. */
  readonly key?: string;
  /** Not before this moment. */
  readonly after?: Temporal.Instant;
};

/** Puts jobs into the queue inside the transaction given: they exist exactly if it commits. */
export type Enqueue = (tx: Tx, tenantJobs: readonly Job[]) => Promise<void>;
