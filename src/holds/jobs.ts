// What workers do for holds: they tell owners before holds end.

import type { MailTools } from '#approvals/send-staff-mail.ts';
import type { Handlers } from '#jobs/job.ts';
import { sendEnds } from './send-ends.ts';

/** The queue that tells owners of holds that are about to end. */
export const HOLD_ENDS_QUEUE = 'holds.ends';

/** The handlers of the queues of holds. */
export function holdsJobs(tools: MailTools): Handlers {
  return { [HOLD_ENDS_QUEUE]: async (job) => void (await sendEnds(tools, job.tenantId)) };
}
