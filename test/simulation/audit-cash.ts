// The auditor of cash application: reads facts only, and reckons by itself what the rules must have come to. That the machine was
// sure for a reason, that nothing was dropped or paid back beyond what was allowed, that disputed money adds up at any moment.

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { readAmounts } from '#disputes/read-amounts.ts';
import { sumOf } from '#disputes/standing.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { matchKey } from '#ledger/match-key.ts';

type Row = Readonly<Record<string, unknown>>;

/** A sum that must agree after anything whatever; what it finds are offenders. */
export type Check = { readonly says: string; query(tx: Tx): ReturnType<typeof sql<Row>> };

/** What must hold of cash application. */
export const CASH_CHECKS: readonly Check[] = [
  {
    says: 'whatever a machine applied has its certificate, or the remittance it was applied by',
    query: (tx) => sql<Row>`select a.id::text, a.evidence from application a
      join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
      where a.tenant_id = ${tx.tenantId} and a.reverses_id is null and a.method in ('reference', 'amount')
        and not exists (select from match_certificate m where m.tenant_id = a.tenant_id and m.payment_id = c.document_id
          and m.rule = a.evidence ->> 'rule' and m.recorded_at = a.recorded_at)
        and not exists (select from remittance_join j where j.tenant_id = a.tenant_id and j.payment_id = c.document_id
          and a.evidence ->> 'rule' = 'remittance_as_claimed' and j.remittance_id::text = a.evidence ->> 'remittanceId'
          and j.joined_at <= a.recorded_at and (j.parted_at is null or j.parted_at > a.recorded_at))`,
  },
  {
    says: 'what a machine applied used the receipt up, but for the methods that leave money on account',
    query: (
      tx,
    ) => sql<Row>`select m.payment_id::text, m.rule, p.amount_minor, sum(a.amount_minor) as given from match_certificate m
      join payment p on p.tenant_id = m.tenant_id and p.id = m.payment_id
      join open_item c on c.tenant_id = m.tenant_id and c.document_id = m.payment_id
      join application a on a.tenant_id = m.tenant_id and a.credit_item_id = c.id and a.reverses_id is null
        and a.recorded_at = m.recorded_at and a.method in ('reference', 'amount')
      where m.tenant_id = ${tx.tenantId} group by m.tenant_id, m.payment_id, m.rule, p.amount_minor
      having sum(a.amount_minor) > p.amount_minor
        or (sum(a.amount_minor) < p.amount_minor and m.rule not in ('oldest_first', 'proportional'))`,
  },
  {
    says: 'each difference that was dropped has its right, and is not more than it',
    query: (tx) => sql<Row>`
      select f.application_id::text, f.basis, f.difference_minor, i.amount_minor, t.stance from dropped_difference f
      join open_item i on i.tenant_id = f.tenant_id and i.id = f.item_id
      left join tolerance_rule t on t.tenant_id = f.tenant_id and t.id::text = f.evidence ->> 'ruleId'
        and (t.customer_id is null or t.customer_id = i.customer_id) and (t.currency is null or t.currency = f.currency)
      where f.tenant_id = ${tx.tenantId} and ((f.basis = 'tolerance' and (t.stance is distinct from 'limit'
          or f.difference_minor > least(coalesce(t.amount_max_minor, i.amount_minor),
            floor(i.amount_minor * coalesce(t.percent_max, 100) / 100))))
        or (f.basis = 'limit' and f.difference_minor > floor(i.amount_minor * 0.05)))
      union all
      select a.id::text, a.method, a.difference_minor, null, 'no right' from application a
      where a.tenant_id = ${tx.tenantId} and a.reverses_id is null and a.difference_minor > 0
        and not exists (select from dropped_difference f where f.tenant_id = a.tenant_id and f.application_id = a.id
          and f.difference_minor = a.difference_minor)`,
  },
  {
    says: 'by a remittance was applied what its lines say, to the cent',
    query: (tx) => sql<Row>`
      with done as (
        select (a.evidence ->> 'remittanceId')::uuid as id, (a.evidence ->> 'revision')::int as revision, a.recorded_at,
          sum(a.amount_minor) as given, sum(a.discount_minor) as discount from application a
        where a.tenant_id = ${tx.tenantId} and a.reverses_id is null and a.evidence ->> 'rule' = 'remittance_as_claimed' group by 1, 2, 3)
      select d.id::text, d.given, l.amount from done d
      join lateral (select sum(x.amount_minor) as amount, sum(x.discount_minor) as discount from remittance_reading r
        join remittance_line x on x.tenant_id = r.tenant_id and x.reading_id = r.id
        where r.tenant_id = ${tx.tenantId} and r.remittance_id = d.id and r.revision = d.revision) l on true
      where d.given is distinct from l.amount or d.discount is distinct from l.discount`,
  },
  {
    says: 'no refund is more than the credit it is booked from, or went out before its day',
    query: (tx) => sql<Row>`
      select f.id::text, f.amount_minor, b.given, x.ordered_on::text, f.payable_from::text from refund f
      join refund_end e on e.tenant_id = f.tenant_id and e.refund_id = f.id and e.file_id is not null
      join refund_file x on x.tenant_id = e.tenant_id and x.id = e.file_id
      join payment p on p.tenant_id = e.tenant_id and p.id = e.payment_id
      left join lateral (select sum(a.amount_minor) as given, bool_and(c.customer_id = f.customer_id) as own from open_item d
        join application a on a.tenant_id = d.tenant_id and a.debit_item_id = d.id and a.reverses_id is null and a.recorded_at = e.recorded_at
        join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
        where d.tenant_id = e.tenant_id and d.document_id = e.payment_id) b on true
      where f.tenant_id = ${tx.tenantId} and (p.direction <> 'refunded' or p.amount_minor <> f.amount_minor or p.currency <> f.currency
        or p.customer_id <> f.customer_id or b.given is distinct from f.amount_minor or not b.own
        or (x.ordered_on < f.payable_from and not exists (select from refund_shortening s
          where s.tenant_id = f.tenant_id and s.refund_id = f.id)))
      union all
      select x.id::text, x.total_minor, sum(f.amount_minor), null, null from refund_file x
      join refund_end e on e.tenant_id = x.tenant_id and e.file_id = x.id join refund f on f.tenant_id = e.tenant_id and f.id = e.refund_id
      where x.tenant_id = ${tx.tenantId} group by x.tenant_id, x.id, x.total_minor, x.refunds
      having sum(f.amount_minor) <> x.total_minor or count(*) <> x.refunds`,
  },
  {
    says: 'a line of the bank that shows payments shows their sum',
    query: (
      tx,
    ) => sql<Row>`select x.id::text, x.amount_minor, sum(p.amount_minor) as shown from line_explanation x
      join explained_payment y on y.tenant_id = x.tenant_id and y.explanation_id = x.id
      join payment p on p.tenant_id = y.tenant_id and p.id = y.payment_id
      where x.tenant_id = ${tx.tenantId} and x.undone_at is null and x.kind in ('deposit', 'refund')
      group by x.tenant_id, x.id, x.amount_minor having sum(p.amount_minor) <> abs(x.amount_minor)`,
  },
  {
    says: 'a deduction does not outlive the payment it began with',
    query: (tx) => sql<Row>`select d.number from dispute d
      where d.tenant_id = ${tx.tenantId} and d.kind = 'deduction'
        and not exists (select from dispute_closing c where c.tenant_id = d.tenant_id and c.dispute_id = d.id and c.reopened_at is null)
        and not exists (select from dispute_closing c where c.tenant_id = d.tenant_id and c.dispute_id = d.id and c.reopened_at is not null)
        and not exists (select from dispute_remedy r where r.tenant_id = d.tenant_id and r.dispute_id = d.id)
        and not exists (select from dispute_item i join application a on a.tenant_id = i.tenant_id and a.debit_item_id = i.item_id
          join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id and c.document_id = d.payment_id
          where i.tenant_id = d.tenant_id and i.dispute_id = d.id and a.reverses_id is null
            and not exists (select from application b where b.tenant_id = a.tenant_id and b.reverses_id = a.id))`,
  },
];

/** What must hold where one command follows the other, so that what each saw can be told from the moments of the facts. */
export const MOMENT_CHECKS: readonly Check[] = [
  {
    says: 'no more of an item was disputed than was open then',
    query: (
      tx,
    ) => sql<Row>`select d.number, i.amount_minor, coalesce(sum(l.amount_minor), 0) as open from dispute d
      join dispute_item i on i.tenant_id = d.tenant_id and i.dispute_id = d.id
      left join journal_line l on l.tenant_id = i.tenant_id and l.item_id = i.item_id and l.recorded_at <= d.recorded_at
      where d.tenant_id = ${tx.tenantId} group by d.tenant_id, d.id, d.number, i.item_id, i.amount_minor
      having i.amount_minor <= 0 or i.amount_minor > coalesce(sum(l.amount_minor), 0)`,
  },
  {
    says: 'of a dispute that is decided for the customer, what was given for it was not taken off again',
    query: (tx) => sql<Row>`select d.number, c.outcome, r.document_id::text from dispute_closing c
      join dispute d on d.tenant_id = c.tenant_id and d.id = c.dispute_id
      join dispute_item i on i.tenant_id = c.tenant_id and i.dispute_id = c.dispute_id
      join dispute_remedy r on r.tenant_id = c.tenant_id and r.dispute_id = c.dispute_id
      join open_item o on o.tenant_id = r.tenant_id and o.document_id = r.document_id
      join application a on a.tenant_id = o.tenant_id and a.credit_item_id = o.id and a.debit_item_id = i.item_id
      join application b on b.tenant_id = a.tenant_id and b.reverses_id = a.id
      where c.tenant_id = ${tx.tenantId} and c.reopened_at is null and c.outcome in ('valid', 'goodwill')
        and b.recorded_at > c.recorded_at`,
  },
  {
    says: 'the machine was as sure as the company asked on that day, and more for payers nobody knew',
    query: (
      tx,
    ) => sql<Row>`select m.payment_id::text, m.probability::text, w.certificate ->> 'applyFrom' as wanted from match_certificate m
      cross join lateral (select coalesce(nullif(m.certificate -> 'weighed', 'null'), m.certificate) as certificate) w
      where m.tenant_id = ${tx.tenantId} and m.rule in ('only_sum', 'likeliest_of_all_sums', 'likeliest_by_habit')
        and (m.probability is null or m.probability < least((w.certificate ->> 'applyFrom')::numeric / 100, 0.999999)
          or (w.certificate ->> 'applyFrom')::int <> coalesce((select r.apply_from from matching_rules r
            join payment p on p.tenant_id = r.tenant_id and p.company_id = r.company_id and p.id = m.payment_id
            where r.tenant_id = m.tenant_id and r.recorded_at < m.recorded_at order by r.recorded_at desc, r.id desc limit 1), 90))`,
  },
  {
    says: 'no customer whose receipts are applied by hand was touched by a machine, and no name or amount by a machine that may not',
    query: (tx) => sql<Row>`select m.payment_id::text, m.rule, k.method from match_certificate m
      join application a on a.tenant_id = m.tenant_id and a.recorded_at = m.recorded_at and a.method in ('reference', 'amount')
        and a.reverses_id is null
      join open_item c on c.tenant_id = m.tenant_id and c.id = a.credit_item_id and c.document_id = m.payment_id
      join open_item d on d.tenant_id = m.tenant_id and d.id = a.debit_item_id
      join lateral (select method from customer_matching x where x.tenant_id = m.tenant_id and x.customer_id = d.customer_id
        and x.recorded_at < m.recorded_at order by x.recorded_at desc, x.id desc limit 1) k on true
      where m.tenant_id = ${tx.tenantId} and (k.method = 'manual' or (m.rule in ('oldest_first', 'proportional') and m.rule <> k.method)
        or (k.method = 'by_reference' and m.rule not like 'reference%'))`,
  },
  {
    says: 'what was dropped by rule was dropped by the rule of that day: of the customer, else of everybody',
    query: (tx) => sql<Row>`
      select f.application_id::text, f.evidence, t.id::text, t.stance from dropped_difference f
      join open_item i on i.tenant_id = f.tenant_id and i.id = f.item_id
      join payment p on p.tenant_id = f.tenant_id and p.id = f.payment_id
      left join lateral (select * from (
          select r.*, r.customer_id is not null as is_own, row_number() over (partition by r.customer_id is null
            order by r.valid_from desc, r.recorded_at desc, r.id desc) as nth from tolerance_rule r
          where r.tenant_id = f.tenant_id and r.company_id = p.company_id and r.valid_from <= p.received_on
            and r.recorded_at < f.recorded_at and (r.currency is null or r.currency = f.currency)
            and (r.customer_id is null or r.customer_id = i.customer_id)) x
        where nth = 1 and stance <> 'as_company' order by is_own desc limit 1) t on true
      where f.tenant_id = ${tx.tenantId} and f.basis = 'tolerance'
        and (t.stance is distinct from 'limit' or t.id::text is distinct from f.evidence ->> 'ruleId')`,
  },
  {
    says: 'what a rule dropped closed the item',
    query: (
      tx,
    ) => sql<Row>`select f.item_id::text, f.difference_minor, sum(l.amount_minor) as left from dropped_difference f
      join journal_line l on l.tenant_id = f.tenant_id and l.item_id = f.item_id and l.recorded_at <= f.recorded_at
      where f.tenant_id = ${tx.tenantId} and f.basis = 'tolerance'
      group by f.tenant_id, f.application_id, f.item_id, f.difference_minor having sum(l.amount_minor) <> 0`,
  },
  {
    says: 'whenever a refund was granted, all that was granted was covered by credit',
    query: (tx) => sql<Row>`select f.id::text, g.granted, c.credit from refund f
      cross join lateral (select sum(o.amount_minor) as granted from refund o
        where o.tenant_id = f.tenant_id and o.customer_id = f.customer_id and o.company_id = f.company_id and o.currency = f.currency
          and o.recorded_at <= f.recorded_at and not exists (select from refund_end e
            where e.tenant_id = o.tenant_id and e.refund_id = o.id and e.recorded_at < f.recorded_at)) g
      cross join lateral (select coalesce(-sum(x.open), 0) as credit from (select sum(l.amount_minor) as open from open_item i
        join journal_line l on l.tenant_id = i.tenant_id and l.item_id = i.id and l.recorded_at < f.recorded_at
        where i.tenant_id = f.tenant_id and i.customer_id = f.customer_id and i.company_id = f.company_id and i.currency = f.currency
          and i.amount_minor < 0 group by i.id) x) c
      where f.tenant_id = ${tx.tenantId} and g.granted > c.credit`,
  },
];

type Certified = {
  readonly payment_id: string;
  readonly rule: string;
  readonly amount_minor: bigint;
  readonly certificate: {
    readonly proof?: string;
    readonly sums?: number;
    readonly payers?: number;
    readonly payerIsSaid?: boolean;
    readonly documents?: readonly string[];
  };
  readonly said: string;
  readonly recorded_at: Instant;
  readonly customer_id: string;
  readonly company_id: string;
  readonly currency: string;
  readonly crowded: boolean;
};

/** Choices of more documents than these are not counted anew; a search of all is the machine's own. */
const COUNTED_MAX = 14;

/**
 * Counts anew, by trying all choices, how many of what a customer had open come to the amount: the only sum is the only one, and a
 * machine that knew of several counted right. And who is applied by names was named.
 */
export async function auditCertificates(tx: Tx, note: string, isAlone: boolean): Promise<void> {
  const rows = await tx.run(
    sql<Certified>`select m.payment_id, m.rule, p.amount_minor, p.currency, p.company_id, m.certificate, m.recorded_at,
        coalesce(l.remittance, p.reference) as said, x.customer_id,
        exists (select from application o join open_item c on c.tenant_id = o.tenant_id and c.id = o.credit_item_id
          where o.tenant_id = m.tenant_id and o.recorded_at = m.recorded_at and c.document_id <> m.payment_id) as crowded
      from match_certificate m join payment p on p.tenant_id = m.tenant_id and p.id = m.payment_id
      left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
      join lateral (select d.customer_id from open_item c
        join application a on a.tenant_id = c.tenant_id and a.credit_item_id = c.id and a.method in ('reference', 'amount')
        join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id
        where c.tenant_id = m.tenant_id and c.document_id = m.payment_id and a.recorded_at = m.recorded_at limit 1) x on true
      where m.tenant_id = ${tx.tenantId}`,
    { plan: 'fresh' },
  );
  for (const row of rows) {
    const about = `${row.rule} of receipt ${row.payment_id} (${note})`;
    if (row.rule.startsWith('reference')) {
      const missing = (row.certificate.documents ?? []).filter(
        (number) => !matchKey(row.said).includes(matchKey(number)),
      );
      assert.deepEqual(missing, [], `${about}: "${row.said}" names all that was paid`);
    }
    const counts = row.certificate.proof === 'all_sums_known' && row.certificate.payers === 1;
    if (!counts || !row.certificate.payerIsSaid || row.crowded || !isAlone) continue;
    const open = await openAt(tx, row);
    if (open.length > COUNTED_MAX) continue;
    const found = countSums(open, row.amount_minor);
    assert.equal(row.certificate.sums, found, `${about}: so many choices come to the amount`);
    if (row.rule === 'only_sum') assert.equal(found, 1, `${about}: nothing is applied on a tie`);
  }
}

type OpenThen = { readonly minor: bigint; readonly due: string };

/** What the payer had open just before. */
function openAt(tx: Tx, row: Certified): Promise<readonly OpenThen[]> {
  return tx.run(
    sql<OpenThen>`select sum(l.amount_minor)::bigint as minor, i.due_on::text as due from open_item i
      join journal_line l on l.tenant_id = i.tenant_id and l.item_id = i.id and l.recorded_at < ${row.recorded_at}
      where i.tenant_id = ${tx.tenantId} and i.customer_id = ${row.customer_id} and i.company_id = ${row.company_id}
        and i.currency = ${row.currency} and i.account = 'receivables'
      group by i.tenant_id, i.id, i.due_on having sum(l.amount_minor) > 0`,
    { plan: 'fresh' },
  );
}

/** So many choices have that sum, where documents of one amount and due date are alike. */
export function countSums(open: readonly OpenThen[], amount: bigint): number {
  const groups = [...Map.groupBy(open, ({ minor, due }) => `${minor} ${due}`).values()];
  const count = (from: number, rest: bigint): number => {
    if (rest === 0n) return 1;
    const group = groups[from];
    if (group === undefined || rest < 0n) return 0;
    const { minor } = group[0] as OpenThen;
    return [0, ...group.keys().map((n) => n + 1)].reduce(
      (all, n) => all + count(from + 1, rest - minor * BigInt(n)),
      0,
    );
  };
  return count(0, amount);
}

/** Moments at which disputed amounts are looked at, besides now. */
const LOOKED_BACK = 6;

/**
 * What became of disputed money adds up, now and at moments before, and is never more than what was open. It is a sum of the
 * program's own, made anew from the facts, which no spoilt fact can upset: what is audited is `read`.
 */
export async function auditDisputes(tx: Tx, note: string, read = readAmounts): Promise<void> {
  const ids = await tx.run(
    sql<{ id: string }>`select id from dispute where tenant_id = ${tx.tenantId} order by id`,
  );
  const moments = await tx.run(
    sql<{ at: Instant }>`select recorded_at as at from application where tenant_id = ${tx.tenantId}
      order by md5(id::text || ${note}) limit ${LOOKED_BACK}`,
    { plan: 'fresh' },
  );
  const disputeIds = ids.map(({ id }) => id);
  for (const knownAt of [undefined, ...moments.map(({ at }) => at)]) {
    const amounts = await read(tx, disputeIds, { knownAt });
    const open = await openOfItems(tx, knownAt);
    const disputed = new Map<ItemId, bigint>();
    for (const [id, items] of amounts) {
      const all = sumOf(items.map((item) => item.amounts));
      const told = all.open + all.paid + all.credited + all.writtenOff + all.released;
      assert.equal(all.original, told, `dispute ${id} adds up at ${knownAt ?? 'the end'} (${note})`);
      for (const { itemId, amounts: own } of items) {
        for (const part of Object.values(own))
          assert.ok(part >= 0n, `no part of ${id} is below zero (${note})`);
        disputed.set(itemId, (disputed.get(itemId) ?? 0n) + own.open);
      }
    }
    for (const [itemId, minor] of disputed)
      assert.ok(
        minor <= (open.get(itemId) ?? 0n),
        `no more of ${itemId} is disputed than open at ${knownAt ?? 'the end'} (${note})`,
      );
  }
  await auditSimpleDisputes(tx, note, read);
}

/** What of disputed items was open at a moment, by the journal. */
async function openOfItems(tx: Tx, knownAt: Instant | undefined): Promise<ReadonlyMap<ItemId, bigint>> {
  const rows = await tx.run(
    sql<{
      id: ItemId;
      minor: bigint;
    }>`select l.item_id as id, sum(l.amount_minor)::bigint as minor from journal_line l
      where l.tenant_id = ${tx.tenantId} and l.item_id in (select item_id from dispute_item where tenant_id = ${tx.tenantId})
        and (${knownAt ?? null}::timestamptz is null or l.recorded_at <= ${knownAt ?? null}::timestamptz) group by 1`,
    { plan: 'fresh' },
  );
  return new Map(rows.map(({ id, minor }) => [id, minor]));
}

/**
 * Of an item with one dispute that was neither narrowed nor decided and for which nothing was made, so much is disputed as is open of
 * the item, at most what was disputed in the beginning: money without a purpose takes what is not disputed first.
 */
async function auditSimpleDisputes(tx: Tx, note: string, read: typeof readAmounts): Promise<void> {
  const rows = await tx.run(
    sql<{ dispute_id: string; item_id: ItemId; wanted: bigint }>`
      select i.dispute_id, i.item_id, least(i.amount_minor, o.open_minor) as wanted from dispute_item i
      join open_item o on o.tenant_id = i.tenant_id and o.id = i.item_id
      where i.tenant_id = ${tx.tenantId}
        and not exists (select from dispute_item x where x.tenant_id = i.tenant_id and x.item_id = i.item_id and x.dispute_id <> i.dispute_id)
        and not exists (select from dispute_release x where x.tenant_id = i.tenant_id and x.dispute_id = i.dispute_id)
        and not exists (select from dispute_remedy x where x.tenant_id = i.tenant_id and x.dispute_id = i.dispute_id)
        and not exists (select from dispute_closing x where x.tenant_id = i.tenant_id and x.dispute_id = i.dispute_id)`,
    { plan: 'fresh' },
  );
  const amounts = await read(
    tx,
    rows.map((row) => row.dispute_id),
  );
  for (const row of rows) {
    const own = amounts.get(row.dispute_id)?.find((item) => item.itemId === row.item_id);
    assert.equal(own?.amounts.open, row.wanted, `so much of ${row.item_id} is disputed (${note})`);
  }
}
