// What the API offers on reading invoices and credit notes: lists, one document, its print and its data.

import { z } from 'zod';
import { ATTACHING, attachment } from '#attachments/contract.ts';
import { keptFindingShape } from '#checks/contract.ts';
import { day, dayText, may, momentText, moneyText, operation, pageOf, pageQuery } from '#http/contract.ts';
import { entryReply } from '#ledger/contract.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { LETTERHEAD_REFUSALS, letterheads, printExtras, printStyle } from '#printing/contract.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { allowanceReply, findingReply, taxReply } from './contract-issuing.ts';
import { invoiceIdIn, TAG } from './contract-shapes.ts';
import { E_INVOICE_PROFILES, WITHOUT_DATA_REASONS } from './e-invoice-names.ts';
import { DOCUMENT_STATES } from './invoice-state.ts';

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
      'recovery',
      'handover',
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
    letterheads: letterheads.optional(),
    language: z.enum(DOCUMENT_LANGUAGES).optional(),
  }),
  produces: ['application/pdf'],
  refusals: {
    ...LETTERHEAD_REFUSALS,
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
