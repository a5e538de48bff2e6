// Keeping a file that was handed in, in pieces in the database, so that any process can read it later; and laying it out
// as a real file again while it is read.

import { createHash, randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actorText, type Context } from '#command/command.ts';
import type { Pool } from '#db/pool.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { Upload } from '#http/route.ts';
import { type Id, newId, type TenantId } from '#kernel/id.ts';
import { IMPORT_BYTES_MAX, IMPORT_PART_BYTES } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  deleteFile,
  type FileRow,
  findFile,
  findFilePart,
  insertFile,
  insertFilePart,
  updateFile,
} from './store.ts';

export type KeptFile = {
  readonly fileId: Id<'import_file'>;
  readonly bytes: bigint;
  readonly sha256: string;
};

/**
 * Keeps a file, piece by piece as it comes, each in a transaction of its own, since the sender may be slow. It is there for
 * others once all of it is; what was not handed in to its end is taken away.
 *
 * Refuses: `import_file_too_large`, `import_empty`.
 */
export async function keepFile(
  pool: Pool,
  context: Context,
  kind: string,
  upload: Pick<Upload, 'fileName' | 'stream'>,
): Promise<KeptFile> {
  const fileId = newId<'import_file'>();
  const by = actorText(context.actor);
  const write = (work: (tx: Tx) => void): Promise<void> =>
    inTenant(pool, context.tenantId, async (tx) => work(tx));
  await write((tx) => insertFile(tx, { id: fileId, kind, name: upload.fileName, by, at: context.now }));
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    let partNo = 0;
    for await (const part of inParts(upload.stream)) {
      bytes += part.length;
      if (bytes > IMPORT_BYTES_MAX) throw tooLarge();
      hash.update(part);
      const number = partNo;
      await write((tx) => insertFilePart(tx, fileId, number, part));
      partNo += 1;
    }
    if ('truncated' in upload.stream && upload.stream.truncated === true) throw tooLarge();
    if (bytes === 0) throw new Refusal('import_empty', { file: upload.fileName });
    const sha256 = hash.digest();
    await write((tx) => updateFile(tx, fileId, BigInt(bytes), sha256));
    return { fileId, bytes: BigInt(bytes), sha256: sha256.toString('hex') };
  } catch (error) {
    // If even this fails, the nightly tidying takes it away.
    await write((tx) => deleteFile(tx, fileId)).catch(() => {});
    throw error;
  }
}

function tooLarge(): Refusal {
  return new Refusal('import_file_too_large', { bytesMax: IMPORT_BYTES_MAX });
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
