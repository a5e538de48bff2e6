// The proof that a document was sent, to be handed to a court or an auditor: the bytes of each try, what mail servers and services
// said, the mails that came back, and a list of all of it with the checksums.

import { createHash } from 'node:crypto';
import type { Attachment } from '#attachments/attachment.ts';
import { readAttachments, readContents, readProofs } from '#attachments/read-attachments.ts';
import type { Tx } from '#db/transaction.ts';
import { writeZip, type ZipFile } from '#formats/zip.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { EVIDENCE_BYTES_MAX, EVIDENCE_MESSAGES_MAX, PACK_MESSAGES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Message } from './message.ts';
import { type Attempt, findAttemptRaws, findAttempts, findMessages } from './store.ts';
import { findInboundRaws, findSignals, type SignalRow } from './store-fate.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const ENDINGS = { email: 'eml', post: 'pdf', sms: 'txt', network: 'xml', ap_portal: 'txt' } as const;

/** What the list says of a message. */
function factsOf(message: Message, attempts: readonly Attempt[], signals: readonly SignalRow[]) {
  return {
    messageId: message.id,
    channel: message.channel,
    state: message.state,
    recipient: message.recipient,
    copies: message.copies,
    subject: message.subject,
    messageHeader: message.messageHeader,
    carrierReference: message.carrierReference,
    replacesId: message.replacesId,
    createdAt: message.createdAt.toString(),
    sentAt: message.sentAt?.toString() ?? null,
    attempts: attempts.map((attempt) => ({
      attemptNo: attempt.attemptNo,
      transport: attempt.transport,
      startedAt: attempt.startedAt.toString(),
      endedAt: attempt.endedAt?.toString() ?? null,
      outcome: attempt.outcome,
      answer: attempt.answer,
      sha256: Buffer.from(attempt.sha256).toString('hex'),
    })),
    signals: signals.map((signal) => ({
      kind: signal.kind,
      severity: signal.severity,
      address: signal.address,
      detail: signal.detail,
      happenedAt: signal.happened_at.toString(),
      recordedAt: signal.recorded_at.toString(),
      inboundMailId: signal.inbound_mail_id,
    })),
  };
}

const describeFile = (file: Attachment) => ({
  name: file.name,
  mediaType: file.mediaType,
  bytes: file.bytes,
  sha256: file.sha256,
  isSupplement: file.isSupplement,
  addedBy: file.addedBy,
  addedAt: file.addedAt.toString(),
});

/**
 * The proof of a document as one zip archive: `manifest.json` lists everything, each file with its SHA-256; `messages/` has the
 * bytes that were handed over, `inbound/` the mails that came back, `proofs/` files that show what a person posted. The files attached to the document are listed by their
 * checksums, whether a mail could carry them or not. The same proof gives the same bytes.
 *
 * Refuses: `evidence_missing` where nothing was ever sent, `evidence_too_large`.
 */
export async function exportEvidence(tx: Tx, documentId: string): Promise<Uint8Array> {
  const newestFirst = await findMessages(
    tx,
    { documentId },
    { after: undefined, limit: EVIDENCE_MESSAGES_MAX },
  );
  const messages = [...newestFirst].reverse();
  if (messages.length === 0) throw new Refusal('evidence_missing', { documentId });
  const [{ files, ...found }, attached] = await Promise.all([
    evidenceOf(tx, messages),
    readAttachments(tx, { documentId }),
  ]);
  const bytes = files.reduce((total, file) => total + file.content.length, 0);
  if (bytes > EVIDENCE_BYTES_MAX)
    throw new Refusal('evidence_too_large', { bytes, bytesMax: EVIDENCE_BYTES_MAX });
  const manifest = {
    documentId,
    ...found,
    attached: attached.map(describeFile),
    files: files.map((file) => ({
      name: file.name,
      bytes: file.content.length,
      sha256: sha256(file.content),
    })),
  };
  const list = { name: 'manifest.json', content: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) };
  return writeZip([list, ...files]);
}

/** What proves messages: the facts of each, and the files. */
export type MessageEvidence = Awaited<ReturnType<typeof evidenceOf>>;

async function evidenceOf(tx: Tx, messages: readonly Message[]) {
  const ids = messages.map((message) => message.id);
  const [attempts, raws, signals, inbound, proofs] = await Promise.all([
    Promise.all(ids.map((id) => findAttempts(tx, id))),
    findAttemptRaws(tx, ids),
    findSignals(tx, ids),
    findInboundRaws(tx, ids),
    readProofs(tx, ids).then((byMessage) => readContents(tx, [...byMessage.values()].flat())),
  ]);
  const channelOf = new Map(messages.map((message) => [message.id, message.channel]));
  const files: ZipFile[] = [
    ...raws.map((raw) => ({
      name: `messages/${raw.messageId}/try-${raw.attemptNo}.${ENDINGS[channelOf.get(raw.messageId) ?? 'email']}`,
      content: raw.raw,
    })),
    ...inbound.map((mail) => ({ name: `inbound/${mail.id}.eml`, content: mail.raw })),
    ...proofs.map((file) => ({ name: `proofs/${file.messageId}/${file.name}`, content: file.content })),
  ];
  return {
    messages: messages.map((message, index) => ({
      purpose: message.purpose,
      ...factsOf(
        message,
        attempts[index] ?? [],
        signals.filter((signal) => signal.message_id === message.id),
      ),
    })),
    inbound: inbound.map((mail) => ({
      inboundMailId: mail.id,
      messageId: mail.message_id,
      receivedAt: mail.received_at.toString(),
    })),
    proofs: proofs.map((file) => ({ messageId: file.messageId, ...describeFile(file) })),
    files,
  };
}

/**
 * What proves all that a company sent to a customer, the earliest first; for packs that other modules make.
 *
 * Refuses: `evidence_too_large`.
 */
export async function readMessageEvidence(
  tx: Tx,
  about: { readonly companyId: CompanyId; readonly customerId: CustomerId },
): Promise<MessageEvidence> {
  const newestFirst = await findMessages(tx, about, { after: undefined, limit: PACK_MESSAGES_MAX + 1 });
  if (newestFirst.length > PACK_MESSAGES_MAX)
    throw new Refusal('evidence_too_large', { messagesMax: PACK_MESSAGES_MAX });
  return evidenceOf(tx, newestFirst.toReversed());
}
