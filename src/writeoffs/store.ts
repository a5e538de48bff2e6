// SQL of write-offs: what commands lock, write and decide by.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { ItemId } from '#kernel/id.ts';
import type { ReadyWriteOff } from './writing-off.ts';

export type WriteOffRow = Selectable<DB['write_off']>;

/** Adds write-offs with their numbers. */
export function insertWriteOffs(
  act: Act,
  writeOffs: readonly {
    readonly writeOff: ReadyWriteOff;
    readonly number: string;
    readonly reason: string;
  }[],
): void {
  act.insert(
    'write_off',
    writeOffs.map(({ writeOff, number, reason }) => ({
      id: writeOff.id,
      company_id: writeOff.companyId,
      customer_id: writeOff.customerId,
      number,
      kind: writeOff.kind,
      reason,
      currency: writeOff.amount.currency,
      amount_minor: writeOff.amount.minor,
      functional_minor: writeOff.functional.minor,
      written_off_on: writeOff.on,
      recorded_at: act.now,
    })),
  );
}

/** One write-off, locked, with its credit items and whether it was undone (read after the lock is there). */
export async function lockWriteOff(
  tx: Tx,
  id: string,
): Promise<
  | { readonly writeOff: WriteOffRow; readonly itemIds: readonly ItemId[]; readonly isUndone: boolean }
  | undefined
> {
  const [writeOff, items, undone] = await Promise.all([
    tx.find(
      q
        .selectFrom('write_off')
        .selectAll()
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', id)
        .forUpdate(),
    ),
    tx.run(sql<{ id: ItemId }>`
      select id from open_item where tenant_id = ${tx.tenantId} and document_id = ${id} and kind = 'write_off' order by instalment`),
    tx.find(sql`select 1 from write_off_undo where tenant_id = ${tx.tenantId} and write_off_id = ${id}`),
  ]);
  return writeOff && { writeOff, itemIds: items.map((i) => i.id), isUndone: undone !== undefined };
}

/** Keeps that a write-off was taken back. */
export function insertUndo(act: Act, row: NewRow<'write_off_undo'>): void {
  act.insert('write_off_undo', [row]);
}
