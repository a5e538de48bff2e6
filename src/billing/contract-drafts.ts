// Drafts of invoices: kept, changed, copied, checked, issued, with the files that go out with them.

import { z } from 'zod';
import { ATTACHING, ATTACHMENT_NOT_FOUND, attachment, attachmentIdIn } from '#attachments/contract.ts';
import { findingShape } from '#checks/contract.ts';
import { idText, momentText, moneyText, operation, pageOf, pageQuery } from '#http/contract.ts';
import { acceptIn, issueInvoice } from '#invoicing/contract.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { DRAFTS_CHECKED_MAX } from '#kernel/limits.ts';
import { customerBrief, customerIdIn } from '#parties/contract.ts';
import {
  draftBodyIn,
  draftIdIn,
  draftState,
  INCOMPLETE,
  PARTY_REFUSALS,
  refusalReply,
  TAG,
} from './contract-shapes.ts';

const draftSource = z.enum(['written', 'copied', 'recurring']);

const draftRow = z.object({
  id: z.string(),
  version: z.number().int(),
  customer: customerBrief.nullable(),
  companyId: z.string().nullable(),
  /** What it comes to; null while that cannot be told. */
  total: moneyText.nullable(),
  source: draftSource,
  state: draftState,
  /** Why it could not be issued when that was last tried. */
  refusal: refusalReply.nullable(),
  changedAt: momentText,
});

const DRAFT_REFUSALS = {
  draft_not_found: [404, 'There is no such draft.'],
  draft_already_issued: [409, 'This draft was issued before. See the invoice it became.'],
  draft_discarded: [409, 'This draft was thrown away.'],
  draft_changed_meanwhile: [409, 'Somebody else changed this draft meanwhile. Read it again, then repeat.'],
} as const;

const keptReply = z.object({ draftId: z.string(), version: z.number().int() });

export const keepDraft = operation({
  id: 'keep-draft',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoice-drafts',
  summary: 'Begins a draft: an invoice that is being written. It may lack anything and stands in no books.',
  tag: TAG,
  permission: 'invoice.issue',
  body: z.object({ body: draftBodyIn }),
  reply: keptReply,
  refusals: PARTY_REFUSALS,
});

export const changeDraft = operation({
  id: 'change-draft',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/invoice-drafts/:draftId',
  summary:
    'Keeps another state of a draft. With the version one saw, what others changed is not overwritten.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ draftId: draftIdIn }),
  body: z.object({ version: z.number().int().min(1).optional(), body: draftBodyIn }),
  reply: keptReply,
  refusals: { ...DRAFT_REFUSALS, ...PARTY_REFUSALS },
});

export const copyInvoice = operation({
  id: 'copy-invoice',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/drafts',
  summary: 'Begins a draft that says what an invoice said, without its dates.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ invoiceId: idText.transform((text) => text as InvoiceId) }),
  reply: keptReply,
  refusals: {
    invoice_not_found: [404, 'There is no such invoice.'],
    not_an_invoice: [409, 'This is a credit note. Only invoices can be copied.'],
    invoice_without_lines: [
      409,
      'This invoice was taken over by its total only; there are no lines to copy.',
    ],
  },
});

export const listDrafts = operation({
  id: 'list-drafts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoice-drafts',
  summary: 'Open drafts, the one changed last first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    customerId: customerIdIn.optional(),
    /** Only those that could not be issued when that was tried. */
    refused: z.enum(['true', 'false']).optional(),
  }),
  reply: pageOf(draftRow).extend({ open: z.number().int() }),
});

export const readDraft = operation({
  id: 'read-draft',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoice-drafts/:draftId',
  summary: 'One draft with all that is written.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ draftId: draftIdIn }),
  reply: draftRow.omit({ customer: true }).extend({
    customerId: z.string().nullable(),
    invoiceId: z.string().nullable(),
    body: z.record(z.string(), z.unknown()),
    attachments: z.array(attachment),
  }),
  refusals: { draft_not_found: DRAFT_REFUSALS.draft_not_found },
});

export const removeDraft = operation({
  id: 'remove-draft',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/invoice-drafts/:draftId',
  summary: 'Throws a draft away.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ draftId: draftIdIn }),
  reply: z.object({ draftId: z.string() }),
  refusals: DRAFT_REFUSALS,
});

const draftFileReply = z.object({ attachmentId: z.string(), name: z.string() });

const draftFileParams = z.object({ draftId: draftIdIn, attachmentId: attachmentIdIn });

export const addDraftFile = operation({
  id: 'add-draft-file',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoice-drafts/:draftId/attachments',
  summary:
    'Attaches a file to a draft. It becomes the invoice’s when the draft is issued, and goes along with it.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ draftId: draftIdIn }),
  consumesFile: true,
  reply: draftFileReply,
  refusals: { ...DRAFT_REFUSALS, ...ATTACHING },
});

export const removeDraftFile = operation({
  id: 'remove-draft-file',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/invoice-drafts/:draftId/attachments/:attachmentId',
  summary: 'Takes a file off a draft.',
  tag: TAG,
  permission: 'invoice.issue',
  params: draftFileParams,
  reply: draftFileReply,
  refusals: { ...DRAFT_REFUSALS, ...ATTACHMENT_NOT_FOUND },
});

export const undoDraftFile = operation({
  id: 'undo-draft-file-removal',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/invoice-drafts/:draftId/attachments/:attachmentId',
  summary: 'Puts a file back that was taken off a draft.',
  tag: TAG,
  permission: 'invoice.issue',
  params: draftFileParams,
  reply: draftFileReply,
  refusals: {
    ...DRAFT_REFUSALS,
    ...ATTACHMENT_NOT_FOUND,
    too_many_attachments: ATTACHING.too_many_attachments,
    attachment_there_already: ATTACHING.attachment_there_already,
  },
});

export const issueDraft = operation({
  id: 'issue-draft',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoice-drafts/:draftId/invoice',
  summary: 'Issues a draft, once: it becomes an invoice.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ draftId: draftIdIn }),
  body: z.object({ version: z.number().int().min(1).optional(), accept: acceptIn }),
  reply: z.object({
    draftId: z.string(),
    invoiceId: z.string(),
    number: z.string(),
    total: z.string(),
    currency: z.string(),
  }),
  refusals: { ...issueInvoice.refusals, ...DRAFT_REFUSALS, ...INCOMPLETE },
});

export const checkDrafts = operation({
  id: 'check-drafts',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/draft-checks',
  summary: 'What issuing open drafts would say, in the order they were begun, without storing anything.',
  tag: TAG,
  permission: 'book.read',
  /** Without names, the first of all that are open. */
  body: z.object({ draftIds: z.array(draftIdIn).min(1).max(DRAFTS_CHECKED_MAX).optional() }),
  reply: z.object({
    open: z.number().int(),
    drafts: z.array(
      z.object({
        draftId: z.string(),
        customer: customerBrief.nullable(),
        total: moneyText.nullable(),
        /** `ready`: nothing is found. `doubtful`: there are warnings. `refused`: it would not be issued. */
        verdict: z.enum(['ready', 'doubtful', 'refused']),
        findings: z.array(findingShape),
        /** Why it cannot be issued at all, where it lacks something or cannot be booked. */
        refusal: refusalReply.nullable(),
      }),
    ),
  }),
});
