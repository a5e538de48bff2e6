// What workers do for tasks: they make those that are wanted, and close those that are not any more.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { FIRST_PART, type RefreshPart, refreshPart } from './refresh-tasks.ts';

/** The queue that brings tasks up to date. */
export const TASKS_QUEUE = 'tasks.refresh';

/** The handlers of the queues of tasks. Part after part, each by itself: no lock stands over a whole look. */
export function tasksJobs(tools: JobTools): Handlers {
  return {
    [TASKS_QUEUE]: async (job) => {
      for (let part: RefreshPart | null = FIRST_PART; part !== null; ) {
        const context = await tools.contextOf(job.tenantId);
        part = (await carryOut(tools.door, context, refreshPart, { part })).next;
      }
    },
  };
}
