// SQL of alerts: how members want them, what was told, and what is new. It reads across what happened, and only reads it.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import type { TaskKind } from '#tasks/task-words.ts';
import type { Alert, AlertKind, AlertSetting } from './alert.ts';

/**
 * Tasks that one person is told in one go, and wrong reminders told in one; what is left is taken in the next, urgent ones
 * first. So many for each person, since what waits for the hour of one must not keep another from being told.
 */
const ALERTS_TAKEN_MAX = 2_000;
/** Days after which a breach or comment that nobody was told of is no news. */
const BREACH_DAYS_BACK = 14;
const HOURS_A_DAY = 24;

/** Lets one worker at a time take what is to be told in a tenant, until its transaction ends. */
export async function lockAlerts(act: Act): Promise<void> {
  await act.run(sql`select pg_advisory_xact_lock(hashtextextended(${`alerts ${act.tenantId}`}, 0))`);
}

/** How members want to be told, those who ever said. */
export async function findAlertSettings(
  tx: Tx,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, AlertSetting>> {
  const rows = await tx.run(sql<AlertSetting & { userId: string }>`
    select distinct on (user_id) user_id as "userId", hour, off from alert_setting
    where tenant_id = ${tx.tenantId} and user_id = any(${arrayLiteral(userIds)}::text[])
    order by user_id, recorded_at desc, id desc`);
  return new Map(rows.map(({ userId, ...setting }) => [userId, setting]));
}

/** States how a member wants to be told. */
export function insertAlertSetting(act: Act, row: AlertSetting & { userId: string; by: string }): string {
  const id = newId<'alert_setting'>();
  act.insert('alert_setting', [
    { id, user_id: row.userId, hour: row.hour, off: [...row.off], stated_by: row.by, recorded_at: act.now },
  ]);
  return id;
}

/** Days of the last mails of the day, by member. */
export async function findLastDigests(
  tx: Tx,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, PlainDate>> {
  const rows = await tx.run(sql<{ userId: string; day: PlainDate }>`
    select user_id as "userId", max(subject)::date as day from alert_notice
    where tenant_id = ${tx.tenantId} and kind = 'digest' and user_id = any(${arrayLiteral(userIds)}::text[]) group by user_id`);
  return new Map(rows.map(({ userId, day }) => [userId, day]));
}

/** What members were told of one kind already, as `<member> <subject>`. */
export async function findTold(
  tx: Tx,
  kind: AlertKind,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  if (subjects.length === 0) return new Set();
  const rows = await tx.run(sql<{ told: string }>`
    select user_id || ' ' || subject as told from alert_notice
    where tenant_id = ${tx.tenantId} and kind = ${kind} and subject = any(${arrayLiteral(subjects)}::text[])`);
  return new Set(rows.map(({ told }) => told));
}

type Noted = { readonly kind: AlertKind | 'digest'; readonly subject: string };

/** Notes what a member is about to be told; the second of two at once violates `alert_notice_pkey`. */
export function insertAlertNotices(act: Act, userId: string, notices: readonly Noted[]): void {
  if (notices.length === 0) return;
  act.insert(
    'alert_notice',
    notices.map(({ kind, subject }) => ({ user_id: userId, kind, subject, told_at: act.now })),
  );
}

/** Takes notes away of what surely did not reach a member. */
export function deleteAlertNotices(act: Act, userId: string, notices: readonly Noted[]): void {
  act.write(sql`
    delete from alert_notice a using unnest(${arrayLiteral(notices.map(({ kind }) => kind))}::text[],
      ${arrayLiteral(notices.map(({ subject }) => subject))}::text[]) as n(kind, subject)
    where a.tenant_id = ${act.tenantId} and a.user_id = ${userId} and a.kind = n.kind and a.subject = n.subject`);
}

/** Who can be told, and who hears of what concerns those above. */
export type Told = { readonly people: readonly string[]; readonly above: readonly string[] };

/** A task that somebody was not told of yet. */
export type TaskNews = Pick<Alert, 'subject'> & {
  readonly userId: string;
  readonly about: 'task_assigned' | 'task_nobodys' | 'task_escalated' | 'promise_broken';
  readonly kind: TaskKind;
  readonly title: string | null;
  readonly customer: string | null;
  readonly currency: string | null;
  readonly amount: bigint | null;
  readonly isUrgent: boolean;
  readonly dueAt: Instant;
};

/** Open tasks that are not put off and that somebody was not told of yet: what one gave to oneself is no news. */
export async function findTaskNews(
  tx: Tx,
  { people, above }: Told,
  today: PlainDate,
): Promise<readonly TaskNews[]> {
  const some = sql`${arrayLiteral(people)}::text[]`;
  const those = sql`unnest(${arrayLiteral(above)}::text[]) as h(id)`;
  return tx.run(
    sql<TaskNews>`
    with news as (select p.user_id as "userId", p.about, p.subject, t.kind, t.title, u.name as customer, t.currency,
      t.amount_minor as amount, t.is_urgent as "isUrgent", t.due_at as "dueAt", row_number() over (partition by p.user_id
        order by (p.about in ('task_escalated', 'promise_broken') or t.is_urgent) desc, t.due_at, t.id) as place
    from task t
    left join customer u on u.tenant_id = t.tenant_id and u.id = t.customer_id
    left join lateral (select c.changed_by from task_change c where c.tenant_id = t.tenant_id and c.task_id = t.id
      and c.kind in ('assigned', 'undone', 'routed') order by c.recorded_at desc, c.id desc limit 1) g on true
    cross join lateral (
      select t.assigned_to as user_id, case when t.kind = 'broken_promise' then 'promise_broken' else 'task_assigned' end as about,
        t.id || ' ' || extract(epoch from t.due_at)::bigint as subject
      where t.assigned_to = any(${some}) and coalesce(g.changed_by, t.made_by) <> 'user:' || t.assigned_to
      union all
      select h.id, 'task_nobodys', t.id || ' ' || extract(epoch from t.due_at)::bigint from ${those} where t.assigned_to is null
      union all
      select w.id, 'task_escalated', t.id || ' ' || extract(epoch from t.escalated_at)::bigint
      from (select h.id from ${those} union select t.assigned_to where t.assigned_to = any(${some})) w
      where t.escalated_at is not null) p
    where t.tenant_id = ${tx.tenantId} and t.state = 'open' and (t.snoozed_until is null or t.snoozed_until <= ${today}::date)
      and not exists (select from alert_notice n where n.tenant_id = t.tenant_id and n.user_id = p.user_id and n.kind = p.about
        and n.subject = p.subject))
    select "userId", about, subject, kind, title, customer, currency, amount, "isUrgent", "dueAt" from news
    where place <= ${ALERTS_TAKEN_MAX}::int order by place`,
    { plan: 'fresh' },
  );
}

/** A comment or note that mentions somebody who was not told of it yet. */
export type MentionNews = {
  readonly userId: string;
  readonly commentId: string;
  readonly customer: string | null;
  readonly words: string;
  readonly writtenBy: string;
};

/** Characters of a comment that a mail says. */
const QUOTED_CHARACTERS = 200;

/** Comments of the last days, and notes in the inbox, that mention somebody else who was not told of them yet, the earliest first. */
export async function findMentionNews(tx: Tx, now: Instant): Promise<readonly MentionNews[]> {
  return tx.run(
    sql<MentionNews>`
    select m.id::text as "userId", c.id::text as "commentId", u.name as customer, left(c.words, ${QUOTED_CHARACTERS}::int) as words,
      c.written_by as "writtenBy"
    from (select id, tenant_id, customer_id, words, mentions, written_by, written_at from comment
        where tenant_id = ${tx.tenantId} and mentions <> '{}'
      union all
      select n.id, n.tenant_id, v.customer_id, n.words, n.mentions, n.written_by, n.written_at from inbox_note n
        join inbox_conversation v on v.tenant_id = n.tenant_id and v.id = n.conversation_id
        where n.tenant_id = ${tx.tenantId} and n.mentions <> '{}') c
    cross join lateral unnest(c.mentions) as m(id)
    left join customer u on u.tenant_id = c.tenant_id and u.id = c.customer_id
    where c.written_at >= ${now.subtract({ hours: BREACH_DAYS_BACK * HOURS_A_DAY })} and c.written_by <> 'user:' || m.id
      and not exists (select from alert_notice n where n.tenant_id = c.tenant_id and n.user_id = m.id::text
        and n.kind = 'mentioned' and n.subject = c.id::text)
    order by c.written_at, c.id limit ${ALERTS_TAKEN_MAX}::int`,
    { plan: 'fresh' },
  );
}

/** A reminder that should not have been sent and of which one of those above was not told yet. */
export type BreachNews = {
  readonly userId: string;
  readonly messageId: string;
  readonly customer: string;
  readonly kinds: readonly string[];
};

/** Wrong reminders found in the last days that could be known when they left, by message. */
export async function findBreachNews(tx: Tx, { above }: Told, now: Instant): Promise<readonly BreachNews[]> {
  return tx.run(
    sql<BreachNews>`
    select h.id as "userId", b.message_id::text as "messageId", c.name as customer, array_agg(distinct b.kind) as kinds
    from breach b
    join message m on m.tenant_id = b.tenant_id and m.id = b.message_id
    join customer c on c.tenant_id = m.tenant_id and c.id = m.customer_id
    cross join unnest(${arrayLiteral(above)}::text[]) as h(id)
    where b.tenant_id = ${tx.tenantId} and b.was_knowable
      and b.recorded_at >= ${now.subtract({ hours: BREACH_DAYS_BACK * HOURS_A_DAY })}
      and not exists (select from alert_notice n where n.tenant_id = b.tenant_id and n.user_id = h.id and n.kind = 'breach'
        and n.subject = b.message_id::text)
    group by 1, 2, 3 order by 2 limit ${ALERTS_TAKEN_MAX}::int`,
    { plan: 'fresh' },
  );
}
