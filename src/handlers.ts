// All handlers of jobs, module after module in reading order: queue → what does its jobs.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';

/** What a worker does, given its tools. No two modules handle the same queue. */
export function makeHandlers(_tools: JobTools): Handlers {
  return {};
}
