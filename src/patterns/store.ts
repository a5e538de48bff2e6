// SQL of how customers write numbers of documents, and of the receipts and documents that it is tried on.

import { sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import {
  PATTERN_CORRECTIONS_MAX,
  PATTERN_CUSTOMERS_MAX,
  PATTERN_DOCUMENTS_MAX,
  PATTERN_RECEIPTS_MAX,
} from '#kernel/limits.ts';
import { formKey, type WayForm } from '#matching/learnt-way.ts';
import type { AcceptedAfter, AcceptedRow } from '#paying/read-accepted.ts';
import type { PastDocument, PastReceipt, Tally } from './pattern.ts';

const FRESH = { plan: 'fresh' } as const;

/** Customers whose receipts people applied by hand lately, those of the latest first. */
export async function findCorrected(tx: Tx): Promise<readonly CustomerId[]> {
  const rows = await tx.run(
    sql<{ customer_id: CustomerId }>`select d.customer_id from (
        select a.id, a.debit_item_id from application a where a.tenant_id = ${tx.tenantId} and a.method = 'manual'
          and a.reverses_id is null order by a.id desc limit ${PATTERN_CORRECTIONS_MAX}::int) a
      join open_item d on d.tenant_id = ${tx.tenantId} and d.id = a.debit_item_id and d.customer_id is not null
      group by d.customer_id order by max(a.id::text) desc limit ${PATTERN_CUSTOMERS_MAX}::int`,
    FRESH,
  );
  return rows.map((row) => row.customer_id);
}

/** Customers of whom a way of writing was accepted and counts, those of the latest first. */
export async function findAccepted(tx: Tx): Promise<readonly CustomerId[]> {
  const rows = await tx.run(
    sql<{ customer_id: CustomerId }>`select customer_id from writing_pattern
      where tenant_id = ${tx.tenantId} and revoked_at is null
      group by customer_id order by max(accepted_at) desc, customer_id limit ${PATTERN_CUSTOMERS_MAX}::int`,
    FRESH,
  );
  return rows.map((row) => row.customer_id);
}

/** Whose a payment is; nothing where there is no such payment, null where it is nobody's. */
export async function findPayer(tx: Tx, paymentId: string): Promise<CustomerId | null | undefined> {
  const [row] = await tx.run(
    sql<{ customer_id: CustomerId | null }>`select customer_id from payment
      where tenant_id = ${tx.tenantId} and id = ${paymentId}::uuid`,
  );
  return row?.customer_id;
}

/** The latest receipts of customers of which something is applied, with what was written and what they settled. */
export async function findPastReceipts(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly PastReceipt[]>> {
  const rows = await tx.run(
    sql<{
      id: string;
      number: string;
      customer_id: CustomerId;
      received_on: PlainDate;
      texts: string[];
      paid: string[];
      by_hand: boolean;
    }>`select p.id, p.number, p.customer_id, p.received_on, x.paid, x.by_hand,
        array_remove(array[l.structured_reference, l.end_to_end_id, coalesce(l.remittance, p.reference)], null) as texts
      from unnest(${arrayLiteral(customerIds)}::uuid[]) as c(id)
      cross join lateral (select * from payment p where p.tenant_id = ${tx.tenantId} and p.customer_id = c.id
        and p.direction = 'received' and p.returned_on is null
        order by p.received_on desc, p.id desc limit ${PATTERN_RECEIPTS_MAX}::int) p
      left join statement_line l on l.tenant_id = ${tx.tenantId} and l.id = p.statement_line_id
      cross join lateral (select array_agg(distinct d.document_id) as paid, bool_or(a.method = 'manual') as by_hand
        from open_item o
        join application a on a.tenant_id = o.tenant_id and a.credit_item_id = o.id and a.reverses_id is null
          and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
        join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id and d.account = 'receivables'
        where o.tenant_id = p.tenant_id and o.document_id = p.id and o.account = 'unapplied-cash') x
      where x.paid is not null
      order by p.received_on desc, p.id desc`,
    FRESH,
  );
  const receipts = rows.map((row) => ({
    customerId: row.customer_id,
    paymentId: row.id,
    number: row.number,
    receivedOn: row.received_on,
    texts: row.texts,
    paidIds: row.paid,
    isByHand: row.by_hand,
  }));
  return Map.groupBy(receipts, (one) => one.customerId);
}

/** The latest documents of customers that stand, with when they were closed and the orders on them. */
export async function findPastDocuments(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly PastDocument[]>> {
  const rows = await tx.run(
    sql<{
      customer_id: CustomerId;
      document_id: string;
      reference: string;
      purchase_order: string | null;
      posted_on: PlainDate;
      closed_on: PlainDate | null;
    }>`select i.customer_id, i.document_id, min(i.reference) as reference, min(v.purchase_order) as purchase_order,
        min(i.posted_on) as posted_on,
        case when bool_and(i.open_minor = 0) then max(x.closed_on) end as closed_on
      from unnest(${arrayLiteral(customerIds)}::uuid[]) as c(id)
      cross join lateral (select * from open_item i where i.tenant_id = ${tx.tenantId} and i.customer_id = c.id
        and i.kind in ('invoice', 'charge') order by i.posted_on desc, i.id desc limit ${PATTERN_DOCUMENTS_MAX}::int) i
      left join invoice v on v.tenant_id = ${tx.tenantId} and v.id = i.document_id
      left join lateral (select max(a.applied_on) as closed_on from application a
        where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and i.open_minor = 0) x on true
      where v.voided_on is null
      group by i.customer_id, i.document_id`,
    FRESH,
  );
  const documents = rows.map((row) => ({
    customerId: row.customer_id,
    id: row.document_id,
    number: row.reference,
    orders: row.purchase_order === null ? [] : [row.purchase_order],
    postedOn: row.posted_on,
    closedOn: row.closed_on,
  }));
  return Map.groupBy(documents, (one) => one.customerId);
}

/** What people accepted, as it is kept. */
export type PatternRow = AcceptedRow & {
  readonly kind: WayForm['kind'];
  readonly figures: number | null;
  readonly theirs: string | null;
  readonly ours: string | null;
  readonly form: string;
  readonly right_count: number;
  readonly wrong_count: number;
  readonly tied_count: number;
  readonly payment_id: string | null;
};

const columns = sql`id, customer_id, kind, figures, theirs, ours, form, right_count, wrong_count, tied_count, payment_id, until_on,
  accepted_by, accepted_at, revoked_by, revoked_at`;

/** The form of a row. */
export function formOfRow({ kind, figures, theirs, ours }: PatternRow): WayForm {
  if (kind === 'ending') return { kind, figures: figures ?? 0 };
  return kind === 'series' ? { kind, theirs: theirs ?? '', ours: ours ?? '' } : { kind };
}

/** What counts of customers, whatever the day. */
export async function findStanding(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<readonly PatternRow[]> {
  if (customerIds.length === 0) return [];
  return tx.run(
    sql<PatternRow>`select ${columns} from writing_pattern
      where tenant_id = ${tx.tenantId} and customer_id = any(${arrayLiteral(customerIds)}::uuid[]) and revoked_at is null
      order by accepted_at, id`,
    FRESH,
  );
}

/** All that was accepted, the latest first, what was revoked too. */
export async function findPatterns(
  tx: Tx,
  page: { readonly after: AcceptedAfter | undefined; readonly limit: number },
): Promise<readonly PatternRow[]> {
  const after =
    page.after === undefined
      ? sql``
      : sql`and (accepted_at, id) < (${page.after[0]}, ${page.after[1]}::uuid)`;
  return tx.run(sql<PatternRow>`select ${columns} from writing_pattern where tenant_id = ${tx.tenantId} ${after}
    order by accepted_at desc, id desc limit ${page.limit}::int`);
}

/** One that was accepted, held until the commit. */
export async function lockPattern(act: Act, id: string): Promise<PatternRow | undefined> {
  return act.find(
    sql<PatternRow>`select ${columns} from writing_pattern where tenant_id = ${act.tenantId} and id = ${id}::uuid for update`,
  );
}

/** Keeps that a person accepted a form; gives its id. */
export function insertPattern(
  act: Act,
  pattern: Tally & {
    readonly customerId: CustomerId;
    readonly form: WayForm;
    readonly paymentId: string | null;
    readonly untilOn: PlainDate | null;
  },
): string {
  const id = newId<'writing_pattern'>();
  const { form } = pattern;
  act.insert('writing_pattern', [
    {
      id,
      customer_id: pattern.customerId,
      kind: form.kind,
      figures: form.kind === 'ending' ? form.figures : null,
      theirs: form.kind === 'series' ? form.theirs : null,
      ours: form.kind === 'series' ? form.ours : null,
      form: formKey(form),
      right_count: pattern.right,
      wrong_count: pattern.wrong,
      tied_count: pattern.tied,
      payment_id: pattern.paymentId,
      until_on: pattern.untilOn,
      accepted_by: actorText(act.actor),
      accepted_at: act.now,
    },
  ]);
  return id;
}

/** Ends a form that was accepted. */
export function updateRevoked(act: Act, id: string): void {
  act.write(
    sql`update writing_pattern set revoked_by = ${actorText(act.actor)}, revoked_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id}::uuid and revoked_at is null`,
    { rows: 1, rule: 'a pattern is revoked once' },
  );
}
