// What workers do for collections.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers, Payload } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, isId } from '#kernel/id.ts';
import { performRun, RUN_QUEUE, startDailyRuns } from './remind-customers.ts';
import { PAST_COUNT_QUEUE, performPastCount } from './start-past-count.ts';

/** The queue that starts the daily runs; see schedules. */
export const DAILY_QUEUE = 'collections.remind-daily';

/** The handlers of collections' queues. */
export function collectionsJobs(tools: JobTools): Handlers {
  return {
    [RUN_QUEUE]: (job) => performRun(tools, job.tenantId, runIdOf(job.payload)),
    [PAST_COUNT_QUEUE]: ({ tenantId, payload: { companyId, on } }) => {
      assert(
        typeof companyId === 'string' && isId(companyId) && typeof on === 'string',
        'a count names its day',
        on,
      );
      return performPastCount(tools, tenantId, { companyId: companyId as CompanyId, on: parseDate(on) });
    },
    [DAILY_QUEUE]: (job) => startDailyRuns(tools, job.tenantId),
  };
}

function runIdOf(payload: Payload): string {
  const { runId } = payload;
  assert(typeof runId === 'string' && isId(runId), 'a job of a reminder run names it', payload);
  return runId;
}
