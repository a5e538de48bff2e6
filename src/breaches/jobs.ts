// What workers do for breaches: they look for them.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers } from '#jobs/job.ts';
import { recordBreaches } from './record-breaches.ts';

/** The queue that looks for reminders that should not have been sent; see schedules. */
export const BREACHES_QUEUE = 'breaches.look';

/** The handlers of the queues of breaches. */
export function breachesJobs(tools: JobTools): Handlers {
  return {
    [BREACHES_QUEUE]: async (job) => {
      const context = await tools.contextOf(job.tenantId);
      await carryOut(tools.door, context, recordBreaches, {}, { commandId: commandIdOf(job) });
    },
  };
}
