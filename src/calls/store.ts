// SQL of calls: what was said, what was corrected, which numbers were wrong, and the address that dials.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { WRONG_NUMBERS_SHOWN } from '#kernel/limits.ts';
import { SPOKEN } from './call.ts';

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;
const spoken = sql`c.outcome = any(${arrayLiteral(SPOKEN)}::text[])`;
const stands = sql`not exists (select from call_correction k where k.tenant_id = c.tenant_id and k.call_id = c.id)`;

/** Keeps a call with the items it was about. */
export function insertCall(act: Act, call: NewRow<'call'>, itemIds: readonly ItemId[]): void {
  act.insert('call', [call]);
  act.insert(
    'call_item',
    itemIds.map((itemId) => ({ call_id: call.id, item_id: itemId })),
  );
}

/** Lets calls with a customer be noted one after the other, until the transaction ends: caps count those before. */
export async function lockCalls(act: Act, customerId: CustomerId): Promise<void> {
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`call ${act.tenantId} ${customerId}`}, 0))`,
  );
}

/** Keeps why a call was made although something spoke against it. */
export function insertOverride(act: Act, row: NewRow<'call_override'>): void {
  act.insert('call_override', [row]);
}

/** Keeps for a call in the place of another why that was made although something spoke against it, and who said so. */
export function copyOverride(act: Act, fromCallId: string, toCallId: string): void {
  act.write(
    sql`insert into call_override (tenant_id, call_id, bars, reason, decided_by, recorded_at)
      select tenant_id, ${toCallId}::uuid, bars, reason, decided_by, recorded_at from call_override
      where tenant_id = ${act.tenantId} and call_id = ${fromCallId}`,
    { rows: 1, rule: 'why a call was made goes on with its correction' },
  );
}

/** Keeps that a call was noted wrongly. */
export function insertCorrection(act: Act, row: NewRow<'call_correction'>): void {
  act.insert('call_correction', [row]);
}

/** States the address that dials. */
export function insertSoftPhone(act: Act, template: string, by: string): void {
  act.insert('soft_phone', [{ id: newId(), template, stated_by: by, recorded_at: act.now }]);
}

/** The address that dials, if one was stated. */
export async function findSoftPhone(tx: Tx): Promise<string | undefined> {
  const row = await tx.find(sql<{ template: string }>`
    select template from soft_phone where tenant_id = ${tx.tenantId} order by recorded_at desc, id desc limit 1`);
  return row?.template;
}

/** A call as stored, with its correction and the names it is shown by. */
export type CallRow = Selectable<DB['call']> & {
  readonly customer_name: string;
  readonly customer_number: string;
  readonly contact_name: string | null;
  readonly corrected_note: string | null;
  readonly replaced_by: string | null;
  /** Why it was made although a rule pack spoke against it. */
  readonly despite: string | null;
};

/** Which calls to look for. */
export type CallFilter = {
  readonly id?: string | undefined;
  readonly customerId?: CustomerId | undefined;
  /** Those that were not corrected. */
  readonly isStanding?: boolean | undefined;
  /** The day of the call. */
  readonly on?: PlainDate | undefined;
  readonly after?: readonly [string, string] | undefined;
  readonly limit: number;
};

/** Calls, the newest first. */
export async function findCalls(tx: Tx, filter: CallFilter): Promise<readonly CallRow[]> {
  const parts: RawBuilder<unknown>[] = [sql`c.tenant_id = ${tx.tenantId}`];
  if (filter.id !== undefined) parts.push(sql`c.id = ${filter.id}::uuid`);
  if (filter.customerId !== undefined) parts.push(sql`c.customer_id = ${filter.customerId}::uuid`);
  if (filter.isStanding) parts.push(stands);
  if (filter.on) parts.push(sql`c.called_on = ${filter.on}::date`);
  if (filter.after)
    parts.push(sql`(c.recorded_at, c.id) < (${filter.after[0]}::timestamptz, ${filter.after[1]}::uuid)`);
  return tx.run(
    sql<CallRow>`
      select c.*, u.name as customer_name, u.number as customer_number, p.name as contact_name,
        k.note as corrected_note, k.replaced_by, o.reason as despite
      from call c join customer u on u.tenant_id = c.tenant_id and u.id = c.customer_id
      left join contact p on p.tenant_id = c.tenant_id and p.id = c.contact_id
      left join call_correction k on k.tenant_id = c.tenant_id and k.call_id = c.id
      left join call_override o on o.tenant_id = c.tenant_id and o.call_id = c.id
      where ${sql.join(parts, sql` and `)} order by c.recorded_at desc, c.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** An item that a call was about. */
export type CallItem = {
  readonly callId: string;
  readonly itemId: ItemId;
  readonly reference: string;
  readonly documentId: string;
};

/** The items that calls were about, by call. */
export async function findCallItems(
  tx: Tx,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CallItem[]>> {
  const rows = await tx.run(sql<CallItem>`
    select i.call_id as "callId", i.item_id as "itemId", o.reference, o.document_id as "documentId"
    from call_item i join open_item o on o.tenant_id = i.tenant_id and o.id = i.item_id
    where i.tenant_id = ${tx.tenantId} and i.call_id = any(${uuids(callIds)}) order by o.due_on, o.reference`);
  return Map.groupBy(rows, (row) => row.callId);
}

/** Which of these items are a customer's. */
export async function findOwnItems(
  tx: Tx,
  customerId: CustomerId,
  itemIds: readonly ItemId[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.run(sql<{ id: string }>`
    select id from open_item where tenant_id = ${tx.tenantId} and customer_id = ${customerId}
      and id = any(${uuids(itemIds)})`);
  return new Set(rows.map((row) => row.id));
}

/** A contact whose number turned out to be wrong. */
export type WrongNumber = {
  readonly contactId: string;
  readonly contactName: string;
  readonly customerId: CustomerId;
  readonly customerName: string;
  readonly number: string;
  readonly callId: string;
  readonly calledOn: PlainDate;
  readonly recordedAt: Instant;
};

/** Contacts whose number, as it still stands with them, was wrong, and by which nobody was reached since. */
export async function findWrongNumbers(
  tx: Tx,
  customerId: CustomerId | undefined,
): Promise<readonly WrongNumber[]> {
  const own = customerId === undefined ? sql`true` : sql`c.customer_id = ${customerId}::uuid`;
  return tx.run(
    sql<WrongNumber>`
      select * from (
        select distinct on (p.id) p.id as "contactId", p.name as "contactName", c.customer_id as "customerId",
          u.name as "customerName", c.number, c.id as "callId", c.called_on as "calledOn", c.recorded_at as "recordedAt"
        from call c join contact p on p.tenant_id = c.tenant_id and p.id = c.contact_id and p.phone = c.number
          and p.archived_at is null
        join customer u on u.tenant_id = c.tenant_id and u.id = c.customer_id
        where c.tenant_id = ${tx.tenantId} and c.outcome = 'wrong_number' and ${own} and ${stands}
          and not exists (select from call l where l.tenant_id = c.tenant_id and l.customer_id = c.customer_id
            and l.number = c.number and l.recorded_at > c.recorded_at
            and l.outcome = any(${arrayLiteral(SPOKEN)}::text[])
            and not exists (select from call_correction k where k.tenant_id = l.tenant_id and k.call_id = l.id))
        order by p.id, c.recorded_at desc) w
      order by "recordedAt" desc, "contactId" limit ${WRONG_NUMBERS_SHOWN}::int`,
    { plan: 'fresh' },
  );
}

/** How often customers were called by us since a day, and when they were last spoken to. */
export type CallCount = {
  readonly customerId: CustomerId;
  /** Attempts to reach them since that day, whatever came of them. */
  readonly attempts: number;
  readonly lastTriedAt: Instant | null;
  /** The last conversation, whoever began it, on whatever day. */
  readonly lastSpokenOn: PlainDate | null;
};

/** Counts calls of customers; those never called are left out. */
export async function findCallCounts(
  tx: Tx,
  customerIds: readonly CustomerId[],
  since: PlainDate,
): Promise<readonly CallCount[]> {
  return tx.run(sql<CallCount>`
    select c.customer_id as "customerId",
      count(*) filter (where c.direction = 'out' and c.called_on >= ${since}::date)::int as attempts,
      max(c.recorded_at) filter (where c.direction = 'out') as "lastTriedAt",
      max(c.called_on) filter (where ${spoken}) as "lastSpokenOn"
    from call c where c.tenant_id = ${tx.tenantId} and c.customer_id = any(${uuids(customerIds)}) and ${stands}
    group by c.customer_id`);
}
