// What workers do for approvals: they tell people by mail what waits for them.

import type { Handlers } from '#jobs/job.ts';
import { type NoticeTools, sendNotices } from './send-notices.ts';

/** The queue that tells what is new, and what lapses soon. */
export const NOTICE_QUEUE = 'approvals.notify';
/** The queue that tells those who want one mail a day. */
export const DAILY_NOTICE_QUEUE = 'approvals.notify-daily';

/** The handlers of the queues of approvals. */
export function approvalJobs(tools: NoticeTools): Handlers {
  return {
    [NOTICE_QUEUE]: async (job) => void (await sendNotices(tools, job.tenantId, false)),
    [DAILY_NOTICE_QUEUE]: async (job) => void (await sendNotices(tools, job.tenantId, true)),
  };
}
