// A message is something said to a customer. It is handed to the mail server once: whenever it is not certain that it was
// not taken over, it is never handed over again by itself; a person decides.

import { assert } from '#kernel/assert.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, MessageId } from '#kernel/id.ts';
import { DELIVERY_TRIES_MAX } from '#kernel/limits.ts';

/** Messages of one process that are being handed over at a time, so many are in doubt when it is killed. */
export const SENDING_AT_ONCE_MAX = 5;
/** Messages that leave in one transaction, where those before them were handed over quickly. */
export const LEAVING_AT_ONCE_MAX = 50;

/** What a message is for. A `reply` is what a person wrote in answer to a mail. */
export const MESSAGE_PURPOSES = [
  'reminder',
  'invoice',
  'statement',
  'charge',
  'reply',
  'thanks',
  'agency',
] as const;
/**
 * Purposes for which alone an address can be stopped; who stops all of them gets no answers either, and who stops
 * reminders no thanks.
 */
export const STOPPED_PURPOSES = ['reminder', 'invoice', 'statement', 'charge'] as const;
export type StoppedPurpose = (typeof STOPPED_PURPOSES)[number];
export type MessagePurpose = (typeof MESSAGE_PURPOSES)[number];

/** By which way a message is sent to its reader. `sms` is a short notice; `network` one for electronic invoices. */
export const CHANNELS = ['email', 'post', 'sms', 'network'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * By which way a message reached its reader: sent by one of the channels, or posted in the customer's AP portal by a
 * person.
 */
export const MESSAGE_CHANNELS = [...CHANNELS, 'ap_portal'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/**
 * Where a message stands. `queued`: waits to be sent, also between two tries. `sending`: handed to the mail server, whose
 * answer is not known yet. `ready`: a letter that lies ready to be printed and posted by a person. `sent`: taken over by
 * the mail server (or the built-in outbox). `refused`: the mail server will not have it. `failed`: given up after the last
 * try. `unknown`: handed over, but no answer was heard; a person decides. `dropped`: nothing was left to say, or a person
 * decided not to say it.
 */
export const MESSAGE_STATES = [
  'queued',
  'sending',
  'ready',
  'sent',
  'refused',
  'failed',
  'unknown',
  'dropped',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/**
 * How a message leaves: by SMTP, or into the built-in outbox where it can be read and nothing goes out; letters by our own
 * printer or a letter service; short notices by an SMS service; e-invoices into the folder of a network's access point;
 * `by_hand` what a person posts somewhere else.
 */
export const TRANSPORTS = [
  'smtp',
  'outbox',
  'print',
  'letter_service',
  'sms_service',
  'network_folder',
  'by_hand',
] as const;
export type TransportKind = (typeof TRANSPORTS)[number];

/**
 * What handing over came to. `sent`: taken over. `refused`: will never be taken over. `later`: surely not taken over, worth
 * another try. `unknown`: perhaps taken over.
 */
export const OUTCOMES = ['sent', 'refused', 'later', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type Message = {
  readonly id: MessageId;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly purpose: MessagePurpose;
  readonly channel: MessageChannel;
  readonly state: MessageState;
  /** The address it goes to: of mail, the lines of a letter joined by commas, a telephone number, an address in a network. */
  readonly recipient: string;
  /** Who else gets a mail. */
  readonly copies: readonly string[];
  /** The document it carries. */
  readonly documentId: string | null;
  readonly language: string;
  /** Null until it is written, which happens in the moment of sending. */
  readonly subject: string | null;
  /** The Message-ID, the same at every try, so that a mailbox shows one copy. */
  readonly messageHeader: string;
  /** What bounces of it are recognised by; known only to who got it. */
  readonly returnToken: string | null;
  /** What who took it over calls it, e.g. the number of a letter. */
  readonly carrierReference: string | null;
  /** The message that did not arrive, whose place this one takes. */
  readonly replacesId: MessageId | null;
  /** Tries since a person last wanted it sent. */
  readonly tries: number;
  /** The last answer of the mail server, or why the message was dropped. */
  readonly answer: string | null;
  readonly transport: TransportKind | null;
  /** The business day it was made for. */
  readonly runOn: PlainDate;
  /** The run that queued it, of a reminder. */
  readonly runId: string | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  readonly nextTryAt: Instant | null;
};

/**
 * Minutes to wait after the first, second … try that was answered "later": long enough for greylisting (which lets pass
 * after 5 to 15 minutes), then for a mail server that is down for a night.
 */
const WAIT_MINUTES = [2, 15, 60, 240, 720] as const;

/** What becomes of a message after a try: its state, and when it is tried again. */
export type Afterwards = { readonly state: MessageState; readonly nextTryAt: Instant | null };

/**
 * What becomes of a message by the outcome of a try, its `tries` counting that one. Only what was surely not taken over is
 * tried again, so often as the limit says; then it has failed.
 */
export function afterTry(outcome: Outcome, tries: number, now: Instant): Afterwards {
  if (outcome !== 'later') return { state: outcome, nextTryAt: null };
  if (tries >= DELIVERY_TRIES_MAX) return { state: 'failed', nextTryAt: null };
  const minutes = WAIT_MINUTES[Math.min(tries, WAIT_MINUTES.length) - 1] ?? WAIT_MINUTES[0];
  return { state: 'queued', nextTryAt: now.add({ minutes }) };
}

/** Whether a message waits for a later moment. */
export function isEarly(message: Pick<Message, 'nextTryAt'>, now: Instant): boolean {
  return message.nextTryAt !== null && Temporal.Instant.compare(now, message.nextTryAt) < 0;
}

/** Whether a person may send the message (again), or the code of the reason why not. */
export function mayResend(state: MessageState): true | string {
  switch (state) {
    case 'refused':
    case 'failed':
    case 'unknown':
      return true;
    case 'queued':
    case 'ready':
      return 'message_waits';
    case 'sending':
      return 'message_being_sent';
    case 'sent':
      return 'message_already_sent';
    case 'dropped':
      return 'message_dropped';
  }
}

/** Whether a person may say that the message did reach the customer, or the code of the reason why not. */
export function mayMarkSent(state: MessageState): true | string {
  if (state === 'unknown' || state === 'ready') return true;
  return state === 'sending' ? 'message_being_sent' : 'message_not_in_doubt';
}

/** Whether a person may decide that the message is not sent, or the code of the reason why not. */
export function mayDrop(state: MessageState): true | string {
  switch (state) {
    case 'queued':
    case 'ready':
    case 'refused':
    case 'failed':
    case 'unknown':
      return true;
    case 'sending':
      return 'message_being_sent';
    case 'sent':
      return 'message_already_sent';
    case 'dropped':
      return 'message_dropped';
  }
}

/** The channel of a message that is sent. What a person posted is never sent by us. */
export function sendingChannel(message: Pick<Message, 'channel'>): Channel {
  assert(message.channel !== 'ap_portal', 'what a person posts is not sent');
  return message.channel;
}
