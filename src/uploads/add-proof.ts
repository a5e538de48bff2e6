// A file that proves a posting: a picture of the portal, its receipt. It belongs to the message that the posting is, is
// sent to nobody, and goes into the evidence.

import { addAttachment } from '#attachments/add-attachment.ts';
import type { KeptContent } from '#attachments/attachment.ts';
import type { Command } from '#command/command.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findSteps, lockUploads } from './store.ts';
import { standingOf } from './upload.ts';

export type AddProof = { readonly documentId: InvoiceId; readonly file: KeptContent };

/**
 * Adds a file to the latest posting of a document.
 *
 * Refuses: `upload_not_found`, `upload_not_posted`, what `addAttachment` refuses.
 */
export const addProof: Command<AddProof, { readonly attachmentId: string; readonly name: string }> = {
  name: 'add-upload-proof',
  permission: 'reminder.send',
  async run(act, { documentId, file }) {
    const [upload] = await lockUploads(act, [documentId]);
    if (!upload) throw new Refusal('upload_not_found', { documentId });
    const steps = (await findSteps(act, [documentId])).get(documentId) ?? [];
    const { messageId } = standingOf(upload.first_due_on, steps);
    if (messageId === null) throw new Refusal('upload_not_posted', { number: upload.number });
    const { id, name, bytes, sha256 } = await addAttachment(act, { messageId }, file);
    act.record({
      type: 'upload.proof_added',
      subjectId: documentId,
      customerId: upload.customer_id,
      data: { number: upload.number, messageId, attachmentId: id, name, bytes, sha256 },
    });
    return { attachmentId: id, name };
  },
};
