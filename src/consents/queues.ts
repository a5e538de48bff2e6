// The queue of consents, by name, so that whoever leaves a job there need not load what does it.

import type { Job } from '#jobs/job.ts';

/** The queue that applies money on account to an invoice. */
export const CREDIT_QUEUE = 'consents.apply-credit';

/** The job that does so for one invoice. */
export function creditJob(invoiceId: string): Job {
  return { queue: CREDIT_QUEUE, payload: { invoiceId }, key: invoiceId };
}
