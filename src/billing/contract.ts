// What the API offers on invoices before they are issued: drafts, issuing many of them, and invoices that recur.

import { z } from 'zod';
import { ATTACHING, ATTACHMENT_NOT_FOUND, attachment, attachmentIdIn } from '#attachments/contract.ts';
import { findingShape, keptFindingShape } from '#checks/contract.ts';
import {
  currencyCode,
  day,
  dayText,
  idText,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import { acceptIn, issueInvoice } from '#invoicing/contract.ts';
import type { Json } from '#kernel/canonical.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { DRAFTS_CHECKED_MAX, ISSUE_RUN_NAMED_MAX } from '#kernel/limits.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import type { DraftId, IssueRunId } from './draft.ts';
import type { RecurringId } from './recurring.ts';

const TAG = 'Drafts and recurring invoices';

const draftIdIn = idText.transform((text) => text as DraftId);
const runIdIn = idText.transform((text) => text as IssueRunId);
const recurringIdIn = idText.transform((text) => text as RecurringId);

/** What issuing would be asked for, as far as it is known. It is checked when it is issued, not while it is written. */
const draftBodyIn = z
  .record(z.string().max(100), z.json())
  .transform((body) => body as { readonly [key: string]: Json });

const refusalReply = z.object({
  code: z.string(),
  /** What to do, in words. */
  message: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

const draftState = z.enum(['open', 'issued', 'discarded']);
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

const PARTY_REFUSALS = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
} as const;

const INCOMPLETE = {
  draft_incomplete: [409, 'Something lacks or is not understood. The fields are named; fill them in.'],
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

// — runs —

const runReply = z.object({
  id: z.string(),
  state: z.enum(['running', 'done']),
  drafts: z.number().int(),
  issued: z.number().int(),
  refused: z.number().int(),
  startedAt: momentText,
  finishedAt: momentText.nullable(),
});

export const startIssueRun = operation({
  id: 'start-issue-run',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/issue-runs',
  summary: 'Issues many drafts in the background, in the order they were begun; refused ones stay drafts.',
  tag: TAG,
  permission: 'invoice.issue',
  /** Without names, all that are open now. */
  body: z.object({ draftIds: z.array(draftIdIn).min(1).max(ISSUE_RUN_NAMED_MAX).optional() }),
  reply: z.object({ runId: z.string(), drafts: z.number().int() }),
  refusals: {
    no_drafts: [409, 'None of these drafts is open any more.'],
    too_many_drafts: [409, 'There are too many drafts for one run. Name some of them.'],
  },
});

export const listIssueRuns = operation({
  id: 'list-issue-runs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/issue-runs',
  summary: 'Runs that issued many drafts, the newest first.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ runs: z.array(runReply) }),
});

export const readIssueRun = operation({
  id: 'read-issue-run',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/issue-runs/:runId',
  summary: 'How far a run is, and which drafts it could not issue, and why.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ runId: runIdIn }),
  reply: runReply.extend({
    problems: z.array(
      z.object({
        draftId: z.string(),
        customer: customerBrief.nullable(),
        /** A draft may have been issued or thrown away since. */
        state: draftState,
        refusal: refusalReply,
      }),
    ),
    /** Invoices that were issued although something was doubtful, since nobody was there to ask. */
    doubtful: z.array(keptFindingShape.extend({ invoiceId: z.string() })),
  }),
  refusals: { issue_run_not_found: [404, 'There is no such run.'] },
});

// — recurring —

const percentIn = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,4})?$/, 'number_not_decimal')
  .transform(parseDecimal);

const agreementIn = z.object({
  name: textLine(200),
  companyId: companyIdIn,
  customerId: customerIdIn,
  /** What an invoice over a whole period says, as for issuing one, without its dates; `dueDays` says when it is due, else the customer’s terms. */
  body: draftBodyIn,
  unit: z.enum(['week', 'month', 'year']),
  /** Every so many weeks, months or years: 3 with `month` is quarterly. */
  every: z.number().int().min(1).max(60).default(1),
  startsOn: day,
  endsOn: day.optional(),
  /** The day of the month that periods begin on; in shorter months the last one. Left out, the day of the start. */
  anchorDay: z.number().int().min(1).max(31).optional(),
  /** Invoiced on the first day of the period, or on its last. */
  timing: z.enum(['advance', 'arrears']).default('advance'),
  /** A first or last period that is shorter than whole costs its share of days. */
  prorates: z.boolean().default(true),
  priceSteps: z
    .array(z.object({ from: day, percent: percentIn }))
    .max(100)
    .default([]),
  yearlyPercent: percentIn.optional(),
  mode: z.enum(['draft', 'issue']).default('draft'),
  stopsWhenUnpaid: z.boolean().default(false),
});

const nextReply = z.object({
  from: dayText,
  to: dayText,
  issueOn: dayText,
  /** So many days, of how many a whole period would have. */
  days: z.number().int(),
  ofDays: z.number().int(),
  total: moneyText.nullable(),
});

const invoicedReply = z.object({
  from: dayText,
  to: dayText,
  draftId: z.string(),
  state: draftState,
  invoiceId: z.string().nullable(),
  number: z.string().nullable(),
  refusal: refusalReply.nullable(),
});

const recurringReply = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  companyId: z.string(),
  customer: customerBrief.nullable(),
  body: z.record(z.string(), z.unknown()),
  unit: z.enum(['week', 'month', 'year']),
  every: z.number().int(),
  startsOn: dayText,
  endsOn: dayText.nullable(),
  anchorDay: z.number().int().nullable(),
  timing: z.enum(['advance', 'arrears']),
  prorates: z.boolean(),
  priceSteps: z.array(z.object({ from: dayText, percent: z.string() })),
  yearlyPercent: z.string().nullable(),
  mode: z.enum(['draft', 'issue']),
  stopsWhenUnpaid: z.boolean(),
  pausedOn: dayText.nullable(),
  /** What comes next, the oldest first; what is before today was not yet written. */
  next: z.array(nextReply),
  /** How many periods were invoiced. */
  invoicedCount: z.number().int(),
});

const AGREEMENT_REFUSALS = {
  ...PARTY_REFUSALS,
  ...INCOMPLETE,
  recurrence_not_valid: [
    400,
    'Periods last 1 to 60 units; a day of the month is 1 to 31, and weeks have none.',
  ],
  ends_before_start: [400, 'The end is before the start.'],
  too_many_price_steps: [400, 'There are too many changes of price.'],
  price_step_not_valid: [400, 'A price changes by more than −100 and at most 100 per cent at a time.'],
} as const;

const RECURRING_NOT_FOUND = {
  recurring_not_found: [404, 'There is no such recurring invoice.'],
} as const;

const recurringKept = z.object({ recurringId: z.string(), version: z.number().int() });

export const addRecurring = operation({
  id: 'add-recurring',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/recurring-invoices',
  summary:
    'Agrees on an invoice that comes again and again. Each period is invoiced once, when its day has come.',
  tag: TAG,
  permission: 'invoice.issue',
  body: agreementIn,
  reply: recurringKept,
  refusals: AGREEMENT_REFUSALS,
});

export const changeRecurring = operation({
  id: 'change-recurring',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/recurring-invoices/:recurringId',
  summary: 'Changes what is agreed, for periods that were not invoiced yet.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ recurringId: recurringIdIn }),
  body: agreementIn.extend({ version: z.number().int().min(1).optional() }),
  reply: recurringKept,
  refusals: {
    ...AGREEMENT_REFUSALS,
    ...RECURRING_NOT_FOUND,
    recurring_changed_meanwhile: [409, 'Somebody else changed this meanwhile. Read it again, then repeat.'],
  },
});

export const pauseRecurring = operation({
  id: 'pause-recurring',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/recurring-invoices/:recurringId/pause',
  summary: 'Pauses a recurring invoice, or lets it go on; periods missed meanwhile are then invoiced.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ recurringId: recurringIdIn }),
  body: z.object({ paused: z.boolean() }),
  reply: z.object({ recurringId: z.string(), paused: z.boolean() }),
  refusals: RECURRING_NOT_FOUND,
});

export const issuePeriod = operation({
  id: 'issue-period',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/recurring-invoices/:recurringId/periods',
  summary: 'Writes the draft of a period that is due, without waiting for the morning. Each period has one.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ recurringId: recurringIdIn }),
  /** The first day of the period. */
  body: z.object({ from: day }),
  reply: z.object({ draftId: z.string() }),
  refusals: {
    ...RECURRING_NOT_FOUND,
    recurring_paused: [409, 'This recurring invoice is paused. Let it go on first.'],
    period_not_due: [409, 'No period that begins on this day is due yet.'],
    period_already_invoiced: [409, 'This period has its invoice already.'],
    previous_unpaid: [409, 'An invoice before is overdue, and it was agreed to stop then.'],
  },
});

export const listRecurring = operation({
  id: 'list-recurring',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/recurring-invoices',
  summary: 'Recurring invoices, the newest first, each with its next period.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({ customerId: customerIdIn.optional() }),
  reply: pageOf(recurringReply),
});

export const readRecurring = operation({
  id: 'read-recurring',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/recurring-invoices/:recurringId',
  summary: 'One recurring invoice: what is agreed, what was invoiced, and what comes next.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ recurringId: recurringIdIn }),
  reply: recurringReply.extend({ invoiced: z.array(invoicedReply) }),
  refusals: RECURRING_NOT_FOUND,
});

export const previewRecurring = operation({
  id: 'preview-recurring',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/recurring-previews',
  summary: 'The periods an agreement would have, and what each would cost, without storing anything.',
  tag: TAG,
  permission: 'book.read',
  body: agreementIn
    .pick({
      unit: true,
      every: true,
      startsOn: true,
      endsOn: true,
      anchorDay: true,
      timing: true,
      prorates: true,
      priceSteps: true,
      yearlyPercent: true,
    })
    .extend({ currency: currencyCode, body: draftBodyIn }),
  reply: z.object({ next: z.array(nextReply) }),
  refusals: {
    recurrence_not_valid: AGREEMENT_REFUSALS.recurrence_not_valid,
    ends_before_start: AGREEMENT_REFUSALS.ends_before_start,
    number_not_decimal: [
      400,
      'A price is no number. Write it with a point and without thousands separators.',
    ],
  },
});
