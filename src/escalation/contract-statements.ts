// What the API offers on what agencies tell by file: what they collected, and what became of claims.

import { z } from 'zod';
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
  textLine,
} from '#http/contract.ts';
import type { PaymentId } from '#kernel/id.ts';
import { companyIdIn } from '#parties/contract.ts';

const TAG = 'Escalation';

/** Lines of a statement, and of a file of news. */
export const AGENCY_LINES_MAX = 500;

const heading = textLine(100).optional();
const written = {
  decimal: z.enum(['.', ',']).optional(),
};

/** The headings under which a statement says what. */
const statementColumns = z.object({
  headings: z.object({
    reference: heading,
    collected: heading,
    fee: heading,
    tax: heading,
    remitted: heading,
  }),
  ...written,
});

const NO_AGENCY = { agency_not_found: [404, 'There is no such agency.'] } as const;

/** Refusals of looking at a file. */
const FILE = {
  ...NO_AGENCY,
  agency_file_too_large: [413, 'The file is too large. Ask for one with fewer lines.'],
  agency_file_empty: [422, 'There is no line below the headings.'],
  agency_line_below_totals: [
    422,
    'A line stands below the totals, as where a file has sums of parts. Take the sums out but the last one, so that no line is left out.',
  ],
  agency_file_too_many_lines: [422, `A file has ${AGENCY_LINES_MAX} lines at most. Split it.`],
  agency_headings_missing: [
    422,
    'No row names the columns that are needed. Say under which headings they stand; what is kept is used the next time.',
  ],
  agency_heading_twice: [422, 'Two columns have the same heading. Rename one in the file.'],
  agency_decimal_unclear: [
    422,
    'Amounts can be read in two ways. Say which sign stands before the decimals.',
  ],
  agency_cell_not_readable: [422, 'A cell says no amount. `line` and `column` tell where it stands.'],
  amount_not_understood: [422, 'A cell says no amount.'],
  amount_not_decimal: [422, 'A cell says no amount.'],
  amount_too_many_decimals: [422, 'An amount has more decimals than its currency.'],
  amount_too_large: [422, 'An amount is too large.'],
  wrong_currency: [409, 'An amount is in another currency than the claim.'],
  remittance_format_unknown: [415, 'This is no CSV, Excel workbook or PDF with text.'],
  remittance_pdf_without_text: [422, 'The PDF holds pictures only. Ask for a CSV.'],
  remittance_too_many_rows: [422, 'The file has too many rows. Split it.'],
  remittance_cell_too_long: [422, 'A cell is too long.'],
  remittance_cell_not_readable: [422, 'A cell holds an error.'],
} as const;

const statedOut = {
  reference: z.string(),
  collected: moneyText,
  fee: moneyText,
  tax: moneyText,
  remitted: moneyText,
};

/** Looks at one. */
export const lookAtAgencyStatement = operation({
  id: 'look-at-agency-statement',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/agencies/:agencyId/statement-looks',
  summary:
    'Reads the statement of an agency (CSV, .xlsx, PDF): each line with its claim and the fee that was agreed, and receipts that may have brought the money. Nothing is changed.',
  tag: TAG,
  permission: 'payment.apply',
  consumesFile: true,
  params: z.object({ agencyId: idText }),
  query: z.object({
    companyId: companyIdIn,
    currency: currencyCode,
    /** Headings, where they are not known yet: JSON of what `columns` of booking takes. */
    columns: z.string().max(2000).optional(),
  }),
  reply: z.object({
    headings: z.array(z.string()),
    /** Under which heading each was found. */
    columns: statementColumns,
    lines: z.array(
      z.object({
        ...statedOut,
        handOver: z.string().nullable(),
        customer: z.object({ id: z.string(), name: z.string() }).nullable(),
        open: moneyText.nullable(),
        agreedFee: moneyText.nullable(),
        agreedTax: moneyText.nullable(),
        /** The code of what stands in the way of booking it, if anything does. */
        problem: z.string().nullable(),
      }),
    ),
    sums: z.object({ collected: moneyText, fee: moneyText, tax: moneyText, remitted: moneyText }),
    totals: z.object({
      collected: moneyText.optional(),
      fee: moneyText.optional(),
      tax: moneyText.optional(),
      remitted: moneyText.optional(),
    }),
    /** Receipts of which exactly what is passed on is left. */
    receipts: z.array(
      z.object({
        paymentId: z.string(),
        number: z.string(),
        receivedOn: dayText,
        payerName: z.string().nullable(),
        left: moneyText,
      }),
    ),
  }),
  refusals: { ...FILE, agency_columns_not_valid: [400, 'The headings are no JSON of headings.'] },
});

/** Books it. */
export const bookAgencyStatement = operation({
  id: 'book-agency-statement',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/agencies/:agencyId/statements',
  summary:
    'Books what an agency collected: the receipt settles each claim, and what the agency kept is booked to collection costs. Taking the applications of the receipt back takes all of it back.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ agencyId: idText }),
  body: z.object({
    companyId: companyIdIn,
    reference: textLine(100),
    statedOn: day,
    paymentId: idText.transform((text) => text as PaymentId),
    lines: z
      .array(
        z.object({
          /** The number of the invoice, or of a hand-over of one item. */
          reference: textLine(100),
          collected: amountIn,
          fee: amountIn,
          tax: amountIn,
          remitted: amountIn,
        }),
      )
      .min(1)
      .max(AGENCY_LINES_MAX),
    /** What they say all of it comes to. */
    totals: z
      .object({
        collected: amountIn.optional(),
        fee: amountIn.optional(),
        tax: amountIn.optional(),
        remitted: amountIn.optional(),
      })
      .optional(),
    /** Why fees other than those agreed are let pass. */
    note: textLine(2000).optional(),
    /** Kept for the next file of theirs. */
    columns: statementColumns.optional(),
  }),
  reply: z.object({
    statementId: z.string(),
    collected: moneyText,
    fee: moneyText,
    tax: moneyText,
    remitted: moneyText,
    unapplied: moneyText,
  }),
  refusals: {
    ...NO_AGENCY,
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    agency_statement_booked: [409, 'A statement of this agency with that number is booked already.'],
    agency_statement_in_future: [400, 'That day is not here yet.'],
    agency_line_unknown: [409, 'Nothing with that number was handed over to this agency.'],
    agency_line_unclear: [
      409,
      'An invoice and another hand-over have that number. Name the hand-over of the invoice, or the invoice of the hand-over, instead.',
    ],
    agency_line_of_several: [
      409,
      'That hand-over is of several invoices. Name the number of the invoice instead.',
    ],
    agency_line_not_valid: [
      409,
      'A line does not add up: what was collected is what is passed on with fee and tax; of an agency that asks for its fee it is what is passed on.',
    ],
    agency_totals_differ: [409, 'What they say it comes to is not what the lines come to.'],
    agency_fee_differs: [
      409,
      'The agency takes another fee than was agreed. Ask them, or say in a note why it is let pass.',
    ],
    payment_not_found: [404, 'There is no such payment.'],
    payment_returned: [409, 'That payment came back.'],
    payment_not_received: [409, 'That is a refund. Name the receipt that brought the money.'],
    item_not_found: [404, 'One of the items does not exist.'],
    wrong_company: [409, 'A claim, or the receipt, is of another company.'],
    wrong_currency: [409, 'The claims, the amounts and the receipt are in one currency.'],
    exceeds_unapplied: [409, 'Less is left of the receipt than is passed on.'],
    exceeds_open: [
      409,
      'Less is open of a claim than was collected. Leave what is too much on the receipt, and give it back.',
    ],
    credit_granted_back: [
      409,
      'The receipt was granted back as a refund. Use what is left beside it, or withdraw the refund first.',
    ],
    nothing_to_apply: [409, 'A line settles nothing.'],
    too_many_allocations: [409, 'Too many claims at once. Book the statement in parts.'],
    item_named_twice: [409, 'A claim is named twice.'],
    own_item_named: [409, 'The receipt cannot settle itself.'],
    not_a_debit: [409, 'A claim is nothing owed.'],
    not_a_credit: [409, 'The receipt has nothing to give.'],
    applied_too_early: [409, 'A claim or the receipt was not open yet on that day.'],
    discount_exceeds_tolerance: [409, 'A discount is too large.'],
    dated_in_future: [409, 'That day is not here yet.'],
    period_locked: [409, 'The period is locked. Open it, or book on a later day.'],
  },
});

const sums = { collected: moneyText, fee: moneyText, tax: moneyText, remitted: moneyText };
const statement = z.object({
  statementId: z.string(),
  agency: z.object({ agencyId: z.string(), name: z.string() }),
  reference: z.string(),
  statedOn: dayText,
  ...sums,
  payment: z.object({ paymentId: z.string(), number: z.string() }),
  note: z.string().nullable(),
  /** False once all that it applied was taken back. */
  stands: z.boolean(),
  bookedBy: z.string(),
  bookedAt: momentText,
});

/** Those that were booked. */
export const listAgencyStatements = operation({
  id: 'list-agency-statements',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/agency-statements',
  summary: 'Statements of agencies that were booked, the newest first.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({
    agencyId: idText.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ rows: z.array(statement), may: z.object({ book: may }) }),
});

/** One with its lines. */
export const getAgencyStatement = operation({
  id: 'get-agency-statement',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/agency-statements/:statementId',
  summary:
    'A statement of an agency: what was collected, kept and passed on of each claim, and the fee that was agreed.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ statementId: idText }),
  reply: statement.extend({
    lines: z.array(
      z.object({
        handOverId: z.string(),
        customer: z.object({ id: z.string(), name: z.string() }),
        ...statedOut,
        agreedFee: moneyText,
        agreedTax: moneyText,
      }),
    ),
  }),
  refusals: { agency_statement_not_found: [404, 'There is no such statement.'] },
});
