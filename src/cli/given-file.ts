// What a file is known by: a file that was imported before is recognised by its digest.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Refusal } from '#kernel/refusal.ts';

/** The SHA-256 of a file. Refuses: `file_not_found`. */
export async function sha256Of(path: string): Promise<Uint8Array> {
  await stat(path).catch(() => {
    throw new Refusal('file_not_found', { file: path });
  });
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest();
}
