// SQL of the report on duties: who holds which role, and events of both sides of a pair by the same person.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { isRole } from '#identity/permission.ts';
import type { Instant } from '#kernel/calendar.ts';
import { PEOPLE_LOOKED_AT_MAX } from '#kernel/limits.ts';
import type { DutyPair, Holder } from './duties.ts';

/** Members, and keys that can be used on a day, by name. */
export async function findHolders(tx: Tx, now: Instant): Promise<readonly Holder[]> {
  const rows = await tx.run(sql<{ kind: Holder['kind']; id: string; name: string; role: string }>`
    select 'member' as kind, m.user_id::text as id, u."name" as name, m.role
    from member m join auth."user" u on u."id" = m.user_id::uuid
    where m.tenant_id = ${tx.tenantId} and m.removed_at is null
    union all
    select 'api_key', k.id::text, k.name, k.role from api_key k
    where k.tenant_id = ${tx.tenantId} and k.revoked_at is null and coalesce(k.expires_at > ${now}, true)
    order by 1 desc, 3, 2 limit ${2 * PEOPLE_LOOKED_AT_MAX}`);
  return rows.flatMap(({ role, ...row }) => (isRole(role) ? [{ ...row, role }] : []));
}

/** Kinds of decisions for which somebody set rules under which nobody decides alone above some amount. */
export async function findGuardedKinds(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.run(sql<{ kind: string }>`
    select p.kind from approval_policy p where p.tenant_id = ${tx.tenantId}
      and p.version = (select max(l.version) from approval_policy l
        where l.tenant_id = p.tenant_id and l.kind = p.kind)
      and exists (select from jsonb_array_elements(p.rules -> 'bands') as band
        where jsonb_array_length(band -> 'alone') = 0)`);
  return new Set(rows.map((row) => row.kind.split('.')[0] ?? row.kind));
}

/** The same person on both sides of a pair, with the two things they did. */
export type ConflictRow = {
  readonly person: string;
  readonly customer_id: string | null;
  readonly one_type: string;
  readonly one_subject: string;
  readonly one_at: Instant;
  readonly other_type: string;
  readonly other_subject: string;
  readonly other_at: Instant;
};

/**
 * What one person, by themselves or by keys they made, did on both sides of a pair within some days of each other, the latest
 * first. Each deed of the other side is told once, with the nearest of the one.
 */
export async function findConflicts(
  tx: Tx,
  pair: DutyPair,
  within: { readonly since: Instant; readonly apartDays: number; readonly limit: number },
): Promise<readonly ConflictRow[]> {
  const apart = sql`make_interval(days => ${within.apartDays})`;
  const deeds = (side: DutyPair['one']) => sql`
    select e.type, e.subject_id, e.customer_id, e.recorded_at,
      case when k.id is null then e.actor else k.created_by end as person
    from event e left join api_key k on k.tenant_id = e.tenant_id and e.actor = 'api_key:' || k.id
    where e.tenant_id = ${tx.tenantId} and e.id >= ${firstIdOf(within.since)} and e.recorded_at >= ${within.since}
      and e.type = any(${arrayLiteral(side.events)}::text[])`;
  return tx.run(
    sql<ConflictRow>`
      with one as materialized (${deeds(pair.one)}), other as materialized (${deeds(pair.other)}), found as (
        select distinct on (b.subject_id, b.type, b.recorded_at)
          b.person, b.customer_id, a.type as one_type, a.subject_id as one_subject, a.recorded_at as one_at,
          b.type as other_type, b.subject_id as other_subject, b.recorded_at as other_at
        from other b join one a on a.person = b.person
          and (not ${pair.sameCustomer} or a.customer_id = b.customer_id)
          and a.recorded_at between b.recorded_at - ${apart} and b.recorded_at + ${apart}
          and (a.type, a.subject_id, a.recorded_at) is distinct from (b.type, b.subject_id, b.recorded_at)
        where b.person like 'user:%'
        order by b.subject_id, b.type, b.recorded_at, abs(extract(epoch from a.recorded_at - b.recorded_at)))
      select * from found order by other_at desc, other_subject limit ${within.limit}`,
    { plan: 'fresh' },
  );
}

/**
 * The smallest id that something recorded at a moment can have, since ids begin with the time at which they were made
 * (RFC 9562, version 7): so the log is not read from its beginning.
 */
function firstIdOf(moment: Instant): string {
  const time = moment.epochMilliseconds.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
