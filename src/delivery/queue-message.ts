// Queueing: a message is promised, in the transaction of whatever makes it necessary. It is written later, in the moment of
// sending, so that it says what is true then.

import { messageIdentifier, newReturnToken } from '#carriers/make-return-address.ts';
import type { Act } from '#command/command.ts';
import type { Job, Payload } from '#jobs/job.ts';
import { assert, present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { isId, type MessageId, newId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import type { Channel, Message, MessagePurpose } from './message.ts';
import { mayBeStopped } from './stop-link.ts';
import { insertMessages } from './store.ts';
import { insertStopLinks } from './store-stop.ts';
import { insertViews } from './store-view.ts';
import { mayHaveView } from './view-link.ts';

/** The queue whose handler sends a message. */
export const SEND_QUEUE = 'delivery.send-message';
/** The queue whose handler sends messages that were queued together. */
export const SEND_TOGETHER_QUEUE = 'delivery.send-messages';

/** The job that sends a message; several of the same message wait as one. */
export function sendingJob(messageId: MessageId, after?: Temporal.Instant) {
  return {
    queue: SEND_QUEUE,
    payload: { messageId },
    key: messageId,
    ...(after === undefined ? {} : { after }),
  };
}

/** Messages that one job sends: few enough that workers share a run, and one that ends leaves little undone. */
export const JOB_MESSAGES_MAX = 25;

/** The jobs that send messages queued together: a job for some of them costs as much as a job for one. */
function sendingJobs(ids: readonly MessageId[]): readonly Job[] {
  const [only] = ids;
  if (only !== undefined && ids.length === 1) return [sendingJob(only)];
  return Array.from({ length: Math.ceil(ids.length / JOB_MESSAGES_MAX) }, (_, part) => ({
    queue: SEND_TOGETHER_QUEUE,
    payload: { messageIds: ids.slice(part * JOB_MESSAGES_MAX, (part + 1) * JOB_MESSAGES_MAX) },
  }));
}

/** The messages a sending job is about: one, or those that were queued together. */
export function messageIdsOf(payload: Payload): readonly MessageId[] {
  const ids = payload.messageIds ?? [payload.messageId];
  assert(Array.isArray(ids) && ids.every(isMessageId), 'a sending job names its messages', payload);
  return ids;
}

function isMessageId(value: unknown): value is MessageId {
  return typeof value === 'string' && isId(value);
}

export type NewMessage = {
  readonly company: Company;
  readonly customer: Customer;
  readonly purpose: MessagePurpose;
  /** Who it would go to now; read again in the moment of sending. */
  readonly recipient: string;
  readonly language: string;
  /** By mail when left out. */
  readonly channel?: Channel;
  readonly copies?: readonly string[];
  /** The document it carries. */
  readonly documentId?: string | undefined;
  /** The message that did not arrive, whose place it takes. */
  readonly replacesId?: MessageId | undefined;
  /** The business day it is for. */
  readonly runOn: PlainDate;
  /** The run that queues it, of a reminder. */
  readonly runId?: string | undefined;
};

/** Queues a message to a customer: its row and the job that sends it exist exactly if the transaction commits. */
export function queueMessage(act: Act, wanted: NewMessage): MessageId {
  return present(queueMessages(act, [wanted])[0], 'one message was queued');
}

/** Queues many messages as `queueMessage` does, in a few statements for all of them; gives their ids in their order. */
export function queueMessages(act: Act, wanted: readonly NewMessage[]): readonly MessageId[] {
  const messages = wanted.map((one) => messageOf(act, one));
  insertMessages(act, messages);
  const tokenFor = ({ id }: Message) => ({ messageId: id, token: newReturnToken() });
  insertViews(act, messages.filter(mayHaveView).map(tokenFor));
  insertStopLinks(act, messages.filter(mayBeStopped).map(tokenFor));
  const ids = messages.map(({ id }) => id);
  for (const job of sendingJobs(ids)) act.enqueue(job);
  return ids;
}

function messageOf(act: Act, wanted: NewMessage): Message {
  const id = newId<'message'>();
  return {
    id,
    companyId: wanted.company.id,
    customerId: wanted.customer.id,
    purpose: wanted.purpose,
    channel: wanted.channel ?? 'email',
    state: 'queued',
    recipient: wanted.recipient,
    copies: wanted.copies ?? [],
    documentId: wanted.documentId ?? null,
    language: wanted.language,
    subject: null,
    messageHeader: messageIdentifier(id, act.tenantId, domainOf(wanted.company)),
    returnToken: newReturnToken(),
    carrierReference: null,
    replacesId: wanted.replacesId ?? null,
    tries: 0,
    answer: null,
    transport: null,
    runOn: wanted.runOn,
    runId: wanted.runId ?? null,
    createdAt: act.now,
    sentAt: null,
    nextTryAt: null,
  };
}

const PLAIN_DOMAIN = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** The domain the company writes from, which makes its Message-IDs unique; `.invalid` (RFC 2606) where it has none. */
function domainOf(company: Company): string {
  const domain = company.email?.split('@').at(-1)?.toLowerCase() ?? '';
  return PLAIN_DOMAIN.test(domain) ? domain : 'quittance.invalid';
}
