// SQL that looks for write-offs whose tax relief and recoveries are not as the books say.

import { sql } from 'kysely';
import type { Rule } from './store-proof-ledger.ts';

export const WRITE_OFF_RULES: readonly Rule[] = [
  {
    rule: 'tax_relief_is_booked',
    says: 'Tax relief of a write-off is what its own account says, never below nothing, never more than was written off, and none stands of what was undone.',
    counts: 'tax_relief',
    offenders: (tx) => sql`
      select w.id as write_off_id, w.number, w.amount_minor, coalesce(r.minor, 0) as relief_minor,
        coalesce(e.minor, 0) as booked_minor, u.undone_on
      from write_off w
      left join (select write_off_id, sum(tax_minor) as minor, sum(functional_minor) as functional
        from tax_relief where tenant_id = ${tx.tenantId} group by write_off_id) as r on r.write_off_id = w.id
      left join (select e.document_id, sum(l.amount_minor) as minor, sum(l.functional_minor) as functional
        from journal_entry e join journal_line l on l.tenant_id = ${tx.tenantId} and l.entry_id = e.id and l.account = 'tax-relief'
        where e.tenant_id = ${tx.tenantId} group by e.document_id) as e on e.document_id = w.id
      left join write_off_undo u on u.tenant_id = ${tx.tenantId} and u.write_off_id = w.id
      where w.tenant_id = ${tx.tenantId} and (coalesce(r.minor, 0) <> coalesce(e.minor, 0)
        or coalesce(r.functional, 0) <> coalesce(e.functional, 0)
        or coalesce(r.minor, 0) not between 0 and w.amount_minor or u.undone_on is not null and r.minor <> 0)`,
  },
  {
    rule: 'recovery_is_booked',
    says: 'A recovery has an item over its amount of which nothing is open, and is booked as recovered less what was undone.',
    counts: 'recovery',
    offenders: (tx) => sql`
      select r.id as recovery_id, r.amount_minor, i.amount_minor as item_minor, i.open_minor,
        e.minor as booked_minor, u.minor as undone_minor
      from recovery r
      left join open_item i on i.tenant_id = ${tx.tenantId} and i.id = r.recovery_item_id and i.kind = 'recovery'
      left join (select recovery_id, sum(amount_minor) as minor, sum(functional_minor) as functional
        from recovery_undo where tenant_id = ${tx.tenantId} group by recovery_id) as u on u.recovery_id = r.id
      left join (select e.document_id, -sum(l.amount_minor) as minor, -sum(l.functional_minor) as functional
        from journal_entry e join journal_line l on l.tenant_id = ${tx.tenantId} and l.entry_id = e.id
          and l.account = 'bad-debt-recovered'
        where e.tenant_id = ${tx.tenantId} group by e.document_id) as e on e.document_id = r.id
      where r.tenant_id = ${tx.tenantId} and (i.amount_minor is distinct from r.amount_minor or i.open_minor <> 0
        or i.functional_minor is distinct from r.functional_minor or i.posted_on <> r.recovered_on
        or coalesce(e.minor, 0) <> r.amount_minor - coalesce(u.minor, 0)
        or coalesce(e.functional, 0) <> r.functional_minor - coalesce(u.functional, 0))`,
  },
  {
    rule: 'recovered_was_written_off',
    says: 'Of an item no more is recovered than was written off of it, and of a write-off that was undone nothing is.',
    counts: 'recovery',
    offenders: (tx) => sql`
      with standing as (
        select r.write_off_id, r.item_id, sum(r.amount_minor - coalesce((select sum(u.amount_minor) from recovery_undo u
          where u.tenant_id = ${tx.tenantId} and u.recovery_id = r.id), 0)) as minor
        from recovery r where r.tenant_id = ${tx.tenantId} group by r.write_off_id, r.item_id),
      written as (
        select c.document_id, a.debit_item_id, sum(a.amount_minor) as minor
        from application a join open_item c on c.tenant_id = ${tx.tenantId} and c.id = a.credit_item_id and c.kind = 'write_off'
        where a.tenant_id = ${tx.tenantId} and a.method = 'write_off' group by c.document_id, a.debit_item_id)
      select s.write_off_id, s.item_id, s.minor as recovered_minor, w.minor as written_off_minor
      from standing s
      left join written w on w.document_id = s.write_off_id and w.debit_item_id = s.item_id
      where s.minor > coalesce(w.minor, 0) or s.minor < 0`,
  },
];
