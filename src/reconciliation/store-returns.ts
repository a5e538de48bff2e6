// SQL that looks for the bank's side of returns that were recorded by hand.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { RETURN_SIDE_DAYS, type ReturnFit } from './return-side.ts';

/** Days back in which returns are looked at: statements come in later than that by hand alone. */
const LOOKED_AT_DAYS = 120;

/** Days before a line in which another payment may have been made that it may be of. */
const OTHERS_DAYS = 70;

/** An account as it is compared: as `compactAccount` writes it. */
const compact = (account: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`upper(regexp_replace(${account}, '[[:space:].-]', '', 'g'))`;

/** A number that is long enough to say something, in what a line says; both as they are compared. */
const stands = (key: RawBuilder<unknown>, said: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(length(${key}) >= 4 and strpos(${said}, ${key}) > 0)`;

/**
 * Money in `l` that the customer may have paid for something: it names what is open of it, by number or payment reference, or is
 * exactly what is open of one document.
 */
const paysSomething = (tx: Tx): RawBuilder<unknown> => sql`exists (select from open_item d
  left join invoice n on n.tenant_id = d.tenant_id and n.id = d.document_id
  cross join lateral (select match_key(concat_ws(' ', l.remittance, l.structured_reference, l.end_to_end_id)) as said) t
  where d.tenant_id = ${tx.tenantId} and d.company_id = p.company_id and d.customer_id = p.customer_id
    and d.account = 'receivables' and d.open_minor > 0 and ((d.open_minor = l.amount_minor and d.currency = l.currency)
      or ${stands(sql`d.reference_key`, sql`t.said`)} or ${stands(sql`match_key(n.payment_reference)`, sql`t.said`)}))`;

/**
 * Another payment that `l` may show as well as it shows the return of `p`: one of that account and amount that may have come
 * back, or one that goes the way of the line and is on none yet (a refund for money out, a receipt by hand for money in).
 */
const showsAnother = (
  tx: Tx,
): RawBuilder<unknown> => sql`exists (select from payment v where v.tenant_id = ${tx.tenantId}
  and v.company_id = p.company_id and v.id <> p.id and v.currency = p.currency and v.returned_on is null
  and v.amount_minor in (p.amount_minor, abs(l.amount_minor)) and case when v.direction = p.direction
    then v.received_on between p.received_on - ${OTHERS_DAYS}::int and l.booked_on
      and ${compact(sql`v.payer_account`)} = ${compact(sql`p.payer_account`)}
    else v.amount_minor = abs(l.amount_minor) and v.statement_line_id is null
      and v.received_on between l.booked_on - ${OTHERS_DAYS}::int and l.booked_on + ${RETURN_SIDE_DAYS}::int
      and (case when v.payer_account is null then v.customer_id is null or v.customer_id = p.customer_id
        else ${compact(sql`v.payer_account`)} = ${compact(sql`p.payer_account`)} end)
      and not exists (select from explained_payment y
        join line_explanation z on z.tenant_id = y.tenant_id and z.id = y.explanation_id
        where y.tenant_id = v.tenant_id and y.payment_id = v.id and z.undone_at is null) end)`;

/**
 * Lines that nobody explained, with the returns recorded by hand that each may show: money out for a receipt that came back, its
 * fee on top; money in for a refund that came back, less what was kept of it, applied to nothing. It is of the company, currency,
 * account, and the days around; no line shows the return yet. All of them: a pair is certain only beside all others.
 *
 * Left out are lines that are told of otherwise (the bank calls money out a return), money in that stood there when somebody
 * recorded the return without it or that is kept on account, lines that may as well be something else, and pairs that a person
 * took apart.
 */
export async function findReturnFits(tx: Tx, today: PlainDate): Promise<readonly ReturnFit[]> {
  const from = sql`(${today}::date - ${LOOKED_AT_DAYS}::int)`;
  const rows = await tx.run(
    sql<{ line_id: string; payment_id: string }>`
    with p as materialized (
      select p.*, b.id as bank_account_id, k.recorded_at as noted_at, ${compact(sql`p.payer_account`)} as account_key,
        case p.direction when 'received' then -(p.amount_minor + k.fee_minor) else p.amount_minor - k.fee_minor end as shown_minor
      from payment_return k
      join payment p on p.tenant_id = k.tenant_id and p.id = k.payment_id
      join bank_account b on b.tenant_id = k.tenant_id and b.company_id = p.company_id and b.currency = p.currency
      where k.tenant_id = ${tx.tenantId} and k.statement_line_id is null and p.returned_on >= ${from}
        and not (p.batch_id is not null and p.returned_on = p.received_on)
        and not exists (select from line_explanation g where g.tenant_id = p.tenant_id and g.given_up_id = p.id)
        and not exists (select from line_explanation g where g.tenant_id = p.tenant_id and g.recorded_id = p.id)),
    l as materialized (
      select l.*, ${compact(sql`l.payer_account`)} as account_key from statement_line l
      where l.tenant_id = ${tx.tenantId} and l.booked_on >= ${from} - ${RETURN_SIDE_DAYS}::int
        and l.amount_minor in (select p.shown_minor from p))
    select l.id as line_id, p.id as payment_id from p
    join l on l.bank_account_id = p.bank_account_id and l.currency = p.currency and l.amount_minor = p.shown_minor
      and l.account_key = p.account_key and l.booked_on >= p.received_on
      and l.booked_on between p.returned_on - ${RETURN_SIDE_DAYS}::int and p.returned_on + ${RETURN_SIDE_DAYS}::int
      and (case p.direction when 'received' then not l.returned else l.recorded_at > p.noted_at end)
    left join payment r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id
    where (r.id is null or (r.returned_on is null and (select coalesce(sum(i.open_minor), 0) from open_item i
        where i.tenant_id = r.tenant_id and i.document_id = r.id) = -r.amount_minor))
      and not exists (select from receipt_mark m where m.tenant_id = r.tenant_id and m.payment_id = r.id and m.kind = 'kept'
        and m.ended_at is null)
      and not (p.direction = 'refunded' and ${paysSomething(tx)})
      and not exists (select from line_explanation x
        where x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null)
      and not exists (select from payment_return o where o.tenant_id = l.tenant_id and o.statement_line_id = l.id)
      and not exists (select from explained_payment y
        join line_explanation z on z.tenant_id = y.tenant_id and z.id = y.explanation_id
        where y.tenant_id = p.tenant_id and y.payment_id = p.id and z.kind = 'return'
          and (z.undone_at is null or z.statement_line_id = l.id))
      and not ${showsAnother(tx)}
    order by l.id, p.id`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({ lineId: row.line_id, paymentId: row.payment_id }));
}
