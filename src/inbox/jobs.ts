// What workers do for the inbox: a mail that delivery kept is brought to its conversation, and what people said may be done
// unasked is done.

import type { JobTools } from '#identity/make-system-context.ts';
import { type Handlers, inTurns, type Turns } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { acceptUnasked } from './accept-unasked.ts';
import { INBOX_QUEUE } from './queues.ts';
import { takeInboundMail } from './take-mail.ts';

/** A mailbox that was just set up brings thousands of mails: those of others are taken apart between them. */
const TURNS: Turns = { lanes: 4, jobsALane: 5, jobsATenant: 5 };

/** The handlers of the queues of the inbox. */
export function inboxJobs(tools: JobTools): Handlers {
  return {
    [INBOX_QUEUE]: inTurns(async (job) => {
      const { inboundMailId } = job.payload;
      assert(
        typeof inboundMailId === 'string' && isId(inboundMailId),
        'a job of the inbox names its mail',
        job.payload,
      );
      const taken = await takeInboundMail(tools, job.tenantId, inboundMailId);
      if (taken?.mailId) await acceptUnasked(tools, job.tenantId, taken.mailId);
    }, TURNS),
  };
}
