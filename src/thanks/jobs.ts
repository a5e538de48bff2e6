// What workers do for thanks.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { thankCustomers } from './thank-customers.ts';

/** The queue that looks for payments to thank for; see schedules. */
export const THANKS_QUEUE = 'thanks.look';

/** The handlers of the queue of thanks. */
export function thanksJobs(tools: JobTools): Handlers {
  return { [THANKS_QUEUE]: (job) => thankCustomers(tools, job.tenantId) };
}
