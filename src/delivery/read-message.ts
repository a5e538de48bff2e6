// Reading messages as people see them: the list, and one message taken apart into what a mail program would show.

import PostalMime from 'postal-mime';
import type { Severity } from '#carriers/bounce-severity.ts';
import type { Tx } from '#db/transaction.ts';
import { assert, present } from '#kernel/assert.ts';
import type { MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readCustomers } from '#parties/take-party.ts';
import { readSignedWith } from '#signing/read-signature.ts';
import type { SignalKind } from './fate.ts';
import { type Message, mayDrop, mayMarkSent, mayResend } from './message.ts';
import type { DeliverySetting } from './sender.ts';
import { type Attempt, findAttempts, findMessage, findRaw } from './store.ts';
import { findSetting } from './store-channels.ts';
import { findSignals, type SignalRow } from './store-fate.ts';
import { findView } from './store-view.ts';
import { hasView, type ViewLink, viewUntil } from './view-link.ts';

/** Messages as rows of a list, with who they are to. */
export async function describeMessages(tx: Tx, messages: readonly Message[]) {
  const customers = await readCustomers(tx, [...new Set(messages.map((m) => m.customerId))]);
  return messages.map((message) => ({
    messageId: message.id,
    purpose: message.purpose,
    state: message.state,
    companyId: message.companyId,
    customerId: message.customerId,
    customerNumber: customers.get(message.customerId)?.number ?? '',
    customerName: customers.get(message.customerId)?.name ?? '',
    channel: message.channel,
    recipient: message.recipient,
    copies: [...message.copies],
    documentId: message.documentId,
    language: message.language,
    subject: message.subject,
    tries: message.tries,
    answer: message.answer,
    transport: message.transport,
    runOn: message.runOn.toString(),
    createdAt: message.createdAt.toString(),
    sentAt: message.sentAt?.toString() ?? null,
    nextTryAt: message.nextTryAt?.toString() ?? null,
  }));
}

/** One try of a message, for people to read. */
export function describeAttempt(attempt: Attempt) {
  return {
    attemptNo: attempt.attemptNo,
    startedAt: attempt.startedAt.toString(),
    endedAt: attempt.endedAt?.toString() ?? null,
    transport: attempt.transport,
    outcome: attempt.outcome,
    answer: attempt.answer,
    sha256: Buffer.from(attempt.sha256).toString('hex'),
  };
}

/** What was learned of a message, for people to read. */
export function describeSignal(row: SignalRow) {
  return {
    kind: row.kind as SignalKind,
    severity: row.severity as Severity | null,
    address: row.address,
    detail: row.detail,
    inboundMailId: row.inbound_mail_id,
    happenedAt: row.happened_at.toString(),
    recordedAt: row.recorded_at.toString(),
  };
}

/** What stands in a message, part by part. Empty while it is not written. */
async function takeApart(tx: Tx, message: Message, raw: Uint8Array | undefined) {
  if (raw !== undefined && message.channel !== 'email') return takeFile(message, raw, message.subject);
  if (raw === undefined) return { headers: [], text: null, html: null, attachments: [] };
  const email = await PostalMime.parse(raw);
  const files = filesOf(email);
  const signed = await readSignedWith(
    tx,
    message.companyId,
    files.map(({ content }) => content),
  );
  return {
    headers: email.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: email.text ?? null,
    html: email.html ?? null,
    attachments: files.map((file, index) => ({
      attachmentNo: index + 1,
      fileName: file.fileName,
      contentType: file.contentType,
      bytes: file.content.length,
      signedWith: signed[index] ?? null,
    })),
  };
}

/** What goes by another way than mail is one file; the words of a short notice, and of what a person posted, are shown. */
function takeFile(message: Message, raw: Uint8Array, subject: string | null) {
  const file = parcelOf(message, raw, subject);
  return {
    headers: [],
    text: file.contentType.startsWith('text/') ? new TextDecoder().decode(raw) : null,
    html: null,
    attachments: [
      {
        attachmentNo: 1,
        fileName: file.fileName,
        contentType: file.contentType,
        bytes: raw.length,
        signedWith: null,
      },
    ],
  };
}

const PARCELS = {
  post: ['pdf', 'application/pdf'],
  sms: ['txt', 'text/plain; charset=utf-8'],
  ap_portal: ['txt', 'text/plain; charset=utf-8'],
  network: ['xml', 'application/xml'],
} as const;

function parcelOf(message: Message, raw: Uint8Array, subject: string | null) {
  assert(message.channel !== 'email', 'a mail is no parcel');
  const [ending, contentType] = PARCELS[message.channel];
  const name = (subject ?? message.id).replace(/[^\p{L}\p{N}._-]+/gu, '_');
  return { fileName: `${name}.${ending}`, contentType, content: raw };
}

function filesOf(email: Awaited<ReturnType<typeof PostalMime.parse>>) {
  return email.attachments.map((file, index) => ({
    fileName: file.filename ?? `attachment-${index + 1}`,
    contentType: file.mimeType,
    content: typeof file.content === 'string' ? Buffer.from(file.content) : new Uint8Array(file.content),
  }));
}

/** One message. Refuses: `message_not_found`. */
export async function takeMessage(tx: Tx, messageId: MessageId): Promise<Message> {
  const message = await findMessage(tx, messageId);
  if (!message) throw new Refusal('message_not_found', { messageId });
  return message;
}

/** The link in a message as people see it: nothing where there is none, or the company has turned links off. */
function describeView(message: Message, link: ViewLink | undefined, setting: DeliverySetting) {
  if (!link || setting.viewDays === null || !hasView(message, setting)) return null;
  return {
    until: viewUntil(message, setting.viewDays).toString(),
    endedAt: link.endedAt?.toString() ?? null,
  };
}

/** Whether a person may end the link, or the code of the reason why not. */
function mayEndView(view: { readonly endedAt: string | null } | null): true | string {
  if (view === null) return 'view_link_not_found';
  return view.endedAt === null ? true : 'view_link_ended';
}

/** One message with everything about it. Refuses: `message_not_found`. */
export async function readMessage(tx: Tx, messageId: MessageId) {
  const [message, attempts, raw, signals, link] = await Promise.all([
    takeMessage(tx, messageId),
    findAttempts(tx, messageId),
    findRaw(tx, messageId),
    findSignals(tx, [messageId]),
    findView(tx, messageId),
  ]);
  const view = describeView(message, link, await findSetting(tx, message.companyId));
  const [row] = await describeMessages(tx, [message]);
  return {
    ...present(row, 'one message in, one row out'),
    messageHeader: message.messageHeader,
    ...(await takeApart(tx, message, raw)),
    attempts: attempts.map(describeAttempt),
    signals: signals.map(describeSignal),
    carrierReference: message.carrierReference,
    replacesId: message.replacesId,
    view,
    may: {
      endView: mayEndView(view),
      resend: mayResend(message.state),
      markSent: mayMarkSent(message.state),
      drop: mayDrop(message.state),
    },
  };
}

/** The bytes of a message's last try. Refuses: `message_not_found`, `message_not_written`. */
export async function readRaw(tx: Tx, messageId: MessageId): Promise<Uint8Array> {
  const [message, raw] = await Promise.all([takeMessage(tx, messageId), findRaw(tx, messageId)]);
  if (raw === undefined) throw new Refusal('message_not_written', { state: message.state });
  return raw;
}

/** The files that went with a message, as they were sent. Refuses: `message_not_found`, `message_not_written`. */
export async function readFiles(tx: Tx, messageId: MessageId) {
  const [message, raw] = await Promise.all([takeMessage(tx, messageId), readRaw(tx, messageId)]);
  if (message.channel !== 'email') return [parcelOf(message, raw, message.subject)];
  return filesOf(await PostalMime.parse(raw));
}

/**
 * One file that goes with a message, by its place from 1.
 *
 * Refuses: `message_not_found`, `message_not_written`, `attachment_not_found`.
 */
export async function readAttachment(tx: Tx, messageId: MessageId, attachmentNo: number) {
  const file = (await readFiles(tx, messageId))[attachmentNo - 1];
  if (!file) throw new Refusal('attachment_not_found', { attachmentNo });
  return file;
}
