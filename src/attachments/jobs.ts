// What workers do for attachments.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { removeUnusedContent } from './remove-unused-content.ts';

/** The queue that takes away bytes that no file names; see schedules. */
export const UNUSED_QUEUE = 'attachments.remove-unused-content';

/** The handlers of the queues of attachments. */
export function attachmentsJobs(tools: JobTools): Handlers {
  return {
    [UNUSED_QUEUE]: (job) => removeUnusedContent(tools.door.pool, job.tenantId, tools.clock()),
  };
}
