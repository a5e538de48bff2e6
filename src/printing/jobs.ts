// What workers do for printing.

import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { removeOldDrawn } from './keep-drawn.ts';

/** The queue that takes away drawings nobody used for long; see schedules. */
export const DRAWN_QUEUE = 'printing.remove-old-drawn';

/** The handlers of the queues of printing. */
export function printingJobs(tools: JobTools): Handlers {
  return {
    [DRAWN_QUEUE]: ({ tenantId }) => inTenant(tools.door.pool, tenantId, removeOldDrawn),
  };
}
