// SQL of joining remittances to payments. Reads only: joins are written by the remittances.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { REMITTANCES_TOGETHER } from '#kernel/limits.ts';
import type { Pair } from './claimed.ts';

/** Days a payment may arrive before and after the day that the payer names. */
const DAYS_BEFORE = 3;
const DAYS_AFTER = 10;
/** The same around the day a remittance came in, where the payer names none; before and after. */
const DAYS_AROUND = 30;
/** A payment reference shorter than this may stand in a text by chance. */
const REFERENCE_CHARACTERS_MIN = 6;

const fitting = sql`remittance r
  join lateral (select * from remittance_reading g where g.tenant_id = r.tenant_id and g.remittance_id = r.id
    order by g.revision desc limit 1) g on true
  join payment p on p.tenant_id = r.tenant_id and p.company_id = r.company_id and p.amount_minor = g.total_minor
    and p.currency = g.currency and p.direction = 'received' and p.returned_on is null
    and p.received_on between coalesce(g.paid_on - ${DAYS_BEFORE}::int, r.received_on - ${DAYS_AROUND}::int)
      and coalesce(g.paid_on + ${DAYS_AFTER}::int, r.received_on + ${DAYS_AROUND}::int)
  left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id`;

const byReference = sql`(length(g.payment_reference_key) >= ${REFERENCE_CHARACTERS_MIN}::int
  and (match_key(l.end_to_end_id) = g.payment_reference_key or p.reference_key = g.payment_reference_key))`;

/** Whether the payment is that of the payer: of the customer named, else of one whose documents the lines name. */
const byPayer = sql`(p.customer_id is not null and case when g.customer_id is not null then p.customer_id = g.customer_id
  else exists (select from remittance_line c join open_item i on i.tenant_id = c.tenant_id and i.reference_key = c.document_key
    where c.tenant_id = g.tenant_id and c.reading_id = g.id and c.document_key <> ''
      and i.company_id = r.company_id and i.customer_id = p.customer_id) end)`;

/** Whether the payment has no remittance. */
const isFree = sql`not exists (select from remittance_join j where j.tenant_id = p.tenant_id and j.payment_id = p.id
  and j.parted_at is null)`;

/**
 * Pairs of remittances that wait and payments without a remittance that could belong together, but for those that a person
 * parted. Payments of the same amount and days, of the payer or with the reference.
 */
export async function findPairs(tx: Tx): Promise<readonly Pair[]> {
  return tx.run(
    sql<Pair>`select r.id as "remittanceId", p.id as "paymentId", ${byReference} as "byReference"
    from (select * from remittance r where r.tenant_id = ${tx.tenantId}
      and not exists (select from remittance_join j where j.tenant_id = r.tenant_id and j.remittance_id = r.id
        and j.parted_at is null)
      order by r.received_on desc, r.id desc limit ${REMITTANCES_TOGETHER}::int) waiting
    join ${fitting} on waiting.id = r.id
    where r.tenant_id = ${tx.tenantId} and (${byReference} or ${byPayer})
      and ${isFree}
      and not exists (select from remittance_join j where j.tenant_id = p.tenant_id and j.payment_id = p.id
        and j.remittance_id = r.id)
    order by r.id, p.id`,
    { plan: 'fresh' },
  );
}

/** A payment as it is offered for a remittance. */
export type OfferedPayment = {
  readonly id: PaymentId;
  readonly number: string;
  readonly received_on: PlainDate;
  readonly payer_name: string | null;
  readonly amount_minor: bigint;
  readonly currency: string;
};

/** Payments that a person may join a remittance to: of its amount and days, whoever paid. */
export async function findOffered(
  tx: Tx,
  remittanceId: string,
  limit: number,
): Promise<readonly OfferedPayment[]> {
  return tx.run(
    sql<OfferedPayment>`select p.id, p.number, p.received_on, p.payer_name, p.amount_minor, p.currency from ${fitting}
    where r.tenant_id = ${tx.tenantId} and r.id = ${remittanceId}
      and ${isFree}
    order by (${byReference} or ${byPayer}) desc, p.received_on, p.id limit ${limit}::int`,
    { plan: 'fresh' },
  );
}

/** Payments with what is left of each, in minor units. */
export async function findLeft(
  tx: Tx,
  ids: readonly string[],
): Promise<
  readonly (OfferedPayment & { readonly customer_id: string | null; readonly left_minor: bigint })[]
> {
  return tx.run(
    sql<OfferedPayment & { customer_id: string | null; left_minor: bigint }>`
    select p.id, p.number, p.received_on, p.payer_name, p.amount_minor, p.currency, p.customer_id,
      coalesce((select -sum(i.open_minor) from open_item i
        where i.tenant_id = p.tenant_id and i.document_id = p.id), 0)::bigint as left_minor
    from payment p where p.tenant_id = ${tx.tenantId} and p.id = any(${arrayLiteral(ids)}::uuid[])`,
  );
}
