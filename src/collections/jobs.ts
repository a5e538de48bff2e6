// What workers do for collections.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers, Payload } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { performRun, RUN_QUEUE, startDailyRuns } from './remind-customers.ts';

/** The queue that starts the daily runs; see schedules. */
export const DAILY_QUEUE = 'collections.remind-daily';

/** The handlers of collections' queues. */
export function collectionsJobs(tools: JobTools): Handlers {
  return {
    [RUN_QUEUE]: (job) => performRun(tools, job.tenantId, runIdOf(job.payload)),
    [DAILY_QUEUE]: (job) => startDailyRuns(tools, job.tenantId),
  };
}

function runIdOf(payload: Payload): string {
  const { runId } = payload;
  assert(typeof runId === 'string' && isId(runId), 'a job of a reminder run names it', payload);
  return runId;
}
