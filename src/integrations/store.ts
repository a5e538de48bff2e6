// All SQL of integrations: batches, stored mappings, files in pieces, runs with their progress.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { BatchId } from '#kernel/id.ts';
import type { ImportFile } from './import-invoices.ts';
import type { ImportResult } from './import-result.ts';
import type { ImportKind, Mapping } from './mapping.ts';
import { headerHash } from './read-table.ts';

/** Keeps what an import was, and its mapping for the next file with the same header. */
export function saveBatch(
  act: Act,
  batch: {
    readonly id: BatchId;
    readonly kind: ImportKind;
    readonly input: ImportFile;
    readonly result: ImportResult;
    readonly header: readonly string[];
  },
): void {
  const mapping = JSON.stringify(batch.result.mapping);
  if (batch.result.created > 0) {
    act.insert('import_batch', [
      {
        id: batch.id,
        kind: batch.kind,
        company_id: batch.input.companyId,
        file_name: batch.input.fileName,
        file_sha256: Buffer.from(batch.input.sha256, 'hex'),
        mapping,
        rows: batch.result.rows,
        created: batch.result.created,
        unchanged: batch.result.unchanged,
        recorded_at: act.now,
        recorded_by: `${act.actor.kind}:${act.actor.id}`,
      },
    ]);
  }
  act.write(
    sql`insert into import_mapping (tenant_id, kind, header_hash, mapping, recorded_at)
      values (${act.tenantId}, ${batch.kind}, ${headerHash(batch.kind, batch.header)}, ${mapping}::jsonb, ${act.now})
      on conflict (tenant_id, kind, header_hash) do update set mapping = excluded.mapping, recorded_at = excluded.recorded_at`,
  );
}

/** The mapping that was last used with this header. */
export async function findMapping(
  tx: Tx,
  kind: ImportKind,
  header: readonly string[],
): Promise<Mapping | undefined> {
  const row = await tx.find(
    q
      .selectFrom('import_mapping')
      .select('mapping')
      .where('tenant_id', '=', tx.tenantId)
      .where('kind', '=', kind)
      .where('header_hash', '=', headerHash(kind, header)),
  );
  return row && (row.mapping as Mapping);
}

export type BatchRow = Selectable<DB['import_batch']>;

/** Imports that created something, newest first. */
export async function findBatches(
  tx: Tx,
  limit: number,
  before: string | undefined,
): Promise<readonly BatchRow[]> {
  let query = q
    .selectFrom('import_batch')
    .selectAll()
    .where('tenant_id', '=', tx.tenantId)
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('id', '<', before);
  return tx.run(query);
}

/** One batch, locked against being undone twice. */
export async function lockBatch(tx: Tx, id: BatchId): Promise<BatchRow | undefined> {
  return tx.find(
    q
      .selectFrom('import_batch')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', id)
      .forUpdate(),
  );
}

/** Notes who undid a batch. */
export function updateUndone(act: Act, id: BatchId): void {
  act.write(
    sql`update import_batch set undone_at = ${act.now}, undone_by = ${`${act.actor.kind}:${act.actor.id}`}
      where tenant_id = ${act.tenantId} and id = ${id} and undone_at is null`,
    { rows: 1, rule: 'the batch had not been undone' },
  );
}
