// Keeping a file that was handed in, in pieces in the database, so that any process can read it later; and laying it out
// as a real file again while it is read.

import { createHash, randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '#command/command.ts';
import type { Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import type { Upload } from '#http/route.ts';
import { type Id, newId, type TenantId } from '#kernel/id.ts';
import { IMPORT_BYTES_MAX, IMPORT_PART_BYTES } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type FileRow, findFile, findFilePart, insertFile, insertFilePart, updateFile } from './store.ts';

export type KeptFile = {
  readonly fileId: Id<'import_file'>;
  readonly bytes: bigint;
  readonly sha256: string;
};

/** Pieces on their way to the database before the sender is made to wait. */
const PARTS_IN_FLIGHT = 4;

/** Keeps a file. All of it is kept or nothing. Refuses: `import_file_too_large`, `import_empty`. */
export async function keepFile(
  pool: Pool,
  context: Context,
  kind: string,
  upload: Pick<Upload, 'fileName' | 'stream'>,
): Promise<KeptFile> {
  const fileId = newId<'import_file'>();
  const hash = createHash('sha256');
  let bytes = 0;
  await inTenant(pool, context.tenantId, async (tx) => {
    insertFile(tx, {
      id: fileId,
      kind,
      name: upload.fileName,
      by: `${context.actor.kind}:${context.actor.id}`,
      at: context.now,
    });
    let partNo = 0;
    for await (const part of inParts(upload.stream)) {
      bytes += part.length;
      if (bytes > IMPORT_BYTES_MAX)
        throw new Refusal('import_file_too_large', { bytesMax: IMPORT_BYTES_MAX });
      hash.update(part);
      insertFilePart(tx, fileId, partNo, part);
      partNo += 1;
      if (partNo % PARTS_IN_FLIGHT === 0) await tx.settle();
    }
    if ('truncated' in upload.stream && upload.stream.truncated === true)
      throw new Refusal('import_file_too_large', { bytesMax: IMPORT_BYTES_MAX });
    if (bytes === 0) throw new Refusal('import_empty', { file: upload.fileName });
    updateFile(tx, fileId, BigInt(bytes), hash.copy().digest());
  });
  return { fileId, bytes: BigInt(bytes), sha256: hash.digest('hex') };
}

async function* inParts(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < IMPORT_PART_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** A file handed in. Refuses: `import_file_not_found`. */
export async function takeFile(pool: Pool, tenantId: TenantId, fileId: string): Promise<FileRow> {
  const file = await inTenant(pool, tenantId, (tx) => findFile(tx, fileId));
  if (!file) throw new Refusal('import_file_not_found', { fileId });
  return file;
}

/** Lays a kept file out on disk while `work` reads it, and takes it away afterwards. */
export async function withFileOnDisk<T>(
  pool: Pool,
  tenantId: TenantId,
  fileId: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(tmpdir(), `quittance-import-${randomBytes(12).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  try {
    for (let partNo = 0; ; partNo += 1) {
      const part = await inTenant(pool, tenantId, (tx) => findFilePart(tx, fileId, partNo));
      if (!part) break;
      await file.write(part);
    }
    await file.close();
    return await work(path);
  } finally {
    await file.close().catch(() => {});
    await rm(path, { force: true });
  }
}
