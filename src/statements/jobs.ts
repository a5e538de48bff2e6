// What workers do for statements.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers, Payload } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { performRun, RUN_QUEUE, startDueRuns } from './run-statements.ts';

/** The queue that starts the runs that are due; see schedules. */
export const DUE_QUEUE = 'statements.start-due';

/** The handlers of statements' queues. */
export function statementsJobs(tools: JobTools): Handlers {
  return {
    [RUN_QUEUE]: (job) => performRun(tools, job.tenantId, runIdOf(job.payload)),
    [DUE_QUEUE]: (job) => startDueRuns(tools, job.tenantId),
  };
}

function runIdOf(payload: Payload): string {
  const { runId } = payload;
  assert(typeof runId === 'string' && isId(runId), 'a job of a run of statements names it', payload);
  return runId;
}
