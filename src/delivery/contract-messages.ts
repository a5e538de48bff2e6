// The operations on the outbox: messages word for word, decisions on them, and mail that comes in.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  may,
  momentText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { KNOWN_BY, SIGNAL_KINDS } from './fate.ts';
import { MESSAGE_CHANNELS, MESSAGE_PURPOSES, MESSAGE_STATES, OUTCOMES, TRANSPORTS } from './message.ts';

/** How long a person's reason for a decision on a message may be. */
export const MESSAGE_REASON_CHARACTERS_MAX = 500;

export const messageRow = z.object({
  messageId: idText,
  purpose: z.enum(MESSAGE_PURPOSES),
  state: z.enum(MESSAGE_STATES),
  companyId: idText,
  customerId: idText,
  customerNumber: z.string(),
  customerName: z.string(),
  channel: z.enum(MESSAGE_CHANNELS),
  recipient: z.string(),
  copies: z.array(z.string()),
  /** The document it carries. */
  documentId: idText.nullable(),
  language: z.string(),
  /** Null until it is written, which happens in the moment of sending. */
  subject: z.string().nullable(),
  tries: z.number().int(),
  /** The last answer of the mail server, or why the message was dropped. */
  answer: z.string().nullable(),
  transport: z.enum(TRANSPORTS).nullable(),
  /** The business day it was made for. */
  runOn: dayText,
  createdAt: momentText,
  sentAt: momentText.nullable(),
  /** When it will be tried again, where it waits for that. */
  nextTryAt: momentText.nullable(),
});

const attachment = z.object({
  /** Its place among the attachments, from 1; the address of the download. */
  attachmentNo: z.number().int(),
  fileName: z.string(),
  contentType: z.string(),
  bytes: z.number().int(),
  /** With which certificate of its company it was signed before it was sent, and until when that is valid; null: it was not. */
  signedWith: z.object({ name: z.string(), issuerName: z.string(), validUntil: momentText }).nullable(),
});

export const attempt = z.object({
  attemptNo: z.number().int(),
  startedAt: momentText,
  endedAt: momentText.nullable(),
  transport: z.enum(TRANSPORTS),
  /** Null while no answer is known. */
  outcome: z.enum(OUTCOMES).nullable(),
  answer: z.string().nullable(),
  sha256: z.string(),
});

export const SEVERITIES = ['hard', 'soft', 'policy'] as const;

export const signal = z.object({
  kind: z.enum(SIGNAL_KINDS),
  /** Of a bounce: the address is dead, could not be reached this time, or the server did not want this message. */
  severity: z.enum(SEVERITIES).nullable(),
  address: z.string().nullable(),
  detail: z.string(),
  /** The mail that said so, to be downloaded as it came. */
  inboundMailId: idText.nullable(),
  happenedAt: momentText,
  recordedAt: momentText,
});

const message = messageRow.extend({
  /** The Message-ID, the same at every try, so that a mailbox shows one copy. */
  messageHeader: z.string(),
  /** The headers as they stand in the message, in order; empty until it is written. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string().nullable(),
  /** To be shown in a sandboxed frame without scripts and without the network. */
  html: z.string().nullable(),
  attachments: z.array(attachment),
  attempts: z.array(attempt),
  /** What was learned of it afterwards, in the order it was learned. */
  signals: z.array(signal),
  /** What who took it over calls it, e.g. the number of a letter. */
  carrierReference: z.string().nullable(),
  /** The message that did not arrive, whose place this one takes. */
  replacesId: idText.nullable(),
  /** The link in it to see its documents without signing in: until when it works, and when a person ended it. */
  view: z.object({ until: momentText, endedAt: momentText.nullable() }).nullable(),
  may: z.object({ resend: may, markSent: may, drop: may, endView: may }),
});

const messageParams = z.object({ messageId: idText });

const MESSAGE_NOT_FOUND: RefusalMeaning = [404, 'There is no message with this id.'];
const NOT_WRITTEN: RefusalMeaning = [
  409,
  'The message is not written yet; that happens in the moment of sending, so that its figures are right.',
];

/** The refusals of a decision on a message. */
const DECISION_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  message_not_found: MESSAGE_NOT_FOUND,
  message_waits: [409, 'The message waits to be sent by itself.'],
  message_being_sent: [409, 'The message is being sent. Wait until its fate is known.'],
  message_already_sent: [409, 'The message was sent. It is never sent twice.'],
  message_dropped: [409, 'The message was dropped. The next reminder run says what is still to be said.'],
  message_not_in_doubt: [409, 'What became of the message is known, so there is nothing to decide.'],
};

/** The outbox: messages, the newest first. */
export const listMessages = operation({
  id: 'list-messages',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/messages',
  summary: 'The outbox: messages to customers and what became of them, the newest first.',
  tag: 'Messages',
  permission: 'message.read',
  query: pageQuery.extend({
    state: z.enum(MESSAGE_STATES).optional(),
    purpose: z.enum(MESSAGE_PURPOSES).optional(),
    customerId: idText.optional(),
    companyId: idText.optional(),
    channel: z.enum(MESSAGE_CHANNELS).optional(),
    /** Messages that carry this document. */
    documentId: idText.optional(),
    /** Business days the messages were made for, both included. */
    from: day.optional(),
    to: day.optional(),
  }),
  reply: pageOf(messageRow),
});

/** How many messages there are in each state: what waits, and what needs a person. */
export const countMessages = operation({
  id: 'count-messages',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/message-counts',
  summary: 'How many messages wait, and how many need a person: refused, failed, or of unknown fate.',
  tag: 'Messages',
  permission: 'message.read',
  reply: z.object({
    /** Wait for their turn. */
    queued: z.number().int(),
    /** Wait for another try, because the mail server said "not now". */
    later: z.number().int(),
    sending: z.number().int(),
    refused: z.number().int(),
    failed: z.number().int(),
    unknown: z.number().int(),
  }),
});

/** One message exactly as it is or would be sent. */
export const getMessage = operation({
  id: 'get-message',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/messages/:messageId',
  summary: 'One message exactly as it was sent: headers, text, HTML, attachments, tries.',
  tag: 'Messages',
  permission: 'message.read',
  params: messageParams,
  reply: message,
  refusals: { message_not_found: MESSAGE_NOT_FOUND },
});

/** The bytes of a message. */
export const downloadMessage = operation({
  id: 'download-message',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/messages/:messageId/raw',
  summary: 'The message as the bytes that were handed over, to be opened in any mail program (.eml).',
  tag: 'Messages',
  permission: 'message.read',
  params: messageParams,
  produces: ['message/rfc822'],
  refusals: { message_not_found: MESSAGE_NOT_FOUND, message_not_written: NOT_WRITTEN },
});

/** One attachment of a message. */
export const downloadAttachment = operation({
  id: 'download-attachment',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/messages/:messageId/attachments/:attachmentNo',
  summary: 'One attachment of a message, as it was sent.',
  tag: 'Messages',
  permission: 'message.read',
  params: messageParams.extend({ attachmentNo: z.coerce.number().int().min(1) }),
  produces: ['application/pdf', 'application/octet-stream'],
  refusals: {
    message_not_found: MESSAGE_NOT_FOUND,
    message_not_written: NOT_WRITTEN,
    attachment_not_found: [404, 'The message has no attachment with this number.'],
  },
});

const decided = z.object({ messageId: idText, state: z.enum(MESSAGE_STATES) });

/** A person decides that a message goes out (again). */
export const resendMessage = operation({
  id: 'resend-message',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/messages/:messageId/sendings',
  summary:
    'Sends a message that was refused, failed, or whose fate is unknown, written afresh from what is open now.',
  tag: 'Messages',
  permission: 'reminder.send',
  params: messageParams,
  reply: decided,
  refusals: DECISION_REFUSALS,
});

/** A person knows that a message of unknown fate was sent. */
export const markMessageSent = operation({
  id: 'mark-message-sent',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/messages/:messageId/confirmations',
  summary: 'Notes that a message of unknown fate did reach the customer.',
  tag: 'Messages',
  permission: 'reminder.send',
  params: messageParams,
  body: z.object({ reason: textLine(MESSAGE_REASON_CHARACTERS_MAX).optional() }),
  reply: decided,
  refusals: DECISION_REFUSALS,
});

/** A person decides that a message is not sent. */
export const dropMessage = operation({
  id: 'drop-message',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/messages/:messageId',
  summary:
    'Drops a message that waits, was refused, failed or did not reach the customer: it will not be sent.',
  tag: 'Messages',
  permission: 'reminder.send',
  params: messageParams,
  reply: decided,
  refusals: DECISION_REFUSALS,
});

/** A person ends the link to the documents of a mail. */
export const endViewLink = operation({
  id: 'end-view-link',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/messages/:messageId/view-link',
  summary:
    'Ends the link in a mail by which its documents can be seen without signing in. It never works again.',
  tag: 'Messages',
  permission: 'reminder.send',
  params: messageParams,
  reply: z.object({ messageId: idText }),
  refusals: {
    message_not_found: MESSAGE_NOT_FOUND,
    view_link_not_found: [404, 'This message has no link: only mails that carry documents have one.'],
    view_link_ended: [409, 'The link was ended before. Nothing is left to do.'],
  },
});

// — mail that comes in —

/** A bounce, receipt or answer, handed in by a mail server or mailbox of one's own. */
export const receiveInboundMail = operation({
  id: 'receive-inbound-mail',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/inbound-mail',
  summary:
    'Hands in a mail that came in for a return address, as a file (.eml): bounces, receipts, complaints, automatic replies.',
  tag: 'Messages',
  permission: 'reminder.send',
  consumesFile: true,
  reply: z.object({
    kind: z.enum(['report', 'displayed', 'complaint', 'auto_reply', 'mail']),
    messageId: idText.nullable(),
    knownBy: z.enum(KNOWN_BY).nullable(),
    /** Whether the same mail came in before; then nothing was done. */
    repeated: z.boolean(),
  }),
  refusals: {
    mail_not_readable: [400, 'The file is no mail that can be read. Hand it in as the mail server got it.'],
    mail_file_too_large: [413, 'The mail is larger than 25 MiB.'],
  },
});

/** A mail that came in, as it came. */
export const downloadInboundMail = operation({
  id: 'download-inbound-mail',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/inbound-mail/:inboundMailId/raw',
  summary: 'A mail that came in about a message, as it came (.eml).',
  tag: 'Messages',
  permission: 'message.read',
  params: z.object({ inboundMailId: idText }),
  produces: ['message/rfc822'],
  refusals: { inbound_mail_not_found: [404, 'There is no such mail.'] },
});
