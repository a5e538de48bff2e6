// What workers do for the clocks: they escalate receipts that waited too long.

import type { StaffPost } from '#approvals/send-notices.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { sendEscalations } from './escalate-receipts.ts';

/** The queue that escalates receipts that waited too long. */
export const ESCALATE_QUEUE = 'clocks.escalate';

/** The handlers of the queues of the clocks. */
export function clocksJobs(tools: JobTools & { readonly post: StaffPost | undefined }): Handlers {
  return { [ESCALATE_QUEUE]: async (job) => void (await sendEscalations(tools, job.tenantId)) };
}
