// SQL of effects: contacts, the money credited to them, and the promises that followed. It writes nothing.

import { type RawBuilder, sql } from 'kysely';
import { SPOKEN } from '#calls/call.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { CashSum, ContactSum, Dimension, Traits } from './effect.ts';

/** Which contacts: made from one day to another, with money of so many days after, as of a day and as known at a moment. */
export type Asked = {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly windowDays: number;
  readonly asOf: PlainDate;
  readonly knownAt?: Instant | undefined;
  readonly companyId?: CompanyId | undefined;
};

const TENANT = sql`current_tenant()`;
const TRAITS = sql`step, template, channel, policy, collector`;

function known(column: RawBuilder<unknown>, { knownAt }: Asked): RawBuilder<unknown> {
  return knownAt === undefined ? sql`true` : sql`${column} <= ${knownAt}::timestamptz`;
}

function ofCompany(column: RawBuilder<unknown>, { companyId }: Asked): RawBuilder<unknown> {
  return companyId === undefined ? sql`true` : sql`${column} = ${companyId}`;
}

/** What left and was not left out of its message, of the reminder item `r`. */
const SAID = sql`not exists (select from reminder_left_out l where l.tenant_id = r.tenant_id and l.message_id = r.message_id
  and l.item_id = r.item_id)`;

/** Whether a message `m` came back. */
function cameBack(asked: Asked): RawBuilder<unknown> {
  return sql`exists (select from message_signal g where g.tenant_id = m.tenant_id and g.message_id = m.id
    and (g.kind = 'returned' or (g.kind = 'bounced' and g.severity <> 'soft')) and ${known(sql`g.recorded_at`, asked)})`;
}

/** Whether a call `c` stands and was ours. */
function isOurs(asked: Asked): RawBuilder<unknown> {
  return sql`c.direction = 'out' and ${known(sql`c.recorded_at`, asked)} and not exists (select from call_correction k
    where k.tenant_id = c.tenant_id and k.call_id = c.id and ${known(sql`k.recorded_at`, asked)})`;
}

const WAS_SPOKEN = sql`c.outcome = any(${arrayLiteral(SPOKEN)}::text[])`;

/** Contacts of the days asked for, with their traits. */
function contacts(asked: Asked): RawBuilder<unknown> {
  const { from, to, asOf } = asked;
  // A company's day begins up to fourteen hours before that of UTC and ends up to twelve after.
  const margin = sql`m.sent_at >= ${from}::date - interval '1 day' and m.sent_at < ${to}::date + interval '2 days'`;
  return sql`
    contact_made as (
      select m.id, 'reminder' as kind, m.company_id, o.functional_currency as currency, m.customer_id,
        (m.sent_at at time zone o.time_zone)::date as on_day, m.sent_at as at, lead.step, lead.template, m.channel, lead.policy,
        lead.collector, not ${cameBack(asked)} as reached
      from message m join company o on o.tenant_id = m.tenant_id and o.id = m.company_id
      cross join lateral (
        select s.phase || ':' || s.offset_days as step, s.template, p.code as policy,
          case when u.started_by like 'system%' then 'automatic' else u.started_by end as collector
        from reminder_item r
        join policy_step s on s.tenant_id = r.tenant_id and s.policy_id = r.policy_id and s.step = r.step
        join policy p on p.tenant_id = r.tenant_id and p.id = r.policy_id
        join reminder_run u on u.tenant_id = r.tenant_id and u.id = m.run_id
        where r.tenant_id = m.tenant_id and r.message_id = m.id and ${SAID}
        order by r.offset_days desc, r.item_id limit 1) lead
      where m.tenant_id = ${TENANT} and m.purpose = 'reminder' and m.sent_at is not null and ${margin}
        and ${known(sql`m.sent_at`, asked)} and ${ofCompany(sql`m.company_id`, asked)}
      union all
      select c.id, 'call', n.company_id, o.functional_currency, c.customer_id, c.called_on, c.recorded_at, 'call', null, c.way, null,
        case when c.recorded_by like 'system%' then 'automatic' else c.recorded_by end, ${WAS_SPOKEN}
      from call c
      cross join lateral (select coalesce(c.company_id,
        (select i.company_id from call_item x join open_item i on i.tenant_id = x.tenant_id and i.id = x.item_id
          where x.tenant_id = c.tenant_id and x.call_id = c.id order by i.due_on, i.id limit 1),
        (select i.company_id from open_item i where i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
          order by i.posted_on desc, i.id limit 1)) as company_id) n
      join company o on o.tenant_id = c.tenant_id and o.id = n.company_id
      where c.tenant_id = ${TENANT} and c.called_on between ${from}::date and ${to}::date and ${isOurs(asked)}
        and ${ofCompany(sql`n.company_id`, asked)}),
    contact as (
      select * from contact_made where on_day between ${from}::date and least(${to}::date, ${asOf}::date))`;
}

/** The last contact that reached the customer about an item `i`, made between two days: its id and day. */
function lastContact(
  asked: Asked,
  item: RawBuilder<unknown>,
  days: { readonly first: RawBuilder<unknown>; readonly last: RawBuilder<unknown> },
): RawBuilder<unknown> {
  return sql`
    select t.id, t.on_day from (
      select m.id, (m.sent_at at time zone o.time_zone)::date as on_day, m.sent_at as at
      from reminder_item r
      join message m on m.tenant_id = r.tenant_id and m.id = r.message_id and m.sent_at is not null
      join company o on o.tenant_id = m.tenant_id and o.id = m.company_id
      where r.tenant_id = ${TENANT} and r.item_id = ${item}.id and ${SAID} and ${known(sql`m.sent_at`, asked)}
        and not ${cameBack(asked)}
      union all
      select c.id, c.called_on, c.recorded_at from call c
      where c.tenant_id = ${TENANT} and c.customer_id = ${item}.customer_id and ${isOurs(asked)} and ${WAS_SPOKEN}
        and (c.company_id is null or c.company_id = ${item}.company_id)
        and c.called_on between ${days.first} and ${days.last}
        and (exists (select from call_item x where x.tenant_id = c.tenant_id and x.call_id = c.id and x.item_id = ${item}.id)
          or (${item}.due_on <= c.called_on
            and not exists (select from call_item x where x.tenant_id = c.tenant_id and x.call_id = c.id)))
    ) t where t.on_day between ${days.first} and ${days.last}
    order by t.on_day desc, t.at desc, t.id desc limit 1`;
}

/** Money that was applied, with the contact it is credited to; a row for each application and for each that takes one back. */
function credited(asked: Asked): RawBuilder<unknown> {
  const { from, to, windowDays, asOf } = asked;
  const window = sql`${windowDays}::int`;
  const last = lastContact(asked, sql`i`, {
    first: sql`y.received_on - ${window}`,
    last: sql`y.received_on - 1`,
  });
  return sql`
    credited as (
      select a.id, a.debit_item_id as item_id, y.id as payment_id, y.received_on, o.functional_currency as currency,
        a.credit_functional_minor as minor, t.id as contact_id, y.received_on - t.on_day as lag_days
      from payment y
      join open_item c on c.tenant_id = y.tenant_id and c.document_id = y.id and c.kind in ('payment', 'transfer', 'handover')
      join application a on a.tenant_id = c.tenant_id and a.credit_item_id = c.id
      join open_item i on i.tenant_id = a.tenant_id and i.id = a.debit_item_id and i.kind in ('invoice', 'charge')
      join company o on o.tenant_id = a.tenant_id and o.id = a.company_id
      left join lateral (${last}) t on true
      where y.tenant_id = ${TENANT} and y.direction = 'received' and y.received_on > ${from}::date
        and y.received_on <= least(${to}::date + ${window}, ${asOf}::date)
        and a.applied_on <= ${asOf}::date and ${known(sql`a.recorded_at`, asked)} and ${ofCompany(sql`a.company_id`, asked)})`;
}

/** Promises with the contact they followed: the call in which they were made, else the last contact about one of their items. */
function promised(asked: Asked): RawBuilder<unknown> {
  const { from, to, windowDays, asOf } = asked;
  const last = lastContact(asked, sql`i`, {
    first: sql`p.promised_on - ${windowDays}::int`,
    last: sql`p.promised_on`,
  });
  return sql`
    promised as (
      select p.id, o.functional_currency as currency, f.minor, coalesce(
        (select c.id from call c where c.tenant_id = p.tenant_id and c.customer_id = p.customer_id and c.promise_id = p.id
          and ${isOurs(asked)}),
        (select t.id from promise_part x join open_item i on i.tenant_id = x.tenant_id and i.id = x.item_id
          cross join lateral (${last}) t
          where x.tenant_id = p.tenant_id and x.promise_id = p.id order by t.on_day desc, t.id desc limit 1)) as contact_id
      from promise p
      join company o on o.tenant_id = p.tenant_id and o.id = p.company_id
      cross join lateral (
        select sum(round(x.amount_minor::numeric * i.functional_minor / i.amount_minor))::bigint as minor
        from promise_part x join open_item i on i.tenant_id = x.tenant_id and i.id = x.item_id
        where x.tenant_id = p.tenant_id and x.promise_id = p.id) f
      where p.tenant_id = ${TENANT} and p.promised_on >= ${from}::date
        and p.promised_on <= least(${to}::date + ${windowDays}::int, ${asOf}::date)
        and ${known(sql`p.recorded_at`, asked)} and ${ofCompany(sql`p.company_id`, asked)})`;
}

/** Contacts of the days, alike ones together. */
export async function sumContacts(tx: Tx, asked: Asked): Promise<readonly ContactSum[]> {
  return tx.run(
    sql<ContactSum>`
      with ${contacts(asked)}, ${credited(asked)}, ${promised(asked)},
        paid as (select contact_id, sum(minor) as minor from credited group by contact_id having sum(minor) > 0),
        promising as (select distinct contact_id from promised)
      select t.currency, ${TRAITS}, count(*)::int as contacts,
        (count(*) filter (where reached))::int as reached,
        count(g.contact_id)::int as "withPromise", count(y.contact_id)::int as "withCash"
      from contact t
      left join paid y on y.contact_id = t.id
      left join promising g on g.contact_id = t.id
      group by t.currency, ${TRAITS}`,
    { plan: 'fresh' },
  );
}

/** Money credited to contacts of the days, by how they were made and how long after it came. */
export async function sumCash(tx: Tx, asked: Asked): Promise<readonly CashSum[]> {
  return tx.run(
    sql<CashSum>`
      with ${contacts(asked)}, ${credited(asked)}
      select k.currency, ${TRAITS}, k.lag_days as "lagDays", sum(k.minor)::bigint as minor
      from credited k join contact t on t.id = k.contact_id
      group by k.currency, ${TRAITS}, k.lag_days`,
    { plan: 'fresh' },
  );
}

/** A promise that followed a contact of the days, its amount in the functional currency. */
export type PromiseMade = Traits & { readonly id: string; readonly minor: bigint };

/** Promises that followed contacts of the days. */
export async function findPromised(tx: Tx, asked: Asked, limit: number): Promise<readonly PromiseMade[]> {
  return tx.run(
    sql<PromiseMade>`
      with ${contacts(asked)}, ${promised(asked)}
      select p.id, p.minor, p.currency, ${TRAITS}
      from promised p join contact t on t.id = p.contact_id order by p.id limit ${limit}::int`,
    { plan: 'fresh' },
  );
}

/** All money that could have been credited, by whether it was: to contacts of the days, to others, or to none. */
export type CashTie = {
  readonly currency: string;
  readonly applied: bigint;
  readonly credited: bigint;
  readonly elsewhere: bigint;
  readonly uncredited: bigint;
};

/** Sums all money applied whose value date lies after the first day and up to the window after the last. */
export async function sumTies(tx: Tx, asked: Asked): Promise<readonly CashTie[]> {
  return tx.run(
    sql<CashTie>`
      with ${contacts(asked)}, ${credited(asked)}
      select k.currency, sum(k.minor)::bigint as applied,
        coalesce(sum(k.minor) filter (where t.id is not null), 0)::bigint as credited,
        coalesce(sum(k.minor) filter (where t.id is null and k.contact_id is not null), 0)::bigint as elsewhere,
        coalesce(sum(k.minor) filter (where k.contact_id is null), 0)::bigint as uncredited
      from credited k left join contact t on t.id = k.contact_id group by k.currency order by k.currency`,
    { plan: 'fresh' },
  );
}

/** A contact with what was credited to it. */
export type ContactRow = Traits & {
  readonly id: string;
  readonly kind: 'reminder' | 'call';
  readonly onDay: PlainDate;
  readonly customerId: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly reached: boolean;
  readonly minor: bigint;
};

/** Which contacts to list: those with one value of a dimension, or all. */
export type ContactFilter = {
  readonly by: Dimension;
  readonly key: string | null | undefined;
  /** Where given, contacts of these collectors are not distinguished from each other: everybody but this one. */
  readonly butCollector?: string | undefined;
  readonly after?: readonly [PlainDate, string] | undefined;
  readonly limit: number;
};

const COLUMN: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  step: sql`t.step`,
  template: sql`t.template`,
  channel: sql`t.channel`,
  policy: sql`t.policy`,
  collector: sql`t.collector`,
};

/** Contacts of the days with what was credited to them, the latest first. */
export async function findContacts(
  tx: Tx,
  asked: Asked,
  filter: ContactFilter,
): Promise<readonly ContactRow[]> {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (filter.key !== undefined)
    parts.push(sql`${COLUMN[filter.by]} is not distinct from ${filter.key}::text`);
  if (filter.butCollector !== undefined)
    parts.push(sql`t.collector not in (${filter.butCollector}, 'automatic')`);
  if (filter.after) parts.push(sql`(t.on_day, t.id) < (${filter.after[0]}::date, ${filter.after[1]}::uuid)`);
  return tx.run(
    sql<ContactRow>`
      with ${contacts(asked)}, ${credited(asked)},
        paid as (select contact_id, sum(minor)::bigint as minor from credited group by contact_id)
      select t.id, t.kind, t.on_day as "onDay", t.customer_id as "customerId", u.number as "customerNumber",
        u.name as "customerName", t.reached, t.currency, t.step, t.template, t.channel, t.policy, t.collector,
        coalesce(p.minor, 0)::bigint as minor
      from contact t join customer u on u.tenant_id = ${TENANT} and u.id = t.customer_id
      left join paid p on p.contact_id = t.id
      where ${sql.join(parts, sql` and `)} order by t.on_day desc, t.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** Whether there is a reminder or a call with this id. */
export async function isContact(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.run(sql<{ id: string }>`
    select id from message where tenant_id = ${TENANT} and id = ${id}::uuid and purpose = 'reminder'
    union all select id from call where tenant_id = ${TENANT} and id = ${id}::uuid`);
  return rows.length > 0;
}

/** Money credited to one contact: a row for each application, those taken back with the sign changed. */
export type CreditedRow = {
  readonly applicationId: string;
  readonly contactId: string;
  readonly paymentId: string;
  readonly paymentNumber: string;
  readonly reference: string;
  readonly documentId: string;
  readonly receivedOn: PlainDate;
  readonly lagDays: number;
  readonly currency: string;
  readonly minor: bigint;
};

/** Money credited to contacts, by value date. */
export async function findCredited(
  tx: Tx,
  asked: Asked,
  contactId: string,
  limit: number,
): Promise<readonly CreditedRow[]> {
  return tx.run(
    sql<CreditedRow>`
      with ${credited(asked)}
      select k.id as "applicationId", k.contact_id as "contactId", k.payment_id as "paymentId", y.number as "paymentNumber",
        i.reference, i.document_id as "documentId", k.received_on as "receivedOn", k.lag_days as "lagDays", k.currency, k.minor
      from credited k
      join payment y on y.tenant_id = ${TENANT} and y.id = k.payment_id
      join open_item i on i.tenant_id = ${TENANT} and i.id = k.item_id
      where k.contact_id = ${contactId}::uuid order by k.received_on, k.id limit ${limit}::int`,
    { plan: 'fresh' },
  );
}
