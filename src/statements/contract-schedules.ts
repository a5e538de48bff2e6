// Schedules of statements of account, and the runs in which all due ones are made, looked at and sent.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { STATEMENT_CHOSEN_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { COMPANY_NOT_FOUND, customerRef, DAYS, statementRow, TAG } from './contract-shapes.ts';
import { AUDIENCES, LEFT_OUT_REASONS, RHYTHMS } from './schedule.ts';
import { STATEMENT_KINDS } from './statement.ts';

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
