// SQL of escalation. What was said to customers it reads from reminders and messages, and only reads it.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import type { AgencyFees } from './agency-fee.ts';
import type { Notice, Route } from './condition.ts';

// — agencies —

export type AgencyRow = Omit<Selectable<DB['agency']>, 'fees'> & { readonly fees: AgencyFees };

/** Adds a version of an agency. */
export function insertAgency(act: Act, row: NewRow<'agency'>): void {
  act.insert('agency', [row]);
}

/** The latest version of each agency, or of one, by name. */
export async function findAgencies(tx: Tx, agencyId?: string): Promise<readonly AgencyRow[]> {
  const one = agencyId === undefined ? sql`` : sql`and agency_id = ${agencyId}`;
  return tx.run(sql<AgencyRow>`select * from (
      select distinct on (agency_id) * from agency where tenant_id = ${tx.tenantId} ${one}
      order by agency_id, recorded_at desc, id desc) latest order by name, agency_id`);
}

/** Versions by their own id. */
export async function findAgencyVersions(tx: Tx, ids: readonly string[]): Promise<readonly AgencyRow[]> {
  return tx.run(sql<AgencyRow>`select * from agency where tenant_id = ${tx.tenantId}
    and id = any(${arrayLiteral(ids)}::uuid[])`);
}

// — what is looked at —

/** An invoice item that is open and could be handed over. */
export type CandidateRow = {
  readonly id: ItemId;
  readonly company_id: CompanyId;
  readonly document_id: string;
  readonly reference: string;
  readonly currency: string;
  readonly open_minor: bigint;
  readonly due_on: PlainDate;
  readonly standing: Route | null;
  readonly hand_over_id: string | null;
};

/** Overdue items of invoices of a customer, the oldest first. */
export async function findCandidates(
  tx: Tx,
  customerId: CustomerId,
  on: PlainDate,
): Promise<readonly CandidateRow[]> {
  return tx.run(
    sql<CandidateRow>`select i.id, i.company_id, i.document_id, i.reference, i.currency, i.open_minor, i.due_on,
        h.route as standing, h.id as hand_over_id
      from open_item i
      left join hand_over_item t on t.tenant_id = i.tenant_id and t.item_id = i.id and t.ended_on is null
      left join hand_over h on h.tenant_id = t.tenant_id and h.id = t.hand_over_id
      where i.tenant_id = ${tx.tenantId} and i.customer_id = ${customerId} and i.kind = 'invoice' and i.open_minor > 0
        and i.due_on < ${on} order by i.due_on, i.reference, i.id`,
    { plan: 'fresh' },
  );
}

/**
 * Notices from reminder on that left about items, the earliest first, with the news that proves they arrived or were handed
 * over.
 */
export async function findNotices(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, readonly Notice[]>> {
  const rows = await tx.run(
    sql<Notice & { readonly itemId: ItemId }>`
      select r.item_id as "itemId", r.message_id as "messageId", r.phase,
        (m.sent_at at time zone c.time_zone)::date as "sentOn", p.kind as proof
      from reminder_item r
      join message m on m.tenant_id = r.tenant_id and m.id = r.message_id and m.state = 'sent' and m.sent_at is not null
      join company c on c.tenant_id = m.tenant_id and c.id = m.company_id
      left join lateral (select s.kind from message_signal s where s.tenant_id = m.tenant_id and s.message_id = m.id
          and s.kind in ('delivered', 'displayed', 'viewed', 'posted', 'accepted', 'approved')
          and not exists (select from message_signal b where b.tenant_id = m.tenant_id and b.message_id = m.id
            and b.kind in ('bounced', 'returned', 'rejected'))
        order by s.happened_at, s.id limit 1) p on true
      where r.tenant_id = ${tx.tenantId} and r.item_id = any(${arrayLiteral(itemIds)}::uuid[])
        and r.phase in ('reminder', 'demand', 'final_notice')
        and not exists (select from reminder_left_out l where l.tenant_id = r.tenant_id and l.message_id = r.message_id
          and l.item_id = r.item_id)
      order by m.sent_at, r.offset_days`,
    { plan: 'fresh' },
  );
  return Map.groupBy(rows, (row) => row.itemId);
}

/** Which items of customers are with an agency or lawyers. */
export async function findHandedOver(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlySet<ItemId>> {
  const rows = await tx.run(sql<{ item_id: ItemId }>`
    select t.item_id from hand_over h
    join hand_over_item t on t.tenant_id = h.tenant_id and t.hand_over_id = h.id and t.ended_on is null
    where h.tenant_id = ${tx.tenantId} and h.customer_id = any(${arrayLiteral(customerIds)}::uuid[])`);
  return new Set(rows.map((row) => row.item_id));
}

// — hand-overs —

/** Lets one alone take the next number. */
export async function takeHandOverNumber(act: Act): Promise<bigint> {
  await act.run(sql`select pg_advisory_xact_lock(hashtextextended(${`hand over ${act.tenantId}`}, 0))`);
  const row = await act.find(sql<{ number: bigint }>`
    select coalesce(max(number), 0) + 1 as number from hand_over where tenant_id = ${act.tenantId}`);
  return row?.number ?? 1n;
}

/** Adds a hand-over with its items. */
export function insertHandOver(
  act: Act,
  row: NewRow<'hand_over'>,
  items: readonly Omit<NewRow<'hand_over_item'>, 'hand_over_id' | 'ended_on' | 'ended'>[],
): void {
  act.insert('hand_over', [row]);
  act.insert(
    'hand_over_item',
    items.map((item) => ({ ...item, hand_over_id: row.id, ended_on: null, ended: null })),
  );
}

export type HandOverRow = Omit<Selectable<DB['hand_over']>, 'conditions'> & { readonly conditions: unknown };

/** Which hand-overs to look for. */
export type HandOverFilter = {
  readonly id?: string | undefined;
  readonly customerId?: CustomerId | undefined;
  /** Those with an item of this document; what stands is asked of its items alone then. */
  readonly documentId?: string | undefined;
  /** Those with something that did not end. */
  readonly isStanding?: boolean | undefined;
};

/** Hand-overs, the newest first. */
export async function findHandOvers(
  tx: Tx,
  filter: HandOverFilter,
  page: { readonly after?: bigint | undefined; readonly limit: number },
): Promise<readonly HandOverRow[]> {
  const document =
    filter.documentId === undefined
      ? sql``
      : sql`and exists (select from open_item i where i.tenant_id = t.tenant_id and i.id = t.item_id
          and i.document_id = ${filter.documentId})`;
  const item = (more: RawBuilder<unknown>) =>
    sql`exists (select from hand_over_item t where t.tenant_id = h.tenant_id and t.hand_over_id = h.id ${document} ${more})`;
  const standing = item(sql`and t.ended_on is null`);
  const conditions = [
    sql`h.tenant_id = ${tx.tenantId}`,
    ...(filter.id === undefined ? [] : [sql`h.id = ${filter.id}`]),
    ...(filter.customerId === undefined ? [] : [sql`h.customer_id = ${filter.customerId}`]),
    ...(filter.documentId === undefined ? [] : [item(sql``)]),
    ...(filter.isStanding === undefined ? [] : [filter.isStanding ? standing : sql`not ${standing}`]),
    ...(page.after === undefined ? [] : [sql`h.number < ${page.after}`]),
  ];
  return tx.run(
    sql<HandOverRow>`select h.* from hand_over h where ${sql.join(conditions, sql` and `)}
      order by h.number desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}

/** The numbers of hand-overs by id. */
export async function findHandOverNumbers(
  tx: Tx,
  ids: readonly string[],
): Promise<readonly Pick<HandOverRow, 'id' | 'number'>[]> {
  return tx.run(sql<Pick<HandOverRow, 'id' | 'number'>>`select id, number from hand_over
    where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])`);
}

/** Hand-overs by id, locked in the order of their ids. */
export async function lockHandOvers(act: Act, ids: readonly string[]): Promise<readonly HandOverRow[]> {
  return act.run(sql<HandOverRow>`select * from hand_over where tenant_id = ${act.tenantId}
    and id = any(${arrayLiteral(ids)}::uuid[]) order by id for update`);
}

/** An item of a hand-over, as it was and as it is. */
export type HandedItemRow = Selectable<DB['hand_over_item']> & {
  readonly reference: string;
  readonly document_id: string;
  readonly posted_on: PlainDate;
  readonly due_on: PlainDate;
  readonly open_minor: bigint;
};

/** The items of hand-overs. */
export async function findHandedItems(tx: Tx, ids: readonly string[]): Promise<readonly HandedItemRow[]> {
  return tx.run(sql<HandedItemRow>`select t.*, i.reference, i.document_id, i.posted_on, i.due_on, i.open_minor
    from hand_over_item t join open_item i on i.tenant_id = t.tenant_id and i.id = t.item_id
    where t.tenant_id = ${tx.tenantId} and t.hand_over_id = any(${arrayLiteral(ids)}::uuid[])
    order by t.hand_over_id, i.due_on, i.reference, t.item_id`);
}

/** Items that are handed over and of which nothing is open any more. */
export async function findClosedItems(tx: Tx): Promise<readonly HandedItemRow[]> {
  return tx.run(
    sql<HandedItemRow>`select t.*, i.reference, i.document_id, i.posted_on, i.due_on, i.open_minor
      from hand_over_item t join open_item i on i.tenant_id = t.tenant_id and i.id = t.item_id
      where t.tenant_id = ${tx.tenantId} and t.ended_on is null and i.open_minor = 0 order by t.item_id limit 1000`,
  );
}

/** Notes that items of a hand-over ended there. */
export function updateEnded(
  act: Act,
  id: string,
  itemIds: readonly string[],
  ended: 'recalled' | 'closed',
): void {
  act.write(
    sql`update hand_over_item set ended_on = ${act.today}, ended = ${ended} where tenant_id = ${act.tenantId}
      and hand_over_id = ${id} and item_id = any(${arrayLiteral(itemIds)}::uuid[]) and ended_on is null`,
    { rows: itemIds.length, rule: 'what ends of a hand-over had not ended' },
  );
}

/** Adds what became of a hand-over. */
export function insertNews(act: Act, row: NewRow<'hand_over_news'>): void {
  act.insert('hand_over_news', [row]);
}

/** What became of hand-overs, the earliest first. */
export async function findNews(
  tx: Tx,
  ids: readonly string[],
): Promise<readonly Selectable<DB['hand_over_news']>[]> {
  return tx.run(sql<
    Selectable<DB['hand_over_news']>
  >`select * from hand_over_news where tenant_id = ${tx.tenantId}
    and hand_over_id = any(${arrayLiteral(ids)}::uuid[]) order by recorded_at, id`);
}
