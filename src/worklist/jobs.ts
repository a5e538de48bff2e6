// What workers do for the worklist: they keep the list.

import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { refreshList } from './refresh-list.ts';

/** The queue that brings the list up to date: anew each day, else for customers to whom something happened. */
export const WORKLIST_QUEUE = 'worklist.refresh';

/** The handlers of the queues of the worklist. */
export function worklistJobs(tools: JobTools): Handlers {
  return {
    [WORKLIST_QUEUE]: async (job) => {
      let isWhole = false;
      while (!isWhole) {
        // Each step is of its own moment: at midnight the list of the new day is begun, and never that of the day before.
        const { now, today } = await tools.contextOf(job.tenantId);
        ({ isWhole } = await inTenant(tools.door.pool, job.tenantId, (tx) =>
          refreshList(tx, { now, today }),
        ));
      }
    },
  };
}
