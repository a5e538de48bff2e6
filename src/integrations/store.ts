// All SQL of integrations: batches, stored mappings, files in pieces, runs with their progress.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { jsonText } from '#kernel/canonical.ts';
import type { BatchId } from '#kernel/id.ts';
import type { ImportFile } from './import-file.ts';
import type { ImportResult } from './import-result.ts';
import type { ImportKind, Mapping } from './mapping.ts';
import { headerHash } from './read-table.ts';

/**
 * Lets one import of a tenant commit after the other: the second then sees what the first created, and changes nothing,
 * instead of failing at the first row that is there meanwhile.
 */
export async function lockImports(act: Act): Promise<void> {
  await act.run(sql`select pg_advisory_xact_lock(hashtextextended(${`import ${act.tenantId}`}, 0))`);
}

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
  const mapping = jsonText(batch.result.mapping);
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

// — files handed in —

export type FileRow = Selectable<DB['import_file']>;

/** Adds a file whose size is not known yet; its pieces follow. */
export function insertFile(
  tx: Tx,
  file: {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly by: string;
    readonly at: Temporal.Instant;
  },
): void {
  tx.insert('import_file', [
    {
      id: file.id,
      kind: file.kind,
      name: file.name,
      bytes: 0n,
      sha256: Buffer.alloc(0),
      created_by: file.by,
      created_at: file.at,
    },
  ]);
}

/** Adds one piece of a file. */
export function insertFilePart(tx: Tx, fileId: string, partNo: number, content: Uint8Array): void {
  tx.insert('import_file_part', [{ file_id: fileId, part_no: partNo, content }]);
}

/** Notes the size and hash of a file when all of it is there. */
export function updateFile(tx: Tx, fileId: string, bytes: bigint, sha256: Uint8Array): void {
  tx.write(
    sql`update import_file set bytes = ${bytes}, sha256 = ${sha256} where tenant_id = ${tx.tenantId} and id = ${fileId}`,
    {
      rows: 1,
      rule: 'the file was just added',
    },
  );
}

/** One file handed in, once all of it is there. */
export async function findFile(tx: Tx, fileId: string): Promise<FileRow | undefined> {
  return tx.find(
    q
      .selectFrom('import_file')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', fileId)
      .where('bytes', '>', 0n),
  );
}

/** Takes a file away that was not handed in to its end. */
export function deleteFile(tx: Tx, fileId: string): void {
  tx.write(sql`delete from import_file where tenant_id = ${tx.tenantId} and id = ${fileId}`);
}

/** One piece of a file; nothing after the last. */
export async function findFilePart(tx: Tx, fileId: string, partNo: number): Promise<Uint8Array | undefined> {
  const row = await tx.find(
    q
      .selectFrom('import_file_part')
      .select('content')
      .where('tenant_id', '=', tx.tenantId)
      .where('file_id', '=', fileId)
      .where('part_no', '=', partNo),
  );
  return row?.content;
}

/** Takes away files handed in before a moment, with their pieces and runs. What was created from them stays. */
export function deleteFilesBefore(tx: Tx, before: Temporal.Instant): void {
  tx.write(sql`delete from import_file where tenant_id = ${tx.tenantId} and created_at < ${before}`);
}

// — runs —

export type RunRow = Selectable<DB['import_run']>;

/** Adds a run that waits for a worker. */
export function insertRun(
  act: Act,
  run: {
    readonly id: string;
    readonly fileId: string;
    readonly kind: string;
    readonly companyId: string;
    readonly mode: string;
    readonly mapping: unknown;
  },
): void {
  act.insert('import_run', [
    {
      id: run.id,
      file_id: run.fileId,
      kind: run.kind,
      company_id: run.companyId,
      mode: run.mode,
      mapping: jsonText(run.mapping ?? null),
      state: 'queued',
      started_by: `${act.actor.kind}:${act.actor.id}`,
      created_at: act.now,
    },
  ]);
}

/** One run. */
export async function findRun(tx: Tx, runId: string): Promise<RunRow | undefined> {
  return tx.find(
    q.selectFrom('import_run').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', runId),
  );
}

/** Notes how far a run is. */
export function updateProgress(tx: Tx, runId: string, rowsDone: number, share: number): void {
  tx.write(
    sql`update import_run set state = 'running', rows_done = ${rowsDone}, share = ${share}
      where tenant_id = ${tx.tenantId} and id = ${runId} and state in ('queued', 'running')`,
  );
}

/** Notes how a run ended; the first end counts. */
export function updateEnded(
  tx: Tx,
  runId: string,
  end: { readonly state: 'done' | 'failed'; readonly result: unknown; readonly at: Temporal.Instant },
): void {
  tx.write(
    sql`update import_run set state = ${end.state}, share = 1000, result = ${jsonText(end.result)}::jsonb,
        finished_at = ${end.at}
      where tenant_id = ${tx.tenantId} and id = ${runId} and state in ('queued', 'running')`,
  );
}
