// What the API offers on statements of account: reading one as of any day, as figures, PDF or table.

import { z } from 'zod';
import { TEST_REFUSALS, testAsked } from '#delivery/contract.ts';
import {
  day,
  dayText,
  idText,
  may,
  moment,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { ACCOUNT_LINES_SHOWN, DELIVERY_COPIES_MAX, STATEMENT_CHOSEN_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { draftWords, NOT_RENDERED, previewed } from '#wording/contract.ts';
import { AUDIENCES, LEFT_OUT_REASONS, RHYTHMS, STATEMENT_CHANNELS } from './schedule.ts';
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

const TOO_LONG: RefusalMeaning = [
  409,
  'The statement would have more lines or customers than anybody reads. Ask for one company, one customer or a shorter period.',
];

const READING: Readonly<Record<string, RefusalMeaning>> = {
  customer_not_found: CUSTOMER_NOT_FOUND,
  company_not_found: COMPANY_NOT_FOUND,
  period_ends_before_start: [409, 'The period ends before it begins. Choose an earlier first day.'],
  statement_too_long: TOO_LONG,
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

// — sending one —

const DAYS: Readonly<Record<string, RefusalMeaning>> = {
  statement_day_in_future: [409, 'That day is not over yet. Choose today or an earlier day.'],
};

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

const statementRow = z.object({
  statementId: z.string(),
  /** Null: sent by hand. */
  runId: z.string().nullable(),
  company: z.object({ id: z.string() }),
  customer: customerRef,
  kind: z.enum(STATEMENT_KINDS),
  isGroup: z.boolean(),
  allCompanies: z.boolean(),
  from: dayText,
  asOf: dayText,
  state: z.enum(['planned', 'left_out', 'queued']),
  reason: z.enum(LEFT_OUT_REASONS).nullable(),
  /** By currency, when it was planned. */
  balances: z.array(moneyText),
  messageId: z.string().nullable(),
  /** Where its message stands. */
  messageState: z.string().nullable(),
  recipient: z.string().nullable(),
  madeAt: momentText,
  sentAt: momentText.nullable(),
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

// — what customers want —

const preference = {
  /** Null: as the schedule says. */
  kind: z.enum(['none', ...STATEMENT_KINDS]).nullable(),
  emailTo: z.string().trim().max(254).nullable(),
  copies: z.array(z.string().trim().max(254)).max(DELIVERY_COPIES_MAX),
  /** Tried first; null: as for all messages. */
  channel: z.enum(STATEMENT_CHANNELS).nullable().default(null),
};

export const readStatementPreference = operation({
  id: 'read-statement-preference',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/statement-preference',
  summary: 'Which statements a customer wants, and where to.',
  tag: TAG,
  permission: 'book.read',
  params: customerParams,
  reply: z.object({ ...preference, may: z.object({ change: may }) }),
  refusals: { customer_not_found: CUSTOMER_NOT_FOUND },
});

export const changeStatementPreference = operation({
  id: 'change-statement-preference',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/statement-preference',
  summary: 'Says which statements a customer wants, and where to.',
  tag: TAG,
  permission: 'customer.edit',
  params: customerParams,
  body: z.object(preference),
  reply: z.object({ customerId: z.string() }),
  refusals: {
    customer_not_found: CUSTOMER_NOT_FOUND,
    delivery_address_not_valid: [409, 'This is no e-mail address. Mend it.'],
    too_many_copies: [409, 'These are more copies than a mail may have. Take some out.'],
  },
});

// — schedules and runs —

const SCHEDULE_NOT_FOUND: RefusalMeaning = [404, 'There is no such schedule, or it was ended.'];
const RUN_NOT_FOUND: RefusalMeaning = [404, 'There is no such run of statements.'];

const scheduleBody = z.object({
  companyId: companyIdIn,
  name: textLine(100),
  kind: z.enum(STATEMENT_KINDS),
  rhythm: z.enum(RHYTHMS),
  /** Weekly: Monday is 1. Monthly: the day of the month. Else null. */
  day: z.number().int().min(1).max(31).nullable().default(null),
  audience: z.enum(AUDIENCES),
  customerIds: z.array(customerIdIn).max(STATEMENT_CHOSEN_MAX).default([]),
  /** One statement for a group, to whom stands above it, with a sum for each; those below get none of their own. */
  groups: z.boolean().default(false),
  /** What is owed to all companies, each for itself; the company of the schedule writes. */
  allCompanies: z.boolean().default(false),
  /** In minor units of the company's functional currency: whoever owes less gets none. */
  minimumMinor: z.coerce.bigint().min(0n).max(1_000_000_000_000n).default(0n),
  skipsUnchanged: z.boolean().default(false),
  needsApproval: z.boolean().default(true),
  startsOn: day,
});

const SCHEDULING: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: COMPANY_NOT_FOUND,
  statement_day_not_valid: [
    409,
    'The day does not fit how often it goes out: 1 to 7 for weeks, 1 to 31 for months, none for the end of one.',
  ],
  statement_customers_missing: [409, 'Choose the customers that get a statement.'],
  too_many_customers: [409, 'These are more customers than can be chosen by name. Choose another audience.'],
};

const duePeriod = z.object({ from: dayText, asOf: dayText });

export const listStatementSchedules = operation({
  id: 'list-statement-schedules',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/statement-schedules',
  summary: 'When statements go out by themselves, to whom, and when next.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(
      z.object({
        scheduleId: z.string(),
        company: z.object({ id: z.string(), code: z.string(), name: z.string(), currency: z.string() }),
        name: z.string(),
        kind: z.enum(STATEMENT_KINDS),
        rhythm: z.enum(RHYTHMS),
        day: z.number().nullable(),
        audience: z.enum(AUDIENCES),
        customerIds: z.array(z.string()),
        groups: z.boolean(),
        allCompanies: z.boolean(),
        minimumMinor: z.string(),
        skipsUnchanged: z.boolean(),
        needsApproval: z.boolean(),
        startsOn: dayText,
        /** Since when it rests. */
        pausedOn: dayText.nullable(),
        /** The next day stated; it goes out when that day is over. */
        next: duePeriod,
      }),
    ),
    may: z.object({ change: may, send: may }),
  }),
});

export const addStatementSchedule = operation({
  id: 'add-statement-schedule',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/statement-schedules',
  summary: 'Has statements go out by themselves.',
  tag: TAG,
  permission: 'cadence.edit',
  body: scheduleBody,
  reply: z.object({ scheduleId: z.string() }),
  refusals: SCHEDULING,
});

const scheduleParams = z.object({ scheduleId: idText });

export const changeStatementSchedule = operation({
  id: 'change-statement-schedule',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/statement-schedules/:scheduleId',
  summary: 'Changes when statements go out, or to whom.',
  tag: TAG,
  permission: 'cadence.edit',
  params: scheduleParams,
  body: scheduleBody,
  reply: z.object({ scheduleId: z.string() }),
  refusals: { ...SCHEDULING, statement_schedule_not_found: SCHEDULE_NOT_FOUND },
});

export const pauseStatementSchedule = operation({
  id: 'pause-statement-schedule',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/statement-schedules/:scheduleId/pause',
  summary: 'Has a schedule of statements rest, or go on; days that passed while it rested are not stated.',
  tag: TAG,
  permission: 'cadence.edit',
  params: scheduleParams,
  body: z.object({ paused: z.boolean() }),
  reply: z.object({ scheduleId: z.string() }),
  refusals: { statement_schedule_not_found: SCHEDULE_NOT_FOUND },
});

export const removeStatementSchedule = operation({
  id: 'remove-statement-schedule',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/statement-schedules/:scheduleId',
  summary: 'Ends a schedule of statements; its runs stay.',
  tag: TAG,
  permission: 'cadence.edit',
  params: scheduleParams,
  reply: z.object({ scheduleId: z.string() }),
  refusals: { statement_schedule_not_found: SCHEDULE_NOT_FOUND },
});

export const previewStatementRun = operation({
  id: 'preview-statement-run',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/statement-schedules/:scheduleId/next-run',
  summary: 'Who would get a statement by the next run as things are now, and who is left out and why.',
  tag: TAG,
  permission: 'book.read',
  params: scheduleParams,
  query: pageQuery,
  reply: pageOf(
    z.object({
      customer: customerRef,
      /** How many customers it is about. */
      members: z.number().int(),
      kind: z.enum(STATEMENT_KINDS),
      balances: z.array(moneyText),
      channel: z.string().nullable(),
      recipient: z.string().nullable(),
      reason: z.enum(LEFT_OUT_REASONS).nullable(),
    }),
  ).extend({ period: duePeriod }),
  refusals: { statement_schedule_not_found: SCHEDULE_NOT_FOUND },
});

export const startStatementRun = operation({
  id: 'start-statement-run',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/statement-runs',
  summary: 'Starts the run of a schedule for a day, once: a day that has its run gets no second one.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({ scheduleId: idText, asOf: day.optional() }),
  /** Null: the day has its run already. */
  reply: z.object({ runId: z.string().nullable() }),
  refusals: { ...DAYS, statement_schedule_not_found: SCHEDULE_NOT_FOUND },
});

const runReply = z.object({
  runId: z.string(),
  scheduleId: z.string(),
  name: z.string(),
  from: dayText,
  asOf: dayText,
  state: z.enum(['planning', 'waiting', 'sending', 'done']),
  planned: z.number(),
  queued: z.number(),
  leftOut: z.number(),
  startedAt: momentText,
  finishedAt: momentText.nullable(),
  may: z.object({ approve: may }),
});

export const listStatementRuns = operation({
  id: 'list-statement-runs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/statement-runs',
  summary: 'The latest runs of statements and how far they are.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ rows: z.array(runReply) }),
});

export const listRunStatements = operation({
  id: 'list-run-statements',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/statement-runs/:runId/statements',
  summary: 'Who gets a statement by a run, who is left out and why, and what became of the messages.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ runId: idText }),
  query: pageQuery,
  reply: pageOf(statementRow).extend({ run: runReply }),
  refusals: { statement_run_not_found: RUN_NOT_FOUND },
});

export const approveStatementRun = operation({
  id: 'approve-statement-run',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/statement-runs/:runId/approval',
  summary: 'Agrees to a run that waits, leaving out some customers; the others are written to.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ runId: idText }),
  body: z.object({ leaveOut: z.array(customerIdIn).max(STATEMENT_CHOSEN_MAX).default([]) }),
  reply: z.object({ runId: z.string() }),
  refusals: {
    statement_run_not_found: RUN_NOT_FOUND,
    statement_run_not_waiting: [409, 'The run does not wait for anybody: look at where it stands.'],
  },
});

// — words —

const statementWords = draftWords.extend({ companyId: companyIdIn });

const WORDS_REFUSALS = {
  customer_not_found: CUSTOMER_NOT_FOUND,
  company_not_found: COMPANY_NOT_FOUND,
  statement_too_long: TOO_LONG,
  template_not_rendered: NOT_RENDERED,
} as const;

export const previewStatementWords = operation({
  id: 'preview-statement-words',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/customers/:customerId/statement-previews',
  summary: 'The mail of a statement as of today, in words that need not be kept. Nothing is sent.',
  tag: TAG,
  permission: 'message.read',
  params: customerParams,
  body: statementWords,
  reply: previewed,
  refusals: WORDS_REFUSALS,
});

export const testStatement = operation({
  id: 'test-statement',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/statement-test-mails',
  summary:
    'Sends the mail of a statement, marked as a test, to the person who asks, never to the customer. It counts as no statement.',
  tag: TAG,
  permission: 'reminder.send',
  params: customerParams,
  body: statementWords,
  reply: testAsked,
  refusals: { ...TEST_REFUSALS, ...WORDS_REFUSALS },
});
