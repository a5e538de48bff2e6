// What requests for invoices and credit notes are made of, and the refusals that several operations share.

import { z } from 'zod';
import { day, idText, textLine } from '#http/contract.ts';
import type { InvoiceId } from '#kernel/id.ts';
import {
  ALLOWANCES_MAX,
  FINDINGS_ACCEPTED_MAX,
  FOOTNOTES_PER_DOCUMENT_MAX,
  INVOICE_LINES_MAX,
} from '#kernel/limits.ts';
import { type Decimal, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';

export const TAG = 'Invoices';

export const invoiceIdIn = idText.transform((text) => text as InvoiceId);

/** An exact number in a request, as decimal text: quantities, unit prices, percentages. */
export const decimalIn = z.string().transform((text, context) => {
  try {
    return parseDecimal(text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.addIssue({ code: 'custom', message: error.code });
    return z.NEVER;
  }
});

/** Several lines of text: line ends are kept, other control characters are not. */
export const longText = (max: number) =>
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

export const linesIn = z.array(lineIn).max(INVOICE_LINES_MAX);

/** What a document has besides its lines and is priced with. */
export const extrasShape = {
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
export const chosenFootnotes = z.array(longText(2_000)).max(FOOTNOTES_PER_DOCUMENT_MAX).optional();

/** What a document says besides its amounts. */
export const contentShape = {
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

export const FOOTNOTE_FIELD_UNKNOWN = {
  footnote_field_unknown: [400, 'A word in braces is none that a footnote knows. Use one of those listed.'],
} as const;

export const POSTING_REFUSALS = {
  series_not_found: [404, 'The company has no number series of this name for this kind of document.'],
  exchange_rate_missing: [409, 'There is no exchange rate for this day or before. Record one first.'],
  external_id_taken: [409, 'A document with this external id stands already. It was not issued again.'],
  invoice_number_taken: [
    409,
    'The number that comes next is in use by a document taken over. Use another series.',
  ],
} as const;

export const ADDING_UP_REFUSALS = {
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

export const PRICING_REFUSALS = {
  no_lines: [400, 'A document has at least one line.'],
  total_not_positive: [
    409,
    'The total must be above zero, and neither net nor tax below it. For money back, issue a credit note.',
  ],
  ...ADDING_UP_REFUSALS,
} as const;

/** Where the customer wants an e-invoice. */
export const E_INVOICE_NOT_VALID = {
  einvoice_not_valid: [
    409,
    'The customer wants an e-invoice, and this would be none by its rules. Mend what is named; each finding tells how.',
  ],
} as const;

/** Why an invoice cannot be issued, before a number and a rate are looked for. */
export const ISSUE_REFUSALS = {
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
