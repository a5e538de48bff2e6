// What workers do for the clocks: they escalate receipts that waited too long.

import type { MailTools } from '#approvals/send-staff-mail.ts';
import type { Handlers } from '#jobs/job.ts';
import { sendEscalations } from './escalate-receipts.ts';

/** The queue that escalates receipts that waited too long. */
export const ESCALATE_QUEUE = 'clocks.escalate';

/** The handlers of the queues of the clocks. */
export function clocksJobs(tools: MailTools): Handlers {
  return { [ESCALATE_QUEUE]: async (job) => void (await sendEscalations(tools, job.tenantId)) };
}
