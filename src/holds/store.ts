// SQL of holds. It reads open items of the ledger to say how much money is held, and only reads them.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { type HoldScope, type HoldState, OLD_DAYS, SOON_DAYS } from './hold.ts';

/**
 * The condition that a hold is in force on a day, over the table `hold` as `h`. A hold begins in the moment it is placed:
 * its first day, which is that of the people who placed it, is not asked for, since where the company is it may be yesterday.
 */
function inForce(on: PlainDate) {
  return sql`h.released_at is null and h.ends_on >= ${on}`;
}

/** A stored hold. */
export type StoredHold = Omit<Selectable<DB['hold']>, 'scope'> & { readonly scope: HoldScope };

/** A stored hold with what people call that which it is about. */
export type HoldRow = StoredHold & {
  readonly reference: string | null;
  readonly document_id: string | null;
  readonly contact_name: string | null;
  readonly company_code: string | null;
};

/** Adds a hold. */
export function insertHold(
  act: Act,
  hold: Omit<NewRow<'hold'>, 'scope' | 'recorded_at' | 'released_at' | 'released_by'>,
): void {
  act.insert('hold', [{ ...hold, recorded_at: act.now, released_at: null, released_by: null }]);
}

/** One hold, locked. */
export async function lockHold(tx: Tx, id: string): Promise<StoredHold | undefined> {
  const row = await tx.find(
    q.selectFrom('hold').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id).forUpdate(),
  );
  return row && { ...row, scope: row.scope as HoldScope };
}

/** What becomes of a hold: its end and whose it is from then on. */
export type HoldChange = {
  readonly kind: 'extended' | 'given' | 'released';
  readonly endsOn: PlainDate;
  readonly ownerId: string;
  readonly note: string | undefined;
};

/** Changes a hold that stands. */
export function updateHold(act: Act, id: string, { kind, endsOn, ownerId }: HoldChange, by: string): void {
  const released = kind === 'released' ? sql`, released_at = ${act.now}, released_by = ${by}` : sql``;
  act.write(
    sql`update hold set ends_on = ${endsOn}, owner_id = ${ownerId} ${released}
      where tenant_id = ${act.tenantId} and id = ${id} and released_at is null`,
    { rows: 1, rule: 'the hold that is changed was not released before' },
  );
}

/** Adds the fact that a hold was changed. */
export function insertHoldChange(act: Act, hold: StoredHold, change: HoldChange, by: string): void {
  act.insert('hold_change', [
    {
      id: newId(),
      hold_id: hold.id,
      kind: change.kind,
      ended_on: hold.ends_on,
      ends_on: change.endsOn,
      owned_by: hold.owner_id,
      owner_id: change.ownerId,
      note: change.note ?? null,
      changed_by: by,
      recorded_at: act.now,
    },
  ]);
}

/** What became of a hold, the earliest first. */
export async function findHoldChanges(
  tx: Tx,
  holdIds: readonly string[],
): Promise<readonly Selectable<DB['hold_change']>[]> {
  return tx.run(
    sql<Selectable<DB['hold_change']>>`select * from hold_change where tenant_id = ${tx.tenantId}
      and hold_id = any(${arrayLiteral(holdIds)}::uuid[]) order by recorded_at, id`,
  );
}

/** Adds a reason, or what becomes of one. */
export function insertHoldReason(act: Act, row: NewRow<'hold_reason_kind'>): void {
  act.insert('hold_reason_kind', [row]);
}

/** A tenant's own reasons, and what it changed of the built-in ones. */
export async function findHoldReasons(
  tx: Tx,
): Promise<readonly { readonly code: string; readonly name: string; readonly inUse: boolean }[]> {
  return tx.run(sql<{ code: string; name: string; inUse: boolean }>`
    select distinct on (code) code, name, in_use as "inUse" from hold_reason_kind
    where tenant_id = ${tx.tenantId} order by code, recorded_at desc, id desc`);
}

/** The number of an item of a customer, if it has that item. */
export async function findItemReference(
  tx: Tx,
  customerId: CustomerId,
  itemId: ItemId,
): Promise<string | undefined> {
  const row = await tx.find(
    q
      .selectFrom('open_item')
      .select('reference')
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', itemId)
      .where('customer_id', '=', customerId),
  );
  return row?.reference;
}

// — lists —

/** Which holds a list shows. */
export type HoldFilter = {
  readonly customerId?: CustomerId | undefined;
  readonly itemId?: ItemId | undefined;
  readonly documentId?: string | undefined;
  /** `wide`: of everything or of a company. */
  readonly scope?: HoldScope | 'wide' | undefined;
  readonly ownerId?: string | undefined;
  readonly reason?: string | undefined;
  /** `standing`: in force, near its end or not; `old`: standing for long. */
  readonly state?: HoldState | 'standing' | 'old' | undefined;
};

function stateIs(state: NonNullable<HoldFilter['state']>, on: PlainDate): RawBuilder<unknown> {
  switch (state) {
    case 'standing':
      return inForce(on);
    case 'running_out':
      return sql`${inForce(on)} and h.ends_on < ${addDays(on, SOON_DAYS)}`;
    case 'in_force':
      return sql`${inForce(on)} and h.ends_on >= ${addDays(on, SOON_DAYS)}`;
    case 'old':
      return sql`${inForce(on)} and h.starts_on <= ${addDays(on, -OLD_DAYS)}`;
    case 'over':
      return sql`h.released_at is null and h.ends_on < ${on}`;
    case 'released':
      return sql`h.released_at is not null`;
  }
}

function conditionsOf(tx: Tx, filter: HoldFilter, on: PlainDate): RawBuilder<unknown>[] {
  const { customerId, itemId, documentId, scope, ownerId, reason, state } = filter;
  const wide = sql`h.customer_id is null`;
  return [
    sql`h.tenant_id = ${tx.tenantId}`,
    ...(customerId === undefined ? [] : [sql`h.customer_id = ${customerId}`]),
    ...(itemId === undefined ? [] : [sql`h.item_id = ${itemId}`]),
    ...(documentId === undefined ? [] : [sql`i.document_id = ${documentId}`]),
    ...(scope === undefined ? [] : [scope === 'wide' ? wide : sql`h.scope = ${scope}`]),
    ...(ownerId === undefined ? [] : [sql`h.owner_id = ${ownerId}`]),
    ...(reason === undefined ? [] : [sql`h.reason = ${reason}`]),
    ...(state === undefined ? [] : [stateIs(state, on)]),
  ];
}

/** Holds, the newest first, from after a place in that order. */
export async function findHolds(
  tx: Tx,
  filter: HoldFilter,
  on: PlainDate,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<readonly HoldRow[]> {
  const conditions = conditionsOf(tx, filter, on);
  if (page.after)
    conditions.push(sql`(h.recorded_at, h.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`);
  return tx.run(
    sql<HoldRow>`select h.*, i.reference, i.document_id, k.name as contact_name, c.code as company_code from hold h
      left join open_item i on i.tenant_id = h.tenant_id and i.id = h.item_id
      left join contact k on k.tenant_id = h.tenant_id and k.id = h.contact_id
      left join company c on c.tenant_id = h.tenant_id and c.id = h.company_id
      where ${sql.join(conditions, sql` and `)} order by h.recorded_at desc, h.id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}

/** How many holds there are of each state. */
export async function countHolds(
  tx: Tx,
  on: PlainDate,
): Promise<{
  readonly standing: number;
  readonly running_out: number;
  readonly old: number;
  readonly over: number;
}> {
  const [row] = await tx.run(sql<{ standing: bigint; running_out: bigint; old: bigint; over: bigint }>`
    select count(*) filter (where ${inForce(on)}) as standing,
      count(*) filter (where ${stateIs('running_out', on)}) as running_out,
      count(*) filter (where ${stateIs('old', on)}) as old,
      count(*) filter (where ${stateIs('over', on)} and h.ends_on >= ${addDays(on, -30)}) as over
    from hold h where h.tenant_id = ${tx.tenantId}`);
  return {
    standing: Number(row?.standing ?? 0n),
    running_out: Number(row?.running_out ?? 0n),
    old: Number(row?.old ?? 0n),
    over: Number(row?.over ?? 0n),
  };
}

/** How many holds that stand end in each of the weeks from a day on; the last week has all that end later. */
export async function countEnds(
  tx: Tx,
  on: PlainDate,
  weeks: number,
): Promise<readonly { readonly week: number; readonly holds: number }[]> {
  const rows = await tx.run(sql<{ week: number; holds: bigint }>`
    select least((h.ends_on - ${on}::date) / 7, ${weeks - 1}::int) as week, count(*) as holds
    from hold h where h.tenant_id = ${tx.tenantId} and ${inForce(on)} group by 1 order by 1`);
  return rows.map((row) => ({ week: row.week, holds: Number(row.holds) }));
}

// — money that is held —

/** The invoices that holds keep from being chased, one row for each hold and item. A hold of a contact keeps nothing back. */
function heldItems(tx: Tx, which: RawBuilder<unknown>) {
  const open = sql`i.kind = 'invoice' and i.open_minor > 0`;
  const of = (matches: RawBuilder<unknown>) => sql`
    select h.id as hold_id, h.owner_id, h.reason, i.id as item_id, i.currency, i.open_minor from hold h
    join open_item i on i.tenant_id = h.tenant_id and ${open} and ${matches}
    where h.tenant_id = ${tx.tenantId} and ${which}`;
  return sql`${of(sql`i.id = h.item_id and h.scope = 'item'`)}
    union all ${of(sql`i.customer_id = h.customer_id and h.scope = 'customer'`)}
    union all ${of(sql`i.company_id = h.company_id and h.scope = 'company'`)}
    union all ${of(sql`h.scope = 'tenant'`)}`;
}

/** An amount that is held, by what it is told apart by. */
export type HeldSum = {
  readonly key: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly items: number;
};

/** What each of some holds keeps from being chased. */
export async function findHeldBy(tx: Tx, holdIds: readonly string[]): Promise<readonly HeldSum[]> {
  if (holdIds.length === 0) return [];
  return sums(
    tx,
    sql`select hold_id::text as key, currency, sum(open_minor)::bigint as minor, count(*) as items
      from (${heldItems(tx, sql`h.id = any(${arrayLiteral(holdIds)}::uuid[])`)}) held group by 1, 2 order by 1, 2`,
  );
}

/** What holds that stand keep from being chased, by owner, by reason, or in all; an item under several counts once in each. */
export async function findHeldSums(
  tx: Tx,
  on: PlainDate,
  by: 'owner' | 'reason' | 'all',
): Promise<readonly HeldSum[]> {
  const key = { owner: sql`owner_id`, reason: sql`reason`, all: sql`''` }[by];
  return sums(
    tx,
    sql`select key, currency, sum(open_minor)::bigint as minor, count(*) as items
      from (select distinct ${key}::text as key, item_id, currency, open_minor from (${heldItems(tx, inForce(on))}) held) one
      group by 1, 2 order by 1, 2`,
  );
}

async function sums(tx: Tx, query: RawBuilder<unknown>): Promise<readonly HeldSum[]> {
  type Row = Omit<HeldSum, 'items'> & { readonly items: bigint };
  const rows = await tx.run(sql<Row>`${query}`, { plan: 'fresh' });
  return rows.map((row) => ({ ...row, items: Number(row.items) }));
}

/** How many holds that stand each owner, or each reason, has. */
export async function countHoldsBy(
  tx: Tx,
  on: PlainDate,
  by: 'owner' | 'reason',
): Promise<ReadonlyMap<string, number>> {
  const key = by === 'owner' ? sql`h.owner_id` : sql`h.reason`;
  const rows = await tx.run(sql<{ key: string; holds: bigint }>`
    select ${key} as key, count(*) as holds from hold h where h.tenant_id = ${tx.tenantId} and ${inForce(on)} group by 1`);
  return new Map(rows.map((row) => [row.key, Number(row.holds)]));
}

// — for whoever chases —

/** Who of customers is on hold as a whole on a day, which of their items are, and which contacts. */
export async function findHeld(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  on: PlainDate,
): Promise<{
  readonly customers: ReadonlySet<CustomerId>;
  readonly items: ReadonlySet<ItemId>;
  readonly contacts: ReadonlySet<string>;
}> {
  const rows = await tx.run(
    sql<{ customer_id: CustomerId | null; item_id: ItemId | null; contact_id: string | null }>`
      select h.customer_id, h.item_id, h.contact_id from hold h where h.tenant_id = ${tx.tenantId}
        and h.customer_id = any(${arrayLiteral(customerIds)}::uuid[]) and ${inForce(on)}
      union all
      select h.customer_id, h.item_id, h.contact_id from hold h where h.tenant_id = ${tx.tenantId}
        and h.customer_id is null and (h.company_id is null or h.company_id = ${companyId}) and ${inForce(on)}`,
  );
  const isWide = rows.some((row) => row.customer_id === null);
  const wholes = rows.filter((row) => row.item_id === null && row.contact_id === null);
  return {
    customers: new Set(isWide ? customerIds : wholes.flatMap((row) => row.customer_id ?? [])),
    items: new Set(rows.flatMap((row) => row.item_id ?? [])),
    contacts: new Set(rows.flatMap((row) => row.contact_id ?? [])),
  };
}

// — telling before the end —

/** Lets one alone tell owners of a tenant at a time. */
export async function lockTelling(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`tell holds ${tx.tenantId}`}, 0))`);
}

/** Holds that end by a day and whose owner was not told of that end. */
export async function findUntold(tx: Tx, on: PlainDate, by: PlainDate): Promise<readonly HoldRow[]> {
  return tx.run(
    sql<HoldRow>`select h.*, i.reference, i.document_id, k.name as contact_name, c.code as company_code from hold h
      left join open_item i on i.tenant_id = h.tenant_id and i.id = h.item_id
      left join contact k on k.tenant_id = h.tenant_id and k.id = h.contact_id
      left join company c on c.tenant_id = h.tenant_id and c.id = h.company_id
      where h.tenant_id = ${tx.tenantId} and ${inForce(on)} and h.ends_on <= ${by}
        and not exists (select from hold_notice n where n.tenant_id = h.tenant_id and n.hold_id = h.id
          and n.ends_on = h.ends_on and n.owner_id = h.owner_id)
      order by h.ends_on, h.id limit 1000`,
    { plan: 'fresh' },
  );
}

/** Notes that owners are told of the ends of holds. */
export function insertHoldNotices(
  act: Act,
  holds: readonly Pick<HoldRow, 'id' | 'ends_on' | 'owner_id'>[],
): void {
  act.insert(
    'hold_notice',
    holds.map((hold) => ({
      hold_id: hold.id,
      ends_on: hold.ends_on,
      owner_id: hold.owner_id,
      told_at: act.now,
    })),
  );
}

/** Gives back what surely did not reach an owner. */
export function deleteHoldNotices(act: Act, ownerId: string, holdIds: readonly string[]): void {
  act.write(sql`delete from hold_notice where tenant_id = ${act.tenantId} and owner_id = ${ownerId}
    and hold_id = any(${arrayLiteral(holdIds)}::uuid[])`);
}
