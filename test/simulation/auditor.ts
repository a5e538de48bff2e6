// A second opinion on the books, written apart from `verify`: a handful of sums that must agree after anything whatever.
// Where both are silent, the random walk found nothing; where they differ, one of them is wrong.

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Pool } from '#db/pool.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, TenantId } from '#kernel/id.ts';
import { readStatement } from '#statements/read-statement.ts';
import { STATEMENT_KINDS } from '#statements/statement.ts';
import { auditBank } from './audit-bank.ts';
import { auditCertificates, auditDisputes, CASH_CHECKS, type Check, MOMENT_CHECKS } from './audit-cash.ts';
import { DESK_CHECKS } from './audit-desk.ts';
import { HANDOVER_CHECKS } from './audit-handovers.ts';
import { auditReminders } from './audit-reminders.ts';
import { WRITE_OFF_CHECKS } from './audit-write-offs.ts';

type Row = Readonly<Record<string, unknown>>;

const CHECKS: readonly Check[] = [
  {
    says: 'every entry balances, in functional currency and in each currency',
    query: (
      tx,
    ) => sql<Row>`select entry_id, currency, sum(amount_minor) as amount from journal_line where tenant_id = ${tx.tenantId}
      group by entry_id, currency having sum(amount_minor) <> 0
      union all select entry_id, 'functional', sum(functional_minor) from journal_line where tenant_id = ${tx.tenantId}
      group by entry_id having sum(functional_minor) <> 0`,
  },
  {
    says: 'what an item has open is its amount less its applications',
    query: (tx) => sql<Row>`
      with effect as (
        select debit_item_id as id, -(amount_minor + discount_minor + difference_minor) as minor, -debit_functional_minor as functional
        from application where tenant_id = ${tx.tenantId}
        union all select credit_item_id, amount_minor, credit_functional_minor from application where tenant_id = ${tx.tenantId})
      select i.id, i.kind, i.amount_minor, i.open_minor, coalesce(sum(e.minor), 0) as applied from open_item i
      left join effect e on e.id = i.id where i.tenant_id = ${tx.tenantId}
      group by i.tenant_id, i.id, i.kind, i.amount_minor, i.open_minor, i.functional_minor, i.open_functional_minor
      having i.open_minor <> i.amount_minor + coalesce(sum(e.minor), 0)
        or i.open_functional_minor <> i.functional_minor + coalesce(sum(e.functional), 0)`,
  },
  {
    says: 'what an item has open is what the journal moved on it',
    query: (tx) => sql<Row>`
      select i.id, i.kind, i.open_minor, coalesce(sum(l.amount_minor), 0) as moved from open_item i
      left join journal_line l on l.tenant_id = i.tenant_id and l.item_id = i.id and l.account = i.account
        and l.customer_id is not distinct from i.customer_id and l.due_on = i.due_on and l.currency = i.currency
      where i.tenant_id = ${tx.tenantId} group by i.tenant_id, i.id, i.kind, i.open_minor, i.open_functional_minor
      having i.open_minor <> coalesce(sum(l.amount_minor), 0) or i.open_functional_minor <> coalesce(sum(l.functional_minor), 0)`,
  },
  {
    says: 'control accounts hold nothing that is no item',
    query: (tx) => sql<Row>`select l.entry_id, l.line_no from journal_line l
      join ledger_account a on a.tenant_id = l.tenant_id and a.company_id = l.company_id and a.account = l.account
      where l.tenant_id = ${tx.tenantId} and a.control <> (l.item_id is not null)`,
  },
  {
    says: 'at no moment of its life was an item over-settled',
    query: (tx) => sql<Row>`
      with running as (
        select l.item_id, i.amount_minor as whole,
          sum(l.amount_minor) over (partition by l.item_id order by l.recorded_at) as open
        from journal_line l join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id where l.tenant_id = ${tx.tenantId})
      select * from running where (whole > 0 and open not between 0 and whole) or (whole < 0 and open not between whole and 0)`,
  },
  {
    says: 'no day of an item bears interest twice, and no item was charged more interest than all of it for all days late',
    query: (tx) => sql<Row>`
      select p.item_id::text, sum(p.amount_minor) as charged from charge_part p
      join open_item i on i.tenant_id = p.tenant_id and i.id = p.item_id
      where p.tenant_id = ${tx.tenantId} and p.kind in ('interest', 'correction')
      group by p.item_id, i.amount_minor, i.due_on
      having sum(p.amount_minor) < 0
        or sum(p.amount_minor) > i.amount_minor * 0.0937 * (max(p.to_on) - i.due_on) / 365 + 1
      union all
      select d.item_id::text, count(*) from (select p.item_id, generate_series(p.from_on, p.to_on, '1 day') as day from charge_part p
        where p.tenant_id = ${tx.tenantId} and p.kind = 'interest') as d
      group by d.item_id, d.day having count(*) > 1`,
  },
  {
    says: 'numbers have no gap and the next one is the next',
    query: (tx) => sql<Row>`
      with used as (
        select company_id, kind as document_kind, series, series_number as n from invoice where tenant_id = ${tx.tenantId} and series is not null)
      select s.company_id, s.document_kind, s.series, s.next_number, count(u.n) as used, max(u.n) as last from number_series s
      left join used u on u.company_id = s.company_id and u.document_kind = s.document_kind and u.series = s.series
      where s.tenant_id = ${tx.tenantId} and s.document_kind in ('invoice', 'credit_note')
      group by s.company_id, s.document_kind, s.series, s.next_number
      having count(u.n) <> s.next_number - 1 or coalesce(max(u.n), 0) <> s.next_number - 1`,
  },
  {
    says: 'a reversal is the exact opposite of what it reverses',
    query: (
      tx,
    ) => sql<Row>`select r.id from application r join application a on a.tenant_id = r.tenant_id and a.id = r.reverses_id
      where r.tenant_id = ${tx.tenantId} and (r.amount_minor + a.amount_minor <> 0 or r.discount_minor + a.discount_minor <> 0
        or r.discount_tax_minor + a.discount_tax_minor <> 0
        or r.difference_minor + a.difference_minor <> 0 or r.debit_functional_minor + a.debit_functional_minor <> 0
        or r.credit_functional_minor + a.credit_functional_minor <> 0 or r.applied_on < a.applied_on)`,
  },
  {
    says: 'what was given as discounts, and the tax in it, stands in the books on its day',
    query: (tx) => sql<Row>`
      with given as (
        select company_id, applied_on as day, currency, sum(discount_minor - discount_tax_minor) as net, sum(discount_tax_minor) as tax
        from application where tenant_id = ${tx.tenantId} group by 1, 2, 3),
      booked as (
        select l.company_id, l.posted_on as day, l.currency, coalesce(sum(l.amount_minor) filter (where l.account = 'discounts'), 0) as net,
          coalesce(sum(l.amount_minor) filter (where l.account = 'tax'), 0) as tax
        from journal_line l join journal_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
        where l.tenant_id = ${tx.tenantId}
          and exists (select from application a where a.tenant_id = e.tenant_id and a.entry_id = e.id) group by 1, 2, 3)
      select g.*, b.net as booked_net, b.tax as booked_tax from given g
      left join booked b on (b.company_id, b.day, b.currency) = (g.company_id, g.day, g.currency)
      where g.net <> coalesce(b.net, 0) or g.tax <> coalesce(b.tax, 0)`,
  },
  {
    says: 'a credit note gives its total less what it takes back of a discount, and what is taken back was granted',
    query: (tx) => sql<Row>`
      select v.number, v.total_minor, -i.amount_minor as given, r.discount_minor from invoice v
      join open_item i on i.tenant_id = v.tenant_id and i.document_id = v.id and i.kind = 'credit_note'
      left join discount_reversal r on r.tenant_id = v.tenant_id and r.credit_note_id = v.id
      where v.tenant_id = ${tx.tenantId} and v.kind = 'credit_note' and v.total_minor + i.amount_minor <> coalesce(r.discount_minor, 0)
      union all
      select o.number, coalesce(g.granted, 0), r.reversed, null from (
        select v.corrects_id, sum(r.discount_minor) as reversed from discount_reversal r
        join invoice v on v.tenant_id = r.tenant_id and v.id = r.credit_note_id and v.voided_on is null
        where r.tenant_id = ${tx.tenantId} group by v.corrects_id) as r
      join invoice o on o.tenant_id = ${tx.tenantId} and o.id = r.corrects_id
      left join (select i.document_id, sum(a.discount_minor) as granted from application a
        join open_item i on i.tenant_id = a.tenant_id and i.id = a.debit_item_id
        where a.tenant_id = ${tx.tenantId} group by i.document_id) as g on g.document_id = o.id
      where r.reversed > coalesce(g.granted, 0)`,
  },
  {
    says: 'what credit notes take back of discounts stands in the books',
    query: (tx) => sql<Row>`
      select r.credit_note_id::text, r.discount_minor, r.tax_minor, l.minor from discount_reversal r
      left join lateral (select -sum(l.amount_minor) as minor from journal_line l
        join journal_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
        where l.tenant_id = r.tenant_id and e.document_id = r.credit_note_id and e.kind = 'credit_note' and l.account = 'discounts') as l on true
      where r.tenant_id = ${tx.tenantId} and coalesce(l.minor, 0) <> r.discount_minor - r.tax_minor`,
  },
  {
    says: 'credit notes that stand are not more than the invoice they correct',
    query: (tx) => sql<Row>`select i.number, i.total_minor, sum(c.total_minor) as credited from invoice i
      join invoice c on c.tenant_id = i.tenant_id and c.corrects_id = i.id and c.kind = 'credit_note' and c.voided_on is null
      where i.tenant_id = ${tx.tenantId} group by i.tenant_id, i.id, i.number, i.total_minor having sum(c.total_minor) > i.total_minor`,
  },
  {
    says: 'of what was voided nothing is open',
    query: (tx) => sql<Row>`select d.number, i.kind, i.open_minor from invoice d
      join open_item i on i.tenant_id = d.tenant_id and i.document_id = d.id
      where d.tenant_id = ${tx.tenantId} and d.voided_on is not null and i.open_minor <> 0`,
  },
  {
    says: 'money that went back is backed by credit: nobody owes us a refund that stands, unless its backing was taken back',
    query: (tx) => sql<Row>`select i.reference, i.open_minor from open_item i
      join payment p on p.tenant_id = i.tenant_id and p.id = i.document_id and p.direction = 'refunded'
      where i.tenant_id = ${tx.tenantId} and i.kind = 'refund' and i.open_minor <> 0
        and not exists (select from application a where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and a.reverses_id is not null)`,
  },
  {
    // A claim is of one step of an item and of one message (its key says so): policies change, and have several steps of a phase.
    says: 'each step that a message says is claimed by it alone, by what was recorded when it was queued',
    query: (
      tx,
    ) => sql<Row>`select said ->> 'itemId' as item, said ->> 'phase' as phase, m.id as message from event e
      cross join jsonb_array_elements(e.data -> 'items') said
      join message m on m.tenant_id = e.tenant_id and m.id = e.subject_id and m.state in ('queued', 'sending', 'sent')
      where e.tenant_id = ${tx.tenantId} and e.type = 'reminder.queued'
        and not exists (select from reminder_left_out l
          where l.tenant_id = m.tenant_id and l.message_id = m.id and l.item_id = (said ->> 'itemId')::uuid)
        and not exists (select from reminder_item r where r.tenant_id = m.tenant_id and r.message_id = m.id
          and r.item_id = (said ->> 'itemId')::uuid and r.phase = said ->> 'phase')`,
  },
];

/** Customers whose statements are compared with the ledger at each look, others at each. */
const STATED_CUSTOMERS = 3;

/**
 * What statements of account say of some customers, today and some days ago, is what the journal says: open items by what is open,
 * balances brought forward by what moved them.
 */
export async function auditStatements(tx: Tx, note: string, read = readStatement): Promise<void> {
  const customers = await tx.run(
    sql<{ id: CustomerId; last: PlainDate }>`
      select c.id, l.last from customer c cross join lateral (select max(posted_on) as last from journal_line l
        where l.tenant_id = ${tx.tenantId} and l.customer_id = c.id) l
      where c.tenant_id = ${tx.tenantId} and l.last is not null order by md5(c.id::text || ${note}) limit ${STATED_CUSTOMERS}`,
    { plan: 'fresh' },
  );
  for (const { id: customerId, last } of customers) {
    for (const asOf of [last, last.subtract({ days: 20 })]) {
      const booked = await tx.run(
        sql<{ place: string; minor: bigint }>`
          select l.company_id || ' ' || l.currency as place, sum(l.amount_minor)::bigint as minor from journal_line l
          where l.tenant_id = ${tx.tenantId} and l.customer_id = ${customerId} and l.item_id is not null
            and l.posted_on <= ${asOf} group by 1 having sum(l.amount_minor) <> 0 order by 1`,
        { plan: 'fresh' },
      );
      for (const kind of STATEMENT_KINDS) {
        const { sections } = await read(tx, { customerId, kind, asOf });
        const stated = sections
          .map(({ company, currency, closing }) => ({
            place: `${company.id} ${currency}`,
            minor: closing.minor,
          }))
          .filter(({ minor }) => minor !== 0n)
          .sort((a, b) => (a.place < b.place ? -1 : 1));
        assert.deepEqual(
          stated,
          booked,
          `a statement (${kind}, ${asOf}) says what the ledger says (${note})`,
        );
      }
    }
  }
}

/**
 * Fails with the offending rows when the books of a tenant do not hold. `isAlone`: one command followed the other, so that the
 * moments of facts tell what each command saw.
 */
export async function audit(
  pool: Pool,
  tenantId: TenantId,
  note: string,
  { isAlone }: { readonly isAlone: boolean },
): Promise<void> {
  await inTenant(pool, tenantId, (tx) => auditWithin(tx, note, { isAlone }), { snapshot: true });
}

/** The same within a transaction: what is not committed yet is looked at too. */
export async function auditWithin(
  tx: Tx,
  note: string,
  { isAlone }: { readonly isAlone: boolean },
): Promise<void> {
  for (const check of [
    ...CHECKS,
    ...CASH_CHECKS,
    ...WRITE_OFF_CHECKS,
    ...(isAlone ? MOMENT_CHECKS : []),
    ...DESK_CHECKS,
    ...HANDOVER_CHECKS,
  ]) {
    const rows = await tx.run(check.query(tx), { plan: 'fresh' });
    assert.deepEqual(rows.slice(0, 3), [], `${check.says} (${note})`);
  }
  await auditCertificates(tx, note, isAlone);
  await auditDisputes(tx, note);
  await auditStatements(tx, note);
  await auditBank(tx, note);
  await auditReminders(tx, note, isAlone);
}
