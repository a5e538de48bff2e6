// What workers do for promises: they tell once which were not kept.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers } from '#jobs/job.ts';
import { recordBreaks } from './record-breaks.ts';

/** The queue that tells broken promises. */
export const BREAKS_QUEUE = 'promises.breaks';

/** The handlers of the queues of promises. */
export function promisesJobs(tools: JobTools): Handlers {
  return {
    [BREAKS_QUEUE]: async (job) => {
      const context = await tools.contextOf(job.tenantId);
      await carryOut(tools.door, context, recordBreaks, {}, { commandId: commandIdOf(job) });
    },
  };
}
