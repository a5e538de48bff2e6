// Keeping what somebody writes: a new draft, or another state of one. Carried out again and again while one types.

import type { Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { checkDraft, type DraftBody, type DraftId, type DraftSource } from './draft.ts';
import { insertDraft, updateDraftBody } from './store.ts';
import { checkParties, takeDraft } from './take-draft.ts';

export type KeepDraft = {
  /** Left out, a new draft is begun. */
  readonly draftId?: DraftId | undefined;
  /** The version one saw last: what others changed since is not overwritten. */
  readonly version?: number | undefined;
  readonly body: DraftBody;
  readonly source?: DraftSource | undefined;
};

export type DraftKept = { readonly draftId: DraftId; readonly version: number };

/**
 * Keeps a draft. No event is recorded: a draft stands in no books, and it is kept at every pause of the typing.
 *
 * Refuses: `draft_not_found`, what `checkDraft` refuses, `company_not_found`, `customer_not_found`.
 */
export const keepDraft: Command<KeepDraft, DraftKept> = {
  name: 'keep-draft',
  permission: 'invoice.issue',
  async run(act, input) {
    await checkParties(act, input.body);
    if (input.draftId === undefined) {
      const draftId: DraftId = newId();
      insertDraft(act, { id: draftId, body: input.body, source: input.source ?? 'written' });
      return { draftId, version: 1 };
    }
    const draft = await takeDraft(act, input.draftId);
    checkDraft(draft, input.version);
    updateDraftBody(act, draft.id, input.body);
    return { draftId: draft.id, version: draft.version + 1 };
  },
};
