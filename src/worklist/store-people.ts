// SQL of whose accounts are: owners, what collectors can do, and what they did.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { BALANCED_AT_ONCE_MAX } from '#kernel/limits.ts';
import type { DoneCounts, SeenWork } from './minutes.ts';

/** Keeps whose accounts are, and says so on the list. */
export function insertOwners(act: Act, rows: readonly NewRow<'worklist_owner'>[]): void {
  act.insert('worklist_owner', rows);
  const all = (key: 'company_id' | 'customer_id' | 'user_id' | 'is_protected') =>
    arrayLiteral(rows.map((row) => row[key] ?? null));
  act.write(sql`
    update worklist_row r set owner_id = o.user_id, is_protected = o.is_protected
    from unnest(${all('company_id')}::uuid[], ${all('customer_id')}::uuid[], ${all('user_id')}::text[],
      ${all('is_protected')}::bool[]) as o(company_id, customer_id, user_id, is_protected)
    where r.tenant_id = ${act.tenantId} and r.company_id = o.company_id and r.customer_id = o.customer_id`);
}

/** States what a collector can do. */
export function insertCollector(act: Act, row: NewRow<'collector_setting'>): void {
  act.insert('collector_setting', [row]);
}

/** What a collector can do, as stated last. */
export type CollectorRow = Selectable<DB['collector_setting']>;

/** All collectors with what was stated of them last. */
export async function findCollectors(tx: Tx): Promise<readonly CollectorRow[]> {
  return tx.run(sql<CollectorRow>`
    select distinct on (user_id) * from collector_setting where tenant_id = ${tx.tenantId}
    order by user_id, recorded_at desc, id desc`);
}

/** Accounts dealt with lately that are learnt from: enough for a median, and of how it is done now. */
const SEEN_WORK_MAX = 1_000;

/** How long the latest accounts took that were dealt with, by kind. */
export async function findSeenWork(tx: Tx): Promise<readonly SeenWork[]> {
  return tx.run(sql<SeenWork>`
    select case when call_id is null then 'other' else 'call' end as kind, count(*)::int as accounts,
      percentile_cont(0.5) within group (order by extract(epoch from recorded_at - taken_at))::float8 as "medianSeconds"
    from (select call_id, recorded_at, taken_at from worklist_done where tenant_id = ${tx.tenantId} and taken_at is not null
      order by recorded_at desc limit ${SEEN_WORK_MAX}::int) d group by 1`);
}

/** How many accounts people dealt with on a day, by kind. */
export async function findDoneByKind(
  tx: Tx,
  actors: readonly string[],
  on: PlainDate,
): Promise<readonly (DoneCounts & { readonly by: string })[]> {
  return tx.run(sql<DoneCounts & { by: string }>`
    select done_by as by, count(*) filter (where call_id is not null)::int as call,
      count(*) filter (where call_id is null)::int as other
    from worklist_done where tenant_id = ${tx.tenantId} and done_by = any(${arrayLiteral(actors)}::text[]) and done_on = ${on}
    group by done_by`);
}

/** Accounts whose current owner is asked for. */
type OwnedAccount = { readonly companyId: CompanyId; readonly customerId: CustomerId };

/** Who owns accounts now, locked against others who give them away by the lock of the list. */
export async function findOwners(
  tx: Tx,
  accounts: readonly OwnedAccount[],
): Promise<readonly (OwnedAccount & { readonly userId: string | null; readonly isProtected: boolean })[]> {
  const ids = (key: keyof OwnedAccount): RawBuilder<string[]> =>
    sql`${arrayLiteral(accounts.map((one) => one[key]))}::uuid[]`;
  return tx.run(sql`
    select distinct on (w.company_id, w.customer_id) w.company_id as "companyId", w.customer_id as "customerId",
      w.user_id as "userId", w.is_protected as "isProtected"
    from worklist_owner w join unnest(${ids('companyId')}, ${ids('customerId')}) as a(company_id, customer_id)
      on a.company_id = w.company_id and a.customer_id = w.customer_id
    where w.tenant_id = ${tx.tenantId} order by w.company_id, w.customer_id, w.recorded_at desc, w.id desc`);
}

const currentOwner = (tx: Tx): RawBuilder<unknown> => sql`(
  select distinct on (w.company_id, w.customer_id) w.company_id, w.customer_id, w.user_id, w.is_protected from worklist_owner w
  where w.tenant_id = ${tx.tenantId} order by w.company_id, w.customer_id, w.recorded_at desc, w.id desc)`;

/**
 * Accounts of the list that are nobody's and not protected, the most valuable first. A row that was made anew while its
 * account was given away does not know that yet: what was stated is asked, too.
 */
export async function findUnowned(tx: Tx): Promise<readonly OwnedAccount[]> {
  return tx.run(
    sql<OwnedAccount>`
      select r.company_id as "companyId", r.customer_id as "customerId" from worklist_row r
      left join lateral (select w.user_id, w.is_protected from worklist_owner w where w.tenant_id = r.tenant_id
        and w.customer_id = r.customer_id and w.company_id = r.company_id
        order by w.recorded_at desc, w.id desc limit 1) o on true
      where r.tenant_id = ${tx.tenantId} and r.owner_id is null and not r.is_protected
        and o.user_id is null and o.is_protected is not true
      order by r.expected_minor desc, r.customer_id, r.company_id limit ${BALANCED_AT_ONCE_MAX}::int`,
    { plan: 'fresh' },
  );
}

/** What members have and did: listed accounts, calls and accounts finished today, and money of the month in one currency. */
export type Work = {
  readonly userId: string;
  readonly accounts: number;
  readonly callsToday: number;
  readonly doneToday: number;
  readonly promised: bigint;
  readonly collected: bigint;
};

/**
 * The work of members. Promised: what they took in the month and nobody took back or replaced. Collected: money received in
 * the month from customers that are theirs and did not come back. Each in the currency of their target.
 */
export async function findWork(
  tx: Tx,
  people: readonly { readonly userId: string; readonly currency: string }[],
  today: PlainDate,
): Promise<readonly Work[]> {
  const month = today.with({ day: 1 });
  const all = (key: 'userId' | 'currency') => arrayLiteral(people.map((one) => one[key]));
  return tx.run(
    sql<Work>`
      with owner as (select * from ${currentOwner(tx)} o)
      select m.user_id as "userId",
        (select count(*)::int from worklist_row r where r.tenant_id = ${tx.tenantId} and r.owner_id = m.user_id) as accounts,
        (select count(*)::int from call c where c.tenant_id = ${tx.tenantId} and c.recorded_by = 'user:' || m.user_id
          and c.called_on = ${today}::date and not exists (select from call_correction k
            where k.tenant_id = c.tenant_id and k.call_id = c.id)) as "callsToday",
        (select count(distinct (d.company_id, d.customer_id))::int from worklist_done d where d.tenant_id = ${tx.tenantId}
          and d.done_by = 'user:' || m.user_id and d.done_on = ${today}::date) as "doneToday",
        (select coalesce(sum(i.amount_minor), 0)::bigint from promise p
          join promise_part i on i.tenant_id = p.tenant_id and i.promise_id = p.id
          where p.tenant_id = ${tx.tenantId} and p.taken_by = 'user:' || m.user_id and p.currency = m.currency
            and p.promised_on between ${month}::date and ${today}::date
            and not exists (select from promise_end e where e.tenant_id = p.tenant_id and e.promise_id = p.id)) as promised,
        (select coalesce(sum(y.amount_minor), 0)::bigint from payment y
          join owner o on o.company_id = y.company_id and o.customer_id = y.customer_id
          where y.tenant_id = ${tx.tenantId} and o.user_id = m.user_id and y.direction = 'received' and y.returned_on is null
            and y.currency = m.currency and y.received_on between ${month}::date and ${today}::date) as collected
      from unnest(${all('userId')}::text[], ${all('currency')}::text[]) as m(user_id, currency)`,
    { plan: 'fresh' },
  );
}
