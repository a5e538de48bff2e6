// Files of a draft: added, taken off and put back. When the draft is issued they become the invoice's.

import { addAttachment } from '#attachments/add-attachment.ts';
import type { Attachment, AttachmentId, KeptContent } from '#attachments/attachment.ts';
import { removeAttachment, undoRemoval } from '#attachments/remove-attachment.ts';
import type { Act, Command } from '#command/command.ts';
import { checkDraft, type Draft, type DraftId } from './draft.ts';
import { takeDraft } from './take-draft.ts';

export type DraftFile = { readonly attachmentId: string; readonly name: string };

/**
 * Adds a file to a draft. Refuses: `draft_not_found`, what `checkDraft` and `addAttachment` refuse.
 */
export const addDraftFile: Command<{ readonly draftId: DraftId; readonly file: KeptContent }, DraftFile> = {
  name: 'add-draft-file',
  permission: 'invoice.issue',
  async run(act, input) {
    const draft = await takeOpenDraft(act, input.draftId);
    const file = await addAttachment(act, { draftId: draft.id }, input.file);
    recordFile(act, draft, 'draft.file_added', file);
    return { attachmentId: file.id, name: file.name };
  },
};

export type OneDraftFile = { readonly draftId: DraftId; readonly attachmentId: AttachmentId };

/** Takes a file off a draft. Refuses: `draft_not_found`, `attachment_not_found`, what `checkDraft` refuses. */
export const removeDraftFile: Command<OneDraftFile, DraftFile> = {
  name: 'remove-draft-file',
  permission: 'invoice.issue',
  async run(act, input) {
    const draft = await takeOpenDraft(act, input.draftId);
    const file = await removeAttachment(act, draft.id, input.attachmentId);
    recordFile(act, draft, 'draft.file_removed', file);
    return { attachmentId: file.id, name: file.name };
  },
};

/** Puts a file back. Refuses: `draft_not_found`, what `undoRemoval` and `checkDraft` refuse. */
export const undoDraftFile: Command<OneDraftFile, DraftFile> = {
  name: 'undo-draft-file-removal',
  permission: 'invoice.issue',
  async run(act, input) {
    const draft = await takeOpenDraft(act, input.draftId);
    const file = await undoRemoval(act, draft.id, input.attachmentId);
    recordFile(act, draft, 'draft.file_restored', file);
    return { attachmentId: file.id, name: file.name };
  },
};

async function takeOpenDraft(act: Act, id: DraftId): Promise<Draft> {
  const draft = await takeDraft(act, id);
  checkDraft(draft, undefined);
  return draft;
}

function recordFile(act: Act, draft: Draft, type: string, file: Attachment): void {
  const { id: attachmentId, name, bytes, sha256 } = file;
  act.record({
    type,
    subjectId: draft.id,
    customerId: draft.customerId,
    data: { attachmentId, name, bytes, sha256 },
  });
}
