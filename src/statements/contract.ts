// What the API offers on statements of account: reading one as of any day, as figures, PDF or table.

import { z } from 'zod';
import {
  day,
  dayText,
  moment,
  momentText,
  moneyText,
  operation,
  type RefusalMeaning,
} from '#http/contract.ts';
import { ACCOUNT_LINES_SHOWN } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { LANGUAGES } from '#printing/language.ts';
import { LINE_KINDS, STATEMENT_KINDS } from './statement.ts';

const TAG = 'Statements';

export const COMPANY_NOT_FOUND: RefusalMeaning = [
  404,
  'There is no such company. See the list of companies.',
];
export const CUSTOMER_NOT_FOUND: RefusalMeaning = [
  404,
  'There is no such customer. Search by number or name.',
];

const READING: Readonly<Record<string, RefusalMeaning>> = {
  customer_not_found: CUSTOMER_NOT_FOUND,
  company_not_found: COMPANY_NOT_FOUND,
  period_ends_before_start: [409, 'The period ends before it begins. Choose an earlier first day.'],
  statement_too_long: [
    409,
    'The statement would have more lines or customers than anybody reads. Ask for one company, one customer or a shorter period.',
  ],
};

const customerParams = z.object({ customerId: customerIdIn });

/** What a statement is asked for by. */
const wished = {
  kind: z.enum(STATEMENT_KINDS).default('open_item'),
  /** The last day; left out, today. */
  asOf: day.optional(),
  /** The first day of a balance brought forward; left out, the first of the month. */
  from: day.optional(),
  /** As it was known then; left out, now. */
  knownAt: moment.optional(),
  /** Left out: all companies, each for itself. */
  companyId: companyIdIn.optional(),
  /** `true`: with the customers below. */
  group: z.enum(['true', 'false']).optional(),
};

const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });

const statementLine = z.object({
  id: z.string(),
  kind: z.enum(LINE_KINDS),
  documentId: z.string(),
  reference: z.string(),
  on: dayText,
  /** Null for credits and for movements. */
  dueOn: dayText.nullable(),
  daysLate: z.number(),
  original: moneyText,
  /** What the line adds to the balance. */
  amount: moneyText,
  /** What of it is in dispute. */
  disputed: moneyText.nullable(),
  balance: moneyText,
});

export const statementReply = z.object({
  kind: z.enum(STATEMENT_KINDS),
  from: dayText.nullable(),
  asOf: dayText,
  knownAt: momentText.nullable(),
  customer: customerRef,
  isGroup: z.boolean(),
  buckets: z.array(
    z.object({ key: z.string(), fromDays: z.number().nullable(), toDays: z.number().nullable() }),
  ),
  /** One for each company and currency; amounts of two are never added. */
  sections: z.array(
    z.object({
      company: z.object({ id: z.string(), code: z.string(), name: z.string() }),
      currency: z.string(),
      /** One for each customer. */
      accounts: z.array(
        z.object({
          customer: customerRef,
          opening: moneyText,
          lines: z.array(statementLine),
          /** Lines beyond those shown; files have all. They are counted in every sum. */
          linesLeftOut: z.number(),
          closing: moneyText,
        }),
      ),
      opening: moneyText,
      closing: moneyText,
      /** The columns of the aging report. */
      aging: z.object({
        buckets: z.array(moneyText),
        credits: moneyText,
        unapplied: moneyText,
        overdue: moneyText,
      }),
      disputed: moneyText,
      /** Interest and fees for late payment within the balance. */
      charges: moneyText,
      /** What is asked for: the balance less what is in dispute. */
      payable: moneyText,
    }),
  ),
});

export const readCustomerStatement = operation({
  id: 'read-customer-statement',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/statement',
  summary: 'The statement of account of a customer, or of a group, as of a day and as known at a moment.',
  tag: TAG,
  permission: 'book.read',
  params: customerParams,
  query: z.object({
    ...wished,
    linesMax: z.coerce.number().int().min(0).max(ACCOUNT_LINES_SHOWN).default(ACCOUNT_LINES_SHOWN),
  }),
  reply: statementReply,
  refusals: READING,
});

export const printCustomerStatement = operation({
  id: 'print-customer-statement',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/statement/pdf',
  summary: 'The statement of account as PDF/A.',
  tag: TAG,
  permission: 'book.read',
  params: customerParams,
  query: z.object({ ...wished, language: z.enum(LANGUAGES).optional() }),
  produces: ['application/pdf'],
  refusals: READING,
});

export const exportCustomerStatement = operation({
  id: 'export-customer-statement',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/statement.csv',
  summary: 'The lines of the statement of account as CSV.',
  tag: TAG,
  permission: 'book.read',
  params: customerParams,
  query: z.object(wished),
  produces: ['text/csv'],
  refusals: READING,
});
