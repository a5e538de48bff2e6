// A file that belongs to a draft or an issued document. What was there when the document was issued is part of it; what came
// after is a supplement. Pure.

import type { Instant } from '#kernel/calendar.ts';
import type { Id } from '#kernel/id.ts';
import { ATTACHMENTS_MAX, MAIL_ATTACHMENTS_BYTES_MAX, PDF_FILES_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { mayBeInEInvoice } from './file-kind.ts';

export type AttachmentId = Id<'attachment'>;

/** What a file belongs to: a draft, a document, or a message that it proves something of. */
export type Holder =
  | { readonly draftId: string }
  | { readonly documentId: string }
  | { readonly messageId: string };

/** A file as it was handed in: what it is, and by what its bytes are found. */
export type KeptContent = {
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
};

export type Attachment = KeptContent & {
  readonly id: AttachmentId;
  readonly draftId: string | null;
  readonly documentId: string | null;
  readonly messageId: string | null;
  /** Added after the document was issued. */
  readonly isSupplement: boolean;
  readonly addedBy: string;
  readonly addedAt: Instant;
  readonly removedAt: Instant | null;
};

/**
 * Two files of one document have two names: mail programs and e-invoices tell them apart by it. The same file twice is a slip.
 *
 * Refuses: `too_many_attachments`, `attachment_there_already`.
 */
export function nameFor(there: readonly Attachment[], given: KeptContent): string {
  if (there.length >= ATTACHMENTS_MAX)
    throw new Refusal('too_many_attachments', { attachmentsMax: ATTACHMENTS_MAX });
  const same = there.find((attachment) => attachment.sha256 === given.sha256);
  if (same) throw new Refusal('attachment_there_already', { name: same.name });
  const taken = new Set(there.map(({ name }) => name.toLowerCase()));
  const dot = given.name.lastIndexOf('.');
  const [stem, ending] = [given.name.slice(0, dot), given.name.slice(dot)];
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? given.name : `${stem} (${copy})${ending}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** Which files a mail takes along, in their order, and which are too much for it. */
export function withinMail<T extends Pick<Attachment, 'bytes'>>(
  files: readonly T[],
): { readonly taken: readonly T[]; readonly left: readonly T[] } {
  return within(files, MAIL_ATTACHMENTS_BYTES_MAX);
}

/** Files that the data inside a PDF carry, in their order; the others only the XML carries. */
export function withinPdf<T extends Pick<Attachment, 'bytes'>>(files: readonly T[]): readonly T[] {
  return within(files, PDF_FILES_BYTES_MAX).taken;
}

/** Files that an e-invoice carries inside: those the document was issued with, of kinds the standard allows. */
export function inEInvoice<T extends Pick<Attachment, 'isSupplement' | 'mediaType'>>(
  files: readonly T[],
): readonly T[] {
  return files.filter((file) => !file.isSupplement && mayBeInEInvoice(file.mediaType));
}

function within<T extends Pick<Attachment, 'bytes'>>(files: readonly T[], bytesMax: number) {
  let bytes = 0;
  const taken: T[] = [];
  const left: T[] = [];
  for (const file of files) {
    const fits = bytes + file.bytes <= bytesMax;
    (fits ? taken : left).push(file);
    if (fits) bytes += file.bytes;
  }
  return { taken, left };
}
