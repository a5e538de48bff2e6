// The auditor of money between companies, apart from the proof: what each owes the other by the journal alone, and that nothing
// of a receipt lies with a company that did not receive it.

import { sql } from 'kysely';
import type { Check } from './audit-cash.ts';

type Row = Readonly<Record<string, unknown>>;

/** What must hold of money that one company received for another. */
export const HANDOVER_CHECKS: readonly Check[] = [
  {
    says: 'by currency companies owe each other what they have due from each other, on any day',
    query: (tx) => sql<Row>`select posted_on::text, currency, sum(amount_minor) as over from journal_line
      where tenant_id = ${tx.tenantId} and account in ('due-to-companies', 'due-from-companies')
      group by posted_on, currency having sum(amount_minor) <> 0`,
  },
  {
    says: 'what a company owes another is what stands of the applications there, and pairs agree',
    query: (tx) => sql<Row>`
      with applied as (
        select p.company_id as from_id, c.company_id as to_id, c.currency, sum(a.amount_minor) as minor
        from application a
        join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id and c.account = 'unapplied-cash'
        join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id and d.account = 'receivables'
        join payment p on p.tenant_id = a.tenant_id and p.id = c.document_id and p.company_id <> c.company_id
        where a.tenant_id = ${tx.tenantId} group by 1, 2, 3),
      owed as (
        select h.from_company_id as from_id, h.to_company_id as to_id, h.currency, -sum(l.amount_minor) as minor
        from company_handover h join journal_line l on l.tenant_id = h.tenant_id and l.entry_id = h.from_entry_id
          and l.account = 'due-to-companies'
        where h.tenant_id = ${tx.tenantId} group by 1, 2, 3)
      select from_id::text, to_id::text, currency, coalesce(a.minor, 0) as applied, coalesce(o.minor, 0) as owed
      from applied a full join owed o using (from_id, to_id, currency) where coalesce(a.minor, 0) <> coalesce(o.minor, 0)`,
  },
  {
    says: 'nothing of a receipt is open in a company that did not receive it',
    query: (tx) => sql<Row>`select i.id::text, i.open_minor from open_item i
      join payment p on p.tenant_id = i.tenant_id and p.id = i.document_id
      where i.tenant_id = ${tx.tenantId} and i.company_id <> p.company_id and i.open_minor <> 0`,
  },
  {
    says: 'a receipt that did not come back is all in what is open of it and what was applied, wherever that is',
    query: (tx) => sql<Row>`
      select p.id::text, p.amount_minor, coalesce(o.minor, 0) as open, coalesce(a.minor, 0) as applied from payment p
      left join (select document_id, -sum(open_minor) as minor from open_item
        where tenant_id = ${tx.tenantId} and account = 'unapplied-cash' group by 1) o on o.document_id = p.id
      left join (select c.document_id, sum(a.amount_minor) as minor from application a
        join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id and c.account = 'unapplied-cash'
        where a.tenant_id = ${tx.tenantId} and a.method not in ('transfer', 'handover', 'return') group by 1) a
        on a.document_id = p.id
      where p.tenant_id = ${tx.tenantId} and p.direction = 'received' and p.returned_on is null
        and p.amount_minor <> coalesce(o.minor, 0) + coalesce(a.minor, 0)`,
  },
];
