// SQL of how late customers paid their invoices, without the days on which all that was open was in dispute.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { AccountsOf } from './store-accounts.ts';

/** What was given up or credited of a part `t` of a dispute, with the day. */
const GIVEN_UP = sql`
  select r.released_on as on_day, r.amount_minor as minor from dispute_release r
  where r.tenant_id = t.tenant_id and r.dispute_id = t.dispute_id and r.item_id = t.item_id
  union all
  select a.applied_on, a.amount_minor from dispute_remedy m
  join open_item k on k.tenant_id = m.tenant_id and k.document_id = m.document_id
  join application a on a.tenant_id = k.tenant_id and a.credit_item_id = k.id and a.debit_item_id = t.item_id
  where m.tenant_id = t.tenant_id and m.dispute_id = t.dispute_id and a.amount_minor > 0
    and not exists (select from application u where u.tenant_id = a.tenant_id and u.reverses_id = a.id)`;

/** Parts of disputes of an item `i`, from when to when; without those that the customer was wrong about or that were undone. */
const PARTS = sql`
  select t.tenant_id, t.dispute_id, t.item_id, t.amount_minor, d.opened_on, z.closed_on
  from dispute_item t join dispute d on d.tenant_id = t.tenant_id and d.id = t.dispute_id
  left join dispute_closing z on z.tenant_id = d.tenant_id and z.dispute_id = d.id and z.reopened_at is null
  where t.tenant_id = i.tenant_id and t.item_id = i.id and (z.outcome is null or z.outcome not in ('invalid', 'undone'))`;

/** What settled an item `i`, with the day it counts from: money from when it came, however long it waited to be applied. */
const SETTLED = sql`
  select greatest(coalesce(y.received_on, a.applied_on), i.posted_on) as on_day,
    a.amount_minor + a.discount_minor + a.difference_minor as minor
  from application a
  join open_item k on k.tenant_id = a.tenant_id and k.id = a.credit_item_id
  left join payment y on y.tenant_id = k.tenant_id and y.id = k.document_id
  where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and a.reverses_id is null
    and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)`;

/**
 * Days after an item `i` was due, and before it was `paid`, on which all that was open of it was in dispute. Between the days on
 * which something changed it stays as it was, so that only those are looked at; most items were never in dispute.
 */
const DAYS_WHOLLY_DISPUTED = sql`
  case when not exists (select from dispute_item t where t.tenant_id = i.tenant_id and t.item_id = i.id) then 0 else (
    with part as materialized (${PARTS}), settled as materialized (${SETTLED}),
      given as materialized (select t.dispute_id, t.item_id, g.* from part t cross join lateral (${GIVEN_UP}) g),
      change as (
        select i.due_on as on_day union select opened_on from part union select closed_on from part
        union select on_day from settled union select on_day from given
      ),
      span as (
        select on_day, lead(on_day, 1, paid.on_day) over (order by on_day) as until from change
        where on_day >= i.due_on and on_day < paid.on_day
      )
    select coalesce(sum(s.until - s.on_day), 0)::int from span s
    cross join lateral (
      select coalesce(sum(greatest(0, t.amount_minor - coalesce((
          select sum(g.minor) from given g where g.dispute_id = t.dispute_id and g.on_day <= s.on_day), 0))), 0) as minor
      from part t where t.opened_on <= s.on_day and (t.closed_on is null or t.closed_on > s.on_day)
    ) disputed
    where disputed.minor > 0 and disputed.minor >= i.amount_minor
      - coalesce((select sum(e.minor) from settled e where e.on_day <= s.on_day), 0)
  ) end`;

/**
 * Days late of the newest invoices of customers that were paid by money, the newest first; so many of each customer. It is
 * late by the day the last of the money came, however long it waited to be applied; what came before the invoice paid it on
 * its own day. Days on which all that was open of it was in dispute are not days late, as it bears no interest then, unless the
 * customer was wrong (`invalid`) or the dispute was undone: whoever disputes a part is late with the rest. It is no more in
 * dispute once all that was disputed of it is given up or credited, though nobody closed the dispute.
 */
export async function findPaidDaysLate(
  tx: Tx,
  { companyId, customerIds, on }: AccountsOf,
  limit: number,
): Promise<readonly { readonly customer_id: CustomerId; readonly days_late: number }[]> {
  return tx.run(
    sql<{ customer_id: CustomerId; days_late: number }>`
    select c.id as customer_id, paid.days_late from unnest(${arrayLiteral(customerIds)}::uuid[]) as c(id)
    cross join lateral (
      select i.id, i.posted_on, paid.on_day - i.due_on - ${DAYS_WHOLLY_DISPUTED} as days_late from open_item i
      cross join lateral (
        select max(greatest(coalesce(y.received_on, a.applied_on), i.posted_on)) as on_day from application a
        join open_item k on k.tenant_id = a.tenant_id and k.id = a.credit_item_id and k.kind in ('payment', 'transfer', 'handover')
        left join payment y on y.tenant_id = k.tenant_id and y.id = k.document_id
        where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and a.amount_minor > 0 and a.applied_on <= ${on}
          and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
      ) paid
      where i.tenant_id = ${tx.tenantId} and i.customer_id = c.id and i.company_id = ${companyId} and i.kind = 'invoice'
        and i.open_minor = 0 and i.posted_on <= ${on} and paid.on_day is not null
      order by i.posted_on desc, i.id desc limit ${limit}
    ) paid
    order by c.id, paid.posted_on desc, paid.id desc`,
    { plan: 'fresh' },
  );
}
