// A file that is named on the command line: that it is there, what it is known by, and how it is handed in.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Upload } from '#http/route.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Refuses: `file_not_found`. */
export async function requireFile(path: string): Promise<void> {
  await stat(path).catch(() => {
    throw new Refusal('file_not_found', { file: path });
  });
}

/** The SHA-256 of a file: one that was imported before is recognised by it. Refuses: `file_not_found`. */
export async function sha256Of(path: string): Promise<Uint8Array> {
  await requireFile(path);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest();
}

/** A file as an operation takes it, to be read once. Refuses: `file_not_found`. */
export async function uploadOf(path: string, contentType = 'application/octet-stream'): Promise<Upload> {
  await requireFile(path);
  return { fileName: basename(path), contentType, stream: createReadStream(path) };
}
