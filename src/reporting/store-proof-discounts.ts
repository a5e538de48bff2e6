// SQL that looks for what must not be there in discounts for paying early: rights that do not fit their item, and discounts
// whose tax or posting does not fit.

import { sql } from 'kysely';
import type { Rule } from './store-proof-ledger.ts';

export const DISCOUNT_RULES: readonly Rule[] = [
  {
    rule: 'discount_right_fits_item',
    says: 'Every right to a discount is on a debit, in its currency, and its discount and payment make up the item.',
    counts: 'item_discount',
    offenders: (tx) => sql`
      select d.id as right_id, d.item_id, i.reference, i.amount_minor, d.discount_minor, d.pay_minor from item_discount d
      left join open_item i on i.tenant_id = ${tx.tenantId} and i.id = d.item_id
      where d.tenant_id = ${tx.tenantId} and (i.id is null or i.amount_minor <= 0 or i.currency <> d.currency
        or d.discount_minor + d.pay_minor <> i.amount_minor)`,
  },
  {
    rule: 'discount_taxes_add_up',
    says: 'Where a discount lowers taxes, its prices and taxes by rate sum to it.',
    counts: 'application',
    offenders: (tx) => sql`
      select a.id as application_id, a.discount_minor, a.discount_tax_minor, t.net, t.tax from application a
      left join lateral (select sum((r ->> 'net')::bigint) as net, sum((r ->> 'tax')::bigint) as tax
        from jsonb_array_elements(a.discount_taxes) as r) as t on true
      where a.tenant_id = ${tx.tenantId} and (a.discount_taxes is null and a.discount_tax_minor <> 0
        or a.discount_taxes is not null and (t.tax <> a.discount_tax_minor or t.net + t.tax <> a.discount_minor))`,
  },
  {
    rule: 'discount_is_posted',
    says: 'What an entry gives as discounts, and the tax in them, is what its applications say.',
    counts: 'application',
    offenders: (tx) => sql`
      select a.entry_id, a.currency, a.net, a.tax, l.net as posted_net, l.tax as posted_tax from (
        select entry_id, currency, sum(discount_minor - discount_tax_minor) as net, sum(discount_tax_minor) as tax
        from application where tenant_id = ${tx.tenantId} group by entry_id, currency) as a
      left join (
        select entry_id, currency, sum(amount_minor) filter (where account = 'discounts') as net,
          sum(amount_minor) filter (where account = 'tax') as tax
        from journal_line where tenant_id = ${tx.tenantId} and account in ('discounts', 'tax') group by entry_id, currency) as l
        on l.entry_id = a.entry_id and l.currency = a.currency
      where a.net <> coalesce(l.net, 0) or a.tax <> coalesce(l.tax, 0)`,
  },
  {
    rule: 'discount_reversal_fits',
    says: 'What a credit note takes back of a discount lies within it, its prices and taxes sum to it, and its entry books it.',
    counts: 'discount_reversal',
    offenders: (tx) => sql`
      select r.credit_note_id, v.number, r.discount_minor, r.tax_minor, t.tax as taxes_minor, l.net as posted_net
      from discount_reversal r
      left join invoice v on v.tenant_id = ${tx.tenantId} and v.id = r.credit_note_id
      left join lateral (select sum((x ->> 'net')::bigint) as net, sum((x ->> 'tax')::bigint) as tax
        from jsonb_array_elements(r.taxes) as x) as t on true
      left join journal_entry e on e.tenant_id = ${tx.tenantId} and e.document_id = r.credit_note_id and e.kind = 'credit_note'
      left join lateral (select sum(amount_minor) filter (where account = 'discounts') as net,
          sum(amount_minor) filter (where account = 'tax') as tax
        from journal_line where tenant_id = ${tx.tenantId} and entry_id = e.id) as l on true
      where r.tenant_id = ${tx.tenantId} and (v.id is null or v.corrects_id is null or v.currency <> r.currency
        or coalesce(t.tax, 0) <> r.tax_minor or t.net + t.tax > r.discount_minor
        or coalesce(l.net, 0) <> r.tax_minor - r.discount_minor or coalesce(l.tax, 0) <> v.tax_minor - r.tax_minor)`,
  },
  {
    rule: 'discount_reversed_was_granted',
    says: 'Credit notes that stand take back no more of the discounts on an invoice than are granted on it.',
    counts: 'discount_reversal',
    offenders: (tx) => sql`
      select v.corrects_id as invoice_id, sum(r.discount_minor) as reversed_minor, g.minor as granted_minor
      from discount_reversal r
      join invoice v on v.tenant_id = ${tx.tenantId} and v.id = r.credit_note_id and v.voided_on is null
      left join lateral (select sum(a.discount_minor) as minor from application a
        join open_item i on i.tenant_id = ${tx.tenantId} and i.id = a.debit_item_id and i.document_id = v.corrects_id
        where a.tenant_id = ${tx.tenantId}) as g on true
      where r.tenant_id = ${tx.tenantId} group by v.corrects_id, g.minor having sum(r.discount_minor) > coalesce(g.minor, 0)`,
  },
  {
    rule: 'late_discount_fits',
    says: 'Every discount taken late names an application of its payment to its item, after the last day.',
    counts: 'late_discount',
    offenders: (tx) => sql`
      select l.application_id, l.item_id, l.payment_id, l.until_on, l.paid_on, p.received_on from late_discount l
      left join application a on a.tenant_id = ${tx.tenantId} and a.id = l.application_id
      left join open_item c on c.tenant_id = ${tx.tenantId} and c.id = a.credit_item_id
      left join payment p on p.tenant_id = ${tx.tenantId} and p.id = l.payment_id
      where l.tenant_id = ${tx.tenantId} and (a.id is null or a.debit_item_id <> l.item_id or a.currency <> l.currency
        or c.document_id is distinct from l.payment_id or p.received_on <> l.paid_on)`,
  },
];
