// SQL of breaches: the facts about reminders that left, read by themselves, and what was found.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';
import type { Breach, Left, Move, SaidItem, Stop } from './breach.ts';

type LeftRow = Omit<Left, 'items'> & { readonly customerId: string };

/** A page of reminders that left since a moment, in the order in which they left. */
export async function findLeft(
  tx: Tx,
  since: Instant,
  page: {
    readonly after: { readonly at: Instant; readonly messageId: string } | undefined;
    readonly limit: number;
  },
): Promise<readonly LeftRow[]> {
  const after = page.after
    ? sql`and (a.at, m.id) > (${page.after.at}::timestamptz, ${page.after.messageId}::uuid)`
    : sql``;
  return tx.run(
    sql<LeftRow>`
    select m.id as "messageId", a.at, (a.at at time zone o.time_zone)::date as "on", m.channel, m.customer_id as "customerId",
      nullif(c.time_zone, 'UTC') as zone, a.taken as "takenTimes",
      (a.at < (select min(g.recorded_at) from gate_result g where g.tenant_id = m.tenant_id)
        or (select count(*) from gate_result g where g.tenant_id = m.tenant_id) = 0
        or exists (select from gate_result g where g.tenant_id = m.tenant_id and g.message_id = m.id
          and g.attempt_no = a.first_no)) as "isJudged",
      (select max(s.added_at) from suppression s where s.tenant_id = m.tenant_id and lower(s.address) = lower(m.recipient)
        and (s.purpose is null or s.purpose = m.purpose) and s.added_at <= a.at
        and (s.lifted_at is null or s.lifted_at > a.at)) as "stoppedAt",
      g.contacts_max as "contactsMax", g.open_hours as "openHours",
      case when g.contacts_max is null then 0 else (
        (select count(distinct n.id) from message n join message_attempt t on t.tenant_id = n.tenant_id and t.message_id = n.id
          where n.tenant_id = m.tenant_id and n.customer_id = m.customer_id and n.purpose = 'reminder' and n.id <> m.id
            and n.state <> 'dropped' and (t.outcome is null and t.is_handed or t.outcome in ('sent', 'unknown'))
            and t.started_at <= a.at and t.started_at > a.at - make_interval(hours => g.contacts_days * 24))
        + (select count(*) from call l where l.tenant_id = m.tenant_id and l.customer_id = m.customer_id and l.direction = 'out'
          and l.way in ('phone', 'video') and l.recorded_at <= a.at
          and l.recorded_at > a.at - make_interval(hours => g.contacts_days * 24)
          and not exists (select from call_correction k where k.tenant_id = l.tenant_id and k.call_id = l.id)))::int end
        as "contactsBefore"
    from message m
    join company o on o.tenant_id = m.tenant_id and o.id = m.company_id
    join customer c on c.tenant_id = m.tenant_id and c.id = m.customer_id
    cross join lateral (select min(t.started_at) as at, min(t.attempt_no) as first_no,
        (count(*) filter (where t.outcome = 'sent'))::int as taken from message_attempt t
      where t.tenant_id = m.tenant_id and t.message_id = m.id
        and (t.outcome is null and t.is_handed or t.outcome in ('sent', 'unknown'))) a
    left join lateral (select s.* from gate_setting s where s.tenant_id = m.tenant_id and s.recorded_at <= a.at
      order by s.recorded_at desc, s.id desc limit 1) g on true
    where m.tenant_id = ${tx.tenantId} and m.purpose = 'reminder' and m.state <> 'dropped' and a.at >= ${since} ${after}
      and m.id in (select t.message_id from message_attempt t where t.tenant_id = ${tx.tenantId} and t.started_at >= ${since})
    order by a.at, m.id limit ${page.limit}::int`,
    { plan: 'fresh' },
  );
}

type ItemRow = Omit<SaidItem, 'moves' | 'stops'> & {
  readonly messageId: string;
  readonly policyId: string;
};

/** What messages said of which items, without what was left out. */
export async function findSaidItems(tx: Tx, messageIds: readonly string[]): Promise<readonly ItemRow[]> {
  return tx.run(
    sql<ItemRow>`
    select r.message_id as "messageId", r.item_id as "itemId", r.policy_id as "policyId", i.reference, i.amount_minor as amount,
      coalesce(r.open_minor, 0) as said,
      coalesce((select array_agg(distinct o.message_id::text) from reminder_item o
        join message_attempt t on t.tenant_id = o.tenant_id and t.message_id = o.message_id
          and (t.outcome is null and t.is_handed or t.outcome in ('sent', 'unknown'))
        join message_attempt f on f.tenant_id = r.tenant_id and f.message_id = r.message_id
          and (f.outcome is null and f.is_handed or f.outcome in ('sent', 'unknown'))
          and f.started_at >= t.started_at and f.started_at < t.started_at + interval '24 hours'
        where o.tenant_id = r.tenant_id and o.item_id = r.item_id and o.message_id <> r.message_id
          and not exists (select from reminder_left_out l where l.tenant_id = o.tenant_id and l.message_id = o.message_id
            and l.item_id = o.item_id)), '{}') as "alsoIn"
    from reminder_item r join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id
    where r.tenant_id = ${tx.tenantId} and r.message_id = any(${arrayLiteral(messageIds)}::uuid[])
      and not exists (select from reminder_left_out l where l.tenant_id = r.tenant_id and l.message_id = r.message_id
        and l.item_id = r.item_id)`,
    { plan: 'fresh' },
  );
}

/** What was applied to items, ever. */
export async function findMoves(
  tx: Tx,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Move[]>> {
  const rows = await tx.run(
    sql<{
      item: string;
      minor: bigint;
      at: Instant;
      on: PlainDate | null;
      paid_at: Instant | null;
      stands: boolean;
    }>`
    select a.debit_item_id as item, a.amount_minor + a.discount_minor + a.difference_minor as minor, a.recorded_at as at,
      p.received_on as "on", p.recorded_at as paid_at,
      a.reverses_id is null and not exists (select from application b
        where b.tenant_id = a.tenant_id and b.reverses_id = a.id) as stands
    from application a
    join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
    left join payment p on p.tenant_id = c.tenant_id and p.id = c.document_id and p.direction = 'received'
    where a.tenant_id = ${tx.tenantId} and a.debit_item_id = any(${arrayLiteral(itemIds)}::uuid[])`,
    { plan: 'fresh' },
  );
  const moves = rows.map(({ item, minor, at, on, paid_at, stands }) => ({
    item,
    move: { minor, at, stands, money: on && paid_at ? { on, at: paid_at } : null } satisfies Move,
  }));
  return new Map(
    [...Map.groupBy(moves, ({ item }) => item)].map(([item, own]) => [item, own.map(({ move }) => move)]),
  );
}

/**
 * What stopped items, ever: promises part by part, disputes, and holds of everything, their company, customer or themselves.
 */
export async function findStops(
  tx: Tx,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Stop[]>> {
  const ids = sql`${arrayLiteral(itemIds)}::uuid[]`;
  const rows = await tx.run(
    sql<Stop & { item: string }>`
    select p.item_id as item, 'promised' as kind, r.id, p.amount_minor as minor, r.recorded_at as at,
      least(e.recorded_at, x.recorded_at) as "endedAt", p.promised_for as until
    from promise_part p
    join promise r on r.tenant_id = p.tenant_id and r.id = p.promise_id
    left join promise_end e on e.tenant_id = r.tenant_id and e.promise_id = r.id
    left join promise_item_end x on x.tenant_id = p.tenant_id and x.promise_id = p.promise_id and x.item_id = p.item_id
    where p.tenant_id = ${tx.tenantId} and p.item_id = any(${ids})
      and p.part_no = (select min(q.part_no) from promise_part q where q.tenant_id = p.tenant_id
        and q.promise_id = p.promise_id and q.item_id = p.item_id)
    union all
    select i.item_id, 'disputed', d.id, i.amount_minor - coalesce((select sum(s.amount_minor) from dispute_release s
        where s.tenant_id = i.tenant_id and s.dispute_id = d.id and s.item_id = i.item_id), 0)::bigint, d.recorded_at,
      (select min(c.recorded_at) from dispute_closing c where c.tenant_id = d.tenant_id and c.dispute_id = d.id), null
    from dispute_item i join dispute d on d.tenant_id = i.tenant_id and d.id = i.dispute_id
    where i.tenant_id = ${tx.tenantId} and i.item_id = any(${ids})
    union all
    select i.id, 'held', h.id, null, h.recorded_at, h.released_at, h.ends_on
    from open_item i join hold h on h.tenant_id = i.tenant_id
      and (h.scope = 'tenant' or h.company_id = i.company_id or h.item_id = i.id
        or (h.scope = 'customer' and h.customer_id = i.customer_id))
    where i.tenant_id = ${tx.tenantId} and i.id = any(${ids})`,
    { plan: 'fresh' },
  );
  const stops = rows.map(({ item, ...stop }) => ({ item, stop }));
  return new Map(
    [...Map.groupBy(stops, ({ item }) => item)].map(([item, own]) => [item, own.map(({ stop }) => stop)]),
  );
}

/** Keeps breaches that were not known; gives those. */
export async function insertBreaches(
  act: Act,
  found: readonly (Breach & { readonly handedOverAt: Instant })[],
): Promise<readonly { readonly id: string; readonly messageId: string }[]> {
  if (found.length === 0) return [];
  return act.run(sql<{ id: string; messageId: string }>`
    insert into breach (tenant_id, id, message_id, subject_id, kind, was_knowable, seen, handed_over_at, recorded_at)
    select ${act.tenantId}, n.*, ${act.now} from unnest(${arrayLiteral(found.map(() => newId<'breach'>()))}::uuid[],
      ${arrayLiteral(found.map((one) => one.messageId))}::uuid[], ${arrayLiteral(found.map((one) => one.subjectId))}::uuid[],
      ${arrayLiteral(found.map((one) => one.kind))}::text[], ${arrayLiteral(found.map((one) => one.wasKnowable))}::boolean[],
      ${arrayLiteral(found.map((one) => jsonText(one.seen)))}::jsonb[],
      ${arrayLiteral(found.map((one) => one.handedOverAt.toString()))}::timestamptz[]) n
    on conflict on constraint breach_once do nothing returning id, message_id as "messageId"`);
}

/** Keeps that they were looked for. */
export function insertSearch(
  act: Act,
  search: { readonly since: Instant; readonly messages: number; readonly found: number },
): void {
  act.insert('breach_search', [{ id: newId<'breach_search'>(), ...search, recorded_at: act.now }]);
}

/** When they were last looked for. */
export async function findLastSearch(tx: Tx): Promise<Selectable<DB['breach_search']> | undefined> {
  return tx.find(sql<Selectable<DB['breach_search']>>`select * from breach_search
    where tenant_id = ${tx.tenantId} order by recorded_at desc limit 1`);
}

/** A breach with the message and customer it is about. */
export type BreachRow = Selectable<DB['breach']> & {
  readonly customer_id: string;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly reference: string | null;
};

/** Breaches of reminders that left since a moment, the latest first. */
export async function findBreaches(tx: Tx, since: Instant, limit: number): Promise<readonly BreachRow[]> {
  return tx.run(
    sql<BreachRow>`
    select b.*, m.customer_id, c.number as customer_number, c.name as customer_name, i.reference from breach b
    join message m on m.tenant_id = b.tenant_id and m.id = b.message_id
    join customer c on c.tenant_id = m.tenant_id and c.id = m.customer_id
    left join open_item i on i.tenant_id = b.tenant_id and i.id = b.subject_id
    where b.tenant_id = ${tx.tenantId} and b.handed_over_at >= ${since}
    order by b.handed_over_at desc, b.id desc limit ${limit}::int`,
    { plan: 'fresh' },
  );
}

/** Reminders that left, and breaches that were knowable and not, by the Monday of the week, UTC. */
export async function countByWeek(
  tx: Tx,
  since: Instant,
): Promise<
  readonly {
    readonly week: PlainDate;
    readonly left: bigint;
    readonly knowable: bigint;
    readonly later: bigint;
  }[]
> {
  return tx.run(
    sql<{ week: PlainDate; left: bigint; knowable: bigint; later: bigint }>`
    select date_trunc('week', g.at at time zone 'UTC')::date as week, count(*) filter (where g.kind = 'left') as left,
      count(*) filter (where g.kind = 'knowable') as knowable, count(*) filter (where g.kind = 'later') as later
    from (
      select t.started_at as at, 'left' as kind from message_attempt t
      join message m on m.tenant_id = t.tenant_id and m.id = t.message_id and m.purpose = 'reminder'
      where t.tenant_id = ${tx.tenantId} and t.started_at >= ${since} and (t.outcome is null and t.is_handed or t.outcome in ('sent', 'unknown'))
      union all
      select b.handed_over_at, case when b.was_knowable then 'knowable' else 'later' end from breach b
      where b.tenant_id = ${tx.tenantId} and b.handed_over_at >= ${since}) g
    group by 1 order by 1`,
    { plan: 'fresh' },
  );
}

/** How many messages that left since a moment were wrong by what could be known. */
export async function countKnowable(tx: Tx, since: Instant): Promise<number> {
  const row = await tx.find(sql<{ n: number }>`
    select count(distinct message_id)::int as n from breach
    where tenant_id = ${tx.tenantId} and was_knowable and handed_over_at >= ${since}`);
  return row?.n ?? 0;
}
