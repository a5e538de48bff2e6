// Schedules, runs and their statements in words of the outside.

import type { Context } from '#command/command.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import type { Company } from '#parties/company.ts';
import { mayDo } from '#parties/may.ts';
import type { PlannedStatement } from './plan-statements.ts';
import type { DuePeriod, LeftOutReason, Schedule } from './schedule.ts';
import type { StatementKind } from './statement.ts';
import type { RunShown, StatementShown } from './store.ts';

/** A schedule with the day it states next. */
export function scheduleReply(schedule: Schedule, company: Company, next: DuePeriod) {
  const { id: scheduleId, companyId: _, customerIds, minimumMinor, startsOn, pausedOn, ...rest } = schedule;
  return {
    ...rest,
    scheduleId,
    company: {
      id: company.id,
      code: company.code,
      name: company.name,
      currency: company.functionalCurrency,
    },
    customerIds: [...customerIds],
    minimumMinor: String(minimumMinor),
    startsOn: startsOn.toString(),
    pausedOn: pausedOn?.toString() ?? null,
    next: { from: next.from.toString(), asOf: next.asOf.toString() },
  };
}

/** What a run would do for one customer. */
export function plannedReply(planned: PlannedStatement) {
  const { id, number, name } = planned.customer;
  return {
    customer: { id, number, name },
    members: planned.members,
    kind: planned.kind,
    balances: planned.balances.map(shownMoney),
    channel: planned.channel ?? null,
    recipient: planned.recipient ?? null,
    reason: planned.reason ?? null,
  };
}

/** A run with how far it is. */
export function runReply(run: RunShown, context: Context) {
  return {
    runId: run.id,
    scheduleId: run.schedule_id,
    name: run.name,
    from: run.from_on.toString(),
    asOf: run.as_of.toString(),
    state: run.state as 'planning' | 'waiting' | 'sending' | 'done',
    planned: Number(run.planned),
    queued: Number(run.queued),
    leftOut: Number(run.left_out),
    startedAt: run.started_at.toString(),
    finishedAt: run.finished_at?.toString() ?? null,
    may: {
      approve: run.state === 'waiting' ? mayDo(context, 'reminder.send') : 'statement_run_not_waiting',
    },
  };
}

/** One statement with where its message stands. */
export function statementRowReply(row: StatementShown) {
  return {
    statementId: row.id,
    runId: row.run_id,
    company: { id: row.company_id },
    customer: { id: row.customer_id, number: row.number, name: row.name },
    kind: row.kind as StatementKind,
    isGroup: row.is_group,
    allCompanies: row.all_companies,
    from: row.from_on.toString(),
    asOf: row.as_of.toString(),
    state: row.state as 'planned' | 'left_out' | 'queued',
    reason: row.reason as LeftOutReason | null,
    balances: row.balances as unknown as ShownMoney[],
    messageId: row.message_id,
    messageState: row.message_state,
    recipient: row.recipient,
    madeAt: row.made_at.toString(),
    sentAt: row.sent_at?.toString() ?? null,
  };
}
