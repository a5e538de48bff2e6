// What workers do for billing.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers, Payload } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import type { IssueRunId } from './draft.ts';
import { ISSUE_QUEUE, runIssue } from './run-issue.ts';
import { RECURRING_QUEUE, runRecurring } from './run-recurring.ts';

export { RECURRING_QUEUE } from './run-recurring.ts';

/** The handlers of billing's queues. */
export function billingJobs(tools: JobTools): Handlers {
  return {
    [ISSUE_QUEUE]: (job) => runIssue(tools, { tenantId: job.tenantId, runId: runIdOf(job.payload) }),
    [RECURRING_QUEUE]: (job) => runRecurring(tools, job.tenantId),
  };
}

function runIdOf(payload: Payload): IssueRunId {
  const { runId } = payload;
  assert(typeof runId === 'string' && isId(runId), 'a job of a run names it', payload);
  return runId as IssueRunId;
}
