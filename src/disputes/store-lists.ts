// SQL of what pages show of disputes. Reads only.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { DISPUTE_HISTORY_SHOWN } from '#kernel/limits.ts';
import type { DisputeRow } from './store.ts';

/** A dispute with its reason as it is understood, and how it ended. */
export type ListedDispute = DisputeRow & {
  readonly reason: string;
  readonly stated_reason: string;
  readonly outcome: string | null;
  readonly root_cause: string | null;
  readonly closed_on: PlainDate | null;
  readonly duplicate_number: string | null;
};

const listed = sql`d.*,
  (select r.reason from dispute_reason r where r.tenant_id = d.tenant_id and r.dispute_id = d.id
    order by r.recorded_at desc, r.id desc limit 1) as reason,
  (select r.reason from dispute_reason r where r.tenant_id = d.tenant_id and r.dispute_id = d.id
    order by r.recorded_at, r.id limit 1) as stated_reason,
  c.outcome, c.root_cause, c.closed_on, o.number as duplicate_number
  from dispute d
  left join dispute_closing c on c.tenant_id = d.tenant_id and c.dispute_id = d.id and c.reopened_at is null
  left join dispute o on o.tenant_id = d.tenant_id and o.id = d.duplicate_of`;

/** Which disputes a list shows. */
export type DisputeFilter = {
  readonly kind?: string | undefined;
  readonly isClosed?: boolean | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly itemId?: ItemId | undefined;
  readonly documentId?: string | undefined;
  readonly paymentId?: string | undefined;
  readonly reason?: string | undefined;
  /** How number or claim number begin, as match keys do. */
  readonly search?: string | undefined;
  readonly after?: readonly [openedOn: PlainDate, id: string] | undefined;
  readonly limit: number;
};

/** Disputes, the latest first. */
export async function findDisputes(tx: Tx, filter: DisputeFilter): Promise<readonly ListedDispute[]> {
  const { after } = filter;
  const parts: RawBuilder<unknown>[] = [sql`d.tenant_id = ${tx.tenantId}`];
  if (filter.kind !== undefined) parts.push(sql`d.kind = ${filter.kind}`);
  if (filter.isClosed !== undefined) parts.push(filter.isClosed ? sql`c.id is not null` : sql`c.id is null`);
  if (filter.companyId !== undefined) parts.push(sql`d.company_id = ${filter.companyId}`);
  if (filter.customerId !== undefined) parts.push(sql`d.customer_id = ${filter.customerId}`);
  if (filter.paymentId !== undefined) parts.push(sql`d.payment_id = ${filter.paymentId}`);
  if (filter.itemId !== undefined)
    parts.push(sql`exists (select from dispute_item i where i.tenant_id = d.tenant_id and i.dispute_id = d.id
      and i.item_id = ${filter.itemId})`);
  if (filter.documentId !== undefined)
    parts.push(sql`exists (select from dispute_item i join open_item t on t.tenant_id = i.tenant_id and t.id = i.item_id
      where i.tenant_id = d.tenant_id and i.dispute_id = d.id and t.document_id = ${filter.documentId})`);
  if (filter.reason !== undefined)
    parts.push(sql`${filter.reason} = (select r.reason from dispute_reason r
      where r.tenant_id = d.tenant_id and r.dispute_id = d.id order by r.recorded_at desc, r.id desc limit 1)`);
  if (filter.search !== undefined)
    parts.push(
      filter.search === ''
        ? sql`false`
        : sql`(match_key(d.number) like ${`%${filter.search}%`} or d.claim_key like ${`${filter.search}%`})`,
    );
  if (after !== undefined) parts.push(sql`(d.opened_on, d.id) < (${after[0]}, ${after[1]}::uuid)`);
  return tx.run(
    sql<ListedDispute>`select ${listed} where ${sql.join(parts, sql` and `)}
      order by d.opened_on desc, d.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** One dispute. */
export async function findDispute(tx: Tx, id: string): Promise<ListedDispute | undefined> {
  return tx.find(sql<ListedDispute>`select ${listed} where d.tenant_id = ${tx.tenantId} and d.id = ${id}`);
}

/** The items of disputes as pages show them. */
export type ShownDisputeItem = {
  readonly dispute_id: string;
  readonly item_id: ItemId;
  readonly kind: string;
  readonly document_id: string;
  readonly reference: string;
  readonly due_on: PlainDate;
  readonly amount_minor: bigint;
  readonly open_minor: bigint;
};

/** Items of disputes, by their due dates. */
export async function findShownItems(
  tx: Tx,
  disputeIds: readonly string[],
): Promise<readonly ShownDisputeItem[]> {
  return tx.run(sql<ShownDisputeItem>`
    select i.dispute_id, i.item_id, t.kind, t.document_id, t.reference, t.due_on, t.amount_minor, t.open_minor
    from dispute_item i join open_item t on t.tenant_id = i.tenant_id and t.id = i.item_id
    where i.tenant_id = ${tx.tenantId} and i.dispute_id = any(${arrayLiteral(disputeIds)}::uuid[])
    order by t.due_on, t.reference, t.id`);
}

/** What happened to a dispute, the earliest first. */
export async function findHistory(tx: Tx, disputeId: string): Promise<readonly Selectable<DB['event']>[]> {
  const rows = await tx.run(sql<Selectable<DB['event']>>`select * from event
    where tenant_id = ${tx.tenantId} and subject_id = ${disputeId}
    order by recorded_at desc, id desc limit ${DISPUTE_HISTORY_SHOWN}::int`);
  return rows.toReversed();
}

/** Documents that were made for a dispute. */
export async function findRemedies(
  tx: Tx,
  disputeId: string,
): Promise<readonly { readonly document_id: string; readonly kind: string; readonly reference: string }[]> {
  return tx.run(sql<{ document_id: string; kind: string; reference: string }>`
    select r.document_id, min(o.kind) as kind, min(o.reference) as reference from dispute_remedy r
    join open_item o on o.tenant_id = r.tenant_id and o.document_id = r.document_id
    where r.tenant_id = ${tx.tenantId} and r.dispute_id = ${disputeId}
    group by r.document_id, r.recorded_at order by r.recorded_at`);
}

/** What customers' codes mean now. */
export async function findClaimCodes(
  tx: Tx,
): Promise<
  readonly { readonly customer_id: CustomerId | null; readonly code: string; readonly reason: string }[]
> {
  return tx.run(sql<{ customer_id: CustomerId | null; code: string; reason: string }>`
    select * from (select distinct on (customer_id, code_key) customer_id, code_key as code, reason from claim_code
      where tenant_id = ${tx.tenantId} order by customer_id, code_key, recorded_at desc, id desc) c
    where reason is not null order by code, customer_id nulls first`);
}
