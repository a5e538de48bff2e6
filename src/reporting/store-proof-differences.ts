// SQL that looks for what must not be there in money that goes back, is dropped or written off: refunds that do not fit their
// payments, and differences that do not fit their applications.

import { sql } from 'kysely';
import type { Rule } from './store-proof-ledger.ts';

export const DIFFERENCE_RULES: readonly Rule[] = [
  {
    rule: 'refund_fits_its_payment',
    says: 'A refund that was paid has a payment that went to its customer, of its company, currency and amount; its file holds it.',
    counts: 'refund',
    offenders: (tx) => sql`
      select f.id as refund_id, f.amount_minor, p.number, p.direction, p.amount_minor as paid_minor
      from refund f
      join refund_end e on e.tenant_id = ${tx.tenantId} and e.refund_id = f.id
      left join payment p on p.tenant_id = ${tx.tenantId} and p.id = e.payment_id
      left join refund_file o on o.tenant_id = ${tx.tenantId} and o.id = e.file_id
      where f.tenant_id = ${tx.tenantId} and e.withdrawn_reason is null
        and (p.id is null or p.direction <> 'refunded' or p.customer_id <> f.customer_id or p.company_id <> f.company_id
          or p.currency <> f.currency or p.amount_minor <> f.amount_minor
          or e.file_id is not null and (o.id is null or o.company_id <> f.company_id or o.currency <> f.currency))`,
  },
  {
    rule: 'refund_file_adds_up',
    says: 'A file for the bank orders as many refunds, and as much, as it says.',
    counts: 'refund_file',
    offenders: (tx) => sql`
      select o.id as file_id, o.message_id, o.total_minor, t.minor as refunds_minor, o.refunds, t.n as refunds_found
      from refund_file o
      left join (select e.file_id, sum(f.amount_minor) as minor, count(*) as n from refund_end e
        join refund f on f.tenant_id = ${tx.tenantId} and f.id = e.refund_id
        where e.tenant_id = ${tx.tenantId} and e.file_id is not null group by e.file_id) as t on t.file_id = o.id
      where o.tenant_id = ${tx.tenantId}
        and (t.minor is distinct from o.total_minor or t.n is distinct from o.refunds)`,
  },
  {
    rule: 'difference_fits_its_application',
    says: 'What was dropped of an item by a right that is kept is the difference of its application, in its currency.',
    counts: 'dropped_difference',
    offenders: (tx) => sql`
      select d.application_id, d.difference_minor, a.difference_minor as applied_minor from dropped_difference d
      left join application a on a.tenant_id = ${tx.tenantId} and a.id = d.application_id
      where d.tenant_id = ${tx.tenantId} and (a.id is null or a.difference_minor <> d.difference_minor
        or a.difference_kind <> d.kind
        or a.debit_item_id <> d.item_id or a.currency <> d.currency)`,
  },
  {
    rule: 'consented_is_allowed',
    says: 'What was applied by consent is of the customer who gave it, and the consent stood when it was applied.',
    counts: 'application',
    offenders: (tx) => sql`
      select x.application_id, c.id as consent_id, c.is_given, i.customer_id from consented_application x
      left join credit_consent c on c.tenant_id = ${tx.tenantId} and c.id = x.consent_id
      left join application a on a.tenant_id = ${tx.tenantId} and a.id = x.application_id
      left join open_item i on i.tenant_id = ${tx.tenantId} and i.id = a.debit_item_id
      where x.tenant_id = ${tx.tenantId} and (c.id is null or i.id is null or i.customer_id <> c.customer_id
        or not c.is_given or c.recorded_at > x.recorded_at
        or exists (select from credit_consent o where o.tenant_id = ${tx.tenantId} and o.customer_id = c.customer_id
          and not o.is_given and o.recorded_at > c.recorded_at and o.recorded_at < x.recorded_at))`,
  },
  {
    rule: 'difference_is_posted',
    says: 'What an entry books to small differences, bank charges, fees of agencies and input tax is what its applications hold of each.',
    counts: 'application',
    offenders: (tx) => sql`
      select e.id as entry_id, a.currency, a.small, a.charged, a.kept, a.tax, l.small as posted_small,
        l.charged as posted_charged, l.kept as posted_kept, l.tax as posted_tax
      from journal_entry e
      join (select entry_id, currency, sum(difference_minor) filter (where difference_kind = 'small_balance') as small,
          sum(difference_minor) filter (where difference_kind = 'bank_charge') as charged,
          sum(difference_minor - difference_tax_minor) filter (where difference_kind = 'agency_fee') as kept,
          sum(difference_tax_minor) as tax
        from application where tenant_id = ${tx.tenantId} group by entry_id, currency) as a on a.entry_id = e.id
      left join (select entry_id, currency, sum(amount_minor) filter (where account = 'small-differences') as small,
          sum(amount_minor) filter (where account = 'bank-charges') as charged,
          sum(amount_minor) filter (where account = 'collection-costs') as kept,
          sum(amount_minor) filter (where account = 'input-tax') as tax
        from journal_line where tenant_id = ${tx.tenantId}
          and account in ('small-differences', 'bank-charges', 'collection-costs', 'input-tax')
        group by entry_id, currency) as l on l.entry_id = a.entry_id and l.currency = a.currency
      where e.tenant_id = ${tx.tenantId} and e.kind in ('application', 'unapplication')
        and (coalesce(a.small, 0) <> coalesce(l.small, 0) or coalesce(a.charged, 0) <> coalesce(l.charged, 0)
          or coalesce(a.kept, 0) <> coalesce(l.kept, 0) or coalesce(a.tax, 0) <> coalesce(l.tax, 0))`,
  },
];
