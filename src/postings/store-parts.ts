// SQL of what there is to post: receipts and their returns in the company that received them, and money between companies in
// both.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';

/** Receipts, and the returns of them as far as they came back, negative; `from` joins what narrows them to the payment `p`. */
const receiptRows = (from: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select p.id as payment_id, null::uuid as handover_id, s.part, p.number, p.company_id, s.on_day, p.currency,
    s.sign * p.amount_minor as amount_minor, p.customer_id, p.payer_name, p.statement_line_id
  from ${from}
  cross join lateral (select 'receipt' as part, p.received_on as on_day, 1 as sign
    union all select 'return', p.returned_on, -1 where p.returned_on is not null) s`;

/**
 * Money between companies in the books of either: what the one that received it gave up, negative, and what the other has of it;
 * coming back, the other way. Numbered by payment in the order it was done, for the other company after the code of the first, so
 * that no two of one company are alike: codes have no stroke and stay.
 */
const handoverRows = (tx: Tx, narrow: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select h.payment_id, h.id as handover_id, s.side || case when h.reverses_id is null then '' else '_back' end as part,
    s.before || p.number || '/' || (i.instalment + 1) / 2 as number, s.company_id, h.handed_on as on_day, h.currency,
    s.sign * h.amount_minor as amount_minor, s.customer_id, p.payer_name, null::uuid as statement_line_id
  from company_handover h
  join payment p on p.tenant_id = h.tenant_id and p.id = h.payment_id
  join open_item i on i.tenant_id = h.tenant_id and i.id = h.to_item_id
  join company f on f.tenant_id = h.tenant_id and f.id = h.from_company_id
  cross join lateral (values ('handover', h.from_company_id, '', -1, p.customer_id),
    ('elsewhere', h.to_company_id, f.code || '/', 1, h.customer_id)) as s (side, company_id, before, sign, customer_id)
  where h.tenant_id = ${tx.tenantId} and ${narrow}`;

/** Each of them with its latest step. */
const withSteps = (
  tx: Tx,
  rows: RawBuilder<unknown>,
  narrow: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  (select k.*, coalesce(t.state, 'to_post') as state, t.export_id, t.reference, t.reason, t.posted_on, t.recorded_at
    from (${rows}) k
    left join lateral (select * from posting_step t where t.tenant_id = ${tx.tenantId} and t.payment_id = k.payment_id
      and t.part = k.part and t.handover_id is not distinct from k.handover_id
      order by t.recorded_at desc, t.id desc limit 1) t on true
    where ${narrow})`;

/**
 * What is asked for of companies from their days on: receipts by value date with the returns of them, money between companies by
 * the day it was handed over or came back. What was handed out or answered before a company stated a later day stays, with what
 * undoes it: the accounting system knows of it. Nothing of receipts was before the earliest day that was ever stated.
 */
export function askedParts(
  tx: Tx,
  settings: ReadonlyMap<CompanyId, PlainDate>,
  narrow: {
    readonly paymentId?: string;
    /** In `k` a row, in `t` its latest step. */
    readonly where?: RawBuilder<unknown>;
  } = {},
): RawBuilder<unknown> {
  const stated = sql`unnest(${arrayLiteral([...settings.keys()])}::uuid[], ${arrayLiteral([...settings.values()])}::date[])
    as w(company_id, from_on)`;
  const of = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
    narrow.paymentId === undefined ? sql`true` : sql`${column} = ${narrow.paymentId}::uuid`;
  const receipts = receiptRows(sql`${stated}
    cross join lateral (select min(g.from_on) as from_on from posting_setting g
      where g.tenant_id = ${tx.tenantId} and g.company_id = w.company_id) ever
    join payment p on p.tenant_id = ${tx.tenantId} and p.company_id = w.company_id and p.received_on >= ever.from_on
      and p.direction = 'received' and (p.received_on >= w.from_on or exists (select from posting_step h
        where h.tenant_id = p.tenant_id and h.payment_id = p.id and h.handover_id is null)) and ${of(sql`p.id`)}`);
  const handovers = handoverRows(
    tx,
    sql`${of(sql`h.payment_id`)} and exists (select from ${stated} where w.company_id = s.company_id and (h.handed_on >= w.from_on
      or exists (select from posting_step e where e.tenant_id = h.tenant_id and e.handover_id in (h.id, h.reverses_id)
        and starts_with(e.part, s.side))))`,
  );
  return withSteps(tx, sql`${receipts} union all ${handovers}`, narrow.where ?? sql`true`);
}

/** What of an export nothing was done or said of since. */
export function exportedParts(tx: Tx, exportId: string): RawBuilder<unknown> {
  const within = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select ${column} from posting_step e where e.tenant_id = ${tx.tenantId} and e.export_id = ${exportId}::uuid)`;
  const receipts = receiptRows(
    sql`(select * from payment p where p.tenant_id = ${tx.tenantId} and p.id in ${within(sql`e.payment_id`)}) p`,
  );
  const handovers = handoverRows(tx, sql`h.id in ${within(sql`e.handover_id`)}`);
  return withSteps(tx, sql`${receipts} union all ${handovers}`, sql`t.export_id = ${exportId}::uuid`);
}
