// What workers do for escalation: they tell what was paid of what is handed over.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers } from '#jobs/job.ts';
import { closeHandedOver } from './end-hand-over.ts';
import { tellAgencies } from './queue-notices.ts';

/** The queue that looks for items that are handed over and have nothing open any more. */
export const HANDED_OVER_QUEUE = 'escalation.closed';

/** The handlers of the queues of escalation. */
export function escalationJobs(tools: JobTools): Handlers {
  return {
    [HANDED_OVER_QUEUE]: async (job) => {
      const context = await tools.contextOf(job.tenantId);
      await carryOut(tools.door, context, closeHandedOver, {}, { commandId: commandIdOf(job) });
      await carryOut(tools.door, context, tellAgencies, {}, { commandId: commandIdOf(job, 'tell') });
    },
  };
}
