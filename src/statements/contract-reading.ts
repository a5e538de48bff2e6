// A customer's statement of account: read, printed, exported, sent once, and those that were sent.

import { z } from 'zod';
import {
  day,
  dayText,
  may,
  moment,
  momentText,
  moneyText,
  operation,
  type RefusalMeaning,
} from '#http/contract.ts';
import { ACCOUNT_LINES_SHOWN } from '#kernel/limits.ts';
import { companyIdIn } from '#parties/contract.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import {
  COMPANY_NOT_FOUND,
  CUSTOMER_NOT_FOUND,
  customerParams,
  customerRef,
  DAYS,
  statementRow,
  TAG,
  TOO_LONG,
} from './contract-shapes.ts';
import { LINE_KINDS, STATEMENT_KINDS } from './statement.ts';

const READING: Readonly<Record<string, RefusalMeaning>> = {
  customer_not_found: CUSTOMER_NOT_FOUND,
  company_not_found: COMPANY_NOT_FOUND,
  period_ends_before_start: [409, 'The period ends before it begins. Choose an earlier first day.'],
  statement_too_long: TOO_LONG,
};

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
  query: z.object({
    ...wished,
    language: z.enum(DOCUMENT_LANGUAGES).optional(),
    /** The company that writes; left out, the first that is owed something. */
    writerId: companyIdIn.optional(),
  }),
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

export const sendStatement = operation({
  id: 'send-statement',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/statements',
  summary: 'Sends the statement of account to a customer now, by the way it wants.',
  tag: TAG,
  permission: 'reminder.send',
  params: customerParams,
  body: z.object({
    companyId: companyIdIn,
    kind: z.enum(STATEMENT_KINDS).default('open_item'),
    from: day.optional(),
    asOf: day.optional(),
    /** With the customers below. */
    group: z.boolean().default(false),
    /** What is owed to all companies; the one named writes. */
    allCompanies: z.boolean().default(false),
  }),
  reply: z.object({
    statementId: z.string(),
    messageId: z.string(),
    recipient: z.string(),
    channel: z.string(),
  }),
  refusals: {
    customer_not_found: CUSTOMER_NOT_FOUND,
    company_not_found: COMPANY_NOT_FOUND,
    period_ends_before_start: [409, 'The period ends before it begins. Choose an earlier first day.'],
    statement_too_long: TOO_LONG,
    ...DAYS,
    no_way_open: [
      409,
      'The customer cannot be reached by mail or post. Add a contact with an e-mail address or a billing address.',
    ],
  },
});

export const listCustomerStatements = operation({
  id: 'list-customer-statements',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/statements',
  summary: 'The latest statements sent to a customer, with what became of them.',
  tag: TAG,
  permission: 'book.read',
  params: customerParams,
  reply: z.object({ rows: z.array(statementRow), may: z.object({ send: may }) }),
  refusals: { customer_not_found: CUSTOMER_NOT_FOUND },
});
