// What workers do for delivery.

import { inTenant } from '#db/transaction.ts';
import type { Handler, Handlers, HandleTogether, RunningJob } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId, type MessageId, type TenantId } from '#kernel/id.ts';
import { BATCH_QUEUE } from './begin-batch.ts';
import { makeBatch } from './make-batch.ts';
import type { MessageState } from './message.ts';
import {
  JOB_MESSAGES_MAX,
  messageIdsOf,
  SEND_QUEUE,
  SEND_TOGETHER_QUEUE,
  sendingJob,
} from './queue-message.ts';
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
    [SEND_QUEUE]: sendingHandler(tools, MESSAGES_MAX),
    [SEND_TOGETHER_QUEUE]: sendingHandler(tools, MESSAGES_MAX / JOB_MESSAGES_MAX),
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

/** Messages whose jobs a worker takes at a time. */
const MESSAGES_MAX = 200;
/** How many times that side by side: while the last of some are waited for, the next are written. */
const BATCHES = 2;

/** Sends the messages of jobs, all of a tenant together. */
function sendingHandler(tools: MailTools, jobsMax: number): Handler {
  const handle: HandleTogether['handle'] = async (tenantId, jobs, ending) => {
    const about = jobs.map(({ payload }) => messageIdsOf(payload));
    const outcomes = await sendTogether(tools, tenantId, about.flat(), ending);
    return Promise.all(about.map((ids) => endOf(tools, tenantId, ids, outcomes)));
  };
  return Object.assign(
    async (job: RunningJob) => {
      for (const id of messageIdsOf(job.payload)) await sendMessage(tools, job.tenantId, id);
    },
    { together: { jobsMax, batches: BATCHES, handle } },
  );
}

/**
 * What went wrong with a job; nothing where it was done. Of many messages, those with which something went wrong are given jobs
 * of their own, each of which is tried again by itself.
 */
async function endOf(
  { door, log }: MailTools,
  tenantId: TenantId,
  ids: readonly MessageId[],
  outcomes: ReadonlyMap<MessageId, MessageState | Error>,
): Promise<Error | undefined> {
  if (ids.some((id) => !outcomes.has(id))) return new Error('left to another worker: this one ends');
  const failed = ids.flatMap((id) => {
    const error = outcomes.get(id);
    return error instanceof Error ? [{ id, error }] : [];
  });
  const error = failed[0]?.error;
  if (error === undefined || ids.length === 1) return error;
  try {
    await inTenant(door.pool, tenantId, (tx) =>
      door.enqueue(
        tx,
        failed.map(({ id }) => sendingJob(id)),
      ),
    );
  } catch {
    return error;
  }
  log.warn(
    { err: error, tenantId, messages: failed.map(({ id }) => id) },
    'messages could not be sent and are tried again, each by itself',
  );
  return undefined;
}
