// What the API offers on credit notes: why, giving and applying them, and voiding documents.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
import { amountIn, currencyCode, day, dayText, operation, textLine } from '#http/contract.ts';
import { ALLOCATIONS_MAX, CREDIT_REASONS_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { checkEInvoice } from './contract-issuing.ts';
import {
  chosenFootnotes,
  contentShape,
  E_INVOICE_NOT_VALID,
  extrasShape,
  FOOTNOTE_FIELD_UNKNOWN,
  invoiceIdIn,
  linesIn,
  longText,
  POSTING_REFUSALS,
  PRICING_REFUSALS,
  TAG,
} from './contract-shapes.ts';

// — credit notes —

/** Why a credit note is given: a code of everybody's or of the tenant's own, and words beside it. */
const reasonShape = {
  reason: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, 'credit_reason_not_valid')
    .meta({ examples: ['price'] }),
  /** Stands on the credit note beside the reason; `other` needs it. */
  reasonNote: textLine(500).optional(),
};

const creditNoteReply = z.object({
  creditNoteId: z.string(),
  number: z.string(),
  total: z.string(),
  currency: z.string(),
  /** What was applied to the invoice at once, and what is left as an open credit. */
  applied: z.string(),
  open: z.string(),
  /** What of the total is a discount taken back: applied, open and this sum to the total. */
  discount: z.string(),
  /** What was open of the instalments of the invoice, and what is after. */
  items: z.array(
    z.object({
      itemId: z.string(),
      instalment: z.number().int(),
      dueOn: dayText,
      before: z.string(),
      after: z.string(),
    }),
  ),
});

const CREDIT_REFUSALS = {
  credit_reason_unknown: [400, 'There is no such reason for credit notes. See the list of reasons.'],
  credit_reason_without_words: [400, 'The reason “other” says nothing by itself. Say why in words.'],
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
  ...FOOTNOTE_FIELD_UNKNOWN,
  ...PRICING_REFUSALS,
  ...POSTING_REFUSALS,
  ...E_INVOICE_NOT_VALID,
  ...APPROVAL_REQUIRED,
} as const;

export const issueCreditNote = operation({
  id: 'issue-credit-note',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/credit-notes',
  summary: 'Issues a credit note that corrects no invoice in particular: an open credit of the customer.',
  tag: TAG,
  permission: 'invoice.credit',
  body: z.object({
    companyId: companyIdIn,
    customerId: customerIdIn,
    currency: currencyCode,
    issuedOn: day.optional(),
    ...reasonShape,
    lines: linesIn,
    ...extrasShape,
    ...contentShape,
    note: longText(2_000).optional(),
    externalId: textLine(200).optional(),
    series: textLine(20).optional(),
  }),
  reply: creditNoteReply,
  refusals: CREDIT_REFUSALS,
});

export const creditInvoice = operation({
  id: 'credit-invoice',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/credit-notes',
  summary:
    'Credits an invoice, wholly or in part. The credit note is applied to it at once up to what is open; the rest stays an open credit.',
  tag: TAG,
  permission: 'invoice.credit',
  params: z.object({ invoiceId: invoiceIdIn }),
  body: z.object({
    issuedOn: day.optional(),
    ...reasonShape,
    /** Left out, the whole invoice is credited, line by line as it was issued. */
    lines: linesIn.optional(),
    ...extrasShape,
    footnotes: chosenFootnotes,
    note: longText(2_000).optional(),
    externalId: textLine(200).optional(),
    series: textLine(20).optional(),
  }),
  reply: creditNoteReply,
  refusals: {
    invoice_not_found: [404, 'There is no such invoice.'],
    invoice_voided: [409, 'This document was voided; there is nothing to credit.'],
    not_an_invoice: [409, 'This is a credit note. Only invoices can be credited.'],
    invoice_credited_in_part: [
      409,
      'Part of this invoice was credited before. Say which lines to credit now.',
    ],
    exceeds_invoice: [409, 'Together with earlier credit notes this is more than the invoice. Credit less.'],
    credit_before_invoice: [409, 'A credit note is not dated before its invoice.'],
    credit_gives_nothing: [
      409,
      'All of this was discount for paying early: nothing was paid that could be given back.',
    ],
    ...CREDIT_REFUSALS,
  },
});

export const previewCreditNote = operation({
  id: 'preview-credit-note',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/credit-note-previews',
  summary:
    'What a credit note would look like if it were issued now, as PDF, without storing anything; with the invoice it corrects, or without.',
  tag: TAG,
  permission: 'invoice.credit',
  body: z.object({
    /** The invoice it corrects; company, customer and currency are then the invoice’s. */
    invoiceId: invoiceIdIn.optional(),
    companyId: companyIdIn,
    customerId: customerIdIn,
    currency: currencyCode,
    issuedOn: day.optional(),
    ...reasonShape,
    /** Left out, the whole invoice. */
    lines: linesIn.optional(),
    ...extrasShape,
    footnotes: chosenFootnotes,
    note: longText(2_000).optional(),
  }),
  produces: ['application/pdf'],
  refusals: {
    company_not_found: CREDIT_REFUSALS.company_not_found,
    customer_not_found: CREDIT_REFUSALS.customer_not_found,
    invoice_not_found: [404, 'There is no such invoice.'],
    ...FOOTNOTE_FIELD_UNKNOWN,
    ...PRICING_REFUSALS,
  },
});

export const checkCreditEInvoice = operation({
  id: 'check-credit-e-invoice',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/credit-note-e-invoice-checks',
  summary:
    'What the rules of the e-invoice the customer wants would say of a credit note, without storing anything.',
  tag: TAG,
  permission: 'invoice.credit',
  body: previewCreditNote.body.extend(contentShape),
  reply: checkEInvoice.reply,
  refusals: {
    ...previewCreditNote.refusals,
    exchange_rate_missing: POSTING_REFUSALS.exchange_rate_missing,
  },
});

const ownReason = z.object({
  code: reasonShape.reason,
  label: textLine(100),
  /** What it is called on paper, by language; where a language has no name, the label. */
  names: z.partialRecord(z.enum(DOCUMENT_LANGUAGES), textLine(100)).optional(),
});

export const readCreditReasons = operation({
  id: 'read-credit-reasons',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/credit-reasons',
  summary: 'Why credit notes may be given: the reasons everybody has, and the tenant’s own.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    reasons: z.array(
      z.object({
        code: z.string(),
        label: z.string(),
        own: z.boolean(),
        /** Of one's own, by language. */
        names: z.record(z.string(), z.string()),
      }),
    ),
  }),
});

export const replaceCreditReasons = operation({
  id: 'replace-credit-reasons',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/credit-reasons',
  summary:
    'Says for which reasons of one’s own credit notes may be given from now on, besides those everybody has.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({ reasons: z.array(ownReason).max(CREDIT_REASONS_MAX) }),
  reply: z.object({ reasons: z.number().int() }),
  refusals: {
    too_many_credit_reasons: [400, 'There are too many reasons. Join some.'],
    credit_reason_twice: [400, 'This code is there already. Choose another one.'],
  },
});

/** Which credit notes cannot be applied, or taken off again. */
export const APPLY_CREDIT_REFUSALS = {
  credit_note_not_found: [404, 'There is no such credit note.'],
  invoice_voided: [409, 'This credit note was voided; it has nothing to give.'],
} as const;

export const applyCredit = operation({
  id: 'apply-credit',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/credit-notes/:creditNoteId/applications',
  summary: 'Applies an open credit note to open items of the same customer.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ creditNoteId: invoiceIdIn }),
  body: z.object({
    allocations: z
      .array(z.object({ itemId: itemIdIn, amount: amountIn }))
      .min(1)
      .max(ALLOCATIONS_MAX),
    /** Business date; left out, today, or the latest date of what is settled if that is later. */
    on: day.optional(),
  }),
  reply: z.object({
    creditNoteId: z.string(),
    open: z.string(),
    currency: z.string(),
    applications: z.array(z.object({ id: z.string(), itemId: z.string(), amount: z.string() })),
    items: z.array(z.object({ id: z.string(), reference: z.string(), open: z.string() })),
  }),
  refusals: {
    ...APPLY_CREDIT_REFUSALS,
    item_not_found: [404, 'There is no such open item.'],
    wrong_customer: [
      409,
      'The item belongs to another customer. A credit settles items of its own customer.',
    ],
    wrong_company: [409, 'The item belongs to another company.'],
    wrong_currency: [409, 'The item is in another currency.'],
    not_a_debit: [409, 'A credit can only settle what the customer owes.'],
    item_named_twice: [400, 'The same item stands twice in the list.'],
    nothing_to_apply: [400, 'An amount to apply is above zero.'],
    exceeds_open: [409, 'The item has less open than that.'],
    exceeds_unapplied: [409, 'The credit note has less left than that.'],
    credit_granted_back: [
      409,
      'This credit was granted back as a refund. Use what is left beside it, or withdraw the refund first.',
    ],
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    applied_too_early: [
      409,
      'On that date the item or the credit note was not posted yet, or was settled otherwise. Use a later date.',
    ],
  },
});

// — voiding —

export const voidInvoice = operation({
  id: 'void-invoice',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/void',
  summary: 'Voids an invoice or credit note that nothing was applied to. Its number stays used.',
  tag: TAG,
  permission: 'invoice.void',
  params: z.object({ invoiceId: invoiceIdIn }),
  body: z.object({ reason: textLine(500), on: day.optional() }),
  reply: z.object({ invoiceId: z.string(), number: z.string(), voidedOn: dayText }),
  refusals: {
    invoice_not_found: [404, 'There is no such invoice.'],
    invoice_voided: [409, 'This document was voided before.'],
    invoice_has_applications: [
      409,
      'Something is applied to this document. Take it back first, or issue a credit note.',
    ],
    invoice_has_credit_notes: [
      409,
      'Credit notes correct this invoice. Void them first, or credit the rest.',
    ],
    credit_granted_back: [
      409,
      'The credit of this credit note was granted back as a refund. Withdraw the refund first.',
    ],
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    voided_too_early: [
      409,
      'On that date the document was not issued yet, or something was applied to it. Use a later date.',
    ],
  },
});
