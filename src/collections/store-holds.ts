// SQL of holds.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { inForce } from './store.ts';

/** A stored hold, with the number of the item it is about. */
export type HoldRow = Selectable<DB['hold']> & { readonly reference: string | null };

/** Adds a hold. */
export function insertHold(
  act: Act,
  hold: Pick<HoldRow, 'id' | 'customer_id' | 'item_id' | 'reason' | 'starts_on' | 'ends_on' | 'placed_by'>,
): void {
  act.insert('hold', [{ ...hold, recorded_at: act.now, released_at: null, released_by: null }]);
}

/** One hold, locked. */
export async function lockHold(tx: Tx, id: string): Promise<Selectable<DB['hold']> | undefined> {
  return tx.find(
    q.selectFrom('hold').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id).forUpdate(),
  );
}

/** Notes that a hold was released. */
export function updateReleased(act: Act, id: string, by: string): void {
  act.write(
    sql`update hold set released_at = ${act.now}, released_by = ${by}
      where tenant_id = ${act.tenantId} and id = ${id} and released_at is null`,
    { rows: 1, rule: 'the hold that is released was not released before' },
  );
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

/** Which holds a list shows; `inForceOn` only those of a day, or with `not` only the others. */
export type HoldFilter = {
  readonly customerId?: CustomerId | undefined;
  readonly itemId?: ItemId | undefined;
  readonly inForceOn?: { readonly day: PlainDate; readonly not: boolean } | undefined;
};

/** Holds, the newest first, from after a place in that order. */
export async function findHolds(
  tx: Tx,
  filter: HoldFilter,
  page: { readonly after: readonly [Temporal.Instant, string] | undefined; readonly limit: number },
): Promise<readonly HoldRow[]> {
  const { customerId, itemId, inForceOn } = filter;
  const conditions = [
    sql`h.tenant_id = ${tx.tenantId}`,
    ...(customerId === undefined ? [] : [sql`h.customer_id = ${customerId}`]),
    ...(itemId === undefined ? [] : [sql`h.item_id = ${itemId}`]),
    ...(inForceOn === undefined
      ? []
      : [inForceOn.not ? sql`not (${inForce(inForceOn.day)})` : inForce(inForceOn.day)]),
    ...(page.after === undefined
      ? []
      : [sql`(h.recorded_at, h.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`]),
  ];
  return tx.run(
    sql<HoldRow>`select h.*, i.reference from hold h
      left join open_item i on i.tenant_id = h.tenant_id and i.id = h.item_id
      where ${sql.join(conditions, sql` and `)} order by h.recorded_at desc, h.id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}
