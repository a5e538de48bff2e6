// What the API offers on writing invoices: looking at them, checking, pricing and issuing, and what stands under all of them.

import { z } from 'zod';
import { CHECK_REFUSALS, findingShape } from '#checks/contract.ts';
import { WRITTEN_PROFILES } from '#einvoice/written-profile.ts';
import {
  amountIn,
  currencyCode,
  day,
  dayText,
  idText,
  moneyText,
  operation,
  textLine,
} from '#http/contract.ts';
import { FOOTNOTES_MAX, INSTALMENTS_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { WINDOW_REFUSAL } from '#printing/contract.ts';
import { plannedInstalment } from '#terms/contract.ts';
import {
  ADDING_UP_REFUSALS,
  acceptIn,
  contentShape,
  decimalIn,
  E_INVOICE_NOT_VALID,
  extrasShape,
  FOOTNOTE_FIELD_UNKNOWN,
  ISSUE_REFUSALS,
  linesIn,
  longText,
  POSTING_REFUSALS,
  TAG,
} from './contract-shapes.ts';

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
  summary:
    'What an invoice would look like if it were issued now, as PDF, without storing anything. One that would go by post is refused where its address does not show in the window.',
  tag: TAG,
  permission: 'invoice.issue',
  body: planned,
  produces: ['application/pdf'],
  refusals: { ...ISSUE_REFUSALS, ...WINDOW_REFUSAL },
});

/** What the rules say of one place of a document. */
export const findingReply = z.object({
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

export const allowanceReply = z.object({
  kind: z.enum(['allowance', 'charge']),
  amount: moneyText,
  base: moneyText.nullable(),
  percent: z.string().nullable(),
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
});

export const taxReply = z.object({
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
