// SQL that looks for what must not be there of money that one company received for another: each handing over stands in the books
// of both alike, nothing else is on these accounts, and nothing of it waits.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { Rule } from './store-proof-ledger.ts';

/** Lines on the accounts of companies with each other, with the handing over that each is of, if it is of one. */
function dueLines(tx: Tx): RawBuilder<unknown> {
  return sql`
    select l.entry_id, l.line_no, l.company_id, l.account, l.currency, l.amount_minor, l.functional_minor,
      coalesce(f.id, t.id) as handover_id, coalesce(f.from_company_id, t.from_company_id) as from_company_id,
      coalesce(f.to_company_id, t.to_company_id) as to_company_id
    from journal_line l
    left join company_handover f on f.tenant_id = ${tx.tenantId} and f.from_entry_id = l.entry_id
      and l.account = 'due-to-companies'
    left join company_handover t on t.tenant_id = ${tx.tenantId} and t.to_entry_id = l.entry_id
      and l.account = 'due-from-companies'
    where l.tenant_id = ${tx.tenantId} and l.account in ('due-to-companies', 'due-from-companies')`;
}

export const HANDOVER_RULES: readonly Rule[] = [
  {
    rule: 'companies_owe_each_other_the_same',
    says: 'What one company owes another for money it received is what that one has due from it, by pair and currency.',
    counts: 'company_handover',
    offenders: (tx) => sql`
      select from_company_id, to_company_id, currency,
        sum(amount_minor) filter (where account = 'due-to-companies') as due_to,
        sum(amount_minor) filter (where account = 'due-from-companies') as due_from
      from (${dueLines(tx)}) as lines
      group by 1, 2, 3 having sum(amount_minor) <> 0`,
  },
  {
    rule: 'due_line_has_its_handover',
    says: 'A line on what companies owe each other is of a handing over, in the company and of the amount of it.',
    counts: 'journal_line',
    offenders: (tx) => sql`
      select l.entry_id, l.line_no, l.account, l.amount_minor, h.amount_minor as handover_minor
      from (${dueLines(tx)}) as l
      left join company_handover h on h.tenant_id = ${tx.tenantId} and h.id = l.handover_id
      where h.id is null or l.currency <> h.currency or (l.company_id, l.amount_minor, l.functional_minor) is distinct from
        case l.account when 'due-to-companies' then (h.from_company_id, -h.amount_minor, -h.from_functional_minor)
          else (h.to_company_id, h.amount_minor, h.to_functional_minor) end`,
  },
  {
    rule: 'handover_has_its_entries',
    says: 'Every handing over has one entry in either company, of its day, moment and payment, with one line of what is owed.',
    counts: 'company_handover',
    offenders: (tx) => sql`
      select h.id as handover_id, e.id as entry_id, e.company_id, e.posted_on, h.handed_on, n.lines
      from company_handover h
      cross join lateral (values (h.from_entry_id, h.from_company_id), (h.to_entry_id, h.to_company_id))
        as side (entry_id, company_id)
      left join journal_entry e on e.tenant_id = ${tx.tenantId} and e.id = side.entry_id
      left join (select entry_id, count(*) as lines from (${dueLines(tx)}) as lines group by 1) as n on n.entry_id = side.entry_id
      where h.tenant_id = ${tx.tenantId} and (n.lines is distinct from 1
        or (e.company_id, e.posted_on, e.recorded_at, e.document_id, e.kind)
          is distinct from (side.company_id, h.handed_on, h.recorded_at, h.payment_id, 'handover'))`,
  },
  {
    rule: 'handover_has_its_items',
    says: 'Every handing over has one item in either company, of its payment and amount, and every such item its handing over.',
    counts: 'company_handover',
    offenders: (tx) => sql`
      select i.id as item_id, i.company_id, i.amount_minor, h.id as handover_id, h.amount_minor as handover_minor
      from (select * from open_item where tenant_id = ${tx.tenantId} and kind = 'handover') as i
      full join (select h.*, side.* from company_handover h
        cross join lateral (values
          (h.from_item_id, h.from_company_id, h.amount_minor, h.from_functional_minor, null::uuid),
          (h.to_item_id, h.to_company_id, -h.amount_minor, -h.to_functional_minor, h.customer_id))
          as side (item_id, company_id, minor, functional, owner_id)
        where h.tenant_id = ${tx.tenantId}) as h on h.item_id = i.id
      where i.id is null or h.id is null
        or (i.document_id, i.company_id, i.currency, i.amount_minor, i.functional_minor, i.posted_on, i.recorded_at, i.account)
          is distinct from (h.payment_id, h.company_id, h.currency, h.minor, h.functional, h.handed_on, h.recorded_at, 'unapplied-cash')
        or (h.owner_id is not null and i.customer_id is distinct from h.owner_id)`,
  },
  {
    rule: 'handover_reversal',
    says: 'What came back from another company is what went there, with the signs changed, of the same payment and not before it.',
    counts: 'company_handover',
    offenders: (tx) => sql`
      select r.id as handover_id, r.reverses_id, r.amount_minor, h.amount_minor as reversed_minor from company_handover r
      left join company_handover h on h.tenant_id = ${tx.tenantId} and h.id = r.reverses_id
      where r.tenant_id = ${tx.tenantId} and r.reverses_id is not null and (h.id is null or h.reverses_id is not null
        or h.handed_on > r.handed_on or h.recorded_at > r.recorded_at
        or (r.payment_id, r.from_company_id, r.to_company_id, r.customer_id, r.currency, r.amount_minor, r.from_functional_minor,
            r.to_functional_minor)
          is distinct from (h.payment_id, h.from_company_id, h.to_company_id, h.customer_id, h.currency, -h.amount_minor,
            -h.from_functional_minor, -h.to_functional_minor))`,
  },
  {
    rule: 'handed_over_is_applied',
    says: 'All that was handed over to another company is applied there or came back, from the company of its payment.',
    counts: 'company_handover',
    offenders: (tx) => sql`
      select h.id as handover_id, h.payment_id, i.open_minor, p.company_id, h.from_company_id from company_handover h
      left join open_item i on i.tenant_id = ${tx.tenantId} and i.id = h.to_item_id
      left join payment p on p.tenant_id = ${tx.tenantId} and p.id = h.payment_id
      where h.tenant_id = ${tx.tenantId} and (i.open_minor is distinct from 0 or p.company_id is distinct from h.from_company_id
        or p.currency <> h.currency or p.direction <> 'received')
      union all
      select h.id, h.payment_id, null, null, h.from_company_id from company_handover h
      join payment p on p.tenant_id = ${tx.tenantId} and p.id = h.payment_id and p.returned_on is not null
      where h.tenant_id = ${tx.tenantId} and h.reverses_id is null
        and not exists (select from company_handover r where r.tenant_id = ${tx.tenantId} and r.reverses_id = h.id)`,
  },
];
