// The queue of portal uploads, by name, so that whoever leaves a job there need not load what does it.

import type { Job } from '#jobs/job.ts';

/** The queue that brings uploads in line with documents. */
export const ALIGN_QUEUE = 'uploads.align';

/** The job that looks at one document, or at all that are not in line. */
export function alignJob(documentId?: string): Job {
  return documentId === undefined
    ? { queue: ALIGN_QUEUE, payload: {}, key: 'all' }
    : { queue: ALIGN_QUEUE, payload: { documentId }, key: documentId };
}
