// What the API offers on invoices and credit notes: issuing, crediting, voiding, reading and printing them.

import { z } from 'zod';
import { APPROVAL_REQUIRED } from '#approvals/contract.ts';
import { ATTACHING, attachment } from '#attachments/contract.ts';
import { CHECK_REFUSALS, findingShape, keptFindingShape } from '#checks/contract.ts';
import { TEST_REFUSALS, testAsked } from '#delivery/contract.ts';
import { CHANNELS } from '#delivery/message.ts';
import { WRITTEN_PROFILES } from '#einvoice/written-profile.ts';
import {
  amountIn,
  currencyCode,
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import type { ApplicationId, InvoiceId, MessageId } from '#kernel/id.ts';
import {
  ALLOCATIONS_MAX,
  ALLOWANCES_MAX,
  CREDIT_REASONS_MAX,
  DELIVER_INVOICES_MAX,
  FINDINGS_ACCEPTED_MAX,
  FOOTNOTES_MAX,
  FOOTNOTES_PER_DOCUMENT_MAX,
  INSTALMENTS_MAX,
  INVOICE_LINES_MAX,
} from '#kernel/limits.ts';
import { type Decimal, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { entryReply, itemIdIn } from '#ledger/contract.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { printExtras, printStyle } from '#printing/contract.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { plannedInstalment } from '#terms/contract.ts';
import { draftWords, NOT_RENDERED, previewed } from '#wording/contract.ts';
import { E_INVOICE_PROFILES, WITHOUT_DATA_REASONS } from './e-invoice-names.ts';
import { DOCUMENT_STATES } from './invoice-state.ts';

const TAG = 'Invoices';

const invoiceIdIn = idText.transform((text) => text as InvoiceId);

/** An exact number in a request, as decimal text: quantities, unit prices, percentages. */
const decimalIn = z.string().transform((text, context) => {
  try {
    return parseDecimal(text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.addIssue({ code: 'custom', message: error.code });
    return z.NEVER;
  }
});

/** Several lines of text: line ends are kept, other control characters are not. */
const longText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .refine((text) => !/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text), 'text_has_control_characters');

// — requests —

/** UNCL 5305: S standard, Z zero, E exempt, AE reverse charge, K intra-community, G export, O outside of tax. */
const taxCategoryIn = z.enum(['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M']);

const allowanceShape = {
  kind: z.enum(['allowance', 'charge']),
  /** Give an amount, or a percentage; of what it is taken from, unless a base is given. */
  amount: decimalIn.optional(),
  percent: decimalIn.optional(),
  base: decimalIn.optional(),
  reason: textLine(200).optional(),
  /** UNCL 5189 for an allowance, UNCL 7161 for a charge. */
  reasonCode: textLine(10).optional(),
};

const lineIn = z
  .object({
    description: longText(1_000),
    quantity: decimalIn.meta({ examples: ['2.5'] }),
    unit: textLine(20).optional(),
    unitPrice: decimalIn.meta({ examples: ['99.95'] }),
    taxCategory: taxCategoryIn.optional(),
    taxPercent: decimalIn.meta({ examples: ['21'] }),
    detail: longText(2_000).optional(),
    /** UN/ECE recommendation 20, as `C62` for one piece or `HUR` for an hour. */
    unitCode: z
      .string()
      .regex(/^[A-Z0-9]{1,3}$/, 'unit_code_not_valid')
      .optional(),
    /** The price is for so many units; left out, for one. */
    baseQuantity: decimalIn.optional(),
    sellerItem: textLine(100).optional(),
    buyerItem: textLine(100).optional(),
    periodFrom: day.optional(),
    periodTo: day.optional(),
    /** The line of the buyer’s order. */
    orderLine: textLine(50).optional(),
    note: longText(1_000).optional(),
    allowances: z.array(z.object(allowanceShape)).max(ALLOWANCES_MAX).optional(),
  })
  .transform(withTaxCategory);

/** Without a category, a percentage means standard and none means zero rated. */
function withTaxCategory<
  T extends { readonly taxPercent: Decimal; readonly taxCategory?: string | undefined },
>(taxed: T): T & { readonly taxCategory: string } {
  return { ...taxed, taxCategory: taxed.taxCategory ?? (taxed.taxPercent.digits === 0n ? 'Z' : 'S') };
}

const linesIn = z.array(lineIn).max(INVOICE_LINES_MAX);

/** What a document has besides its lines and is priced with. */
const extrasShape = {
  allowances: z
    .array(
      z
        .object({ ...allowanceShape, taxCategory: taxCategoryIn.optional(), taxPercent: decimalIn })
        .transform(withTaxCategory),
    )
    .max(ALLOWANCES_MAX)
    .optional(),
  /** Why a category carries no tax, in words and as a VATEX code. */
  exemptions: z
    .array(
      z.object({
        category: taxCategoryIn,
        reason: textLine(500).optional(),
        code: z
          .string()
          .regex(/^VATEX-[A-Z0-9-]{2,30}$/, 'exemption_code_not_valid')
          .optional(),
      }),
    )
    .max(10)
    .optional(),
  /** The total is rounded to a multiple of so many minor units: 5 for Swiss cash amounts. */
  roundToMinor: z.number().int().min(2).max(1_000).transform(BigInt).optional(),
};

/** What stands under one document; left out, what the company says under all of its documents. */
const chosenFootnotes = z.array(longText(2_000)).max(FOOTNOTES_PER_DOCUMENT_MAX).optional();

/** What a document says besides its amounts. */
const contentShape = {
  footnotes: chosenFootnotes,
  references: z
    .object({
      buyerReference: textLine(100).optional(),
      salesOrder: textLine(100).optional(),
      contract: textLine(100).optional(),
      project: textLine(100).optional(),
      despatchAdvice: textLine(100).optional(),
      receivingAdvice: textLine(100).optional(),
      object: textLine(100).optional(),
    })
    .optional(),
  delivery: z
    .object({
      deliveredOn: day.optional(),
      periodFrom: day.optional(),
      periodTo: day.optional(),
      taxPointOn: day.optional(),
      delivery: z
        .object({
          name: textLine(200).optional(),
          street: textLine(200),
          postalCode: textLine(20),
          city: textLine(100),
          region: textLine(100).optional(),
          country: z.string().regex(/^[A-Z]{2}$/, 'country_not_valid'),
        })
        .optional(),
    })
    .refine(
      ({ periodFrom, periodTo }) => !periodFrom || !periodTo || periodFrom.toString() <= periodTo.toString(),
      'period_ends_before_start',
    )
    .optional(),
};

const FOOTNOTE_FIELD_UNKNOWN = {
  footnote_field_unknown: [400, 'A word in braces is none that a footnote knows. Use one of those listed.'],
} as const;

const POSTING_REFUSALS = {
  series_not_found: [404, 'The company has no number series of this name for this kind of document.'],
  exchange_rate_missing: [409, 'There is no exchange rate for this day or before. Record one first.'],
  external_id_taken: [409, 'A document with this external id stands already. It was not issued again.'],
  invoice_number_taken: [
    409,
    'The number that comes next is in use by a document taken over. Use another series.',
  ],
} as const;

const ADDING_UP_REFUSALS = {
  too_many_lines: [400, 'The document has too many lines. Issue two.'],
  tax_percent_negative: [400, 'A tax percentage is not negative.'],
  tax_percent_too_high: [400, 'A tax percentage is at most 100.'],
  tax_percent_too_precise: [400, 'A tax percentage has at most four decimals.'],
  tax_percent_not_zero: [
    400,
    'Only standard rates (S, L, M) carry a percentage; the other categories have 0.',
  ],
  amount_too_large: [400, 'An amount is larger than the books can hold.'],
  amount_too_many_decimals: [400, 'An amount has more decimals than the currency.'],
  base_quantity_not_positive: [400, 'The quantity that a price is for is above zero.'],
  period_ends_before_start: [400, 'The period ends before it starts.'],
  too_many_allowances: [400, 'There are too many allowances and charges in one place.'],
  allowance_without_reason: [400, 'Say why the allowance or charge is made, in words or as a code.'],
  allowance_incomplete: [400, 'Give an allowance or charge either as an amount or as a percentage.'],
  allowance_negative: [
    400,
    'An allowance or charge is not negative. For less, make an allowance; for more, a charge.',
  ],
} as const;

const PRICING_REFUSALS = {
  no_lines: [400, 'A document has at least one line.'],
  total_not_positive: [
    409,
    'The total must be above zero, and neither net nor tax below it. For money back, issue a credit note.',
  ],
  ...ADDING_UP_REFUSALS,
} as const;

/** Where the customer wants an e-invoice. */
const E_INVOICE_NOT_VALID = {
  einvoice_not_valid: [
    409,
    'The customer wants an e-invoice, and this would be none by its rules. Mend what is named; each finding tells how.',
  ],
} as const;

/** Why an invoice cannot be issued, before a number and a rate are looked for. */
const ISSUE_REFUSALS = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  customer_archived: [409, 'This customer is archived. Restore it before invoicing it.'],
  no_due_date: [
    400,
    'Say when the invoice is due: by dueOn, by instalments, or by payment terms of the customer or the company.',
  ],
  due_date_twice: [400, 'Give either dueOn or instalments, not both.'],
  issued_too_far_ahead: [409, 'The date of issue is more than a year ahead. Check the year.'],
  no_instalments: [400, 'Give at least one instalment.'],
  too_many_instalments: [400, 'The invoice has too many instalments.'],
  instalment_not_positive: [400, 'Each instalment is above zero.'],
  instalments_not_total: [409, 'The instalments do not add up to the total.'],
  instalment_currency: [400, 'Instalments are in the currency of the invoice.'],
  due_before_issue: [409, 'The due date is before the date of issue.'],
  ...FOOTNOTE_FIELD_UNKNOWN,
  ...PRICING_REFUSALS,
} as const;

/**
 * Warnings seen and issued in spite of, by the ids of the findings. Given, even empty, every other warning stops it; left out,
 * nobody is asked, and warnings are kept with the invoice.
 */
export const acceptIn = z.array(textLine(60)).max(FINDINGS_ACCEPTED_MAX).optional();

export const issueInvoice = operation({
  id: 'issue-invoice',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoices',
  summary: 'Issues an invoice: it gets its number, stands in the books and never changes after.',
  tag: TAG,
  permission: 'invoice.issue',
  body: z.object({
    companyId: companyIdIn,
    customerId: customerIdIn,
    issuedOn: day,
    /** Left out, the instalments say; without those, the payment terms of the customer or the company. */
    dueOn: day.optional(),
    instalments: z
      .array(z.object({ dueOn: day, amount: amountIn }))
      .max(INSTALMENTS_MAX)
      .optional(),
    currency: currencyCode,
    lines: linesIn,
    ...extrasShape,
    ...contentShape,
    purchaseOrder: textLine(100).optional(),
    paymentReference: textLine(140).optional(),
    note: longText(2_000).optional(),
    externalId: textLine(200).optional(),
    series: textLine(20).optional(),
    accept: acceptIn,
  }),
  reply: z.object({
    invoiceId: z.string(),
    number: z.string(),
    total: z.string(),
    currency: z.string(),
  }),
  refusals: { ...ISSUE_REFUSALS, ...POSTING_REFUSALS, ...CHECK_REFUSALS, ...E_INVOICE_NOT_VALID },
});

export const checkInvoice = operation({
  id: 'check-invoice',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/invoice-checks',
  summary: 'What is found about an invoice before it is issued, without storing anything.',
  tag: TAG,
  permission: 'book.read',
  body: issueInvoice.body.omit({ accept: true }),
  reply: z.object({ findings: z.array(findingShape) }),
  refusals: ISSUE_REFUSALS,
});

/** An invoice that is being written, and the draft it is kept as: its files are looked at too. */
const planned = issueInvoice.body.extend({ draftId: idText.optional() });

export const previewInvoice = operation({
  id: 'preview-invoice',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/invoice-previews',
  summary: 'What an invoice would look like if it were issued now, as PDF, without storing anything.',
  tag: TAG,
  permission: 'invoice.issue',
  body: planned,
  produces: ['application/pdf'],
  refusals: ISSUE_REFUSALS,
});

/** What the rules say of one place of a document. */
const findingReply = z.object({
  /** Id of the published rule; those that begin with Q- are our own. */
  rule: z.string(),
  severity: z.enum(['fatal', 'warning', 'information']),
  /** Business terms, as `BT-10`; with the line they stand in, from 0. */
  places: z.array(z.object({ term: z.string(), line: z.number().int().nullable() })),
  /** Where it is mended: a field of the request, or of the company or customer, as `customer/networkAddress`. */
  field: z.string().nullable(),
  found: z.string(),
  message: z.string(),
  hint: z.string(),
});

export const checkEInvoice = operation({
  id: 'check-e-invoice',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/e-invoice-checks',
  summary:
    'What the rules of the e-invoice the customer wants would say of an invoice, without storing anything.',
  tag: TAG,
  permission: 'invoice.issue',
  body: planned,
  reply: z.object({
    /** The e-invoice the customer wants; null where it wants none. */
    profile: z.enum(WRITTEN_PROFILES).nullable(),
    /** Nothing in it is fatal: it would be issued. */
    valid: z.boolean(),
    findings: z.array(findingReply),
    /** What the document says where it names none of its own. */
    usual: z.object({
      buyerReference: z.string().nullable(),
      purchaseOrder: z.string().nullable(),
      footnotes: z.array(z.string()),
    }),
  }),
  refusals: { ...ISSUE_REFUSALS, exchange_rate_missing: POSTING_REFUSALS.exchange_rate_missing },
});

const allowanceReply = z.object({
  kind: z.enum(['allowance', 'charge']),
  amount: moneyText,
  base: moneyText.nullable(),
  percent: z.string().nullable(),
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
});

const taxReply = z.object({
  category: z.string(),
  percent: z.string(),
  net: moneyText,
  tax: moneyText,
  exemptionReason: z.string().nullable(),
  exemptionCode: z.string().nullable(),
});

const pricedReply = z.object({
  lines: z.array(z.object({ net: moneyText })),
  /** Of the whole document, in the order given. */
  allowances: z.array(z.object({ amount: moneyText })),
  /** The sum of the lines, before allowances and charges of the document. */
  linesNet: moneyText,
  taxes: z.array(taxReply),
  net: moneyText,
  tax: moneyText,
  rounding: moneyText,
  total: moneyText,
  /** When all of it would be due by the terms of the customer or the company; null when none are known. */
  dueOn: dayText.nullable(),
  /** What the terms make of the total: what is due when, and what paying early saves; empty without terms. */
  schedule: z.array(plannedInstalment),
  /** The total split by the percentages asked for, to the cent. */
  instalments: z.array(moneyText),
  /** What issuing these lines would be refused for; null when nothing speaks against them. */
  problem: z.string().nullable(),
});

export const calculateInvoice = operation({
  id: 'calculate-invoice',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/invoice-calculations',
  summary: 'Prices lines without storing anything: what the totals would be.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({
    currency: currencyCode,
    lines: linesIn,
    ...extrasShape,
    issuedOn: day.optional(),
    /** Whose default terms count; left out, the first company’s. */
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    /** Percentages of instalments; they need not sum to 100, only their proportions count. */
    instalmentPercents: z.array(decimalIn).max(INSTALMENTS_MAX).optional(),
  }),
  reply: pricedReply,
  refusals: {
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    customer_not_found: [404, 'There is no such customer. Search by number or name.'],
    ...ADDING_UP_REFUSALS,
    instalment_not_positive: [400, 'Each instalment is above zero.'],
  },
});

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
    reasons: z.array(z.object({ code: z.string(), label: z.string(), own: z.boolean() })),
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

const APPLY_CREDIT_REFUSALS = {
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
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    applied_too_early: [
      409,
      'On that date the item or the credit note was not posted yet, or was settled otherwise. Use a later date.',
    ],
  },
});

export const unapplyCredit = operation({
  id: 'unapply-credit',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/credit-notes/:creditNoteId/applications/:applicationId',
  summary: 'Takes an application of a credit note back: both sides are open again as before.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({
    creditNoteId: invoiceIdIn,
    applicationId: idText.transform((text) => text as ApplicationId),
  }),
  query: z.object({ on: day.optional() }),
  reply: z.object({ creditNoteId: z.string(), open: z.string(), currency: z.string() }),
  refusals: {
    ...APPLY_CREDIT_REFUSALS,
    application_not_found: [
      404,
      'There is no such application of this credit note, or it was taken back already.',
    ],
    changed_meanwhile: [409, 'Somebody else changed this at the same moment. Look again and repeat.'],
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    reversed_too_early: [409, 'The date is before the application itself.'],
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
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    voided_too_early: [
      409,
      'On that date the document was not issued yet, or something was applied to it. Use a later date.',
    ],
  },
});

// — reading —

const companyBrief = z.object({ id: z.string(), code: z.string(), name: z.string() });
const documentKind = z.enum(['invoice', 'credit_note']);
const documentState = z.enum(DOCUMENT_STATES);

const invoiceRow = z
  .object({
    id: z.string(),
    kind: documentKind,
    number: z.string(),
    company: companyBrief,
    customer: customerBrief,
    issuedOn: dayText,
    /** The oldest due date of what is open; of a settled document, its last due date. */
    dueOn: dayText,
    total: moneyText,
    /** Positive for both kinds: what is owed to us, or left of a credit. */
    open: moneyText,
    state: documentState,
    /** Days past the oldest open due date; 0 when nothing is late. */
    daysLate: z.number().int(),
    voidedOn: dayText.nullable(),
  })
  .meta({ id: 'InvoiceRow' });

export const listInvoices = operation({
  id: 'list-invoices',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoices',
  summary:
    'Invoices and credit notes. Open and overdue ones come by due date, oldest first; others by date of issue, newest first. A page may be short although more follows.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    state: z.enum(['all', 'open', 'overdue', 'paid', 'voided']).default('all'),
    kind: documentKind.optional(),
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    /** The beginning of the document’s number, or part of the customer’s number or name. */
    q: z.string().trim().max(100).optional(),
    issuedFrom: day.optional(),
    issuedTo: day.optional(),
  }),
  reply: pageOf(invoiceRow),
});

const applicationReply = z.object({
  id: z.string(),
  itemId: z.string(),
  appliedOn: dayText,
  recordedAt: momentText,
  /** What the other side gave; negative in the row that takes it back. */
  amount: moneyText,
  discount: moneyText,
  difference: moneyText,
  method: z.string(),
  /** The application this one takes back. */
  reversesId: z.string().nullable(),
  /** Whether a later row takes this one back. */
  reversed: z.boolean(),
  other: z.object({
    itemId: z.string(),
    kind: z.enum([
      'invoice',
      'credit_note',
      'payment',
      'refund',
      'write_off',
      'void',
      'return',
      'transfer',
      'charge',
      'charge_credit',
    ]),
    documentId: z.string(),
    reference: z.string(),
  }),
});

const textOrNull = z.string().nullable();

const contentReply = z.object({
  references: z.object({
    buyerReference: textOrNull,
    salesOrder: textOrNull,
    contract: textOrNull,
    project: textOrNull,
    despatchAdvice: textOrNull,
    receivingAdvice: textOrNull,
    object: textOrNull,
  }),
  delivery: z.object({
    deliveredOn: dayText.nullable(),
    periodFrom: dayText.nullable(),
    periodTo: dayText.nullable(),
    taxPointOn: dayText.nullable(),
    delivery: z
      .object({
        name: textOrNull,
        street: z.string(),
        postalCode: z.string(),
        city: z.string(),
        region: textOrNull,
        country: z.string(),
      })
      .nullable(),
  }),
  /** Seller and buyer as they were when it was issued. */
  seller: z.object({ name: z.string(), taxId: textOrNull, iban: textOrNull, bic: textOrNull }),
  buyer: z.object({
    number: z.string(),
    name: z.string(),
    taxId: textOrNull,
    address: z
      .object({
        street: z.string(),
        postalCode: z.string(),
        city: z.string(),
        region: textOrNull,
        country: z.string(),
      })
      .nullable(),
  }),
});

export const invoiceReply = invoiceRow.extend({
  net: moneyText,
  tax: moneyText,
  functional: moneyText,
  rate: z.string(),
  purchaseOrder: z.string().nullable(),
  paymentReference: z.string().nullable(),
  note: z.string().nullable(),
  externalId: z.string().nullable(),
  /** Why a credit note was given: the code, what it is called, and the words beside it. */
  reasonCode: z.string().nullable(),
  reasonLabel: z.string().nullable(),
  reason: z.string().nullable(),
  /** What a credit note takes back of a discount, and its tax; it gives its total less this. */
  discountTakenBack: z.object({ discount: moneyText, tax: moneyText }).nullable(),
  recordedAt: momentText,
  /** The invoice this credit note corrects. */
  corrects: z.object({ id: z.string(), number: z.string() }).nullable(),
  /** Credit notes that correct this invoice. */
  creditNotes: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      issuedOn: dayText,
      total: moneyText,
      voidedOn: dayText.nullable(),
    }),
  ),
  /** What can still be credited: the total less standing credit notes. */
  creditable: moneyText,
  lines: z.array(
    z.object({
      lineNo: z.number().int(),
      description: z.string(),
      quantity: z.string(),
      unit: z.string().nullable(),
      unitPrice: z.string(),
      taxCategory: z.string(),
      taxPercent: z.string(),
      net: moneyText,
      detail: z.string().nullable(),
      unitCode: z.string().nullable(),
      baseQuantity: z.string().nullable(),
      sellerItem: z.string().nullable(),
      buyerItem: z.string().nullable(),
      periodFrom: dayText.nullable(),
      periodTo: dayText.nullable(),
      orderLine: z.string().nullable(),
      note: z.string().nullable(),
      allowances: z.array(allowanceReply),
    }),
  ),
  /** Files it was issued with, and supplements added since. */
  attachments: z.array(attachment),
  /** Allowances and charges of the whole document. */
  allowances: z.array(allowanceReply.extend({ taxCategory: z.string(), taxPercent: z.string() })),
  taxes: z.array(taxReply),
  rounding: moneyText,
  /** What it says besides; null for a document taken over from another system. */
  content: contentReply.nullable(),
  /** Why its PDF carries it not as data too (Factur-X); null where it does. */
  withoutData: z.enum(WITHOUT_DATA_REASONS).nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      instalment: z.number().int(),
      amount: moneyText,
      open: moneyText,
      dueOn: dayText,
      daysLate: z.number().int(),
      /** What paying early saves on what is open; on a settled item, what it would have saved on all of it. */
      discounts: z.array(
        z.object({
          source: z.enum(['terms', 'offer']),
          untilOn: dayText,
          /** The last day with days of grace. */
          lastOn: dayText,
          percent: z.string().nullable(),
          discount: moneyText,
          pay: moneyText,
          isPast: z.boolean(),
        }),
      ),
    }),
  ),
  applications: z.array(applicationReply),
  entries: z.array(entryReply),
  /** Warnings it was issued in spite of. */
  findings: z.array(keptFindingShape),
  events: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      actor: z.string(),
      recordedAt: momentText,
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  may: z.object({ credit: may, void: may, applyCredit: may }),
});

export const readInvoice = operation({
  id: 'read-invoice',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoices/:invoiceId',
  summary: 'One invoice or credit note with all that belongs to it, and what the caller may do with it.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ invoiceId: invoiceIdIn }),
  reply: invoiceReply,
  refusals: { invoice_not_found: [404, 'There is no such invoice.'] },
});

export const previewLook = operation({
  id: 'preview-look',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/look-preview',
  summary:
    'The invoice or credit note as PDF in another look, with other additions or in another language than chosen; nothing is stored.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ invoiceId: invoiceIdIn }),
  body: z.object({
    style: printStyle.optional(),
    extras: printExtras.optional(),
    language: z.enum(DOCUMENT_LANGUAGES).optional(),
  }),
  produces: ['application/pdf'],
  refusals: {
    invoice_not_found: [404, 'There is no such invoice.'],
    pay_link_not_valid: [
      400,
      'This is no link to pay by. Give an address that begins with https://, with {number}, {amount}, {currency} or {reference} after the name of the site.',
    ],
    upi_id_not_valid: [400, 'This is no UPI address. Give one such as shop@bank.'],
  },
});

export const printInvoice = operation({
  id: 'print-invoice',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoices/:invoiceId/pdf',
  summary: 'The invoice or credit note as PDF/A, with what is paid and left as of now.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ invoiceId: invoiceIdIn }),
  produces: ['application/pdf'],
  refusals: { invoice_not_found: [404, 'There is no such invoice.'] },
});

export const addSupplement = operation({
  id: 'add-supplement',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/attachments',
  summary:
    'Adds a file to an issued invoice or credit note. It is listed as a supplement and goes along with messages from now on; the document itself stays as it was.',
  tag: TAG,
  permission: 'invoice.issue',
  params: z.object({ invoiceId: invoiceIdIn }),
  consumesFile: true,
  reply: z.object({ attachmentId: z.string(), name: z.string() }),
  refusals: { invoice_not_found: [404, 'There is no such invoice.'], ...ATTACHING },
});

// — as data —

const profileIn = z.enum(E_INVOICE_PROFILES).default('en16931');
const E_INVOICE_REFUSALS = {
  invoice_not_found: [404, 'There is no such invoice.'],
  invoice_without_content: [
    409,
    'This document was taken over from another system by its total; what it said is not known here.',
  ],
} as const;

export const readEInvoice = operation({
  id: 'read-e-invoice',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoices/:invoiceId/e-invoice',
  summary: 'The document as an electronic invoice of EN 16931: XML in UBL or CII, as it was issued.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ invoiceId: invoiceIdIn }),
  query: z.object({ syntax: z.enum(['ubl', 'cii']).default('ubl'), profile: profileIn }),
  produces: ['application/xml'],
  refusals: E_INVOICE_REFUSALS,
});

export const readEInvoiceFindings = operation({
  id: 'read-e-invoice-findings',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoices/:invoiceId/e-invoice/findings',
  summary: 'What the rules of a profile say of the document as an electronic invoice, and what to do.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ invoiceId: invoiceIdIn }),
  query: z.object({ profile: profileIn }),
  reply: z.object({
    /** Nothing in it is fatal. */
    valid: z.boolean(),
    findings: z.array(findingReply),
  }),
  refusals: E_INVOICE_REFUSALS,
});

// — footnotes —

const footnotesShape = {
  footnotes: z
    .array(z.object({ language: z.string().min(2).max(10), text: longText(2_000) }))
    .max(FOOTNOTES_MAX),
};

export const readFootnotes = operation({
  id: 'read-footnotes',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/footnotes',
  summary: 'What stands under all documents of a company, by language.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: z.object({ footnotes: z.array(z.object({ language: z.string(), text: z.string() })) }),
  refusals: { company_not_found: [404, 'There is no such company. See the list of companies.'] },
});

export const replaceFootnotes = operation({
  id: 'replace-footnotes',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/footnotes',
  summary:
    'Says what stands under all documents of a company issued from now on. A text may name {number}, {issuedOn}, {dueOn}, {total}, {iban}, {bic} and {reference}.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object(footnotesShape),
  reply: z.object({ footnotes: z.number().int() }),
  refusals: {
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    language_not_valid: [400, 'A language is a code such as en or de-AT.'],
    too_many_footnotes: [400, 'There are too many footnotes in this language. Join some.'],
    ...FOOTNOTE_FIELD_UNKNOWN,
  },
});

// — delivering —

/** Sends documents. */
export const deliverInvoices = operation({
  id: 'deliver-invoices',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoice-deliveries',
  summary:
    'Sends invoices and credit notes, each by the way its customer wants, or all by one way. Tells what was queued, and why not.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({
    invoiceIds: z.array(invoiceIdIn).min(1).max(DELIVER_INVOICES_MAX),
    channel: z.enum(CHANNELS).optional(),
  }),
  reply: z.object({
    queued: z.number().int(),
    results: z.array(
      z.object({
        invoiceId: idText,
        number: z.string(),
        messageId: idText.nullable(),
        channel: z.enum(CHANNELS).nullable(),
        recipient: z.string().nullable(),
        /** Why it was not queued. Where the customer cannot be reached, a delivery problem is open. */
        reason: z.enum(['no_way', 'voided', 'already_on_its_way']).nullable(),
      }),
    ),
  }),
  refusals: { invoice_not_found: [404, 'One of the documents does not exist. None was sent.'] },
});

/** Sends by another way what did not arrive. */
export const replaceMessage = operation({
  id: 'replace-message',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/messages/:messageId/replacements',
  summary: 'Sends the document of a message that did not arrive by the next way its customer allows.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ messageId: idText.transform((text) => text as MessageId) }),
  reply: z.object({
    messageId: idText.nullable(),
    channel: z.enum(CHANNELS).nullable(),
    reason: z.enum(['no_document', 'voided', 'replaced_already', 'no_other_way']).nullable(),
  }),
  refusals: {
    message_not_found: [404, 'There is no message with this id.'],
    message_replaced: [409, 'Another message took its place in this moment.'],
  },
});

/** Looks at the message a document would go with. */
export const previewMessage = operation({
  id: 'preview-message',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/message-previews',
  summary:
    'The mail or short notice this document would go with now, in words that need not be kept. Nothing is sent.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ invoiceId: invoiceIdIn }),
  body: draftWords.extend({ channel: z.enum(['email', 'sms']).default('email') }),
  reply: previewed,
  refusals: { invoice_not_found: [404, 'There is no such document.'], template_not_rendered: NOT_RENDERED },
});

/** Sends the mail of a document to oneself. */
export const testMessage = operation({
  id: 'test-message',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/test-mails',
  summary:
    'Sends the mail of this document, marked as a test, to the person who asks, never to the customer. It counts as no sending.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ invoiceId: invoiceIdIn }),
  body: draftWords,
  reply: testAsked,
  refusals: {
    ...TEST_REFUSALS,
    invoice_not_found: [404, 'There is no such document.'],
    template_not_rendered: NOT_RENDERED,
  },
});
