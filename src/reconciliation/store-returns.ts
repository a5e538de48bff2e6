// SQL that looks for the bank's side of returns that were recorded by hand.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { RETURN_SIDE_DAYS, type ReturnFit } from './return-side.ts';

/** Pairs looked at together. */
const FITS_MAX = 2_000;

/** Days back in which returns are looked at: statements come in later than that by hand alone. */
const LOOKED_AT_DAYS = 120;

/** An account as it is compared: as `compactAccount` writes it. */
const compact = (account: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`upper(regexp_replace(${account}, '[[:space:].-]', '', 'g'))`;

/**
 * Lines that nobody explained, with the returns recorded by hand that each may show: money out for a receipt that came back, its
 * fee on top; money in for a refund that came back, less what was kept of it, applied to nothing, and naming no document that is
 * open. It is of the company, currency, account, and the days around; no line shows the return yet.
 *
 * Left out are lines that are told of otherwise (the bank calls money out a return), money in that stood there when somebody
 * recorded the return without it, and lines that may as well be the return of another payment of that account and amount.
 */
export async function findReturnFits(tx: Tx, today: PlainDate): Promise<readonly ReturnFit[]> {
  const rows = await tx.run(
    sql<{ line_id: string; payment_id: string }>`
    select l.id as line_id, p.id as payment_id from payment_return k
    join payment p on p.tenant_id = k.tenant_id and p.id = k.payment_id
    join bank_account b on b.tenant_id = k.tenant_id and b.company_id = p.company_id and b.currency = p.currency
    join statement_line l on l.tenant_id = k.tenant_id and l.bank_account_id = b.id and l.currency = p.currency
      and l.amount_minor = case p.direction when 'received' then -(p.amount_minor + k.fee_minor) else p.amount_minor - k.fee_minor end
      and l.booked_on between p.returned_on - ${RETURN_SIDE_DAYS}::int and p.returned_on + ${RETURN_SIDE_DAYS}::int
      and l.booked_on >= p.received_on
      and (case p.direction when 'received' then not l.returned else l.recorded_at > k.recorded_at end)
      and ${compact(sql`l.payer_account`)} = ${compact(sql`p.payer_account`)}
    left join payment r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id
    where k.tenant_id = ${tx.tenantId} and k.statement_line_id is null
      and p.returned_on >= ${today}::date - ${LOOKED_AT_DAYS}::int
      and (r.id is null or (r.returned_on is null and (select coalesce(sum(i.open_minor), 0) from open_item i
        where i.tenant_id = r.tenant_id and i.document_id = r.id) = -r.amount_minor))
      and not (p.direction = 'refunded' and exists (select from open_item d where d.tenant_id = p.tenant_id
        and d.company_id = p.company_id and d.customer_id = p.customer_id and d.account = 'receivables' and d.open_minor > 0
        and length(d.reference) >= 4 and position(d.reference in l.remittance) > 0))
      and not exists (select from line_explanation x
        where x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null)
      and not exists (select from payment_return o where o.tenant_id = l.tenant_id and o.statement_line_id = l.id)
      and not exists (select from line_explanation g where g.tenant_id = p.tenant_id and p.id in (g.given_up_id, g.recorded_id))
      and not (p.batch_id is not null and p.returned_on = p.received_on)
      and not exists (select from explained_payment y
        join line_explanation z on z.tenant_id = y.tenant_id and z.id = y.explanation_id
        where y.tenant_id = p.tenant_id and y.payment_id = p.id and z.kind = 'return' and z.undone_at is null)
      and not exists (select from payment v where v.tenant_id = p.tenant_id and v.company_id = p.company_id and v.id <> p.id
        and v.direction = p.direction and v.currency = p.currency and v.amount_minor = p.amount_minor and v.returned_on is null
        and v.received_on <= l.booked_on and v.received_on >= p.received_on - 70
        and ${compact(sql`v.payer_account`)} = ${compact(sql`p.payer_account`)})
    order by l.id, p.id limit ${FITS_MAX}::int`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({ lineId: row.line_id, paymentId: row.payment_id }));
}
