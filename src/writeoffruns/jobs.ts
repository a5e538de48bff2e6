// What workers do for runs of write-offs.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { runWriteOffs, WRITE_OFF_RUN_QUEUE } from './run-write-offs.ts';

/** The handler of the queue of runs. */
export function writeOffRunsJobs(tools: JobTools): Handlers {
  return {
    [WRITE_OFF_RUN_QUEUE]: ({ tenantId, payload }) => {
      const { runId } = payload;
      assert(typeof runId === 'string' && isId(runId), 'a job of a run names it', payload);
      return runWriteOffs(tools, { tenantId, runId });
    },
  };
}
