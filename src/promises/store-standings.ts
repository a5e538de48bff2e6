// How all promises stand, reckoned by the database: for counts, and for picking those a list shows. The same rules as `promise.ts`
// (a test holds one against the other); a page that shows promises reads what became of their parts from there.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { PromiseState } from './promise.ts';
import { TOLERANCE_DAYS_DEFAULT } from './promise.ts';

/** Whose promises, and the day they are asked for; with `asOf` only what was so at the end of it. */
export type Whose = {
  readonly customerId?: CustomerId | undefined;
  readonly customerIds?: readonly CustomerId[] | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly documentId?: string | undefined;
  /** Those made on this day or later. */
  readonly promisedFrom?: PlainDate | undefined;
  readonly today: PlainDate;
  readonly asOf?: PlainDate | undefined;
  /** Only what had been recorded by this moment. */
  readonly knownAt?: Instant | undefined;
  readonly promiseIds?: readonly string[] | undefined;
};

/** The views of a list; see `PROMISE_VIEWS`. */
const VIEW = {
  open: sql`state = 'open'`,
  due: sql`state = 'open' and next_on <= today`,
  broken: sql`state in ('broken', 'partly_kept')`,
  kept: sql`state = 'kept'`,
  all: sql`true`,
} as const;

/** One row for each promise: its state, what of it is promised still and came in time, and the next day something is to come. */
function states({
  customerId,
  customerIds,
  companyId,
  documentId,
  promisedFrom,
  today,
  asOf,
  knownAt,
  promiseIds,
}: Whose): RawBuilder<unknown> {
  const then = (on: RawBuilder<unknown>, at: RawBuilder<unknown>) =>
    sql`${asOf === undefined ? sql`true` : sql`${on} <= ${asOf}::date`}
      and ${knownAt === undefined ? sql`true` : sql`${at} <= ${knownAt}::timestamptz`}`;
  return sql`
    promises as (
      select p.tenant_id, p.id, p.customer_id, p.currency, p.recorded_at, e.kind as end_kind, e.ended_on,
        coalesce((select s.tolerance_days from promise_setting s
          where s.tenant_id = p.tenant_id and s.company_id = p.company_id
            and ${knownAt === undefined ? sql`true` : sql`s.recorded_at <= ${knownAt}::timestamptz`}
          order by s.recorded_at desc, s.id desc limit 1), ${TOLERANCE_DAYS_DEFAULT}::smallint)::int as tolerance_days
      from promise p
      left join promise_end e on e.tenant_id = p.tenant_id and e.promise_id = p.id and ${then(sql`e.ended_on`, sql`e.recorded_at`)}
      where p.tenant_id = current_tenant() and ${then(sql`p.promised_on`, sql`p.recorded_at`)}
        and ${customerId === undefined ? sql`true` : sql`p.customer_id = ${customerId}`}
        and ${customerIds === undefined ? sql`true` : sql`p.customer_id = any(${arrayLiteral(customerIds)}::uuid[])`}
        and ${promiseIds === undefined ? sql`true` : sql`p.id = any(${arrayLiteral(promiseIds)}::uuid[])`}
        and ${companyId === undefined ? sql`true` : sql`p.company_id = ${companyId}`}
        and ${promisedFrom === undefined ? sql`true` : sql`p.promised_on >= ${promisedFrom}`}
        and ${
          documentId === undefined
            ? sql`true`
            : sql`exists (select from promise_part i
                join open_item o on o.tenant_id = i.tenant_id and o.id = i.item_id
                where i.tenant_id = p.tenant_id and i.promise_id = p.id and o.document_id = ${documentId})`
        }),
    parts as (
      select p.id, p.tenant_id, p.recorded_at, i.item_id, i.promised_for, i.amount_minor, i.open_minor,
        i.promised_for + p.tolerance_days as until, r.ended_on as replaced_on,
        coalesce(r.ended_on, p.ended_on, 'infinity') as counts_until,
        sum(i.amount_minor) over whole as said,
        sum(i.amount_minor) over whole - sum(i.amount_minor) over so_far as later
      from promises p
      join promise_part i on i.tenant_id = p.tenant_id and i.promise_id = p.id
      left join promise_item_end r on r.tenant_id = i.tenant_id and r.promise_id = i.promise_id
        and r.item_id = i.item_id and ${then(sql`r.ended_on`, sql`r.recorded_at`)}
      window whole as (partition by p.id, i.item_id),
        so_far as (partition by p.id, i.item_id order by i.promised_for)),
    happened as (
      select i.id, i.item_id, coalesce(y.received_on, a.applied_on) as happened_on,
        case when c.kind in ('payment', 'transfer', 'handover') then a.amount_minor else 0 end as money,
        case when c.kind in ('payment', 'transfer', 'handover') then 0 else a.amount_minor end
          + a.discount_minor + a.difference_minor as relief
      from (select distinct id, tenant_id, recorded_at, item_id, counts_until from parts) i
      join application a on a.tenant_id = i.tenant_id and a.debit_item_id = i.item_id and a.recorded_at > i.recorded_at
      join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
      left join payment y on y.tenant_id = c.tenant_id and y.id = c.document_id and c.kind in ('payment', 'transfer', 'handover')
      where a.reverses_id is null and ${then(sql`a.applied_on`, sql`a.recorded_at`)}
        and coalesce(y.received_on, a.applied_on) <= i.counts_until
        and not exists (select from application b where b.tenant_id = a.tenant_id and b.reverses_id = a.id
          and ${then(sql`b.applied_on`, sql`b.recorded_at`)})),
    relieved as (
      select parts.*, amount_minor - greatest(0, least(amount_minor,
        greatest(0, coalesce(h.relief, 0) - (open_minor - said)) - later)) as left_minor
      from parts left join (select id, item_id, sum(relief) as relief from happened group by id, item_id) h
        using (id, item_id)),
    reached as (
      select r.*, coalesce((select sum(h.money) from happened h where h.id = r.id and h.item_id = r.item_id
          and h.happened_on <= r.until), 0)
        - coalesce(sum(left_minor) over (partition by id, item_id order by promised_for
          rows between unbounded preceding and 1 preceding), 0) as came
      from relieved r),
    standing as (
      select *, case when until >= replaced_on then kept else left_minor end as promised
      from (select *, least(left_minor, greatest(0, came)) as kept from reached) k),
    summed as (
      select p.id, p.customer_id, p.currency, p.recorded_at, p.end_kind, ${today}::date as today,
        sum(s.promised)::bigint as promised, sum(s.kept)::bigint as kept,
        coalesce(sum(s.promised - s.kept) filter (where s.until < least(p.ended_on, ${today}::date)), 0)::bigint as short,
        case when p.end_kind is null then
          min(s.promised_for) filter (where s.kept < s.promised and s.until >= ${today}::date) end as next_on
      from promises p join standing s on s.id = p.id
      group by p.id, p.customer_id, p.currency, p.recorded_at, p.end_kind, p.ended_on),
    states as (
      select *, case when promised = 0 then 'relieved' when kept = promised then 'kept'
        when short > 0 then case when kept > 0 then 'partly_kept' else 'broken' end
        else coalesce(end_kind, 'open') end as state
      from summed)`;
}

/** How one promise stands; minor units. */
export type StateRow = {
  readonly id: string;
  readonly state: PromiseState;
  readonly promised: bigint;
  readonly kept: bigint;
  readonly short: bigint;
  readonly next_on: PlainDate | null;
};

/** Promises of a view, the newest first. */
export async function findStates(
  tx: Tx,
  whose: Whose,
  page: { readonly show: keyof typeof VIEW; readonly limit: number },
): Promise<readonly StateRow[]> {
  return tx.run(
    sql<StateRow>`with ${states(whose)}
      select id, state, promised, kept, short, next_on from states where ${VIEW[page.show]}
      order by recorded_at desc, id desc limit ${page.limit}::int`,
    { plan: 'fresh' },
  );
}

/** How many promises there are of the views that are counted. */
export async function countStates(
  tx: Tx,
  whose: Whose,
): Promise<{ readonly open: number; readonly due: number; readonly broken: number }> {
  const [row] = await tx.run(
    sql<{ open: bigint; due: bigint; broken: bigint }>`with ${states(whose)}
      select count(*) filter (where ${VIEW.open}) as open, count(*) filter (where ${VIEW.due}) as due,
        count(*) filter (where ${VIEW.broken}) as broken from states`,
    { plan: 'fresh' },
  );
  return { open: Number(row?.open ?? 0), due: Number(row?.due ?? 0), broken: Number(row?.broken ?? 0) };
}

/**
 * How far a customer can be believed, by currency: promises that came to an end, by number and by money in minor units. Those
 * replaced, withdrawn or relieved say nothing.
 */
export type Reliability = {
  readonly currency: string;
  readonly ended: number;
  readonly kept_count: number;
  readonly promised: bigint;
  readonly kept: bigint;
};

/** Puts together all promises of a customer that came to an end. */
export async function findReliability(
  tx: Tx,
  customerId: CustomerId,
  today: PlainDate,
): Promise<readonly Reliability[]> {
  return tx.run(
    sql<Reliability>`with ${states({ customerId, today })}
      select currency, count(*)::int as ended, count(*) filter (where state = 'kept')::int as kept_count,
        sum(promised)::bigint as promised, sum(kept)::bigint as kept
      from states where state in ('kept', 'partly_kept', 'broken') group by currency order by currency`,
    { plan: 'fresh' },
  );
}

/** How many promises of each customer were not kept, wholly or in part; none, and the customer is not there. */
export async function findBroken(tx: Tx, whose: Whose): Promise<ReadonlyMap<CustomerId, number>> {
  const rows = await tx.run(
    sql<{ customer_id: CustomerId; broken: number }>`with ${states(whose)}
      select customer_id, count(*)::int as broken from states where ${VIEW.broken} group by customer_id`,
    { plan: 'fresh' },
  );
  return new Map(rows.map((row) => [row.customer_id, row.broken]));
}
