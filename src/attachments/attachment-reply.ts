// How files are written in replies.

import { type Attachment, withinMail } from './attachment.ts';
import { mayBeInEInvoice } from './file-kind.ts';

/** The files of a draft or document. */
export function attachmentsReply(files: readonly Attachment[]) {
  const mailed = new Set(withinMail(files).taken);
  return files.map((file) => ({
    id: file.id,
    name: file.name,
    mediaType: file.mediaType,
    bytes: file.bytes,
    sha256: file.sha256,
    isSupplement: file.isSupplement,
    inEInvoice: mayBeInEInvoice(file.mediaType) && !file.isSupplement,
    inMail: mailed.has(file),
    addedBy: file.addedBy,
    addedAt: file.addedAt.toString(),
  }));
}
