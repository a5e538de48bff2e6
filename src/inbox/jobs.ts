// What workers do for the inbox: a mail that delivery kept is brought to its conversation, and what people said may be done
// unasked is done.

import type { JobTools } from '#identity/make-system-context.ts';
import type { Handlers } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { acceptUnasked } from './accept-unasked.ts';
import { takeInboundMail } from './take-mail.ts';

/** The queue that brings a mail to its conversation. */
export const INBOX_QUEUE = 'inbox.take-mail';

/** The handlers of the queues of the inbox. */
export function inboxJobs(tools: JobTools): Handlers {
  return {
    [INBOX_QUEUE]: async (job) => {
      const { inboundMailId } = job.payload;
      assert(
        typeof inboundMailId === 'string' && isId(inboundMailId),
        'a job of the inbox names its mail',
        job.payload,
      );
      const taken = await takeInboundMail(tools, job.tenantId, inboundMailId);
      if (taken?.mailId) await acceptUnasked(tools, job.tenantId, taken.mailId);
    },
  };
}
