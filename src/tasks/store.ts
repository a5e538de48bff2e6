// SQL of tasks: what there is, what is made, what changes, and what is shown.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { TASKS_MADE_MAX } from './limits.ts';
import type { TaskKind } from './rule.ts';
import { type Cause, type CauseQuestion, causesOf, type Seen, type StepRange } from './store-causes.ts';
import type { AssignedHow, TaskOutcome, TaskStanding, TaskState } from './task.ts';

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

/** A stored task. */
export type TaskRow = Omit<Selectable<DB['task']>, 'kind' | 'state' | 'assigned_how' | 'outcome' | 'seen'> & {
  readonly kind: TaskKind;
  readonly state: TaskState;
  readonly assigned_how: AssignedHow;
  readonly outcome: TaskOutcome | null;
  readonly seen: Seen;
};

/** Lets one worker at a time make tasks in a tenant, until its transaction ends. */
export async function lockMaking(act: Act): Promise<void> {
  await act.run(sql`select pg_advisory_xact_lock(hashtextextended(${`tasks ${act.tenantId}`}, 0))`);
}

/** A cause that has no open task: it is new, or it is back after its task closed by itself. */
export type FoundCause = Cause & {
  readonly language: string | null;
  /** The owner of the account. */
  readonly accountOwner: string | null;
  /** The task that closed by itself, where the cause is back. */
  readonly goneTaskId: string | null;
};

/** Causes of a kind that nobody has a task for. */
export async function findNewCauses(tx: Tx, question: CauseQuestion): Promise<readonly FoundCause[]> {
  return tx.run(
    sql<FoundCause>`
      with causes as (${causesOf(tx, question)})
      select c.cause, c.company_id as "companyId", c.customer_id as "customerId", c.subject_id as "subjectId", c.currency,
        c.amount,
        c.worth, c.owner as "ownerId", c.seen, u.language, o.user_id as "accountOwner", t.id as "goneTaskId"
      from causes c
      left join task t on t.tenant_id = ${tx.tenantId} and t.kind = ${question.kind} and t.cause = c.cause
      left join customer u on u.tenant_id = ${tx.tenantId} and u.id = c.customer_id
      left join lateral (
        select distinct on (w.company_id) w.user_id, w.company_id from worklist_owner w
        where w.tenant_id = ${tx.tenantId} and w.customer_id = c.customer_id
          and (c.company_id is null or w.company_id = c.company_id)
        order by w.company_id, w.recorded_at desc, w.id desc limit 1) o on true
      where t.id is null or t.state = 'gone'
      order by c.worth desc nulls last, c.cause limit ${TASKS_MADE_MAX}::int`,
    { plan: 'fresh' },
  );
}

/** Makes tasks; one that somebody else made for the same cause meanwhile stays alone. */
export async function insertTasks(act: Act, rows: readonly NewRow<'task'>[]): Promise<void> {
  if (rows.length === 0) return;
  const all = (key: keyof NewRow<'task'>) => arrayLiteral(rows.map((row) => row[key] ?? null));
  act.write(sql`
    insert into task (tenant_id, id, kind, cause, company_id, customer_id, subject_id, title, note, seen, currency, amount_minor,
      is_urgent, minutes, due_at, escalate_at, made_by, recorded_at, state, assigned_to, assigned_how, snoozed_until, outcome,
      escalated_at, closed_at, change_id)
    select ${act.tenantId}::uuid, n.id, n.kind, n.cause, n.company_id, n.customer_id, n.subject_id, n.title, n.note,
      n.seen, n.currency,
      n.amount_minor, n.is_urgent, n.minutes, n.due_at, n.escalate_at, n.made_by, n.recorded_at, 'open', h.user_id, h.how,
      h.snoozed_until, null, null, null, null
    from unnest(${all('id')}::uuid[], ${all('kind')}::text[], ${all('cause')}::text[], ${all('company_id')}::uuid[],
      ${all('customer_id')}::uuid[], ${all('subject_id')}::uuid[], ${all('title')}::text[], ${all('note')}::text[],
      ${all('seen')}::jsonb[], ${all('currency')}::text[], ${all('amount_minor')}::bigint[], ${all('is_urgent')}::boolean[],
      ${all('minutes')}::smallint[], ${all('due_at')}::timestamptz[], ${all('escalate_at')}::timestamptz[],
        ${all('made_by')}::text[],
      ${all('recorded_at')}::timestamptz[]) with ordinality as n(id, kind, cause, company_id, customer_id, subject_id,
        title, note, seen,
      currency, amount_minor, is_urgent, minutes, due_at, escalate_at, made_by, recorded_at, at)
    join unnest(${all('assigned_to')}::text[], ${all('assigned_how')}::text[], ${all('snoozed_until')}::date[])
      with ordinality as h(user_id, how, snoozed_until, at) using (at)
    on conflict on constraint task_once do nothing`);
}

/** How tasks stood before a change, as facts. */
const changed = (
  act: Act,
  kind: string,
  actId: string,
  from: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  insert into task_change (tenant_id, id, act_id, task_id, kind, state_before, assigned_before, how_before, snoozed_before,
    outcome_before, note, changed_by, recorded_at)
  select ${act.tenantId}::uuid, gen_random_uuid(), ${actId}::uuid, b.id, ${kind}, b.state, b.assigned_to, b.assigned_how,
    b.snoozed_until,
    b.outcome, null, 'system', ${act.now}::timestamptz from ${from} b`;

function within(range: StepRange | undefined): RawBuilder<unknown> {
  if (range === undefined) return sql``;
  const { companyId, after, last } = range;
  return sql`and t.company_id = ${companyId} and (${after ?? null}::uuid is null or t.customer_id > ${after ?? null}::uuid)
    and (${last ?? null}::uuid is null or t.customer_id <= ${last ?? null}::uuid)`;
}

/** Causes of open tasks about steps, by customer; the oldest where there are several. */
export async function findOpenSteps(tx: Tx, range: StepRange): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.run(sql<{ customerId: string; cause: string }>`
    select distinct on (t.customer_id) t.customer_id as "customerId", t.cause from task t
    where t.tenant_id = ${tx.tenantId} and t.kind = 'step_for_person' and t.state = 'open' ${within(range)}
    order by t.customer_id, t.recorded_at, t.id`);
  return new Map(rows.map(({ customerId, cause }) => [customerId, cause]));
}

/** Notes in open tasks about steps which items wait by now: what joined is done with the rest, what dropped out is not. */
export function joinItems(act: Act, question: CauseQuestion): void {
  const actId = newId();
  act.write(
    sql`
    with causes as (${causesOf(act, question)}),
      before as (select t.*, c.seen as seen_now, c.currency as currency_now, c.amount as amount_now from task t
        join causes c on c.cause = t.cause where t.tenant_id = ${act.tenantId} and t.kind = 'step_for_person'
          and t.state = 'open' and t.seen -> 'steps' is distinct from c.seen -> 'steps' for update of t),
      noted as (${changed(act, 'items', actId, sql`before`)})
    update task t set seen = b.seen_now, currency = b.currency_now, amount_minor = b.amount_now
    from before b where t.tenant_id = ${act.tenantId} and t.id = b.id`,
  );
}

/** Closes open tasks of a kind whose cause is gone. Gives how many. */
export async function closeGone(act: Act, question: CauseQuestion): Promise<number> {
  const actId = newId();
  const rows = await act.run(
    sql<{ n: number }>`
      with causes as (${causesOf(act, question)}),
        before as (select t.* from task t where t.tenant_id = ${act.tenantId} and t.kind = ${question.kind} and t.state = 'open'
          ${within(question.range)} and not exists (select from causes c where c.cause = t.cause) for update),
        noted as (${changed(act, 'gone', actId, sql`before`)}),
        closed as (update task t set state = 'gone', closed_at = ${act.now}, snoozed_until = null, change_id = ${actId}::uuid
          from before b where t.tenant_id = ${act.tenantId} and t.id = b.id returning t.id)
      select count(*)::int as n from closed`,
    { plan: 'fresh' },
  );
  return rows[0]?.n ?? 0;
}

/** Opens tasks again that closed by themselves and whose cause is back. */
export function reopenGone(
  act: Act,
  tasks: readonly { readonly id: string; readonly dueAt: Instant; readonly escalateAt: Instant }[],
): void {
  if (tasks.length === 0) return;
  const actId = newId();
  const ids = uuids(tasks.map(({ id }) => id));
  act.write(sql`
    with before as (select t.* from task t where t.tenant_id = ${act.tenantId} and t.id = any(${ids})
      and t.state = 'gone' for update),
      noted as (${changed(act, 'back', actId, sql`before`)})
    update task t set state = 'open', closed_at = null, escalated_at = null, change_id = ${actId}::uuid, due_at = n.due_at,
      escalate_at = n.escalate_at
    from before b join unnest(${ids}, ${arrayLiteral(tasks.map(({ dueAt }) => dueAt))}::timestamptz[],
      ${arrayLiteral(tasks.map(({ escalateAt }) => escalateAt))}::timestamptz[]) as n(id, due_at, escalate_at) on n.id = b.id
    where t.tenant_id = ${act.tenantId} and t.id = b.id`);
}

/** Escalates what was not done in time and is not put off, once each. Gives how many. */
export async function escalateLate(act: Act): Promise<number> {
  const actId = newId();
  const rows = await act.run(sql<{ n: number }>`
    with before as (select t.* from task t where t.tenant_id = ${act.tenantId} and t.state = 'open' and t.escalated_at is null
        and t.escalate_at <= ${act.now} and (t.snoozed_until is null or t.snoozed_until <= ${act.today}::date) for update),
      noted as (${changed(act, 'escalated', actId, sql`before`)}),
      done as (update task t set escalated_at = ${act.now} from before b
        where t.tenant_id = ${act.tenantId} and t.id = b.id returning t.id)
    select count(*)::int as n from done`);
  return rows[0]?.n ?? 0;
}

/** Tasks by id, locked, in the order of their ids so that two people never wait for each other. */
export async function lockTasks(act: Act, ids: readonly string[]): Promise<readonly TaskRow[]> {
  return act.run(sql<TaskRow>`
    select * from task where tenant_id = ${act.tenantId} and id = any(${uuids(ids)}) order by id for update`);
}

/** An open task of somebody who left, with what matters for who gets it. */
export type LeaverTask = TaskRow & {
  readonly language: string | null;
  readonly account_owner: string | null;
};

/** Open tasks of people, locked; what is left is found the next time. */
export async function lockLeaverTasks(act: Act, userIds: readonly string[]): Promise<readonly LeaverTask[]> {
  return act.run(
    sql<LeaverTask>`
    select t.*, u.language, o.user_id as account_owner from task t
    left join customer u on u.tenant_id = t.tenant_id and u.id = t.customer_id
    left join lateral (select w.user_id from worklist_owner w where w.tenant_id = t.tenant_id and w.customer_id = t.customer_id
      and (t.company_id is null or w.company_id = t.company_id) order by w.recorded_at desc, w.id desc limit 1) o on true
    where t.tenant_id = ${act.tenantId} and t.state = 'open' and t.assigned_to = any(${arrayLiteral(userIds)}::text[])
    order by t.id limit ${TASKS_MADE_MAX}::int for update of t`,
    { plan: 'fresh' },
  );
}

/** A task as it was and as it is from now on. */
export type TaskMove = { readonly task: TaskRow; readonly after: TaskStanding };

/** Changes tasks and keeps how they stood before. */
export function moveTasks(
  act: Act,
  moves: readonly TaskMove[],
  what: {
    readonly actId: string;
    readonly kind: string;
    readonly note?: string | undefined;
    readonly by: string;
  },
): void {
  act.insert(
    'task_change',
    moves.map(({ task }) => ({
      id: newId(),
      act_id: what.actId,
      task_id: task.id,
      kind: what.kind,
      state_before: task.state,
      assigned_before: task.assigned_to,
      how_before: task.assigned_how,
      snoozed_before: task.snoozed_until,
      outcome_before: task.outcome,
      note: what.note ?? null,
      changed_by: what.by,
      recorded_at: act.now,
    })),
  );
  const all = (key: keyof TaskStanding) => arrayLiteral(moves.map(({ after }) => after[key]));
  act.write(
    sql`update task t set state = n.state, assigned_to = n.assigned_to, assigned_how = n.how, snoozed_until = n.snoozed_until,
      outcome = n.outcome, closed_at = case when n.state = 'open' then null else coalesce(t.closed_at,
        ${act.now}::timestamptz) end,
      change_id = ${what.actId}::uuid
      from unnest(${uuids(moves.map(({ task }) => task.id))}, ${all('state')}::text[], ${all('assignedTo')}::text[],
        ${all('how')}::text[],
        ${all('snoozedUntil')}::date[], ${all('outcome')}::text[]) as n(id, state, assigned_to, how, snoozed_until, outcome)
      where t.tenant_id = ${act.tenantId} and t.id = n.id`,
    { rows: moves.length, rule: 'tasks that are changed were locked before' },
  );
}

/** How tasks stood before an act. */
export async function findBefore(tx: Tx, actId: string): Promise<readonly Selectable<DB['task_change']>[]> {
  return tx.run(sql<Selectable<DB['task_change']>>`
    select * from task_change where tenant_id = ${tx.tenantId} and act_id = ${actId}::uuid`);
}

/** Keeps by which calls an act was done. */
export function insertTaskCalls(act: Act, rows: readonly NewRow<'task_call'>[]): void {
  act.insert('task_call', rows);
}

/** The calls that an act noted itself. */
export async function findOwnCalls(tx: Tx, actId: string): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ call_id: string }>`
    select call_id from task_call where tenant_id = ${tx.tenantId} and act_id = ${actId}::uuid and is_own order by call_id`);
  return rows.map((row) => row.call_id);
}

/** Minutes of open tasks that members have. */
export async function findLoads(tx: Tx): Promise<ReadonlyMap<string, { minutes: number; tasks: number }>> {
  const rows = await tx.run(sql<{ userId: string; minutes: number; tasks: number }>`
    select assigned_to as "userId", sum(minutes)::int as minutes, count(*)::int as tasks from task
    where tenant_id = ${tx.tenantId} and state = 'open' and assigned_to is not null group by assigned_to`);
  return new Map(rows.map(({ userId, ...load }) => [userId, load]));
}

/** Which tasks are listed. */
export type TaskFilter = {
  readonly today: PlainDate;
  readonly now: Instant;
  readonly show: 'mine' | 'team' | 'unassigned' | 'late' | 'snoozed' | 'closed';
  readonly userId: string;
  readonly kind?: TaskKind | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly assignedTo?: string | undefined;
  readonly after?: readonly [string, string, string] | undefined;
  readonly limit: number;
};

/** A task as it is listed. */
export type ListedTask = TaskRow & {
  readonly company_code: string | null;
  readonly customer_number: string | null;
  readonly customer_name: string | null;
};

function shownBy({ show, userId, today, now }: TaskFilter): RawBuilder<unknown> {
  const awake = sql`t.state = 'open' and (t.snoozed_until is null or t.snoozed_until <= ${today}::date)`;
  switch (show) {
    case 'mine':
      return sql`${awake} and t.assigned_to = ${userId}`;
    case 'team':
      return awake;
    case 'unassigned':
      return sql`${awake} and t.assigned_to is null`;
    case 'late':
      return sql`${awake} and t.due_at <= ${now}`;
    case 'snoozed':
      return sql`t.state = 'open' and t.snoozed_until > ${today}::date`;
    case 'closed':
      return sql`t.state <> 'open'`;
  }
}

/** A page of tasks: what is urgent first, then what is to be done soonest; of closed ones the last first. */
export async function findTasks(tx: Tx, filter: TaskFilter): Promise<readonly ListedTask[]> {
  const parts = [sql`t.tenant_id = ${tx.tenantId}`, shownBy(filter)];
  if (filter.kind) parts.push(sql`t.kind = ${filter.kind}`);
  if (filter.customerId) parts.push(sql`t.customer_id = ${filter.customerId}::uuid`);
  if (filter.assignedTo) parts.push(sql`t.assigned_to = ${filter.assignedTo}`);
  const isClosed = filter.show === 'closed';
  if (filter.after) {
    const [urgent, at, id] = filter.after;
    parts.push(
      isClosed
        ? sql`(t.closed_at, t.id) < (${at}::timestamptz, ${id}::uuid)`
        : sql`(not t.is_urgent, t.due_at, t.id) > (not ${urgent === 'true'}::boolean, ${at}::timestamptz, ${id}::uuid)`,
    );
  }
  const order = isClosed ? sql`t.closed_at desc, t.id desc` : sql`t.is_urgent desc, t.due_at, t.id`;
  return tx.run(
    sql<ListedTask>`
      select t.*, m.code as company_code, u.number as customer_number, u.name as customer_name
      from task t left join company m on m.tenant_id = t.tenant_id and m.id = t.company_id
      left join customer u on u.tenant_id = t.tenant_id and u.id = t.customer_id
      where ${sql.join(parts, sql` and `)} order by ${order} limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** How many open tasks there are, by what people look for. */
export type TaskCounts = {
  readonly mine: number;
  readonly mineLate: number;
  readonly team: number;
  readonly unassigned: number;
  readonly late: number;
  readonly escalated: number;
  readonly snoozed: number;
};

/** Counts open tasks. */
export async function countTasks(
  tx: Tx,
  { userId, today, now }: Pick<TaskFilter, 'userId' | 'today' | 'now'>,
): Promise<TaskCounts> {
  const awake = sql`(snoozed_until is null or snoozed_until <= ${today}::date)`;
  const rows = await tx.run(sql<TaskCounts>`
    select (count(*) filter (where ${awake} and assigned_to = ${userId}))::int as mine,
      (count(*) filter (where ${awake} and assigned_to = ${userId} and due_at <= ${now}))::int as "mineLate",
      (count(*) filter (where ${awake}))::int as team, (count(*) filter (where ${awake}
        and assigned_to is null))::int as unassigned,
      (count(*) filter (where ${awake} and due_at <= ${now}))::int as late,
      (count(*) filter (where ${awake} and escalated_at is not null))::int as escalated,
      (count(*) filter (where not ${awake}))::int as snoozed
    from task where tenant_id = ${tx.tenantId} and state = 'open'`);
  return rows[0] ?? { mine: 0, mineLate: 0, team: 0, unassigned: 0, late: 0, escalated: 0, snoozed: 0 };
}
