// What workers do for delivery.

import type { Handler, Handlers, HandleTogether, Payload, RunningJob } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId, type MessageId } from '#kernel/id.ts';
import { BATCH_QUEUE } from './begin-batch.ts';
import { makeBatch } from './make-batch.ts';
import { SEND_QUEUE } from './queue-message.ts';
import { readLetters } from './read-letters.ts';
import { readNetwork } from './read-network.ts';
import { recoverMessages } from './recover-messages.ts';
import { TEST_QUEUE } from './request-test-mail.ts';
import { type MailTools, sendMessage } from './send-message.ts';
import { sendTestMail } from './send-test-mail.ts';
import { sendTogether } from './send-together.ts';

/** The queue that reads what an e-invoice network said; see schedules. */
export const NETWORK_QUEUE = 'delivery.read-network';
/** The queue that asks the letter service what became of letters; see schedules. */
export const LETTERS_QUEUE = 'delivery.read-letters';
/** The queue that looks after messages whose job was lost; see schedules. */
export const RECOVER_QUEUE = 'delivery.recover-messages';

/** The handlers of delivery's queues. */
export function deliveryJobs(tools: MailTools): Handlers {
  return {
    [SEND_QUEUE]: sendingHandler(tools),
    [NETWORK_QUEUE]: async (job) => {
      await readNetwork(tools, tools.networkFolder, job.tenantId);
    },
    [LETTERS_QUEUE]: async (job) => {
      await readLetters(tools, job.tenantId);
    },
    [TEST_QUEUE]: async (job) => {
      const { testMailId } = job.payload;
      assert(
        typeof testMailId === 'string' && isId(testMailId),
        'a job of a test names its mail',
        job.payload,
      );
      await sendTestMail(tools, job.tenantId, testMailId);
    },
    [BATCH_QUEUE]: async (job) => {
      const { batchId } = job.payload;
      assert(typeof batchId === 'string' && isId(batchId), 'a job of a batch names it', job.payload);
      await makeBatch(tools, job.tenantId, batchId);
    },
    [RECOVER_QUEUE]: async (job) => {
      await recoverMessages(tools, job.tenantId);
    },
  };
}

/** Sending jobs a worker takes at a time. */
const JOBS_MAX = 200;
/** How many times that side by side: while the last of some are waited for, the next are written. */
const BATCHES = 2;

/** Sends one message, or many of a tenant together. */
function sendingHandler(tools: MailTools): Handler {
  const handle: HandleTogether['handle'] = async (tenantId, jobs, ending) => {
    const ids = jobs.map(({ payload }) => messageIdOf(payload));
    const outcomes = await sendTogether(tools, tenantId, ids, ending);
    return ids.map((id) => {
      const outcome = outcomes.get(id) ?? new Error('left to another worker: this one ends');
      return outcome instanceof Error ? outcome : undefined;
    });
  };
  return Object.assign(
    async (job: RunningJob) => {
      await sendMessage(tools, job.tenantId, messageIdOf(job.payload));
    },
    { together: { jobsMax: JOBS_MAX, batches: BATCHES, handle } },
  );
}

function messageIdOf(payload: Payload): MessageId {
  const { messageId } = payload;
  assert(typeof messageId === 'string' && isId(messageId), 'a sending job names its message', payload);
  return messageId as MessageId;
}
