// What workers do for alerts: they send them.

import type { MailTools } from '#approvals/send-staff-mail.ts';
import type { Handlers } from '#jobs/job.ts';
import { sendAlerts } from './send-alerts.ts';

/** The queue that tells members what is new for them; see schedules. */
export const ALERTS_QUEUE = 'alerts.send';

/** The handlers of the queues of alerts. */
export function alertsJobs(tools: MailTools): Handlers {
  return { [ALERTS_QUEUE]: async (job) => void (await sendAlerts(tools, job.tenantId)) };
}
