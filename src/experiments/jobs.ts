// What workers do for experiments: they end those that have shown something, and those whose time is over.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers } from '#jobs/job.ts';
import { endExperiments } from './end-experiment.ts';

/** The queue that looks at experiments; see schedules. */
export const EXPERIMENTS_QUEUE = 'experiments.look';

/** The handlers of the queues of experiments. */
export function experimentsJobs(tools: JobTools): Handlers {
  return {
    [EXPERIMENTS_QUEUE]: async (job) => {
      const context = await tools.contextOf(job.tenantId);
      await carryOut(tools.door, context, endExperiments, {}, { commandId: commandIdOf(job) });
    },
  };
}
