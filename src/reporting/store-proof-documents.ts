// SQL that looks for documents without their items and entries, and items and entries without their documents.

import { sql } from 'kysely';
import type { Rule } from './store-proof-ledger.ts';

export const DOCUMENT_RULES: readonly Rule[] = [
  {
    rule: 'invoice_has_its_items',
    says: 'Invoices and credit notes have open items that sum to their totals less a discount taken back, numbered from 1, with their company, customer, currency and days.',
    counts: 'invoice',
    offenders: (tx) => sql`
      select v.id as invoice_id, v.number, v.total_minor, i.minor as items_minor, i.n as items
      from invoice v
      left join (select document_id, kind, count(*) as n, max(instalment) as last, sum(amount_minor) as minor,
          sum(functional_minor) as functional, min(posted_on) as first_on, max(posted_on) as last_on, max(due_on) as due_on,
          count(distinct (company_id, customer_id, currency)) as parties, min(company_id::text) as company_id,
          min(customer_id::text) as customer_id, min(currency) as currency
        from open_item where tenant_id = ${tx.tenantId} and kind in ('invoice', 'credit_note')
        group by document_id, kind) as i on i.document_id = v.id and i.kind = v.kind
      left join discount_reversal d on d.tenant_id = ${tx.tenantId} and d.credit_note_id = v.id
      where v.tenant_id = ${tx.tenantId} and (i.n is null or i.n <> i.last or i.parties <> 1
        or i.minor <> case v.kind when 'invoice' then v.total_minor else coalesce(d.discount_minor, 0) - v.total_minor end
        or i.functional <> case v.kind when 'invoice' then v.functional_minor else coalesce(d.functional_minor, 0) - v.functional_minor end
        or i.first_on <> v.issued_on or i.last_on <> v.issued_on or i.due_on <> v.due_on
        or i.company_id <> v.company_id::text or i.customer_id <> v.customer_id::text or i.currency <> v.currency)`,
  },
  {
    rule: 'invoice_has_one_entry',
    says: 'Invoices and credit notes have one entry, of the day of issue, that moves receivables by their totals less a discount taken back.',
    counts: 'invoice',
    offenders: (tx) => sql`
      select v.id as invoice_id, v.number, v.total_minor, coalesce(e.entries, 0) as entries, e.minor as entry_minor
      from invoice v
      left join (select e.document_id, e.kind, count(distinct e.id) as entries, min(e.posted_on) as posted_on,
          min(e.company_id::text) as company_id, sum(l.amount_minor) as minor, sum(l.functional_minor) as functional
        from journal_entry e
        join journal_line l on l.tenant_id = ${tx.tenantId} and l.entry_id = e.id and l.account = 'receivables'
        where e.tenant_id = ${tx.tenantId} and e.kind in ('invoice', 'credit_note')
        group by e.document_id, e.kind) as e on e.document_id = v.id and e.kind = v.kind
      left join discount_reversal d on d.tenant_id = ${tx.tenantId} and d.credit_note_id = v.id
      where v.tenant_id = ${tx.tenantId} and (e.entries is null or e.entries <> 1 or e.posted_on <> v.issued_on
        or e.company_id <> v.company_id::text
        or e.minor <> case v.kind when 'invoice' then v.total_minor else coalesce(d.discount_minor, 0) - v.total_minor end
        or e.functional <> case v.kind when 'invoice' then v.functional_minor else coalesce(d.functional_minor, 0) - v.functional_minor end)`,
  },
  {
    rule: 'invoice_adds_up',
    says: 'Where an invoice has lines, they sum to its net with the charges and less the allowances of the document, and its tax rows to its tax.',
    counts: 'invoice',
    offenders: (tx) => sql`
      select v.id as invoice_id, v.number, v.net_minor, l.net_minor as lines_minor, v.tax_minor, t.tax_minor as taxes_minor
      from (select invoice_id, sum(net_minor) as net_minor from invoice_line where tenant_id = ${tx.tenantId}
        group by invoice_id) as l
      join invoice v on v.tenant_id = ${tx.tenantId} and v.id = l.invoice_id
      left join (select invoice_id, sum(net_minor) as net_minor, sum(tax_minor) as tax_minor from invoice_tax
        where tenant_id = ${tx.tenantId} group by invoice_id) as t on t.invoice_id = v.id
      left join (select invoice_id, sum(case kind when 'charge' then amount_minor else -amount_minor end) as minor
        from invoice_allowance where tenant_id = ${tx.tenantId} and line_no = 0 group by invoice_id) as a
        on a.invoice_id = v.id
      where l.net_minor + coalesce(a.minor, 0) <> v.net_minor or coalesce(t.tax_minor, 0) <> v.tax_minor or coalesce(t.net_minor, 0) <> v.net_minor`,
  },
  {
    rule: 'void_has_its_items',
    says: 'A voided invoice has counter-items of the day it was voided that take off all of it, and no other invoice has.',
    counts: 'invoice',
    offenders: (tx) => sql`
      select v.id as invoice_id, v.number, v.voided_on, v.total_minor, i.minor as voided_minor, i.first_on as void_posted_on
      from invoice v
      left join (select document_id, sum(amount_minor) as minor, min(posted_on) as first_on, max(posted_on) as last_on
        from open_item where tenant_id = ${tx.tenantId} and kind = 'void' group by document_id) as i on i.document_id = v.id
      left join discount_reversal d on d.tenant_id = ${tx.tenantId} and d.credit_note_id = v.id
      where v.tenant_id = ${tx.tenantId} and (v.voided_on is not null or i.minor is not null)
        and (v.voided_on is null or i.minor is null or i.first_on <> v.voided_on or i.last_on <> v.voided_on
          or i.minor <> case v.kind when 'invoice' then -v.total_minor else v.total_minor - coalesce(d.discount_minor, 0) end)`,
  },
  {
    rule: 'payment_has_its_item',
    says: 'Every payment has one item and one entry of its day and amount, on unapplied cash and on the bank account.',
    counts: 'payment',
    offenders: (tx) => sql`
      select p.id as payment_id, p.number, p.amount_minor, i.minor as item_minor, e.entries, e.cash_minor, e.bank_minor
      from payment p
      left join (select document_id, kind, sum(amount_minor) as minor, sum(functional_minor) as functional, count(*) as n,
          min(posted_on) as posted_on, min(company_id::text) as company_id, min(currency) as currency
        from open_item where tenant_id = ${tx.tenantId} and kind in ('payment', 'refund')
        group by document_id, kind) as i
        on i.document_id = p.id and i.kind = case p.direction when 'received' then 'payment' else 'refund' end
      left join (select e.document_id, e.kind, count(distinct e.id) as entries, min(e.posted_on) as posted_on,
          sum(l.amount_minor) filter (where l.account = 'unapplied-cash') as cash_minor,
          sum(l.amount_minor) filter (where l.account = 'bank') as bank_minor
        from journal_entry e join journal_line l on l.tenant_id = ${tx.tenantId} and l.entry_id = e.id
        where e.tenant_id = ${tx.tenantId} and e.kind in ('payment', 'refund')
        group by e.document_id, e.kind) as e on e.document_id = p.id and e.kind = i.kind
      cross join lateral (select case p.direction when 'received' then -1 else 1 end as sign) as s
      where p.tenant_id = ${tx.tenantId} and (i.n is null or i.n <> 1 or i.minor <> s.sign * p.amount_minor
        or i.functional <> s.sign * p.functional_minor or i.posted_on <> p.received_on
        or i.company_id <> p.company_id::text or i.currency <> p.currency
        or e.entries is null or e.entries <> 1 or e.posted_on <> p.received_on
        or e.cash_minor is distinct from s.sign * p.amount_minor or e.bank_minor is distinct from -s.sign * p.amount_minor)`,
  },
  {
    rule: 'return_has_its_items',
    says: 'A returned payment has its return of that day and counter-items that take off all of it, and no other payment has.',
    counts: 'payment',
    offenders: (tx) => sql`
      select p.id as payment_id, p.number, p.returned_on, r.returned_on as return_returned_on, p.amount_minor,
        i.minor as returned_minor
      from payment p
      left join payment_return r on r.tenant_id = ${tx.tenantId} and r.payment_id = p.id
      left join (select document_id, sum(amount_minor) as minor, min(posted_on) as first_on, max(posted_on) as last_on
        from open_item where tenant_id = ${tx.tenantId} and kind = 'return' group by document_id) as i on i.document_id = p.id
      where p.tenant_id = ${tx.tenantId} and (p.returned_on, p.returned_on) is distinct from (r.returned_on, i.first_on)
        or p.tenant_id = ${tx.tenantId} and p.returned_on is not null
          and (i.last_on <> p.returned_on
            or i.minor <> case p.direction when 'received' then p.amount_minor else -p.amount_minor end)`,
  },
  {
    rule: 'return_fee_is_booked',
    says: 'What a bank took with a payment that came back is a bank charge in the entry of the return.',
    counts: 'payment',
    offenders: (tx) => sql`
      select r.payment_id, r.fee_minor, e.minor as booked_minor from payment_return r
      left join (select e.document_id, sum(l.amount_minor) as minor from journal_entry e
        join journal_line l on l.tenant_id = ${tx.tenantId} and l.entry_id = e.id and l.account = 'bank-charges'
        where e.tenant_id = ${tx.tenantId} and e.kind = 'return' group by e.document_id) as e on e.document_id = r.payment_id
      where r.tenant_id = ${tx.tenantId} and r.fee_minor <> coalesce(e.minor, 0)`,
  },
  {
    rule: 'answered_notice_has_its_return',
    says: 'A notice that is said to be of a payment is of one that came back, in its company and currency.',
    counts: 'payment',
    offenders: (tx) => sql`
      select o.notice_id, o.payment_id from return_outcome o
      join return_notice n on n.tenant_id = ${tx.tenantId} and n.id = o.notice_id
      join payment p on p.tenant_id = ${tx.tenantId} and p.id = o.payment_id
      left join payment_return r on r.tenant_id = ${tx.tenantId} and r.payment_id = p.id
      where o.tenant_id = ${tx.tenantId}
        and (r.payment_id is null or p.company_id <> n.company_id or p.currency <> n.currency)`,
  },
  {
    rule: 'write_off_has_its_items',
    says: 'Every write-off has credit items that sum to it, the loss in the books, and, where undone, counter-items of all of it.',
    counts: 'write_off',
    offenders: (tx) => sql`
      select w.id as write_off_id, w.number, w.amount_minor, i.minor as items_minor, e.minor as loss_minor,
        u.undone_on, i.undone_minor
      from write_off w
      left join (select document_id, sum(amount_minor) filter (where kind = 'write_off') as minor,
          sum(functional_minor) filter (where kind = 'write_off') as functional,
          sum(amount_minor) filter (where kind = 'void') as undone_minor,
          min(posted_on) filter (where kind = 'write_off') as posted_on, min(posted_on) filter (where kind = 'void') as undone_on
        from open_item where tenant_id = ${tx.tenantId} and kind in ('write_off', 'void')
        group by document_id) as i on i.document_id = w.id
      left join (select e.document_id, sum(l.amount_minor) as minor
        from journal_entry e join journal_line l on l.tenant_id = ${tx.tenantId} and l.entry_id = e.id
          and l.account in ('bad-debt', 'small-differences', 'fx-differences')
        where e.tenant_id = ${tx.tenantId} and e.kind = 'write_off' group by e.document_id) as e on e.document_id = w.id
      left join write_off_undo u on u.tenant_id = ${tx.tenantId} and u.write_off_id = w.id
      where w.tenant_id = ${tx.tenantId} and (i.minor is distinct from -w.amount_minor
        or i.functional is distinct from -w.functional_minor or i.posted_on <> w.written_off_on
        or e.minor is distinct from w.amount_minor or i.undone_on is distinct from u.undone_on
        or i.undone_minor is distinct from case when u.undone_on is null then null else w.amount_minor end)`,
  },
  {
    rule: 'charge_has_its_item',
    says: 'Every charge and charge credit has one item and its income in the books, and a waiver taken back a counter-item of all of it.',
    counts: 'charge',
    offenders: (tx) => sql`
      select c.id as charge_id, c.number, c.total_minor, i.minor as item_minor, e.interest_minor, e.fee_minor,
        u.undone_on, i.undone_minor
      from charge c
      left join (select document_id, count(*) filter (where kind <> 'void') as n, min(kind) filter (where kind <> 'void') as kind,
          sum(amount_minor) filter (where kind <> 'void') as minor, sum(functional_minor) filter (where kind <> 'void') as functional,
          sum(amount_minor) filter (where kind = 'void') as undone_minor,
          min(posted_on) filter (where kind <> 'void') as posted_on, max(due_on) filter (where kind <> 'void') as due_on
        from open_item where tenant_id = ${tx.tenantId} and kind in ('charge', 'charge_credit', 'void')
        group by document_id) as i on i.document_id = c.id
      left join (select e.document_id, sum(-l.amount_minor) filter (where l.account = 'interest-income') as interest_minor,
          sum(-l.amount_minor) filter (where l.account = 'late-fees') as fee_minor
        from journal_entry e join journal_line l on l.tenant_id = ${tx.tenantId} and l.entry_id = e.id
        where e.tenant_id = ${tx.tenantId} and e.kind in ('charge', 'charge_credit')
        group by e.document_id) as e on e.document_id = c.id
      left join charge_undo u on u.tenant_id = ${tx.tenantId} and u.charge_id = c.id
      cross join lateral (select case c.kind when 'charge' then 1 else -1 end as sign) as s
      where c.tenant_id = ${tx.tenantId} and (i.n is distinct from 1 or i.kind <> c.kind
        or i.minor is distinct from s.sign * c.total_minor or i.functional is distinct from s.sign * c.functional_minor
        or i.posted_on <> c.charged_on or i.due_on <> c.due_on
        or coalesce(e.interest_minor, 0) <> s.sign * c.interest_minor or coalesce(e.fee_minor, 0) <> s.sign * c.fee_minor
        or i.undone_minor is distinct from case when u.undone_on is null then null else c.total_minor end)`,
  },
  {
    rule: 'charge_adds_up',
    says: 'The parts of a charge sum to it, interest and fees each, and no day of an item bears interest twice.',
    counts: 'charge',
    offenders: (tx) => sql`
      select c.id as charge_id, c.number, c.interest_minor, p.interest_minor as parts_interest, c.fee_minor,
        p.fee_minor as parts_fee
      from charge c
      left join (select charge_id, sum(abs(amount_minor)) filter (where kind in ('interest', 'correction')) as interest_minor,
          sum(abs(amount_minor)) filter (where kind not in ('interest', 'correction')) as fee_minor
        from charge_part where tenant_id = ${tx.tenantId} group by charge_id) as p on p.charge_id = c.id
      where c.tenant_id = ${tx.tenantId} and c.because is distinct from 'waiver'
        and (coalesce(p.interest_minor, 0) <> c.interest_minor or coalesce(p.fee_minor, 0) <> c.fee_minor)
      union all
      select a.charge_id, a.reference, a.amount_minor, b.amount_minor, null, null
      from charge_part a join charge_part b on b.tenant_id = ${tx.tenantId} and b.item_id = a.item_id and b.kind = 'interest'
        and (b.charge_id, b.part_no) > (a.charge_id, a.part_no)
        and daterange(a.from_on, a.to_on, '[]') && daterange(b.from_on, b.to_on, '[]')
      where a.tenant_id = ${tx.tenantId} and a.kind = 'interest'`,
  },
  {
    rule: 'item_has_its_document',
    says: 'Every open item has the document it is of.',
    counts: 'open_item',
    offenders: (tx) => sql`
      select i.id as item_id, i.kind, i.reference, i.document_id from open_item i
      left join invoice v on v.tenant_id = ${tx.tenantId} and v.id = i.document_id
      left join payment p on p.tenant_id = ${tx.tenantId} and p.id = i.document_id
      left join write_off w on w.tenant_id = ${tx.tenantId} and w.id = i.document_id
      left join charge c on c.tenant_id = ${tx.tenantId} and c.id = i.document_id
      left join recovery y on y.tenant_id = ${tx.tenantId} and y.id = i.document_id
      where i.tenant_id = ${tx.tenantId} and not case i.kind
        when 'invoice' then coalesce(v.kind = 'invoice', false)
        when 'credit_note' then coalesce(v.kind = 'credit_note', false)
        when 'payment' then coalesce(p.direction = 'received', false)
        when 'refund' then coalesce(p.direction = 'refunded', false)
        when 'write_off' then w.id is not null
        when 'charge' then coalesce(c.kind = 'charge', false)
        when 'charge_credit' then coalesce(c.kind = 'charge_credit', false)
        when 'recovery' then y.recovery_item_id is not distinct from i.id
        when 'void' then v.id is not null or w.id is not null or y.id is not null or c.because = 'waiver'
        else p.id is not null end`,
  },
  {
    rule: 'entry_has_its_document',
    says: 'Every entry has the document it is of, or the import that settled documents with each other, in the same company, or in one that money of the payment was handed over to.',
    counts: 'journal_entry',
    offenders: (tx) => sql`
      select e.id as entry_id, e.kind, e.document_id from journal_entry e
      left join invoice v on v.tenant_id = ${tx.tenantId} and v.id = e.document_id
      left join payment p on p.tenant_id = ${tx.tenantId} and p.id = e.document_id
      left join write_off w on w.tenant_id = ${tx.tenantId} and w.id = e.document_id
      left join charge c on c.tenant_id = ${tx.tenantId} and c.id = e.document_id
      left join recovery y on y.tenant_id = ${tx.tenantId} and y.id = e.document_id
      left join import_batch b on b.tenant_id = ${tx.tenantId} and b.id = e.document_id
        and e.kind in ('application', 'unapplication')
      left join line_explanation x on x.tenant_id = ${tx.tenantId} and x.id = e.document_id and e.kind = 'bank_line'
      where e.tenant_id = ${tx.tenantId}
        and coalesce(v.company_id, p.company_id, w.company_id, c.company_id, y.company_id, b.company_id, x.company_id)
          is distinct from e.company_id
        and not exists (select from company_handover h where h.tenant_id = ${tx.tenantId} and h.payment_id = e.document_id
          and h.to_company_id = e.company_id and e.kind in ('handover', 'application', 'unapplication'))`,
  },
];
