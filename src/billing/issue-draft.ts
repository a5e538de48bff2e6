// Making an invoice of a draft, once: alone, or as one of many in a run.

import { addDraftAttachments, takeDraftAttachments } from '#attachments/add-attachment.ts';
import { inEInvoice } from '#attachments/attachment.ts';
import type { Command } from '#command/command.ts';
import { type InvoiceIssued, issueInvoice, issueOne } from '#invoicing/issue-invoice.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { checkDraft, type DraftId, type IssueRunId, type KeptRefusal, requestOf } from './draft.ts';
import { findOthers, updateDraftEnded, updateDraftRefused, updateOutcome } from './store.ts';
import { takeDraft } from './take-draft.ts';

export type IssueDraft = {
  readonly draftId: DraftId;
  /** The version one saw; another one is not issued unseen. */
  readonly version?: number | undefined;
  /** Warnings somebody saw and issues in spite of; left out, nobody is asked. */
  readonly accept?: readonly string[] | undefined;
  /** The run it is issued in, where it is one of many. */
  readonly runId?: IssueRunId | undefined;
};

export type DraftIssued = InvoiceIssued & { readonly draftId: string };

/**
 * Issues a draft with its files. It stays locked until the invoice stands, so two who issue it at once make one invoice.
 *
 * Refuses: `draft_not_found`, what `checkDraft` refuses, `draft_incomplete`, what `issueInvoice` refuses.
 */
export const issueDraft: Command<IssueDraft, DraftIssued> = {
  name: 'issue-draft',
  permission: 'invoice.issue',
  constraints: { ...issueInvoice.constraints },
  async run(act, input) {
    const draft = await takeDraft(act, input.draftId);
    checkDraft(draft, input.version);
    const request = requestOf(draft.body);
    const [others, files] = await Promise.all([findOthers(act, draft), takeDraftAttachments(act, draft.id)]);
    const known = { others, files: inEInvoice(files) };
    const issued = await issueOne(act, { ...request, accept: input.accept }, known);
    addDraftAttachments(act, files, { documentId: issued.invoiceId });
    updateDraftEnded(act, draft.id, issued.invoiceId as InvoiceId);
    if (input.runId) updateOutcome(act, { runId: input.runId, draftId: draft.id }, null);
    return { ...issued, draftId: draft.id };
  },
};

export type NoteRefusal = {
  readonly draftId: DraftId;
  readonly runId?: IssueRunId | undefined;
  readonly refusal: KeptRefusal;
};

/** Keeps why a draft was not issued: with the draft, so that a person mends it, and with the run. */
export const recordRefusal: Command<NoteRefusal, { readonly code: string }> = {
  name: 'record-draft-refusal',
  permission: 'invoice.issue',
  async run(act, input) {
    updateDraftRefused(act, input.draftId, input.refusal);
    if (input.runId) updateOutcome(act, { runId: input.runId, draftId: input.draftId }, input.refusal);
    return { code: input.refusal.code };
  },
};
