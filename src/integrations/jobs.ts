// What workers do for integrations.

import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type Payload } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { removeOldFiles } from './remove-old-files.ts';
import { RUN_QUEUE, runImport } from './run-import.ts';

/** The queue that takes away files that were handed in long ago; see schedules. */
export const TIDY_QUEUE = 'integrations.remove-old-files';

/** The handlers of integrations' queues. */
export function integrationsJobs(tools: JobTools): Handlers {
  return {
    [RUN_QUEUE]: (job) =>
      runImport(tools, {
        tenantId: job.tenantId,
        runId: runIdOf(job.payload),
        commandId: commandIdOf(job),
      }),
    [TIDY_QUEUE]: (job) => removeOldFiles(tools.door.pool, job.tenantId, tools.clock()),
  };
}

function runIdOf(payload: Payload): string {
  const { runId } = payload;
  assert(typeof runId === 'string' && isId(runId), 'a job of an import run names it', payload);
  return runId;
}
