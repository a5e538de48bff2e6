// Taking a file off a draft, and putting it back. Files of issued documents stay.

import type { Act } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Attachment, type AttachmentId, nameFor } from './attachment.ts';
import { findAttachment, findAttachments, updateRemoved } from './store.ts';

/** Takes a file off its draft. Removed twice it is removed. Refuses: `attachment_not_found`. */
export async function removeAttachment(act: Act, draftId: string, id: AttachmentId): Promise<Attachment> {
  const attachment = await takeOfDraft(act, draftId, id);
  if (attachment.removedAt === null) updateRemoved(act, id, act.now);
  return attachment;
}

/** Puts a file back that was taken off. Refuses: `attachment_not_found`, what `nameFor` refuses. */
export async function undoRemoval(act: Act, draftId: string, id: AttachmentId): Promise<Attachment> {
  const attachment = await takeOfDraft(act, draftId, id);
  if (attachment.removedAt === null) return attachment;
  const others = await findAttachments(act, [{ draftId }]);
  if (nameFor(others, attachment) !== attachment.name)
    throw new Refusal('attachment_there_already', { name: attachment.name });
  updateRemoved(act, id, null);
  return attachment;
}

async function takeOfDraft(act: Act, draftId: string, id: AttachmentId): Promise<Attachment> {
  const attachment = await findAttachment(act, id);
  if (attachment?.draftId !== draftId) throw new Refusal('attachment_not_found', { attachmentId: id });
  return attachment;
}
