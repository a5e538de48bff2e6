// Adding files to a draft or a document, and carrying them over from one to the other. Whoever calls holds the lock on what they
// belong to, and records what happened.

import { type Act, actorText } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { type Attachment, type Holder, type KeptContent, nameFor } from './attachment.ts';
import { findAttachments, insertAttachments } from './store.ts';

/** Adds a file whose bytes are kept. To an issued document it is a supplement. Refuses: what `nameFor` refuses. */
export async function addAttachment(act: Act, holder: Holder, given: KeptContent): Promise<Attachment> {
  const name = nameFor(await findAttachments(act, [holder]), given);
  const attachment = attachmentOf(act, holder, { ...given, name }, 'documentId' in holder);
  insertAttachments(act, [attachment]);
  return attachment;
}

/** The files of a draft that is locked to be issued. */
export function takeDraftAttachments(act: Act, draftId: string): Promise<readonly Attachment[]> {
  return findAttachments(act, [{ draftId }]);
}

/** Makes the files of a draft those of the document that it becomes, in the moment it is issued. */
export function addDraftAttachments(
  act: Act,
  files: readonly Attachment[],
  to: { readonly documentId: string },
): void {
  insertAttachments(
    act,
    files.map((file) => ({
      ...attachmentOf(act, to, file, false),
      addedBy: file.addedBy,
      addedAt: file.addedAt,
    })),
  );
}

function attachmentOf(act: Act, holder: Holder, content: KeptContent, isSupplement: boolean): Attachment {
  const { sha256, name, mediaType, bytes } = content;
  return {
    id: newId(),
    draftId: 'draftId' in holder ? holder.draftId : null,
    documentId: 'documentId' in holder ? holder.documentId : null,
    messageId: 'messageId' in holder ? holder.messageId : null,
    ...{ sha256, name, mediaType, bytes },
    isSupplement,
    addedBy: actorText(act.actor),
    addedAt: act.now,
    removedAt: null,
  };
}
