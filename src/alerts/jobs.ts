// What workers do for alerts: they send them.

import type { MailTools } from '#approvals/send-staff-mail.ts';
import type { Handlers } from '#jobs/job.ts';
import { sendAlerts } from './send-alerts.ts';
import { type ChannelTools, sendChannelAlerts } from './send-channels.ts';

/** The queue that tells members what is new for them; see schedules. */
export const ALERTS_QUEUE = 'alerts.send';

/** The handlers of the queues of alerts. */
export function alertsJobs(tools: MailTools & ChannelTools): Handlers {
  return {
    [ALERTS_QUEUE]: async (job) => {
      await sendAlerts(tools, job.tenantId);
      await sendChannelAlerts(tools, job.tenantId);
    },
  };
}
