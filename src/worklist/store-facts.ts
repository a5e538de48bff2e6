// SQL of what is so of accounts today: read across what happened to them, in one pass for all of them or for some.

import { type RawBuilder, sql } from 'kysely';
import { SPOKEN } from '#calls/call.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { PROMISE_TOLERANCE_DAYS_MAX } from '#kernel/limits.ts';

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

/** Customers after one, in the order of their ids, up to another or the last. */
export type CustomerRange = { readonly after: CustomerId; readonly upto: CustomerId | undefined };

/** Which customers are looked at. */
export type Whose = readonly CustomerId[] | CustomerRange;

const isRange = (whose: Whose): whose is CustomerRange => 'after' in whose;

/** Whether a customer is one of them. */
export function among(column: RawBuilder<unknown>, whose: Whose): RawBuilder<unknown> {
  if (!isRange(whose)) return sql`${column} = any(${uuids(whose)})`;
  const first = sql`${column} > ${whose.after}::uuid`;
  return whose.upto === undefined ? first : sql`${first} and ${column} <= ${whose.upto}::uuid`;
}

/** The last of so many customers after one; undefined where there are not so many. */
export async function findLastOf(
  tx: Tx,
  after: CustomerId,
  customers: number,
): Promise<CustomerId | undefined> {
  const row = await tx.find(sql<{ id: CustomerId }>`
    select id from customer where tenant_id = ${tx.tenantId} and id > ${after}::uuid
    order by id offset ${customers - 1}::int limit 1`);
  return row?.id;
}

/** Customers of whom something may be promised, in dispute or not posted yet: the others need not be asked about. */
export async function findAgreeing(tx: Tx, whose: Whose, today: PlainDate): Promise<readonly CustomerId[]> {
  const from = today.subtract({ days: PROMISE_TOLERANCE_DAYS_MAX });
  const rows = await tx.run(
    sql<{ id: CustomerId }>`
      select distinct p.customer_id as id from promise p join promise_part i on i.tenant_id = p.tenant_id and i.promise_id = p.id
      where p.tenant_id = ${tx.tenantId} and i.promised_for >= ${from}::date and ${among(sql`p.customer_id`, whose)}
        and not exists (select from promise_end e where e.tenant_id = p.tenant_id and e.promise_id = p.id)
      union
      select d.customer_id from dispute d where d.tenant_id = ${tx.tenantId} and ${among(sql`d.customer_id`, whose)}
        and not exists (select from dispute_closing c
          where c.tenant_id = d.tenant_id and c.dispute_id = d.id and c.reopened_at is null)
      union
      select u.customer_id from portal_upload u where u.tenant_id = ${tx.tenantId} and u.state in ('waiting', 'rejected')
        and ${among(sql`u.customer_id`, whose)}`,
    { plan: 'fresh' },
  );
  return rows.map((row) => row.id);
}

/** What is not asked for now: of an item so many minor units of its currency, and all of a document. */
export type LeftAlone = {
  readonly paused: readonly { readonly itemId: ItemId; readonly minor: bigint }[];
  readonly unposted: ReadonlySet<string>;
};

/** What can be asked for of an account, by due date, in the functional currency. */
export type DueRow = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
  /**
   * The due date counted from 1 January 1970, what is asked for, its largest item and how many there are; the earliest
   * first.
   */
  readonly dues: readonly (readonly [due: number, minor: string, largest: string, items: number])[];
  /** Money and credit that is not applied, without sign. */
  readonly credit: bigint;
};

/** Holds that stand on a day; one of an item, a company or everything keeps what it is about from being asked for. */
const inForce = (on: PlainDate): RawBuilder<unknown> =>
  sql`h.released_at is null and h.ends_on >= ${on}::date`;

/** Accounts with something open that can be asked for, less what is left alone. */
export async function findDues(
  tx: Tx,
  whose: Whose,
  { paused, unposted }: LeftAlone,
  today: PlainDate,
): Promise<readonly DueRow[]> {
  return tx.run(
    sql<DueRow>`
      with paused as (select * from unnest(${uuids(paused.map((one) => one.itemId))},
          ${arrayLiteral(paused.map((one) => one.minor))}::bigint[]) as p(item_id, minor)),
        asked as (
          select i.company_id, i.customer_id, i.due_on - date '1970-01-01' as due,
            case when p.minor is null then i.open_functional_minor
              else round(i.open_functional_minor::numeric * greatest(i.open_minor - p.minor, 0) / i.open_minor)::bigint end as minor
          from open_item i left join paused p on p.item_id = i.id
          where i.tenant_id = ${tx.tenantId} and i.open_minor > 0 and i.account = 'receivables' and ${among(sql`i.customer_id`, whose)}
            and i.customer_id is not null and i.document_id <> all(${uuids([...unposted])})
            and not exists (select from hold h where h.tenant_id = i.tenant_id and h.item_id = i.id and ${inForce(today)})
            and not exists (select from hold h where h.tenant_id = i.tenant_id and h.customer_id is null
              and (h.company_id is null or h.company_id = i.company_id) and ${inForce(today)})
            and not exists (select from hand_over_item t
              where t.tenant_id = i.tenant_id and t.item_id = i.id and t.ended_on is null)),
        days as (
          select company_id, customer_id, due, sum(minor)::bigint as minor, max(minor) as largest, count(*)::int as items
          from asked where minor > 0 group by company_id, customer_id, due),
        credit as (
          select company_id, customer_id, -sum(open_functional_minor)::bigint as minor
          from open_item i where i.tenant_id = ${tx.tenantId} and i.open_minor < 0 and ${among(sql`i.customer_id`, whose)}
            and i.customer_id is not null group by company_id, customer_id)
      select d.company_id as "companyId", d.customer_id as "customerId", c.functional_currency as currency,
        json_agg(json_build_array(d.due, d.minor::text, d.largest::text, d.items) order by d.due) as dues,
        coalesce(max(k.minor), 0)::bigint as credit
      from days d join company c on c.tenant_id = ${tx.tenantId} and c.id = d.company_id
      left join credit k on k.company_id = d.company_id and k.customer_id = d.customer_id
      group by d.company_id, d.customer_id, c.functional_currency`,
    { plan: 'fresh' },
  );
}

/** What happened with a customer; `companyId` null where it is of all companies. */
export type HappenedRow = {
  readonly customerId: CustomerId;
  readonly companyId: CompanyId | null;
  readonly lastSpokenOn: PlainDate | null;
  readonly nextOn: PlainDate | null;
  readonly nextSaidAt: Instant | null;
  readonly brokenAt: Instant | null;
  readonly brokenOn: PlainDate | null;
  readonly closedAt: Instant | null;
  readonly closedOn: PlainDate | null;
  readonly problems: number;
  /** Steps of a policy that wait for a person. */
  readonly steps: number;
  /** Since when the oldest mail of the customer waits for an answer. */
  readonly replyOn: PlainDate | null;
  readonly isHeld: boolean;
  /** The last day on which the account was dealt with. */
  readonly doneOn: PlainDate | null;
};

/**
 * What happened with customers: calls, promises that broke, disputes that closed, what did not arrive, holds, what
 * was dealt with.
 */
export async function findHappened(tx: Tx, whose: Whose, today: PlainDate): Promise<readonly HappenedRow[]> {
  const t = tx.tenantId;
  const spoken = sql`c.outcome = any(${arrayLiteral(SPOKEN)}::text[])`;
  return tx.run(
    sql<HappenedRow>`
      with standing as (
        select c.* from call c where c.tenant_id = ${t} and ${among(sql`c.customer_id`, whose)}
          and not exists (select from call_correction k where k.tenant_id = c.tenant_id and k.call_id = c.id)),
        said as (
          select c.customer_id, max(c.called_on) filter (where ${spoken}) as spoken_on,
            (array_agg(c.next_on order by c.recorded_at desc, c.id desc))[1] as next_on, max(c.recorded_at) as said_at
          from standing c group by c.customer_id),
        broken as (
          select p.customer_id, p.company_id, max(b.recorded_at) as at
          from promise_break b join promise p on p.tenant_id = b.tenant_id and p.id = b.promise_id
          where b.tenant_id = ${t} and ${among(sql`p.customer_id`, whose)}
            and not exists (select from promise_end e where e.tenant_id = p.tenant_id and e.promise_id = p.id)
          group by p.customer_id, p.company_id),
        closed as (
          select d.customer_id, d.company_id, max(c.recorded_at) as at, max(c.closed_on) as closed_on
          from dispute_closing c join dispute d on d.tenant_id = c.tenant_id and d.id = c.dispute_id
          where c.tenant_id = ${t} and c.reopened_at is null and ${among(sql`d.customer_id`, whose)}
          group by d.customer_id, d.company_id),
        problem as (
          select p.customer_id, p.company_id, count(*)::int as problems from delivery_problem p
          where p.tenant_id = ${t} and p.closed_at is null and ${among(sql`p.customer_id`, whose)}
          group by p.customer_id, p.company_id),
        step as (
          select k.customer_id, k.company_id, count(*)::int as steps from task k
          where k.tenant_id = ${t} and k.kind = 'step_for_person' and k.state = 'open' and ${among(sql`k.customer_id`, whose)}
          group by k.customer_id, k.company_id),
        reply as (
          select v.customer_id, min((v.waiting_since at time zone n.time_zone)::date) as on_day
          from inbox_conversation v join tenant n on n.id = v.tenant_id
          where v.tenant_id = ${t} and v.state = 'open' and v.waiting_since is not null and ${among(sql`v.customer_id`, whose)}
          group by v.customer_id),
        done as (
          select w.customer_id, w.company_id, max(w.done_on) as done_on from worklist_done w
          where w.tenant_id = ${t} and ${among(sql`w.customer_id`, whose)} group by w.customer_id, w.company_id),
        held as (
          select distinct h.customer_id from hold h where h.tenant_id = ${t} and h.scope = 'customer' and ${inForce(today)}
            and ${among(sql`h.customer_id`, whose)})
      select u.customer_id as "customerId", null::uuid as "companyId", s.spoken_on as "lastSpokenOn",
        s.next_on as "nextOn", s.said_at as "nextSaidAt", null::timestamptz as "brokenAt", null::date as "brokenOn",
        null::timestamptz as "closedAt", null::date as "closedOn", 0 as problems, 0 as steps,
        y.on_day as "replyOn", h.customer_id is not null as "isHeld", null::date as "doneOn"
      from (select customer_id from said union select customer_id from held union select customer_id from reply) u
      left join said s on s.customer_id = u.customer_id left join held h on h.customer_id = u.customer_id
      left join reply y on y.customer_id = u.customer_id
      union all
      select a.customer_id, a.company_id, null, null, null, b.at, (b.at at time zone n.time_zone)::date, c.at, c.closed_on,
        coalesce(p.problems, 0), coalesce(e.steps, 0), null, false, w.done_on
      from (select customer_id, company_id from broken union select customer_id, company_id from closed
        union select customer_id, company_id from problem union select customer_id, company_id from step
        union select customer_id, company_id from done) a
      join tenant n on n.id = ${t}
      left join broken b on b.customer_id = a.customer_id and b.company_id = a.company_id
      left join closed c on c.customer_id = a.customer_id and c.company_id = a.company_id
      left join problem p on p.customer_id = a.customer_id and p.company_id = a.company_id
      left join step e on e.customer_id = a.customer_id and e.company_id = a.company_id
      left join done w on w.customer_id = a.customer_id and w.company_id = a.company_id`,
    { plan: 'fresh' },
  );
}

/** An item of the past, as days counted from 1 January 1970. */
export type PastRow = {
  readonly customerId: CustomerId;
  readonly issued: number;
  readonly due: number;
  readonly settled: number | null;
};

/** Days of history that are learnt from: what is older counts for next to nothing, see `HALF_LIFE` of prediction. */
const PAST_DAYS = 900;

/**
 * What was due within the last years, and when money settled it wholly. What was credited or written off in part is
 * left out. An item of which all is open has nothing applied that still stands, and is not looked at further.
 */
const past = (tx: Tx, whose: Whose, today: PlainDate): RawBuilder<unknown> => sql`
  select i.customer_id, i.posted_on - date '1970-01-01' as issued, i.due_on - date '1970-01-01' as due,
    case when i.open_minor = 0 then s.last - date '1970-01-01' end as settled
  from open_item i
  cross join lateral (
    select max(coalesce(y.received_on, a.applied_on)) as last, bool_and(c.kind in ('payment', 'transfer', 'handover')) as by_money
    from application a join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
    left join payment y on y.tenant_id = c.tenant_id and y.id = c.document_id and c.kind in ('payment', 'transfer', 'handover')
    where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and a.reverses_id is null and i.open_minor <> i.amount_minor
      and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)) s
  where i.tenant_id = ${tx.tenantId} and i.amount_minor > 0 and i.kind in ('invoice', 'charge') and i.customer_id is not null
    and i.due_on >= ${today.subtract({ days: PAST_DAYS })}::date and ${among(sql`i.customer_id`, whose)}
    and (s.by_money is null or s.by_money) and not (i.open_minor = 0 and s.last is null)`;

/** What was due within the last years of some customers, item by item. */
export async function findPast(tx: Tx, whose: Whose, today: PlainDate): Promise<readonly PastRow[]> {
  return tx.run(
    sql<PastRow>`select customer_id as "customerId", issued, due, settled from (${past(tx, whose, today)}) as p`,
    { plan: 'fresh' },
  );
}

/** Customers from whom it is learnt what is usual. */
const LEARNT_CUSTOMERS = 5_000;

/**
 * The same of very many customers together, as many items alike as there are: of all where there are not more, else
 * of the same ones each time, picked without regard to who they are.
 */
export async function findPastOfMany(
  tx: Tx,
  today: PlainDate,
): Promise<readonly (Omit<PastRow, 'customerId'> & { readonly times: number })[]> {
  const picked = await tx.run(sql<{ id: CustomerId }>`
    select id from customer where tenant_id = ${tx.tenantId} order by uuid_hash(id), id limit ${LEARNT_CUSTOMERS}::int`);
  const whose = picked.map((row) => row.id);
  return tx.run(
    sql<Omit<PastRow, 'customerId'> & { times: number }>`
      select issued, due, settled, count(*)::int as times from (${past(tx, whose, today)}) as p group by issued, due, settled`,
    { plan: 'fresh' },
  );
}
