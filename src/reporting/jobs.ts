// What workers do for reporting.

import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { refreshFigures } from './refresh-figures.ts';

/** The queue that renews the cache of what customers owe; see schedules. */
export const FIGURES_QUEUE = 'reporting.refresh-figures';

/** The handlers of reporting's queues. */
export function reportingJobs(tools: JobTools): Handlers {
  return {
    [FIGURES_QUEUE]: async (job) => {
      const { now, today } = await tools.contextOf(job.tenantId);
      await inTenant(tools.door.pool, job.tenantId, (tx) => refreshFigures(tx, { now, today }));
    },
  };
}
