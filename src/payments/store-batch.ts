// SQL about the payments of an import as a whole.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ItemId, PaymentId } from '#kernel/id.ts';
import { uuids } from './store.ts';

/** A payment of an import that still stands. */
export type BatchPayment = {
  readonly id: PaymentId;
  readonly number: string;
  readonly receivedOn: PlainDate;
};

/** The payments of an import that still stand, locked against being applied, returned or moved, in order of id. */
export async function lockBatchPayments(act: Act, batchId: string): Promise<readonly BatchPayment[]> {
  const rows = await act.run(sql<{ id: PaymentId; number: string; received_on: PlainDate }>`
    select id, number, received_on from payment
    where tenant_id = ${act.tenantId} and batch_id = ${batchId} and returned_on is null order by id for update`);
  return rows.map((row) => ({ id: row.id, number: row.number, receivedOn: row.received_on }));
}

/** Items among these that something was applied to, moved or closed with, other than by the import itself. */
export async function findItemsInUse(
  act: Act,
  itemIds: readonly ItemId[],
  batchId: string,
): Promise<ReadonlySet<ItemId>> {
  const rows = await act.run(sql<{ id: ItemId }>`
    with mine as materialized (select unnest(${uuids(itemIds)}) as id)
    select mine.id from mine join application a on a.tenant_id = ${act.tenantId} and a.debit_item_id = mine.id
      where ${appliedOtherwise(batchId)}
    union select mine.id from mine join application a on a.tenant_id = ${act.tenantId} and a.credit_item_id = mine.id
      where ${appliedOtherwise(batchId)}`);
  return new Set(rows.map((row) => row.id));
}

function appliedOtherwise(batchId: string) {
  return sql`a.reverses_id is null and (a.evidence ->> 'batch') is distinct from ${batchId}::text
    and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)`;
}

/** Notes that payments of an import ended on the day they began. */
export function updateReturnedAtOnce(act: Act, ids: readonly PaymentId[]): void {
  act.write(
    sql`update payment set returned_on = received_on
      where tenant_id = ${act.tenantId} and id in (select unnest(${uuids(ids)})) and returned_on is null`,
    { rows: ids.length, rule: 'every payment to take back stands' },
  );
}

/** Keeps why payments came back. */
export function insertReturns(act: Act, rows: readonly NewRow<'payment_return'>[]): void {
  act.insert('payment_return', rows);
}
