// SQL of returns for people: what was told of them, and the payments that came back.

import { type Selectable, sql } from 'kysely';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, PaymentId } from '#kernel/id.ts';
import { RETURN_REASONS } from './code-table.ts';
import { type NoticeRow, waits } from './store.ts';

/** A notice with what became of it. */
export type ListedNotice = NoticeRow & {
  readonly is_waiting: boolean;
  readonly outcome: Selectable<DB['return_outcome']>['kind'] | null;
  readonly note: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Instant | null;
  readonly payment_id: PaymentId | null;
  readonly payment_number: string | null;
  readonly received_on: PlainDate | null;
  readonly payment_minor: bigint | null;
};

/** Where a page of either list ended. */
export type After = readonly [on: PlainDate, id: string];

/** Notices that wait, or those that do not; the latest first. */
export async function findNotices(
  tx: Tx,
  filter: { readonly isWaiting: boolean; readonly after?: After | undefined; readonly limit: number },
): Promise<readonly ListedNotice[]> {
  const { after } = filter;
  const further =
    after === undefined ? sql`` : sql`and (n.returned_on, n.id) < (${after[0]}::date, ${after[1]}::uuid)`;
  const part = filter.isWaiting ? waits(sql`n`) : sql`not (${waits(sql`n`)})`;
  return tx.run(
    sql<ListedNotice>`select n.*, ${filter.isWaiting}::boolean as is_waiting, o.kind as outcome, o.note, o.decided_by,
      o.recorded_at as decided_at, p.id as payment_id, p.number as payment_number, p.received_on, p.amount_minor as payment_minor
    from return_notice n
    left join return_outcome o on o.tenant_id = n.tenant_id and o.notice_id = n.id
    left join payment p on p.tenant_id = o.tenant_id and p.id = o.payment_id
    where n.tenant_id = ${tx.tenantId} and ${part} ${further}
    order by n.returned_on desc, n.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** A payment that came back, with what is done about it. */
export type ReturnedRow = {
  readonly payment_id: PaymentId;
  readonly number: string;
  readonly customer_id: CustomerId | null;
  readonly received_on: PlainDate;
  readonly returned_on: PlainDate;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly fee_minor: bigint;
  readonly code: string | null;
  readonly reason: string;
  readonly risky: number;
  readonly charge_id: string | null;
  readonly charge_number: string | null;
  readonly note: string | null;
  readonly done_by: string | null;
  readonly done_at: Instant | null;
};

/** Codes that speak against the payer. */
const RISKY = RETURN_REASONS.filter((reason) => reason.risk !== 'none').map((reason) => reason.code);
/** Codes that leave nothing to do. */
const SETTLED = RETURN_REASONS.filter((reason) => reason.next === 'none').map((reason) => reason.code);

/**
 * Payments that came back, the latest first. Receipts that were given up because they were none, and imports taken back, are no
 * returns. A code that came by a second notice counts where the first had none.
 */
export async function findReturnedPayments(
  tx: Tx,
  filter: {
    readonly state: 'to_follow_up' | 'done' | 'all';
    readonly customerId?: CustomerId | undefined;
    readonly after?: After | undefined;
    readonly limit: number;
  },
): Promise<readonly ReturnedRow[]> {
  const { state, customerId, after } = filter;
  const ofCustomer = customerId === undefined ? sql`` : sql`and t.customer_id = ${customerId}::uuid`;
  const isDone = sql`(t.note is not null or coalesce(t.code = any(${arrayLiteral(SETTLED)}::text[]), false))`;
  const part = state === 'all' ? sql`` : state === 'done' ? sql`and ${isDone}` : sql`and not ${isDone}`;
  const further =
    after === undefined
      ? sql``
      : sql`and (t.returned_on, t.payment_id) < (${after[0]}::date, ${after[1]}::uuid)`;
  return tx.run(
    sql<ReturnedRow>`
    with returned as (
      select p.id as payment_id, p.number, p.customer_id, p.received_on, p.currency, p.amount_minor, r.returned_on, r.fee_minor,
        r.reason, coalesce(r.code, (select n.code from return_outcome o join return_notice n on n.tenant_id = o.tenant_id
          and n.id = o.notice_id where o.tenant_id = r.tenant_id and o.payment_id = r.payment_id and n.code is not null
          order by o.recorded_at limit 1)) as code, f.note, f.done_by, f.recorded_at as done_at
      from payment_return r join payment p on p.tenant_id = r.tenant_id and p.id = r.payment_id
      left join return_follow_up f on f.tenant_id = r.tenant_id and f.payment_id = r.payment_id
      where r.tenant_id = ${tx.tenantId}
        and not exists (select from line_explanation g where g.tenant_id = p.tenant_id and p.id in (g.given_up_id, g.recorded_id))
        and not (p.batch_id is not null and r.returned_on = p.received_on))
    select t.*, c.id as charge_id, c.number as charge_number,
      (select count(*)::int from returned s where s.customer_id = t.customer_id and s.returned_on <= t.returned_on
        and s.returned_on > t.returned_on - interval '1 year'
        and (s.code is null or s.code = any(${arrayLiteral(RISKY)}::text[]))) as risky
    from returned t
    left join charge_part cp on cp.tenant_id = ${tx.tenantId} and cp.document_id = t.payment_id and cp.kind = 'return_fee'
    left join charge c on c.tenant_id = ${tx.tenantId} and c.id = cp.charge_id
    where true ${ofCustomer} ${part} ${further}
    order by t.returned_on desc, t.payment_id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}
