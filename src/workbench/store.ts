// SQL of the workbench: the queue, and the marks of receipts.

import { type RawBuilder, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { newId, type PaymentId } from '#kernel/id.ts';
import { KEPT_DAYS } from '#kernel/limits-collecting.ts';
import { spokenForNow } from '#ledger/read-granted.ts';

export type MarkKind = 'asked' | 'kept';

/** A receipt that waits, with what is left of it and what was said of it. */
export type QueueRow = {
  readonly id: PaymentId;
  readonly number: string;
  readonly company_id: string;
  readonly customer_id: string | null;
  readonly received_on: PlainDate;
  readonly currency: string;
  readonly amount_minor: bigint;
  /** What nothing was applied of and no refund speaks for. */
  readonly left_minor: bigint;
  /** What was granted back as a refund and is not paid yet. */
  readonly granted_minor: bigint;
  readonly payer_name: string | null;
  readonly payer_account: string | null;
  readonly text: string;
  readonly remittance_id: string | null;
  readonly kind: MarkKind | null;
  readonly user_id: string | null;
  readonly note: string | null;
  readonly marked_by: string | null;
  readonly marked_at: Instant | null;
  readonly look_again_at: Instant | null;
};

export type QueueFilter = {
  /** What was kept on account longer than was said waits again. */
  readonly now: Instant;
  readonly companyId?: string | undefined;
  readonly part: 'open' | 'free' | 'mine' | 'asked' | 'kept';
  /** Who asks, for what is asked of them. */
  readonly userId: string;
};

const PARTS: Readonly<Record<QueueFilter['part'], (userId: string) => RawBuilder<unknown>>> = {
  open: () => sql`(m.kind is distinct from 'kept' or m.is_over)`,
  free: () => sql`(m.kind is null or m.is_over)`,
  mine: (userId) => sql`m.kind = 'asked' and m.user_id = ${userId}`,
  asked: () => sql`m.kind = 'asked'`,
  kept: () => sql`m.kind = 'kept' and not m.is_over`,
};

const waiting = (
  tx: Tx,
  filter: Omit<QueueFilter, 'userId'> & { readonly userId?: string },
): RawBuilder<unknown> => {
  const company = filter.companyId === undefined ? sql`` : sql`and p.company_id = ${filter.companyId}::uuid`;
  return sql`(select p.*, w.left_minor - coalesce(g.minor, 0) as left_minor, coalesce(g.minor, 0)::bigint as granted_minor, m.kind, m.user_id, m.note, m.marked_by, m.marked_at, m.look_on as look_again_at,
      case when m.is_over then greatest(p.recorded_at, m.look_on) else p.recorded_at end as since,
      case when m.is_over then (select count(*)::int from receipt_mark k where k.tenant_id = p.tenant_id and k.payment_id = p.id
        and k.kind = 'kept') else 0 end as round
    from (select i.document_id, -sum(i.open_minor)::bigint as left_minor from open_item i
      where i.tenant_id = ${tx.tenantId} and i.account = 'unapplied-cash' and i.open_minor <> 0 group by i.document_id) w
    join payment p on p.tenant_id = ${tx.tenantId} and p.id = w.document_id and p.direction = 'received'
      and p.returned_on is null
    left join ${spokenForNow(tx)} g on g.document_id = w.document_id
    left join lateral (select k.*, k.kind = 'kept' and k.look_on <= ${filter.now}::timestamptz as is_over from (
      select m.id, m.kind, m.user_id, m.note, m.marked_by, m.marked_at,
        case when m.kind = 'kept' then coalesce(m.look_again_at, m.marked_at + make_interval(days => ${KEPT_DAYS}::int)) end as look_on
      from receipt_mark m where m.tenant_id = p.tenant_id and m.payment_id = p.id and m.ended_at is null) k) m on true
    where w.left_minor > coalesce(g.minor, 0) and ${PARTS[filter.part](filter.userId ?? '')} ${company})`;
};

/** Where a page of the queue ended. */
export type QueueAfter = { readonly key: string; readonly id: string };

/** Receipts that wait, the oldest or the largest first. */
export async function findQueue(
  tx: Tx,
  filter: QueueFilter,
  page: {
    readonly order: 'oldest' | 'largest';
    readonly after?: QueueAfter | undefined;
    readonly limit: number;
  },
): Promise<readonly QueueRow[]> {
  const { order, after } = page;
  const beyond =
    after === undefined
      ? sql``
      : order === 'oldest'
        ? sql`where (p.received_on, p.id) > (${after.key}::date, ${after.id}::uuid)`
        : sql`where (p.left_minor, p.id) < (${after.key}::bigint, ${after.id}::uuid)`;
  const sorted = order === 'oldest' ? sql`p.received_on, p.id` : sql`p.left_minor desc, p.id desc`;
  return tx.run(
    sql<QueueRow>`select p.id, p.number, p.company_id, p.customer_id, p.received_on, p.currency, p.amount_minor, p.left_minor,
        p.granted_minor, p.payer_name, p.payer_account, coalesce(l.remittance, p.reference) as text, j.remittance_id,
        p.kind, p.user_id, p.note, p.marked_by, p.marked_at, p.look_again_at
      from (select * from ${waiting(tx, filter)} p ${beyond} order by ${sorted} limit ${page.limit}::int) p
      left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
      left join remittance_join j on j.tenant_id = p.tenant_id and j.payment_id = p.id and j.parted_at is null
      order by ${sorted}`,
    { plan: 'fresh' },
  );
}

/** A receipt that waits, with what is left of it and since when. */
export type LongestWaiting = {
  readonly payment_id: string;
  readonly number: string;
  readonly company_id: string;
  readonly customer_name: string | null;
  readonly payer_name: string | null;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly unapplied_minor: bigint;
  readonly recorded_at: Instant;
  /** Since when it waits: since it came, or since it is to be looked at again. */
  readonly since: Instant;
  /** 0 since it came; another number for each time it had been kept on account until it was to be looked at again. */
  readonly round: number;
};

/** The receipt after which a page of them begins, in the order in which they were recorded. */
export type WaitingAfter = { readonly recordedAt: Instant; readonly paymentId: string };

export type WaitingPage = {
  readonly now: Instant;
  readonly companyId?: string | undefined;
  readonly after?: WaitingAfter | undefined;
  readonly limit: number;
};

/** Receipts that wait and are not kept on account, in the order in which they were recorded. */
export async function findLongestWaiting(tx: Tx, of: WaitingPage): Promise<readonly LongestWaiting[]> {
  const { after } = of;
  const beyond =
    after === undefined
      ? sql``
      : sql`where (p.recorded_at, p.id) > (${after.recordedAt}::timestamptz, ${after.paymentId}::uuid)`;
  return tx.run(
    sql<LongestWaiting>`select p.id as payment_id, p.number, p.company_id, c.name as customer_name, p.payer_name, p.currency,
        p.amount_minor, p.left_minor as unapplied_minor, p.recorded_at, p.since, p.round
      from ${waiting(tx, { part: 'open', companyId: of.companyId, now: of.now })} p
      left join customer c on c.tenant_id = p.tenant_id and c.id = p.customer_id
      ${beyond}
      order by p.recorded_at, p.id limit ${of.limit}::int`,
    { plan: 'fresh' },
  );
}

/** How many wait. */
export async function countQueue(tx: Tx, filter: QueueFilter): Promise<number> {
  const [row] = await tx.run(sql<{ count: bigint }>`select count(*) as count from ${waiting(tx, filter)} p`, {
    plan: 'fresh',
  });
  return Number(row?.count ?? 0n);
}

/** Whether something is left of a receipt to apply; nothing where there is no such payment. */
export async function findIsWaiting(tx: Tx, paymentId: string): Promise<boolean | undefined> {
  const row = await tx.find(
    sql<{
      waits: boolean;
    }>`select p.direction = 'received' and p.returned_on is null and exists (select 1 from open_item i
        where i.tenant_id = p.tenant_id and i.document_id = p.id and i.account = 'unapplied-cash' and i.open_minor <> 0) as waits
      from payment p where p.tenant_id = ${tx.tenantId} and p.id = ${paymentId}::uuid`,
  );
  return row?.waits;
}

/** The mark that counts of a receipt, held until the commit. */
export async function lockMark(act: Act, paymentId: string): Promise<{ readonly id: string } | undefined> {
  return act.find(
    sql<{
      id: string;
    }>`select id from receipt_mark where tenant_id = ${act.tenantId} and payment_id = ${paymentId}::uuid
      and ended_at is null for update`,
  );
}

/** Keeps what is said of a receipt; gives its id. */
export function insertMark(
  act: Act,
  mark: {
    readonly paymentId: string;
    readonly kind: MarkKind;
    readonly userId: string | null;
    readonly note: string;
    readonly lookAgainAt: Instant | null;
  },
): string {
  const id = newId<'receipt_mark'>();
  act.insert('receipt_mark', [
    {
      id,
      payment_id: mark.paymentId,
      kind: mark.kind,
      user_id: mark.userId,
      note: mark.note,
      marked_by: actorText(act.actor),
      marked_at: act.now,
      look_again_at: mark.lookAgainAt,
    },
  ]);
  return id;
}

/** Ends a mark. */
export function updateEnded(act: Act, id: string): void {
  act.write(
    sql`update receipt_mark set ended_by = ${actorText(act.actor)}, ended_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id}::uuid and ended_at is null`,
    { rows: 1, rule: 'a mark ends once' },
  );
}

/** All receipts that wait for somebody, as a table to be counted: `id`, `company_id`, `since` among its columns. */
export function waitingNow(
  tx: Tx,
  of: { readonly companyId: string | undefined; readonly now: Instant },
): RawBuilder<unknown> {
  return waiting(tx, { part: 'open', ...of });
}

/** A receipt that is kept on account. */
export type KeptReceipt = Omit<LongestWaiting, 'since' | 'round'> & {
  readonly kept_at: Instant;
  readonly kept_by: string;
  readonly note: string;
  readonly look_again_at: Instant;
};

/** Receipts kept on account, the longest kept first. */
export async function findKept(
  tx: Tx,
  of: { readonly companyId: string | undefined; readonly now: Instant; readonly limit: number },
): Promise<readonly KeptReceipt[]> {
  return tx.run(
    sql<KeptReceipt>`select p.id as payment_id, p.number, p.company_id, c.name as customer_name, p.payer_name, p.currency,
        p.amount_minor, p.left_minor as unapplied_minor, p.recorded_at, p.marked_at as kept_at, p.marked_by as kept_by, p.note,
        p.look_again_at
      from ${waiting(tx, { part: 'kept', companyId: of.companyId, now: of.now })} p
      left join customer c on c.tenant_id = p.tenant_id and c.id = p.customer_id
      order by p.marked_at, p.id limit ${of.limit}::int`,
    { plan: 'fresh' },
  );
}
