// Throwing a draft away.

import type { Command } from '#command/command.ts';
import { checkDraft, type DraftId } from './draft.ts';
import { updateDraftEnded } from './store.ts';
import { takeDraft } from './take-draft.ts';

export type RemoveDraft = { readonly draftId: DraftId; readonly version?: number | undefined };

/** Discards a draft. Refuses: `draft_not_found`, what `checkDraft` refuses. */
export const removeDraft: Command<RemoveDraft, { readonly draftId: string }> = {
  name: 'remove-draft',
  permission: 'invoice.issue',
  async run(act, input) {
    const draft = await takeDraft(act, input.draftId);
    checkDraft(draft, input.version);
    updateDraftEnded(act, draft.id, null);
    act.record({
      type: 'draft.discarded',
      subjectId: draft.id,
      customerId: draft.customerId,
      data: { source: draft.source },
    });
    return { draftId: draft.id };
  },
};
