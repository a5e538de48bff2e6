// The operations on messages: what was said to customers, to whom, when, word for word, and what became of it.

import { z } from 'zod';
import { WRITTEN_PROFILES } from '#einvoice/written-profile.ts';
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
import { DELIVERY_COPIES_MAX, VIEW_DAYS_MAX } from '#kernel/limits.ts';
import { BATCH_FORMS } from './batch-form.ts';
import { KNOWN_BY, PROBLEM_KINDS, SIGNAL_KINDS, SUPPRESSION_REASONS } from './fate.ts';
import { CHANNELS, MESSAGE_PURPOSES, MESSAGE_STATES, OUTCOMES, TRANSPORTS } from './message.ts';
import { ATTACHED_FORMATS } from './sender.ts';

/** How long a person's reason for a decision on a message may be. */
export const MESSAGE_REASON_CHARACTERS_MAX = 500;

const messageRow = z.object({
  messageId: idText,
  purpose: z.enum(MESSAGE_PURPOSES),
  state: z.enum(MESSAGE_STATES),
  companyId: idText,
  customerId: idText,
  customerNumber: z.string(),
  customerName: z.string(),
  channel: z.enum(CHANNELS),
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
});

const attempt = z.object({
  attemptNo: z.number().int(),
  startedAt: momentText,
  endedAt: momentText.nullable(),
  transport: z.enum(TRANSPORTS),
  /** Null while no answer is known. */
  outcome: z.enum(OUTCOMES).nullable(),
  answer: z.string().nullable(),
  sha256: z.string(),
});

const SEVERITIES = ['hard', 'soft', 'policy'] as const;

const signal = z.object({
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
    channel: z.enum(CHANNELS).optional(),
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

// — how a company sends, what a customer wants —

const ADDRESS_NOT_VALID: RefusalMeaning = [
  400,
  'This is no address that can be sent to. Mail addresses look like anna@example.com, telephone numbers like +420601234567.',
];
const NETWORK_ADDRESS_NOT_VALID: RefusalMeaning = [
  400,
  'This is no electronic address: its scheme is unknown, or its check digits do not fit. Write it like 0088:7300010000001.',
];
const CHANNEL_TWICE: RefusalMeaning = [400, 'A way of sending stands in the list twice. Name each once.'];
const COMPANY_NOT_FOUND: RefusalMeaning = [404, 'There is no company with this id.'];
const CUSTOMER_NOT_FOUND: RefusalMeaning = [404, 'There is no customer with this id.'];

const optionalLine = (max: number) => textLine(max).nullable().default(null);
const channelList = z.array(z.enum(CHANNELS)).max(CHANNELS.length);

const settingIn = z.object({
  /** The ways invoices go, the first first. */
  channels: channelList.min(1),
  /** Whether an invoice is sent as soon as it is issued. */
  deliversOnIssue: z.boolean(),
  fromName: optionalLine(200),
  fromAddress: optionalLine(254),
  replyTo: optionalLine(254),
  signature: z.string().trim().max(1_000).nullable().default(null),
  /** Where bounces come back to; each message adds a mark of its own behind a plus sign. */
  bounceAddress: optionalLine(254),
  asksForReceipt: z.boolean().default(false),
  attaches: z.array(z.enum(ATTACHED_FORMATS)).min(1).max(ATTACHED_FORMATS.length),
  /** For how many days the link in a mail shows its documents without signing in; null for no link. */
  viewDays: z.number().int().min(1).max(VIEW_DAYS_MAX).nullable().default(null),
  /** Whether reminders and statements carry a link by which their reader stops them or names another address. */
  offersStop: z.boolean().default(false),
});

/** How a company sends. */
export const readDeliverySetting = operation({
  id: 'read-delivery-setting',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/delivery',
  summary: 'How a company sends: who it is as a sender, by which ways, and what it attaches.',
  tag: 'Delivery',
  permission: 'book.read',
  params: z.object({ companyId: idText }),
  reply: z.object({
    ...settingIn.shape,
    channels: z.array(z.enum(CHANNELS)),
    attaches: z.array(z.enum(ATTACHED_FORMATS)),
    may: z.object({ change: may, test: may }),
  }),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

/** Changes how a company sends. */
export const changeDeliverySetting = operation({
  id: 'change-delivery-setting',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/delivery',
  summary: 'Changes how a company sends.',
  tag: 'Delivery',
  permission: 'company.manage',
  params: z.object({ companyId: idText }),
  body: settingIn,
  reply: z.object({ companyId: idText }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    delivery_address_not_valid: ADDRESS_NOT_VALID,
    bounce_address_too_long: [
      400,
      'The part of the bounce address before the @ is too long: each message adds a mark to it. 29 characters are the limit.',
    ],
    channel_twice: CHANNEL_TWICE,
  },
});

const preferenceIn = z.object({
  /** Null: as the company does. */
  channels: channelList.min(1).nullable().default(null),
  /** Whether the next way may be gone where one failed. */
  fallsBack: z.boolean().default(true),
  emailTo: optionalLine(254),
  copies: z.array(textLine(254)).max(DELIVERY_COPIES_MAX).default([]),
  attaches: z.array(z.enum(ATTACHED_FORMATS)).min(1).nullable().default(null),
  smsNumber: optionalLine(20),
  /** Where e-invoices are delivered to, with the scheme: `0088:7300010000001`. */
  networkAddress: optionalLine(150),
  /** The e-invoice the customer wants; nothing is issued that is not one by its rules. Null: none is wanted. */
  eInvoice: z.enum(WRITTEN_PROFILES).nullable().default(null),
  /** What documents say that name none of their own. */
  buyerReference: optionalLine(100),
  purchaseOrder: optionalLine(100),
  consentOn: day.nullable().default(null),
  consentNote: optionalLine(300),
});

const way = z.object({ channel: z.enum(CHANNELS), recipient: z.string(), name: z.string().nullable() });

/** How a customer is reached. */
export const readDeliveryPreference = operation({
  id: 'read-delivery-preference',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/delivery',
  summary: 'How a customer is reached: what the customer wants, and each way as it would be gone now.',
  tag: 'Delivery',
  permission: 'book.read',
  params: z.object({ customerId: idText }),
  query: z.object({ companyId: idText.optional() }),
  reply: z.object({
    channels: z.array(z.enum(CHANNELS)).nullable(),
    fallsBack: z.boolean(),
    emailTo: z.string().nullable(),
    copies: z.array(z.string()),
    attaches: z.array(z.enum(ATTACHED_FORMATS)).nullable(),
    smsNumber: z.string().nullable(),
    networkAddress: z.string().nullable(),
    eInvoice: z.enum(WRITTEN_PROFILES).nullable(),
    buyerReference: z.string().nullable(),
    purchaseOrder: z.string().nullable(),
    consentOn: dayText.nullable(),
    consentNote: z.string().nullable(),
    /** The ways in order of the customer, those left out that cannot be gone now. */
    ways: z.array(way),
    may: z.object({ change: may }),
  }),
  refusals: { customer_not_found: CUSTOMER_NOT_FOUND, company_not_found: COMPANY_NOT_FOUND },
});

/** Changes how a customer is reached. */
export const changeDeliveryPreference = operation({
  id: 'change-delivery-preference',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/delivery',
  summary: 'Changes how a customer is reached.',
  tag: 'Delivery',
  permission: 'customer.edit',
  params: z.object({ customerId: idText }),
  body: preferenceIn,
  reply: z.object({ customerId: idText }),
  refusals: {
    customer_not_found: CUSTOMER_NOT_FOUND,
    delivery_address_not_valid: ADDRESS_NOT_VALID,
    network_address_not_valid: NETWORK_ADDRESS_NOT_VALID,
    leitweg_id_not_valid: [
      400,
      'The check digits of this Leitweg-ID are wrong. Compare it with the order, digit by digit.',
    ],
    channel_twice: CHANNEL_TWICE,
    too_many_copies: [400, 'More copies than that are a mailing. Ten addresses are the limit.'],
  },
});

// — what did not arrive —

/** Work for a person: what did not arrive. */
export const listDeliveryProblems = operation({
  id: 'list-delivery-problems',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delivery-problems',
  summary:
    'What did not arrive and wants a person: why, what was done by itself, and what can be done. The newest first.',
  tag: 'Delivery',
  permission: 'message.read',
  query: pageQuery.extend({
    open: z.enum(['yes', 'no']).default('yes'),
    customerId: idText.optional(),
    documentId: idText.optional(),
  }),
  reply: pageOf(
    z.object({
      problemId: idText,
      kind: z.enum(PROBLEM_KINDS),
      severity: z.enum(SEVERITIES).nullable(),
      companyId: idText,
      customerId: idText,
      customerName: z.string(),
      messageId: idText.nullable(),
      documentId: idText.nullable(),
      subject: z.string().nullable(),
      channel: z.enum(CHANNELS).nullable(),
      address: z.string().nullable(),
      detail: z.string(),
      openedAt: momentText,
      closedAt: momentText.nullable(),
      resolution: z.string().nullable(),
      /** The message that took its place by another way. */
      replacedBy: z
        .object({ messageId: idText, channel: z.enum(CHANNELS), state: z.enum(MESSAGE_STATES) })
        .nullable(),
      /** The stop of the address in force. */
      suppressionId: idText.nullable(),
      may: z.object({ settle: may, lift: may }),
    }),
  ),
});

/** How many problems are open. */
export const countDeliveryProblems = operation({
  id: 'count-delivery-problems',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delivery-problem-count',
  summary: 'How many messages did not arrive and want a person.',
  tag: 'Delivery',
  permission: 'message.read',
  reply: z.object({ open: z.number().int() }),
});

/** Closes a problem. */
export const settleDeliveryProblem = operation({
  id: 'settle-delivery-problem',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/delivery-problems/:problemId/settlements',
  summary: 'Closes a delivery problem with what was done about it.',
  tag: 'Delivery',
  permission: 'reminder.send',
  params: z.object({ problemId: idText }),
  body: z.object({ resolution: textLine(MESSAGE_REASON_CHARACTERS_MAX) }),
  reply: z.object({ problemId: idText }),
  refusals: {
    problem_not_found: [404, 'There is no such delivery problem.'],
    problem_closed: [409, 'Somebody closed it already.'],
  },
});

const suppression = z.object({
  suppressionId: idText,
  address: z.string(),
  /** Null: nothing at all is sent to it. */
  purpose: z.enum(MESSAGE_PURPOSES).nullable(),
  reason: z.enum(SUPPRESSION_REASONS),
  detail: z.string(),
  messageId: idText.nullable(),
  addedBy: z.string(),
  addedAt: momentText,
  liftedAt: momentText.nullable(),
  liftReason: z.string().nullable(),
  may: z.object({ lift: may }),
});

/** Addresses nothing is sent to. */
export const listSuppressions = operation({
  id: 'list-suppressions',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/suppressions',
  summary: 'Addresses that nothing is sent to: since when, why, and who lifted it. The newest first.',
  tag: 'Delivery',
  permission: 'message.read',
  query: pageQuery.extend({ lifted: z.enum(['yes', 'no']).default('no'), q: z.string().max(254).optional() }),
  reply: pageOf(suppression),
});

/** Stops an address by hand. */
export const addSuppression = operation({
  id: 'add-suppression',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/suppressions',
  summary: 'Stops an address: nothing more is sent to it, at all or for one purpose, until that is lifted.',
  tag: 'Delivery',
  permission: 'customer.edit',
  body: z.object({
    address: textLine(254),
    purpose: z.enum(MESSAGE_PURPOSES).nullable().default(null),
    reason: z.enum(['by_hand', 'opt_out']).default('by_hand'),
    detail: textLine(300),
  }),
  reply: z.object({ address: z.string() }),
  refusals: { delivery_address_not_valid: ADDRESS_NOT_VALID },
});

/** Lets things be sent to an address again. */
export const liftSuppression = operation({
  id: 'lift-suppression',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/suppressions/:suppressionId/lifts',
  summary: 'Lets things be sent to an address again, for a reason.',
  tag: 'Delivery',
  permission: 'customer.edit',
  params: z.object({ suppressionId: idText }),
  body: z.object({ reason: textLine(300) }),
  reply: z.object({ address: z.string() }),
  refusals: {
    suppression_not_found: [404, 'There is no such stop.'],
    suppression_lifted: [409, 'It was lifted already.'],
  },
});

// — what became of one document —

/** How a document was sent, and what became of that. */
export const listDeliveries = operation({
  id: 'list-deliveries',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/deliveries',
  summary:
    'How an invoice or credit note was sent: each message, each try, what was learned afterwards. The newest first.',
  tag: 'Delivery',
  permission: 'message.read',
  query: z.object({ documentId: idText }),
  reply: z.object({
    rows: z.array(messageRow.extend({ attempts: z.array(attempt), signals: z.array(signal) })),
  }),
});

/** The proof that a document was sent. */
export const downloadEvidence = operation({
  id: 'download-evidence',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/documents/:documentId/evidence',
  summary:
    'The proof of sending as one archive (.zip): the bytes handed over, what servers answered, mails that came back, and a list of all with SHA-256.',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ documentId: idText }),
  produces: ['application/zip'],
  refusals: {
    evidence_missing: [404, 'Nothing was sent about this document yet, so there is no proof.'],
    evidence_too_large: [413, 'The proof is too large for one archive. Download the messages one by one.'],
  },
});

// — letters to print —

/** Batches of letters, and what lies ready. */
export const listPostBatches = operation({
  id: 'list-post-batches',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/post-batches',
  summary: 'Batches of letters to print, the newest first, and how many letters of each company lie ready.',
  tag: 'Delivery',
  permission: 'message.read',
  query: pageQuery,
  reply: z.object({
    rows: z.array(
      z.object({
        batchId: idText,
        companyId: idText,
        letters: z.number().int(),
        madeAt: momentText,
        postedOn: dayText.nullable(),
        form: z.enum(BATCH_FORMS),
        /** Of one file to print. */
        pages: z.number().int().nullable(),
        sheets: z.number().int().nullable(),
      }),
    ),
    next: z.string().nullable(),
    ready: z.array(z.object({ companyId: idText, letters: z.number().int() })),
    may: z.object({ make: may, post: may }),
  }),
});

/** Puts letters together to be printed. */
export const makePostBatch = operation({
  id: 'make-post-batch',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/post-batches',
  summary: 'Puts the letters of a company that lie ready into one batch to print, 200 at most.',
  tag: 'Delivery',
  permission: 'reminder.send',
  body: z.object({
    companyId: idText,
    /** One file to print (`pdf`), or an archive of single letters (`zip`). */
    form: z.enum(BATCH_FORMS).default('pdf'),
    /** Of one file: printed on both sides, so that each letter begins on a front. */
    isDuplex: z.boolean().default(true),
    /** Of one file: an empty sheet between letters. */
    separates: z.boolean().default(false),
  }),
  reply: z.object({
    batchId: idText,
    letters: z.number().int(),
    pages: z.number().int().nullable(),
    sheets: z.number().int().nullable(),
  }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    no_letters_ready: [409, 'No letter lies ready that is not in a batch already.'],
  },
});

/** The letters of a batch. */
export const downloadPostBatch = operation({
  id: 'download-post-batch',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/post-batches/:batchId/file',
  summary:
    'The letters of a batch as one file to print (.pdf), or as an archive of numbered PDFs in the order of posting (.zip).',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ batchId: idText }),
  produces: ['application/pdf', 'application/zip'],
  refusals: { post_batch_not_found: [404, 'There is no such batch.'] },
});

/** What is in a batch. */
export const listBatchLetters = operation({
  id: 'list-batch-letters',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/post-batches/:batchId/letters',
  summary:
    'The letters of a batch in the order of posting: about what, to whom, on which pages, how many sheets.',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ batchId: idText }),
  reply: z.object({
    rows: z.array(
      z.object({
        messageId: idText,
        about: z.string(),
        to: z.string(),
        /** Of one file to print: its first page, its pages with the files behind it, its sheets, files that could not be read. */
        print: z
          .object({
            firstPage: z.number().int(),
            pages: z.number().int(),
            sheets: z.number().int(),
            notPrinted: z.array(z.string()),
          })
          .nullable(),
      }),
    ),
  }),
  refusals: { post_batch_not_found: [404, 'There is no such batch.'] },
});

/** The list of a batch, to check the envelopes by. */
export const downloadBatchList = operation({
  id: 'download-batch-list',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/post-batches/:batchId/list',
  summary: 'The list of a batch (.csv): letter by letter, to whom, on which pages, how many sheets.',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ batchId: idText }),
  produces: ['text/csv'],
  refusals: { post_batch_not_found: [404, 'There is no such batch.'] },
});

/** Letters are in the post. */
export const markBatchPosted = operation({
  id: 'mark-batch-posted',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/post-batches/:batchId/postings',
  summary: 'Notes that the letters of a batch are in the post, which is the proof of their sending.',
  tag: 'Delivery',
  permission: 'reminder.send',
  params: z.object({ batchId: idText }),
  body: z.object({ on: day.optional() }),
  reply: z.object({ batchId: idText, letters: z.number().int() }),
  refusals: {
    post_batch_not_found: [404, 'There is no such batch.'],
    post_batch_posted: [409, 'The batch is in the post already.'],
    posted_in_future: [400, 'The day of posting has not come yet.'],
  },
});

// — mails of a test —

/** A mail of a test that was asked for. */
export const testAsked = z.object({
  testMailId: idText,
  /** The address of the person who asked. */
  recipient: z.string(),
});

/** Why no test is sent. */
export const TEST_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: COMPANY_NOT_FOUND,
  test_needs_person: [
    409,
    'A test goes to the address of the person who asks for it. Sign in as a person; a key has no mailbox.',
  ],
};

/** Tries out how a company sends. */
export const testSending = operation({
  id: 'test-sending',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/test-mails',
  summary:
    'Sends a short test mail as the company would send, to the person who asks. What the mail server says can be read afterwards.',
  tag: 'Delivery',
  permission: 'reminder.send',
  params: z.object({ companyId: idText }),
  reply: testAsked,
  refusals: TEST_REFUSALS,
});

/** What became of a mail of a test. */
export const readTestMail = operation({
  id: 'read-test-mail',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/test-mails/:testMailId',
  summary: 'What became of a test mail: the words of the mail server.',
  tag: 'Delivery',
  permission: 'message.read',
  params: z.object({ testMailId: idText }),
  reply: z.object({
    recipient: z.string(),
    subject: z.string(),
    state: z.enum(['queued', 'sending', 'sent', 'refused', 'later', 'unknown']),
    answer: z.string().nullable(),
    askedAt: momentText,
    endedAt: momentText.nullable(),
  }),
  refusals: { test_mail_not_found: [404, 'There is no such test mail.'] },
});

// — services —

/** What takes messages over. */
export const SERVICES = ['mail', 'letter', 'sms', 'network'] as const;

const service = z.enum(SERVICES);

/** What takes messages over, as it is set up where the server runs. */
export const readDeliveryServices = operation({
  id: 'read-delivery-services',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delivery-services',
  summary:
    'What takes messages over: mail server, letter and SMS service, e-invoice network. What is set up, and how handing over went last.',
  tag: 'Delivery',
  permission: 'company.manage',
  reply: z.object({
    rows: z.array(
      z.object({
        service,
        isSetUp: z.boolean(),
        /** Where and as whom; never a key. */
        about: z.string().nullable(),
        /** When it last took something over. */
        takenAt: momentText.nullable(),
        /** The last time it did not, in its own words. */
        trouble: z.object({ at: momentText, answer: z.string() }).nullable(),
      }),
    ),
  }),
  refusals: {
    carrier_not_complete: [
      409,
      'Some settings of a service are missing. The environment needs all of its group, or none.',
    ],
  },
});

/** Whether a service answers and knows us. */
export const tryDeliveryService = operation({
  id: 'try-delivery-service',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/delivery-services/:service/answer',
  summary:
    'Asks a letter or SMS service, or the folder of the network, whether it answers and knows us. Sends nothing.',
  tag: 'Delivery',
  permission: 'company.manage',
  params: z.object({ service: z.enum(['letter', 'sms', 'network']) }),
  reply: z.object({ works: z.boolean(), answer: z.string() }),
  refusals: {
    service_not_set_up: [409, 'This service is not set up. Set its group of variables, and start again.'],
    carrier_not_complete: [
      409,
      'Some settings of a service are missing. The environment needs all of its group, or none.',
    ],
  },
});
