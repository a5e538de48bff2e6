// SQL of credit that refunds were granted from. Refunds are written by their own module; here they are only read, since whatever
// uses credit stands before them.

import { type RawBuilder, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { GrantedCredit } from './granted-credit.ts';

/** Locks the refunds of customers that are neither paid nor withdrawn, or whose credit was freed again; whether there are any. */
export async function lockGrants(act: Act, customerIds: readonly CustomerId[]): Promise<boolean> {
  const rows = await act.run(
    sql`select f.id from refund f
      where f.tenant_id = ${act.tenantId} and f.customer_id = any(${arrayLiteral(customerIds)}::uuid[])
        and not exists (select from refund_end e where e.tenant_id = f.tenant_id and e.refund_id = f.id
          and (e.payment_id is null or not exists (select from open_item i
            where i.tenant_id = e.tenant_id and i.document_id = e.payment_id and i.kind = 'refund' and i.open_minor > 0)))
      order by f.id for no key update of f`,
    { plan: 'fresh' },
  );
  return rows.length > 0;
}

/**
 * Where customers have refunds that speak for their credit: all credit, and what is spoken for – granted and not paid yet, or
 * paid and freed of the credit it was taken from.
 */
export async function findGrantedCredit(
  act: Act,
  customerIds: readonly CustomerId[],
): Promise<readonly GrantedCredit[]> {
  return act.run(
    sql<GrantedCredit>`
    select g.company_id as "companyId", g.customer_id as "customerId", g.currency, g.minor as "grantedMinor",
      coalesce((select -sum(i.open_minor) from open_item i
        where i.tenant_id = ${act.tenantId} and i.company_id = g.company_id and i.customer_id = g.customer_id
          and i.currency = g.currency and i.open_minor < 0), 0)::bigint as "creditMinor"
    from ${grantedIn(act, sql`and f.customer_id = any(${arrayLiteral(customerIds)}::uuid[])`)} g where g.minor > 0`,
    { plan: 'fresh' },
  );
}

/** What refunds speak for, by company, customer and currency: granted and not paid yet, or paid and freed of the credit they took. */
function grantedIn(tx: Tx, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
      select f.company_id, f.customer_id, f.currency,
        sum(case when e.refund_id is null then f.amount_minor else coalesce(freed.minor, 0) end)::bigint as minor
      from refund f
      left join refund_end e on e.tenant_id = f.tenant_id and e.refund_id = f.id
      left join lateral (select sum(i.open_minor) as minor from open_item i where i.tenant_id = e.tenant_id
        and i.document_id = e.payment_id and i.kind = 'refund' and i.open_minor > 0) freed on true
      where f.tenant_id = ${tx.tenantId} ${which}
      group by f.company_id, f.customer_id, f.currency
    )`;
}

/**
 * How much of each document's credit refunds speak for, as a table: `document_id`, `minor` (above zero). They take the oldest credit
 * first, as they will when they are paid. `which` narrows the refunds `f`, by customer.
 */
export function spokenForNow(tx: Tx, which: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
  return sql`(
      select o.document_id, sum(least(o.minor, o.granted - o.older))::bigint as minor
      from (
        select i.document_id, -i.open_minor as minor, g.minor as granted,
          coalesce(sum(-i.open_minor) over (partition by i.company_id, i.customer_id, i.currency order by i.posted_on, i.id
            rows between unbounded preceding and 1 preceding), 0) as older
        from ${grantedIn(tx, which)} g
        join open_item i on i.tenant_id = ${tx.tenantId} and i.company_id = g.company_id and i.customer_id = g.customer_id
          and i.currency = g.currency and i.open_minor < 0
        where g.minor > 0
      ) o where o.granted > o.older group by o.document_id
    )`;
}

/** How much of the credit of some documents refunds speak for, in minor units; those that none speaks for are left out. */
export async function findSpokenFor(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  if (documentIds.length === 0) return new Map();
  const ids = sql`${arrayLiteral(documentIds)}::uuid[]`;
  const ofThem = sql`and f.customer_id in (select o.customer_id from open_item o
    where o.tenant_id = ${tx.tenantId} and o.document_id = any(${ids}) and o.open_minor < 0)`;
  const rows = await tx.run(
    sql<{
      document_id: string;
      minor: bigint;
    }>`select s.document_id, s.minor from ${spokenForNow(tx, ofThem)} s
      where s.document_id = any(${ids})`,
    { plan: 'fresh' },
  );
  return new Map(rows.map((row) => [row.document_id, row.minor]));
}
