// What workers do for trying policies out: the set in the shadow is planned each day.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { recordShadowDays } from './record-shadow-days.ts';

/** The queue that plans the set in the shadow; see schedules. */
export const SHADOW_QUEUE = 'trials.shadow';

/** The handlers of the queues of trials. */
export function trialsJobs(tools: JobTools): Handlers {
  return { [SHADOW_QUEUE]: (job) => recordShadowDays(tools, job.tenantId) };
}
