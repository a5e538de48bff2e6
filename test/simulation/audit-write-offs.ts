// The auditor of write-offs: what came for them after all, and what of the tax goes with it, reckoned from facts and journal alone.

import { sql } from 'kysely';
import type { Check } from './audit-cash.ts';

export const WRITE_OFF_CHECKS: readonly Check[] = [
  {
    says: 'what came for written-off items is booked as recovered, is open nowhere, and is no more than was written off',
    query: (tx) => sql`
      with booked as (
        select e.document_id, -sum(l.amount_minor) as minor from journal_line l
        join journal_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
        where l.tenant_id = ${tx.tenantId} and l.account = 'bad-debt-recovered' group by e.document_id)
      select w.number, sum(b.minor) as recovered, w.amount_minor, sum(i.open_minor) as open from recovery r
      join write_off w on w.tenant_id = r.tenant_id and w.id = r.write_off_id
      join open_item i on i.tenant_id = r.tenant_id and i.id = r.recovery_item_id
      left join booked b on b.document_id = r.id
      where r.tenant_id = ${tx.tenantId} group by w.id, w.number, w.amount_minor
      having sum(b.minor) not between 0 and w.amount_minor or sum(i.open_minor) <> 0
        or sum(b.minor) is distinct from sum(r.amount_minor) - (select coalesce(sum(u.amount_minor), 0) from recovery_undo u
          join recovery x on x.tenant_id = u.tenant_id and x.id = u.recovery_id
          where x.tenant_id = ${tx.tenantId} and x.write_off_id = w.id)`,
  },
  {
    says: 'of a write-off that was taken back nothing is recovered, and no tax relief stands',
    query: (tx) => sql`
      select u.write_off_id, -sum(l.amount_minor) as minor from write_off_undo u
      join recovery r on r.tenant_id = u.tenant_id and r.write_off_id = u.write_off_id
      join journal_entry e on e.tenant_id = u.tenant_id and e.document_id = r.id
      join journal_line l on l.tenant_id = u.tenant_id and l.entry_id = e.id and l.account = 'bad-debt-recovered'
      where u.tenant_id = ${tx.tenantId} group by 1 having sum(l.amount_minor) <> 0
      union all
      select u.write_off_id, sum(l.amount_minor) from write_off_undo u
      join journal_entry e on e.tenant_id = u.tenant_id and e.document_id = u.write_off_id
      join journal_line l on l.tenant_id = u.tenant_id and l.entry_id = e.id and l.account = 'tax-relief'
      where u.tenant_id = ${tx.tenantId} group by 1 having sum(l.amount_minor) <> 0`,
  },
  {
    says: 'of relief that was claimed so much stands as the part still lost is of what was written off',
    query: (tx) => sql`
      with lost as (
        select c.document_id as write_off_id, a.debit_item_id as item_id, sum(a.amount_minor) as minor from application a
        join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id and c.kind = 'write_off'
        where a.tenant_id = ${tx.tenantId} and a.method = 'write_off' and a.reverses_id is null group by 1, 2),
      came as (
        select r.write_off_id, r.item_id, sum(r.amount_minor - coalesce((select sum(u.amount_minor) from recovery_undo u
          where u.tenant_id = r.tenant_id and u.recovery_id = r.id), 0)) as minor
        from recovery r where r.tenant_id = ${tx.tenantId} group by 1, 2),
      relief as (
        select write_off_id, item_id, sum(tax_minor) as stands, sum(tax_minor) filter (where why = 'claimed') as claimed
        from tax_relief where tenant_id = ${tx.tenantId} group by 1, 2)
      select t.* , l.minor as lost, c.minor as came from relief t
      join lost l on l.write_off_id = t.write_off_id and l.item_id = t.item_id
      left join came c on c.write_off_id = t.write_off_id and c.item_id = t.item_id
      where not exists (select from write_off_undo u where u.tenant_id = ${tx.tenantId} and u.write_off_id = t.write_off_id)
        and abs(t.stands - t.claimed * (l.minor - coalesce(c.minor, 0)) / l.minor) > 0.5`,
  },
  {
    says: 'a run wrote off of each item exactly what was looked at, as what it said, and none waits in one that has ended',
    query: (tx) => sql`
      select i.run_id, i.item_id, i.outcome, r.state, i.amount_minor, w.amount_minor as written from write_off_run_item i
      join write_off_run r on r.tenant_id = i.tenant_id and r.id = i.run_id
      left join write_off w on w.tenant_id = i.tenant_id and w.id = i.write_off_id
      left join open_item o on o.tenant_id = i.tenant_id and o.document_id = w.id and o.kind = 'write_off'
      left join application a on a.tenant_id = o.tenant_id and a.credit_item_id = o.id and a.method = 'write_off'
        and a.reverses_id is null
      where i.tenant_id = ${tx.tenantId} and (i.outcome = 'waiting' and r.state <> 'running'
        or i.outcome = 'written_off' and (w.amount_minor, w.currency, w.kind, a.debit_item_id)
          is distinct from (i.amount_minor, i.currency, r.kind, i.item_id))`,
  },
  {
    says: 'of a run that was taken back a write-off stands only with the reason',
    query: (tx) => sql`
      select i.run_id, i.write_off_id from write_off_run_item i
      join write_off_run r on r.tenant_id = i.tenant_id and r.id = i.run_id and r.state = 'undone'
      where i.tenant_id = ${tx.tenantId} and i.outcome = 'written_off' and i.undo_obstacle is null
        and not exists (select from write_off_undo u where u.tenant_id = i.tenant_id and u.write_off_id = i.write_off_id)`,
  },
  {
    says: 'what was let go with a payment goes when it is taken back, unless money came for it',
    query: (tx) => sql`
      select w.write_off_id, w.payment_id from applied_write_off w
      join applied_write_off_item i on i.tenant_id = w.tenant_id and i.write_off_id = w.write_off_id
      join application b on b.tenant_id = i.tenant_id and b.reverses_id = i.application_id
      where w.tenant_id = ${tx.tenantId}
        and not exists (select from write_off_undo u where u.tenant_id = w.tenant_id and u.write_off_id = w.write_off_id)
        and not exists (select from recovery r where r.tenant_id = w.tenant_id and r.write_off_id = w.write_off_id)`,
  },
];
