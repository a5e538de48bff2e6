// Reading files: which belong to what, and their bytes.

import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { present } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Attachment, AttachmentId, Holder } from './attachment.ts';
import { findAttachment, findAttachments, findContents } from './store.ts';

/** The files of a draft or document, in the order they were added; who added them by the name people know them by. */
export async function readAttachments(tx: Tx, holder: Holder): Promise<readonly Attachment[]> {
  const files = await findAttachments(tx, [holder]);
  const names = await readActorNames(
    tx,
    files.map((file) => file.addedBy),
  );
  return files.map((file) => ({ ...file, addedBy: names.get(file.addedBy) ?? file.addedBy }));
}

/** The files of documents, by document. */
export async function readAttachmentsOf(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Attachment[]>> {
  if (documentIds.length === 0) return new Map();
  const files = await findAttachments(
    tx,
    documentIds.map((documentId) => ({ documentId })),
  );
  return Map.groupBy(files, (file) => file.documentId ?? '');
}

/** The files that prove what became of messages, by message. */
export async function readProofs(
  tx: Tx,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Attachment[]>> {
  if (messageIds.length === 0) return new Map();
  const files = await findAttachments(
    tx,
    messageIds.map((messageId) => ({ messageId })),
  );
  return Map.groupBy(files, (file) => file.messageId ?? '');
}

/** A file with its bytes. */
export type WholeFile = Attachment & { readonly content: Uint8Array };

/** Files with their bytes, in the order given. */
export async function readContents(tx: Tx, files: readonly Attachment[]): Promise<readonly WholeFile[]> {
  if (files.length === 0) return [];
  const contents = await findContents(tx, [...new Set(files.map((file) => file.sha256))]);
  return files.map((file) => ({
    ...file,
    content: present(contents.get(file.sha256), 'a file has its bytes'),
  }));
}

/** One file with its bytes. Refuses: `attachment_not_found`. */
export async function readFile(tx: Tx, id: AttachmentId): Promise<WholeFile> {
  const file = await findAttachment(tx, id);
  const [whole] = file ? await readContents(tx, [file]) : [];
  if (!whole) throw new Refusal('attachment_not_found', { attachmentId: id });
  return whole;
}
