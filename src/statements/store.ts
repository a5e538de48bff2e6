// SQL of schedules, preferences, runs and statements.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CompanyId, CustomerId, MessageId } from '#kernel/id.ts';
import { STATEMENT_SCHEDULES_MAX, STATEMENTS_SHOWN } from '#kernel/limits.ts';
import type { ShownMoney } from '#ledger/amount-text.ts';
import { NO_PREFERENCE, type Schedule, type StatementPreference } from './schedule.ts';
import type { StatementKind } from './statement.ts';

export type RunRow = Selectable<DB['statement_run']>;
export type StatementRow = Selectable<DB['statement']>;

function toSchedule(row: Selectable<DB['statement_schedule']>): Schedule {
  return {
    id: row.id,
    companyId: row.company_id as CompanyId,
    name: row.name,
    kind: row.kind as Schedule['kind'],
    rhythm: row.rhythm as Schedule['rhythm'],
    day: row.day,
    audience: row.audience as Schedule['audience'],
    customerIds: row.customer_ids as unknown as readonly CustomerId[],
    groups: row.groups,
    allCompanies: row.all_companies,
    minimumMinor: row.minimum_minor,
    skipsUnchanged: row.skips_unchanged,
    needsApproval: row.needs_approval,
    startsOn: row.starts_on,
    pausedOn: row.paused_on,
  };
}

/** Schedules that were not ended, by name. */
export async function findSchedules(tx: Tx): Promise<readonly Schedule[]> {
  const rows = await tx.run(
    q
      .selectFrom('statement_schedule')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('ended_at', 'is', null)
      .orderBy('name')
      .orderBy('id')
      .limit(STATEMENT_SCHEDULES_MAX),
  );
  return rows.map(toSchedule);
}

/** One schedule, ended or not. */
export async function findSchedule(tx: Tx, id: string): Promise<Schedule | undefined> {
  const row = await tx.find(
    q.selectFrom('statement_schedule').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id),
  );
  return row && toSchedule(row);
}

/** Adds a schedule, or changes one that is not ended. */
export function saveSchedule(act: Act, schedule: Schedule): void {
  act.write(sql`insert into statement_schedule (tenant_id, id, company_id, name, kind, rhythm, day, audience, customer_ids,
      groups, all_companies, minimum_minor, skips_unchanged, needs_approval, starts_on, changed_by, changed_at)
    values (${act.tenantId}, ${schedule.id}, ${schedule.companyId}, ${schedule.name}, ${schedule.kind},
      ${schedule.rhythm}, ${schedule.day}, ${schedule.audience}, ${arrayLiteral(schedule.customerIds)}::uuid[],
      ${schedule.groups}, ${schedule.allCompanies}, ${schedule.minimumMinor}, ${schedule.skipsUnchanged},
      ${schedule.needsApproval}, ${schedule.startsOn}, ${actorText(act.actor)}, ${act.now})
    on conflict (tenant_id, id) do update set name = excluded.name, kind = excluded.kind, rhythm = excluded.rhythm,
      day = excluded.day, audience = excluded.audience, customer_ids = excluded.customer_ids,
      groups = excluded.groups, all_companies = excluded.all_companies,
      minimum_minor = excluded.minimum_minor, skips_unchanged = excluded.skips_unchanged,
      needs_approval = excluded.needs_approval, starts_on = excluded.starts_on, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at`);
}

/** Ends a schedule: it makes no further runs. */
export function endSchedule(act: Act, id: string): void {
  act.write(
    sql`update statement_schedule set ended_at = ${act.now} where tenant_id = ${act.tenantId} and id = ${id}`,
  );
}

/** Has a schedule rest from a day on, or go on for days from one on. */
export function saveRest(
  act: Act,
  { id, pausedOn, startsOn }: Pick<Schedule, 'id' | 'pausedOn' | 'startsOn'>,
): void {
  act.write(
    sql`update statement_schedule set paused_on = ${pausedOn}, starts_on = ${startsOn}, changed_by = ${actorText(act.actor)},
        changed_at = ${act.now} where tenant_id = ${act.tenantId} and id = ${id} and ended_at is null`,
    { rows: 1, rule: 'a schedule that was not ended' },
  );
}

/** What customers want; every one asked for has an entry. */
export async function findPreferences(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, StatementPreference>> {
  const rows = await tx.run(sql<Selectable<DB['statement_preference']>>`
    select * from statement_preference where tenant_id = ${tx.tenantId}
      and customer_id in (select unnest(${arrayLiteral(customerIds)}::uuid[]))`);
  const found = new Map(
    rows.map((row) => [
      row.customer_id,
      {
        kind: row.kind as StatementPreference['kind'],
        emailTo: row.email_to,
        copies: row.copies as unknown as readonly string[],
        channel: row.channel as StatementPreference['channel'],
      },
    ]),
  );
  return new Map(customerIds.map((id) => [id, found.get(id) ?? NO_PREFERENCE]));
}

/** Keeps what a customer wants. */
export function savePreference(act: Act, customerId: CustomerId, wanted: StatementPreference): void {
  act.write(sql`insert into statement_preference (tenant_id, customer_id, kind, email_to, copies, channel, changed_by,
      changed_at)
    values (${act.tenantId}, ${customerId}, ${wanted.kind}, ${wanted.emailTo}, ${arrayLiteral(wanted.copies)}::text[],
      ${wanted.channel}, ${actorText(act.actor)}, ${act.now})
    on conflict (tenant_id, customer_id) do update set kind = excluded.kind, email_to = excluded.email_to,
      copies = excluded.copies, channel = excluded.channel, changed_by = excluded.changed_by, changed_at = excluded.changed_at`);
}

/** Begins a run, unless the day of the schedule has one already. Gives whether it did. */
export async function insertRun(
  act: Act,
  run: Pick<RunRow, 'id' | 'schedule_id' | 'from_on' | 'as_of'>,
): Promise<boolean> {
  const rows = await act.run(sql<{ id: string }>`
    insert into statement_run (tenant_id, id, schedule_id, from_on, as_of, state, started_by, started_at)
    values (${act.tenantId}, ${run.id}, ${run.schedule_id}, ${run.from_on}, ${run.as_of}, 'planning', ${actorText(act.actor)},
      ${act.now})
    on conflict on constraint statement_run_once do nothing returning id`);
  return rows.length === 1;
}

/** One run. */
export async function findRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.find(
    q.selectFrom('statement_run').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id),
  );
}

/** One run, locked: those who carry it out take turns. */
export async function lockRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.find(
    sql<RunRow>`select * from statement_run where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

/** Writes where a run stands. */
export function updateRun(
  act: Act,
  run: Pick<RunRow, 'id' | 'state' | 'planned_through'> & { readonly approved?: boolean },
): void {
  const approved = run.approved
    ? sql`, approved_by = ${actorText(act.actor)}, approved_at = ${act.now}`
    : sql``;
  const finished = run.state === 'done' ? sql`, finished_at = ${act.now}` : sql``;
  act.write(
    sql`update statement_run set state = ${run.state}, planned_through = ${run.planned_through} ${approved} ${finished}
      where tenant_id = ${act.tenantId} and id = ${run.id}`,
    { rows: 1, rule: 'the run is there' },
  );
}

export type RunShown = RunRow & {
  readonly name: string;
  readonly company_id: string;
  readonly planned: bigint;
  readonly queued: bigint;
  readonly left_out: bigint;
};

/** The latest runs, or one, with what they came to so far. */
export async function findRunsShown(tx: Tx, id?: string): Promise<readonly RunShown[]> {
  const one = id === undefined ? sql`` : sql`and r.id = ${id}`;
  return tx.run(sql<RunShown>`
    select r.*, s.name, s.company_id, c.planned, c.queued, c.left_out from statement_run r
    join statement_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id
    cross join lateral (select count(*) filter (where t.state = 'planned') as planned,
      count(*) filter (where t.state = 'queued') as queued, count(*) filter (where t.state = 'left_out') as left_out
      from statement t where t.tenant_id = r.tenant_id and t.run_id = r.id) c
    where r.tenant_id = ${tx.tenantId} ${one} order by r.started_at desc, r.id desc limit ${STATEMENTS_SHOWN}`);
}

export type NewStatement = {
  readonly id: string;
  readonly runId: string | null;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly kind: StatementKind;
  readonly from: Temporal.PlainDate;
  readonly asOf: Temporal.PlainDate;
  readonly isGroup: boolean;
  readonly allCompanies: boolean;
  readonly reason: string | null;
  readonly balances: readonly ShownMoney[];
  readonly fingerprint: string;
  readonly messageId: MessageId | null;
};

/** Adds statements. */
export function insertStatements(act: Act, added: readonly NewStatement[]): void {
  act.insert(
    'statement',
    added.map((one) => ({
      id: one.id,
      run_id: one.runId,
      company_id: one.companyId,
      customer_id: one.customerId,
      kind: one.kind,
      from_on: one.from,
      as_of: one.asOf,
      is_group: one.isGroup,
      all_companies: one.allCompanies,
      state: one.messageId ? 'queued' : one.reason === null ? 'planned' : 'left_out',
      reason: one.reason,
      balances: JSON.stringify(one.balances),
      fingerprint: one.fingerprint,
      message_id: one.messageId,
      made_by: actorText(act.actor),
      made_at: act.now,
    })),
  );
}

/** Planned statements of a run, locked, in the order of customers. */
export async function lockPlanned(tx: Tx, runId: string, limit: number): Promise<readonly StatementRow[]> {
  return tx.run(sql<StatementRow>`
    select * from statement where tenant_id = ${tx.tenantId} and run_id = ${runId} and state = 'planned'
    order by customer_id limit ${limit} for update`);
}

/** A statement became a message. */
export function updateQueued(act: Act, id: string, messageId: MessageId): void {
  act.write(
    sql`update statement set state = 'queued', message_id = ${messageId} where tenant_id = ${act.tenantId} and id = ${id}`,
    { rows: 1, rule: 'a planned statement is queued' },
  );
}

/** Planned statements of a run that are not to be sent: those named, or one that can no more be. */
export function updateLeftOut(
  act: Act,
  runId: string,
  customerIds: readonly CustomerId[],
  reason: string,
): void {
  act.write(sql`update statement set state = 'left_out', reason = ${reason}
    where tenant_id = ${act.tenantId} and run_id = ${runId} and state = 'planned'
      and customer_id in (select unnest(${arrayLiteral(customerIds)}::uuid[]))`);
}

/** One statement, locked against others that write it. */
export async function lockStatement(tx: Tx, id: string): Promise<StatementRow | undefined> {
  return tx.find(
    sql<StatementRow>`select * from statement where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

/**
 * The open items that the last statement of each customer that spoke of the same was about, as a fingerprint. One of all
 * companies speaks of the same whichever of them writes it.
 */
export async function findLastFingerprints(
  tx: Tx,
  { companyId, groups, allCompanies }: Pick<Schedule, 'companyId' | 'groups' | 'allCompanies'>,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.run(sql<{ customer_id: string; fingerprint: string }>`
    select distinct on (customer_id) customer_id, fingerprint from statement
    where tenant_id = ${tx.tenantId} and state = 'queued'
      and is_group = ${groups} and all_companies = ${allCompanies}
      and (all_companies or company_id = ${companyId})
      and customer_id in (select unnest(${arrayLiteral(customerIds)}::uuid[]))
    order by customer_id, made_at desc, id desc`);
  return new Map(rows.map((row) => [row.customer_id, row.fingerprint]));
}

export type StatementShown = StatementRow & {
  readonly number: string;
  readonly name: string;
  readonly message_state: string | null;
  readonly recipient: string | null;
  readonly sent_at: Temporal.Instant | null;
};

/** Statements of a run in the order of customers, or of a customer, the latest first, with what became of their messages. */
export async function findStatementsShown(
  tx: Tx,
  by:
    | { readonly runId: string; readonly after: string | undefined; readonly limit: number }
    | { readonly customerId: CustomerId },
): Promise<readonly StatementShown[]> {
  const which =
    'runId' in by
      ? sql`t.run_id = ${by.runId} and t.customer_id > ${by.after ?? '00000000-0000-0000-0000-000000000000'}
          order by t.customer_id limit ${by.limit}`
      : sql`t.customer_id = ${by.customerId} order by t.made_at desc, t.id desc limit ${STATEMENTS_SHOWN}`;
  return tx.run(sql<StatementShown>`
    select t.*, c.number, c.name, m.state as message_state, m.recipient, m.sent_at from statement t
    join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id
    left join message m on m.tenant_id = t.tenant_id and m.id = t.message_id
    where t.tenant_id = ${tx.tenantId} and ${which}`);
}

/** Notes what a statement said, each time it is written; the latest is what was sent. */
export function insertSent(
  act: Act,
  sent: { readonly messageId: MessageId; readonly statementId: string; readonly figures: unknown },
): void {
  act.write(sql`insert into statement_sent (tenant_id, message_id, version, statement_id, figures, recorded_at)
    select ${act.tenantId}::uuid, ${sent.messageId}::uuid, coalesce(max(version), 0) + 1, ${sent.statementId}::uuid,
      ${JSON.stringify(sent.figures)}::jsonb, ${act.now}::timestamptz
    from statement_sent where tenant_id = ${act.tenantId} and message_id = ${sent.messageId}`);
}
