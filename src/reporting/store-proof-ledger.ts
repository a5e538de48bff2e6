// SQL that looks for what must not be there in the ledger: entries, lines, open items, applications and number series. Each
// rule is one query over whole tables that gives the rows at fault; none when the rule holds.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';

/** What a rule is about; its rows are counted once for all rules. */
export type Counted =
  | 'journal_entry'
  | 'journal_line'
  | 'open_item'
  | 'application'
  | 'item_discount'
  | 'late_discount'
  | 'discount_reversal'
  | 'invoice'
  | 'payment'
  | 'write_off'
  | 'tax_relief'
  | 'recovery'
  | 'company_handover'
  | 'charge'
  | 'refund'
  | 'refund_file'
  | 'dropped_difference'
  | 'number_series';

/** A rule of the books and the query that gives its offenders. */
export type Rule = {
  readonly rule: string;
  /** What must hold, in one sentence. */
  readonly says: string;
  readonly counts: Counted;
  offenders(tx: Tx): RawBuilder<unknown>;
};

/** What applications did to what is open of items: settled, or given back. */
export function appliedMovements(tx: Tx): RawBuilder<unknown> {
  return sql`
    select debit_item_id as item_id, applied_on as moved_on, recorded_at,
      -(amount_minor + discount_minor + difference_minor) as minor, -debit_functional_minor as functional
    from application where tenant_id = ${tx.tenantId}
    union all
    select credit_item_id, applied_on, recorded_at, amount_minor, credit_functional_minor
    from application where tenant_id = ${tx.tenantId}`;
}

/** What applications took off each item, without sign, in the two orders in which time can be told. */
function appliedParts(tx: Tx, order: 'applied_on' | 'recorded_at'): RawBuilder<unknown> {
  const at = sql.ref(order);
  return sql`
    select item_id, at, sum(sum(minor)) over (partition by item_id order by at) as applied from (
      select debit_item_id as item_id, ${at} as at, amount_minor + discount_minor + difference_minor as minor
      from application where tenant_id = ${tx.tenantId}
      union all
      select credit_item_id, ${at}, amount_minor from application where tenant_id = ${tx.tenantId}) as parts
    group by item_id, at`;
}

function neverBeyond(order: 'applied_on' | 'recorded_at') {
  return (tx: Tx) => sql`
    select p.item_id, i.reference, p.at, p.applied, i.amount_minor
    from (${appliedParts(tx, order)}) as p
    join open_item i on i.tenant_id = ${tx.tenantId} and i.id = p.item_id
    where p.applied < 0 or p.applied > abs(i.amount_minor)`;
}

/** The printed number of a series as a pattern that finds the count in it. */
const COUNT_IN_NUMBER = sql`'^' || regexp_replace(replace(
  regexp_replace(s.pattern, '([.*+?^$()|\\[\\]\\\\])', '\\\\\\1', 'g'), '{year}', '[0-9]{4}'), '\\{n+\\}', '([0-9]+)') || '$'`;

export const LEDGER_RULES: readonly Rule[] = [
  {
    rule: 'entry_balances',
    says: 'Every entry sums to nothing in the functional currency and in each other currency by itself.',
    counts: 'journal_line',
    offenders: (tx) => sql`
      select l.entry_id, l.currency, sum(l.amount_minor) as amount_left, min(e.functional_left) as functional_left
      from (select entry_id, sum(functional_minor) as functional_left from journal_line where tenant_id = ${tx.tenantId}
        group by entry_id
        having sum(functional_minor) <> 0 or sum(amount_minor) <> 0 or min(currency) <> max(currency)) as e
      join journal_line l on l.tenant_id = ${tx.tenantId} and l.entry_id = e.entry_id
      group by l.entry_id, l.currency having sum(l.amount_minor) <> 0 or min(e.functional_left) <> 0`,
  },
  {
    rule: 'entry_has_lines',
    says: 'Every entry has two lines or more.',
    counts: 'journal_entry',
    offenders: (tx) => sql`
      select e.id as entry_id, e.kind, coalesce(l.n, 0) as lines from journal_entry e
      left join (select entry_id, count(*) as n from journal_line where tenant_id = ${tx.tenantId} group by entry_id) as l
        on l.entry_id = e.id
      where e.tenant_id = ${tx.tenantId} and coalesce(l.n, 0) < 2`,
  },
  {
    rule: 'line_agrees_with_entry',
    says: 'Every line has its entry, and the company, day and moment of it.',
    counts: 'journal_line',
    offenders: (tx) => sql`
      select l.entry_id, l.line_no, l.posted_on, e.posted_on as entry_posted_on, l.recorded_at, e.recorded_at as entry_recorded_at
      from journal_line l
      left join journal_entry e on e.tenant_id = ${tx.tenantId} and e.id = l.entry_id
      where l.tenant_id = ${tx.tenantId} and (e.id is null
        or (l.company_id, l.posted_on, l.recorded_at) is distinct from (e.company_id, e.posted_on, e.recorded_at))`,
  },
  {
    rule: 'control_line_names_item',
    says: 'Lines on control accounts name the open item they move, and no other line does.',
    counts: 'journal_line',
    offenders: (tx) => sql`
      select l.entry_id, l.line_no, l.account, l.item_id from journal_line l
      left join ledger_account a on a.tenant_id = ${tx.tenantId} and a.company_id = l.company_id and a.account = l.account
      where l.tenant_id = ${tx.tenantId} and (a.account is null or a.control <> (l.item_id is not null))`,
  },
  {
    rule: 'line_agrees_with_item',
    says: 'A line on a control account has the company, customer, account, currency and due date of its item.',
    counts: 'journal_line',
    offenders: (tx) => sql`
      select l.entry_id, l.line_no, l.item_id, i.reference, l.customer_id, i.customer_id as item_customer_id, l.due_on,
        i.due_on as item_due_on, l.account, i.account as item_account, l.currency, i.currency as item_currency
      from journal_line l left join open_item i on i.tenant_id = ${tx.tenantId} and i.id = l.item_id
      where l.tenant_id = ${tx.tenantId} and l.item_id is not null and (i.id is null
        or (l.company_id, l.customer_id, l.account, l.currency, l.due_on)
          is distinct from (i.company_id, i.customer_id, i.account, i.currency, i.due_on))`,
  },
  {
    rule: 'entry_reversal',
    // A void closes each item by a counter-item of the same customer and due date: there the item itself is another.
    says: 'An entry that reverses another has its lines with the signs changed, in the same company and not before it.',
    counts: 'journal_entry',
    offenders: (tx) => sql`
      select r.id as entry_id, r.reverses_id, r.posted_on, e.posted_on as reversed_posted_on from journal_entry r
      left join journal_entry e on e.tenant_id = ${tx.tenantId} and e.id = r.reverses_id
      where r.tenant_id = ${tx.tenantId} and r.reverses_id is not null and (e.id is null
        or e.company_id <> r.company_id or e.posted_on > r.posted_on
        or exists (select 1 from journal_line l where l.tenant_id = ${tx.tenantId} and l.entry_id in (r.id, e.id)
          group by l.account, case when r.kind <> 'void' then l.item_id end, l.customer_id, l.due_on, l.currency having sum(l.amount_minor) <> 0 or sum(l.functional_minor) <> 0))`,
  },
  {
    rule: 'item_is_amount_less_applications',
    says: 'What is open of an item is its amount less what was applied to it, in both currencies.',
    counts: 'open_item',
    offenders: (tx) => sql`
      select i.id as item_id, i.reference, i.open_minor, i.amount_minor + coalesce(a.minor, 0) as computed_minor,
        i.open_functional_minor, i.functional_minor + coalesce(a.functional, 0) as computed_functional
      from open_item i left join (select item_id, sum(minor) as minor, sum(functional) as functional
        from (${appliedMovements(tx)}) as applied group by item_id) as a on a.item_id = i.id
      where i.tenant_id = ${tx.tenantId} and (i.open_minor <> i.amount_minor + coalesce(a.minor, 0)
        or i.open_functional_minor <> i.functional_minor + coalesce(a.functional, 0))`,
  },
  {
    rule: 'item_is_what_the_journal_says',
    says: 'What is open of an item is the sum of its lines in the journal, in both currencies.',
    counts: 'open_item',
    offenders: (tx) => sql`
      select i.id as item_id, i.reference, i.open_minor, coalesce(l.minor, 0) as computed_minor, i.open_functional_minor,
        coalesce(l.functional, 0) as computed_functional
      from open_item i
      left join (select item_id, sum(amount_minor) as minor, sum(functional_minor) as functional from journal_line
        where tenant_id = ${tx.tenantId} and item_id is not null group by item_id) as l on l.item_id = i.id
      where i.tenant_id = ${tx.tenantId}
        and (i.open_minor <> coalesce(l.minor, 0) or i.open_functional_minor <> coalesce(l.functional, 0))`,
  },
  {
    rule: 'items_and_journal_move_together',
    says: 'On every day and at every moment items, applications and journal moved by the same amounts, item by item.',
    counts: 'open_item',
    offenders: (tx) => sql`
      select item_id, moved_on, recorded_at, sum(minor) as minor_left, sum(functional) as functional_left from (
        select id as item_id, posted_on as moved_on, recorded_at, amount_minor as minor, functional_minor as functional
        from open_item where tenant_id = ${tx.tenantId}
        union all
        ${appliedMovements(tx)}
        union all
        select item_id, posted_on, recorded_at, -amount_minor, -functional_minor
        from journal_line where tenant_id = ${tx.tenantId} and item_id is not null) as movements
      group by item_id, moved_on, recorded_at having sum(minor) <> 0 or sum(functional) <> 0`,
  },
  {
    rule: 'days_are_what_the_journal_says',
    says: 'What moved day by day, from which totals are made, is what the lines on control accounts moved.',
    counts: 'journal_line',
    offenders: (tx) => sql`
      select posted_on, company_id, account, currency, is_credit, due_on,
        sum(minor) as minor_left, sum(functional) as functional_left
      from (
        select posted_on, company_id, account, currency, is_credit, due_on, amount_minor as minor, functional_minor as functional
        from ledger_day where tenant_id = ${tx.tenantId}
        union all
        select l.posted_on, l.company_id, l.account, l.currency, coalesce(i.amount_minor < 0, false), l.due_on,
          -l.amount_minor, -l.functional_minor
        from journal_line l left join open_item i on i.tenant_id = ${tx.tenantId} and i.id = l.item_id
        where l.tenant_id = ${tx.tenantId} and l.item_id is not null) as movements
      group by 1, 2, 3, 4, 5, 6 having sum(minor) <> 0 or sum(functional) <> 0`,
  },
  {
    rule: 'application_joins_two_sides',
    says: 'An application settles a debit with a credit of the same company and currency, not before either was posted.',
    counts: 'application',
    offenders: (tx) => sql`
      select a.id as application_id, a.debit_item_id, a.credit_item_id, a.applied_on, d.posted_on as debit_posted_on,
        c.posted_on as credit_posted_on
      from application a
      left join open_item d on d.tenant_id = ${tx.tenantId} and d.id = a.debit_item_id
      left join open_item c on c.tenant_id = ${tx.tenantId} and c.id = a.credit_item_id
      where a.tenant_id = ${tx.tenantId} and (d.id is null or c.id is null or d.amount_minor <= 0 or c.amount_minor >= 0
        or a.company_id <> d.company_id or a.company_id <> c.company_id
        or a.currency <> d.currency or a.currency <> c.currency
        or a.applied_on < d.posted_on or a.applied_on < c.posted_on)`,
  },
  {
    rule: 'application_within_items_on_any_day',
    says: 'On no day was more applied to an item than its amount, or less than nothing.',
    counts: 'application',
    offenders: neverBeyond('applied_on'),
  },
  {
    rule: 'application_within_items_at_any_moment',
    says: 'At no moment was more known to be applied to an item than its amount, or less than nothing.',
    counts: 'application',
    offenders: neverBeyond('recorded_at'),
  },
  {
    rule: 'application_has_its_entry',
    says: 'Every application has its entry, of the same company, day and moment.',
    counts: 'application',
    offenders: (tx) => sql`
      select a.id as application_id, a.entry_id, a.applied_on, e.posted_on from application a
      left join journal_entry e on e.tenant_id = ${tx.tenantId} and e.id = a.entry_id
      where a.tenant_id = ${tx.tenantId} and (e.id is null
        or (e.company_id, e.posted_on, e.recorded_at) is distinct from (a.company_id, a.applied_on, a.recorded_at))`,
  },
  {
    rule: 'application_reversal',
    says: 'A taken back application has the signs changed, the same items, and is not dated before it.',
    counts: 'application',
    offenders: (tx) => sql`
      select r.id as application_id, r.reverses_id, r.amount_minor, a.amount_minor as reversed_amount_minor from application r
      left join application a on a.tenant_id = ${tx.tenantId} and a.id = r.reverses_id
      where r.tenant_id = ${tx.tenantId} and r.reverses_id is not null and (a.id is null or a.reverses_id is not null
        or a.applied_on > r.applied_on or a.recorded_at > r.recorded_at
        or (r.debit_item_id, r.credit_item_id, r.currency, r.amount_minor, r.discount_minor, r.discount_tax_minor,
            r.difference_minor, r.difference_tax_minor, r.debit_functional_minor, r.credit_functional_minor)
          is distinct from (a.debit_item_id, a.credit_item_id, a.currency, -a.amount_minor, -a.discount_minor,
            -a.discount_tax_minor, -a.difference_minor,
            -a.difference_tax_minor, -a.debit_functional_minor, -a.credit_functional_minor))`,
  },
  {
    rule: 'numbers_without_gaps',
    says: 'Every series counts from 1 without gaps or doubles, and knows its next number.',
    counts: 'number_series',
    offenders: (tx) => sql`
      select s.company_id, s.document_kind, s.series, s.next_number, count(n.n) as documents, count(distinct n.n) as numbers,
        min(n.n) as first_number, max(n.n) as last_number
      from number_series s
      left join lateral (
        select v.series_number as n from invoice v where v.tenant_id = s.tenant_id and v.company_id = s.company_id
          and v.kind = s.document_kind and v.series = s.series
        union all
        select substring(p.number from ${COUNT_IN_NUMBER})::bigint from payment p
          where s.document_kind = 'payment' and p.tenant_id = s.tenant_id and p.company_id = s.company_id
            and p.number ~ (${COUNT_IN_NUMBER})
        union all
        select substring(w.number from ${COUNT_IN_NUMBER})::bigint from write_off w
          where s.document_kind = 'write_off' and w.tenant_id = s.tenant_id and w.company_id = s.company_id
            and w.number ~ (${COUNT_IN_NUMBER})
        union all
        select substring(c.number from ${COUNT_IN_NUMBER})::bigint from charge c
          where c.kind = s.document_kind and c.tenant_id = s.tenant_id and c.company_id = s.company_id
            and c.number ~ (${COUNT_IN_NUMBER})
        union all
        select substring(d.number from ${COUNT_IN_NUMBER})::bigint from dispute d
          where s.document_kind = 'dispute' and d.tenant_id = s.tenant_id and d.company_id = s.company_id
            and d.number ~ (${COUNT_IN_NUMBER})) as n on true
      where s.tenant_id = ${tx.tenantId}
      group by s.company_id, s.document_kind, s.series, s.next_number
      having count(n.n) <> s.next_number - 1 or count(distinct n.n) <> s.next_number - 1
        or coalesce(max(n.n), 0) <> s.next_number - 1 or coalesce(min(n.n), 1) <> 1`,
  },
];
