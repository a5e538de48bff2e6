// SQL of promises to pay: what was promised, what came about its items since, and what ended a promise.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import type { PromisedPart, PromiseEnd, Since } from './promise.ts';
import { TOLERANCE_DAYS_DEFAULT } from './promise.ts';

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

/** A promise as stored, with what ended it, and the tolerance of its company. */
export type PromiseRow = Omit<Selectable<DB['promise']>, 'company_id' | 'customer_id'> & {
  readonly company_id: CompanyId;
  readonly customer_id: CustomerId;
  readonly end_kind: PromiseEnd['kind'] | null;
  readonly ended_on: PlainDate | null;
  readonly end_note: string | null;
  readonly is_told: boolean;
  readonly tolerance_days: number;
};

/** Adds a promise with its parts. */
export function insertPromise(act: Act, promise: NewRow<'promise'>, parts: readonly PromisedPart[]): void {
  act.insert('promise', [promise]);
  act.insert(
    'promise_part',
    parts.map((part, index) => ({
      promise_id: promise.id,
      part_no: index + 1,
      item_id: part.itemId,
      promised_for: part.on,
      amount_minor: part.minor,
      open_minor: part.openMinor,
    })),
  );
}

/** Keeps how promises were ended. */
export function insertEnds(act: Act, rows: readonly NewRow<'promise_end'>[]): void {
  act.insert('promise_end', rows);
}

/** Keeps about which items a later promise took the place of an earlier one. */
export function insertItemEnds(act: Act, rows: readonly NewRow<'promise_item_end'>[]): void {
  act.insert('promise_item_end', rows);
}

/** About which items later promises took the place, promise by promise, by the end of a day. */
export async function findItemEnds(
  tx: Tx,
  promiseIds: readonly string[],
  asOf: PlainDate | undefined,
): Promise<ReadonlyMap<string, readonly { readonly itemId: ItemId; readonly on: PlainDate }[]>> {
  const rows = await tx.run(sql<{ promise_id: string; itemId: ItemId; on: PlainDate }>`
    select promise_id, item_id as "itemId", ended_on as "on" from promise_item_end
    where tenant_id = ${tx.tenantId} and promise_id = any(${uuids(promiseIds)})
      and ${asOf === undefined ? sql`true` : sql`ended_on <= ${asOf}::date`}`);
  return Map.groupBy(rows, (row) => row.promise_id);
}

/** Keeps that a promise was told to be broken, once; gives whether it was not told before. */
export async function insertBreak(act: Act, promiseId: string, short: bigint): Promise<boolean> {
  const rows = await act.run(sql<{ promise_id: string }>`
    insert into promise_break (tenant_id, promise_id, short_minor, recorded_at)
    values (${act.tenantId}, ${promiseId}, ${short}, ${act.now})
    on conflict (tenant_id, promise_id) do nothing returning promise_id`);
  return rows.length > 0;
}

/** States how late money may come in a company. */
export function insertTolerance(act: Act, companyId: CompanyId, days: number, by: string): void {
  act.insert('promise_setting', [
    { id: newId(), company_id: companyId, tolerance_days: days, stated_by: by, recorded_at: act.now },
  ]);
}

/** How many days late money may come in a company. */
export async function findTolerance(tx: Tx, companyId: CompanyId): Promise<number> {
  const row = await tx.find(sql<{ tolerance_days: number }>`
    select tolerance_days from promise_setting where tenant_id = ${tx.tenantId} and company_id = ${companyId}
    order by recorded_at desc, id desc limit 1`);
  return row?.tolerance_days ?? TOLERANCE_DAYS_DEFAULT;
}

/** Which promises to look for. */
export type PromiseFilter = {
  readonly ids?: readonly string[] | undefined;
  readonly customerIds?: readonly CustomerId[] | undefined;
  /** Those about any of these items; of standing ones, those that stand about it. */
  readonly itemIds?: readonly ItemId[] | undefined;
  readonly documentId?: string | undefined;
  /** Those that nobody ended. */
  readonly isStanding?: boolean | undefined;
  /** Those with something promised for this day or a later one. */
  readonly promisedFrom?: PlainDate | undefined;
  /** Those not told to be broken. */
  readonly isUntold?: boolean | undefined;
  /** Those that come after this one, which is older. */
  readonly after?: Pick<PromiseRow, 'recorded_at' | 'id'> | undefined;
  readonly limit: number;
};

/** Promises, the newest first. */
export async function findPromises(tx: Tx, filter: PromiseFilter): Promise<readonly PromiseRow[]> {
  const parts: RawBuilder<unknown>[] = [sql`p.tenant_id = ${tx.tenantId}`];
  if (filter.ids) parts.push(sql`p.id = any(${uuids(filter.ids)})`);
  if (filter.customerIds) parts.push(sql`p.customer_id = any(${uuids(filter.customerIds)})`);
  if (filter.itemIds)
    parts.push(sql`exists (select from promise_part i where i.tenant_id = p.tenant_id and i.promise_id = p.id
      and i.item_id = any(${uuids(filter.itemIds)}) and not (${filter.isStanding ?? false}::boolean and exists (
        select from promise_item_end r where r.tenant_id = i.tenant_id and r.promise_id = i.promise_id
          and r.item_id = i.item_id)))`);
  if (filter.documentId)
    parts.push(sql`exists (select from promise_part i join open_item o on o.tenant_id = i.tenant_id and o.id = i.item_id
      where i.tenant_id = p.tenant_id and i.promise_id = p.id and o.document_id = ${filter.documentId})`);
  if (filter.promisedFrom)
    parts.push(sql`exists (select from promise_part i where i.tenant_id = p.tenant_id and i.promise_id = p.id
      and i.promised_for >= ${filter.promisedFrom}::date)`);
  if (filter.isStanding) parts.push(sql`e.promise_id is null`);
  if (filter.isUntold) parts.push(sql`b.promise_id is null`);
  if (filter.after)
    parts.push(
      sql`(p.recorded_at, p.id) < (${filter.after.recorded_at}::timestamptz, ${filter.after.id}::uuid)`,
    );
  return tx.run(
    sql<PromiseRow>`
      select p.*, e.kind as end_kind, e.ended_on, e.note as end_note, b.promise_id is not null as is_told,
        coalesce((select s.tolerance_days from promise_setting s where s.tenant_id = p.tenant_id and s.company_id = p.company_id
          order by s.recorded_at desc, s.id desc limit 1), ${TOLERANCE_DAYS_DEFAULT}::smallint)::int as tolerance_days
      from promise p
      left join promise_end e on e.tenant_id = p.tenant_id and e.promise_id = p.id
      left join promise_break b on b.tenant_id = p.tenant_id and b.promise_id = p.id
      where ${sql.join(parts, sql` and `)} order by p.recorded_at desc, p.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** Whether any of customers ever promised something that nobody ended. */
export async function isPromising(tx: Tx, customerIds: readonly CustomerId[]): Promise<boolean> {
  const row = await tx.find(sql<{ id: string }>`
    select p.id from promise p
    where p.tenant_id = ${tx.tenantId} and p.customer_id = any(${uuids(customerIds)})
      and not exists (select from promise_end e where e.tenant_id = p.tenant_id and e.promise_id = p.id) limit 1`);
  return row !== undefined;
}

/** A part with the item it is about, as pages show it. */
export type PartRow = PromisedPart & {
  readonly promiseId: string;
  readonly reference: string;
  readonly documentId: string;
};

/** The parts of promises. */
export async function findParts(
  tx: Tx,
  promiseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PartRow[]>> {
  const rows = await tx.run(sql<PartRow>`
    select i.promise_id as "promiseId", i.item_id as "itemId", i.promised_for as "on", i.amount_minor as minor,
      i.open_minor as "openMinor", o.reference, o.document_id as "documentId"
    from promise_part i join open_item o on o.tenant_id = i.tenant_id and o.id = i.item_id
    where i.tenant_id = ${tx.tenantId} and i.promise_id = any(${uuids(promiseIds)}) order by i.promise_id, i.part_no`);
  return Map.groupBy(rows, (row) => row.promiseId);
}

/**
 * What came about items of promises after they were made, promise by promise: applications that stand, money by the day it
 * was received. What an application grants besides money is relief.
 */
export async function findSince(
  tx: Tx,
  promiseIds: readonly string[],
  asOf: PlainDate | undefined,
): Promise<ReadonlyMap<string, readonly Since[]>> {
  const then = (on: RawBuilder<unknown>) => (asOf === undefined ? sql`true` : sql`${on} <= ${asOf}::date`);
  const rows = await tx.run(
    sql<{
      promise_id: string;
      itemId: ItemId;
      is_money: boolean;
      on: PlainDate;
      minor: bigint;
      besides: bigint;
    }>`
      select p.id as promise_id, a.debit_item_id as "itemId", c.kind in ('payment', 'transfer', 'handover') as is_money,
        coalesce(y.received_on, a.applied_on) as "on", a.amount_minor as minor, a.discount_minor + a.difference_minor as besides
      from promise p
      join application a on a.tenant_id = p.tenant_id and a.recorded_at > p.recorded_at
        and a.debit_item_id in (select i.item_id from promise_part i where i.tenant_id = p.tenant_id and i.promise_id = p.id)
      join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
      left join payment y on y.tenant_id = c.tenant_id and y.id = c.document_id and c.kind in ('payment', 'transfer', 'handover')
      where p.tenant_id = ${tx.tenantId} and p.id = any(${uuids(promiseIds)}) and a.reverses_id is null
        and ${then(sql`a.applied_on`)}
        and not exists (select from application b where b.tenant_id = a.tenant_id and b.reverses_id = a.id
          and ${then(sql`b.applied_on`)})`,
    { plan: 'fresh' },
  );
  const since = rows.flatMap((row) => {
    const { itemId, on } = row;
    const one = (kind: Since['kind'], minor: bigint) =>
      minor === 0n ? [] : [{ promiseId: row.promise_id, itemId, kind, on, minor }];
    return [...one(row.is_money ? 'money' : 'relief', row.minor), ...one('relief', row.besides)];
  });
  return Map.groupBy(since, (one) => one.promiseId);
}
