// A run of statements: first everybody is looked at, some at a time; then, once a person agreed where that is wanted, messages are
// queued, some at a time. Each step commits by itself and begins where the last one ended, so a run may die anywhere and go on, and
// be carried out by several at once: whoever holds the run's row does the next step.

import { type Act, type Command, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { queueMessage } from '#delivery/queue-message.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import { assert, present } from '#kernel/assert.ts';
import { addDays, dayIn, type Instant, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type CommandId, type CompanyId, type CustomerId, newId, type TenantId } from '#kernel/id.ts';
import { STATEMENT_CUSTOMERS_TOGETHER } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { readCalendar } from '#terms/find-holidays.ts';
import { customersOf, planFor, togetherOf } from './plan-statements.ts';
import { readWays } from './read-ways.ts';
import { type DuePeriod, latestDue, nextDue, type Schedule } from './schedule.ts';
import {
  findRun,
  findSchedule,
  findSchedules,
  insertRun,
  insertStatements,
  lockPlanned,
  lockRun,
  type StatementRow,
  updateLeftOut,
  updateQueued,
  updateRun,
} from './store.ts';

/** The queue whose handler carries out a run. */
export const RUN_QUEUE = 'statements.run';

export type RunTools = Pick<JobTools, 'door' | 'clock' | 'contextOf'>;

/** The latest day a schedule was due that is over, and the next one that it states, with their periods. */
export async function periodsOf(
  tx: Tx,
  schedule: Schedule,
  company: Company,
  today: PlainDate,
): Promise<{ readonly latest: DuePeriod; readonly next: DuePeriod }> {
  const yesterday = addDays(today, -1);
  const before = addDays(schedule.startsOn, -1);
  const after = isBefore(yesterday, before) ? before : yesterday;
  const years = [...new Set([today.year - 1, today.year, after.year, after.year + 1])];
  const calendar = await readCalendar(tx, 'company', { company: company.country, customer: null }, years);
  return {
    latest: latestDue(schedule, yesterday, calendar),
    next: nextDue(schedule, after, calendar),
  };
}

/**
 * A page of what the next run of a schedule would do as things are now.
 *
 * Refuses: `statement_schedule_not_found`.
 */
export async function previewRun(
  tx: Tx,
  asked: {
    readonly scheduleId: string;
    readonly now: Instant;
    readonly limit: number;
    readonly after: CustomerId | undefined;
  },
) {
  const schedule = (await findSchedules(tx)).find((one) => one.id === asked.scheduleId);
  if (!schedule) throw new Refusal('statement_schedule_not_found', { scheduleId: asked.scheduleId });
  const company = await takeCompany(tx, schedule.companyId);
  const { next: period } = await periodsOf(tx, schedule, company, dayIn(company.timeZone, asked.now));
  const page = { to: period.asOf, after: asked.after, limit: asked.limit };
  const ids = await customersOf(tx, schedule, page);
  const rows = ids.length === 0 ? [] : await planFor(tx, schedule, period, ids);
  return { rows, period, next: ids.length < asked.limit ? undefined : ids.at(-1) };
}

export type StartRun = {
  readonly scheduleId: string;
  /** The last day stated; left out, the latest one that is due and over. */
  readonly asOf?: PlainDate | undefined;
};

/**
 * Starts the run of a schedule for a day, once: asked again it gives nothing new. A job carries it out.
 *
 * Refuses: `statement_schedule_not_found`, `statement_day_in_future`.
 */
export const startRun: Command<StartRun, { readonly runId: string | null }> = {
  name: 'start-statement-run',
  permission: 'reminder.send',
  async run(act, { scheduleId, asOf }) {
    const schedule = (await findSchedules(act)).find((one) => one.id === scheduleId);
    if (!schedule) throw new Refusal('statement_schedule_not_found', { scheduleId });
    const company = await takeCompany(act, schedule.companyId);
    const today = dayIn(company.timeZone, act.now);
    const { latest } = await periodsOf(act, schedule, company, today);
    if (asOf && isBefore(today, asOf))
      throw new Refusal('statement_day_in_future', { asOf: asOf.toString(), today: today.toString() });
    const day = asOf ?? latest.asOf;
    const { latest: period } = await periodsOf(act, schedule, company, addDays(day, 1));
    // A day between two due ones is stated from the day after the last of them.
    const from = period.asOf.equals(day) ? period.from : addDays(period.asOf, 1);
    const runId = newId();
    const isNew = await insertRun(act, {
      id: runId,
      schedule_id: scheduleId,
      from_on: from,
      as_of: day,
    });
    if (!isNew) return { runId: null };
    act.enqueue({ queue: RUN_QUEUE, payload: { runId }, key: runId });
    act.record({
      type: 'statements.started',
      subjectId: runId,
      data: { scheduleId, name: schedule.name, asOf: day.toString() },
    });
    return { runId };
  },
};

/** Starts the runs that are due: of each schedule the latest day that is over, so that days missed are caught up with once. */
export async function startDueRuns(tools: RunTools, tenantId: TenantId): Promise<void> {
  const now = tools.clock();
  const due = await inTenant(tools.door.pool, tenantId, async (tx) => {
    const companies = new Map((await listCompanies(tx)).map((company) => [company.id, company]));
    const found: { readonly scheduleId: string; readonly asOf: PlainDate }[] = [];
    for (const schedule of await findSchedules(tx)) {
      if (schedule.pausedOn !== null) continue;
      const company = present(companies.get(schedule.companyId), 'a schedule has its company');
      const { latest } = await periodsOf(tx, schedule, company, dayIn(company.timeZone, now));
      if (!isBefore(latest.asOf, schedule.startsOn))
        found.push({ scheduleId: schedule.id, asOf: latest.asOf });
    }
    return found;
  });
  for (const { scheduleId, asOf } of due) {
    const commandId = uuidFrom(`statements\n${scheduleId}\n${asOf}`) as CommandId;
    const context = await tools.contextOf(tenantId);
    await carryOut(tools.door, context, startRun, { scheduleId, asOf }, { commandId });
  }
}

/** Carries out a run as far as it can go: to its end, or to where a person has to agree. Refuses: `statement_run_not_found`. */
export async function performRun(tools: RunTools, tenantId: TenantId, runId: string): Promise<void> {
  for (;;) {
    const context = await tools.contextOf(tenantId);
    const { goesOn } = await carryOut(tools.door, context, takeStep, { runId });
    if (!goesOn) return;
  }
}

/** One step of a run, in a transaction of its own. */
const takeStep: Command<{ readonly runId: string }, { readonly goesOn: boolean }> = {
  name: 'take-statement-step',
  permission: 'reminder.send',
  async run(act, { runId }) {
    const run = await lockRun(act, runId);
    if (!run) throw new Refusal('statement_run_not_found', { runId });
    const schedule = present(await findSchedule(act, run.schedule_id), 'a run has its schedule');
    if (run.state === 'planning') return planSome(act, run, schedule);
    if (run.state === 'sending') return queueSome(act, runId, schedule);
    return { goesOn: false };
  },
};

type Run = NonNullable<Awaited<ReturnType<typeof findRun>>>;

async function planSome(act: Act, run: Run, schedule: Schedule): Promise<{ readonly goesOn: boolean }> {
  const period = { from: run.from_on, asOf: run.as_of };
  const after = (run.planned_through ?? undefined) as CustomerId | undefined;
  const together = togetherOf(schedule);
  const page = { to: run.as_of, after, limit: together };
  const ids = await customersOf(act, schedule, page);
  const planned = ids.length === 0 ? [] : await planFor(act, schedule, period, ids);
  insertStatements(
    act,
    planned.map((one) => ({
      id: newId(),
      runId: run.id,
      companyId: schedule.companyId,
      customerId: one.customer.id,
      kind: one.kind,
      ...period,
      isGroup: schedule.groups,
      allCompanies: schedule.allCompanies,
      reason: one.reason ?? null,
      balances: one.balances.map(shownMoney),
      fingerprint: one.fingerprint,
      messageId: null,
    })),
  );
  const isDone = ids.length < together;
  const state = isDone ? (schedule.needsApproval ? 'waiting' : 'sending') : 'planning';
  updateRun(act, { id: run.id, state, planned_through: ids.at(-1) ?? run.planned_through });
  return { goesOn: state !== 'waiting' };
}

async function queueSome(act: Act, runId: string, schedule: Schedule): Promise<{ readonly goesOn: boolean }> {
  const rows = await lockPlanned(act, runId, STATEMENT_CUSTOMERS_TOGETHER);
  await queueStatements(act, schedule.companyId, rows);
  const isDone = rows.length < STATEMENT_CUSTOMERS_TOGETHER;
  if (isDone) {
    const run = present(await findRun(act, runId), 'the run is there');
    updateRun(act, { id: runId, state: 'done', planned_through: run.planned_through });
    act.record({ type: 'statements.finished', subjectId: runId, data: { scheduleId: schedule.id } });
  }
  return { goesOn: !isDone };
}

async function queueStatements(act: Act, companyId: CompanyId, rows: readonly StatementRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.customer_id as CustomerId);
  const [company, ways] = await Promise.all([takeCompany(act, companyId), readWays(act, companyId, ids)]);
  for (const row of rows) {
    const customerId = row.customer_id as CustomerId;
    const { customer, way } = present(ways.get(customerId), 'a statement has its customer');
    assert(row.run_id !== null, 'a planned statement belongs to a run');
    if (!way) {
      updateLeftOut(act, row.run_id, [customerId], 'no_way');
      continue;
    }
    const messageId = queueMessage(act, {
      company,
      customer,
      purpose: 'statement',
      channel: way.channel,
      recipient: way.recipient,
      copies: way.copies,
      language: chooseDocumentLanguage([way.language, customer.language, company.language]),
      documentId: row.id,
      runOn: row.as_of,
    });
    updateQueued(act, row.id, messageId);
  }
}

/**
 * Agrees to a run that waits, leaving out some of it; what is left is sent.
 *
 * Refuses: `statement_run_not_found`, `statement_run_not_waiting`.
 */
export const approveRun: Command<
  { readonly runId: string; readonly leaveOut: readonly CustomerId[] },
  { readonly runId: string }
> = {
  name: 'approve-statement-run',
  permission: 'reminder.send',
  async run(act, { runId, leaveOut }) {
    const run = await lockRun(act, runId);
    if (!run) throw new Refusal('statement_run_not_found', { runId });
    if (run.state !== 'waiting') throw new Refusal('statement_run_not_waiting', { runId, state: run.state });
    updateLeftOut(act, runId, leaveOut, 'left_out_by_hand');
    updateRun(act, { id: runId, state: 'sending', planned_through: run.planned_through, approved: true });
    act.enqueue({ queue: RUN_QUEUE, payload: { runId }, key: runId });
    act.record({ type: 'statements.approved', subjectId: runId, data: { leftOut: leaveOut.length } });
    return { runId };
  },
};
