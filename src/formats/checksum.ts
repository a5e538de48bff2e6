// Checksums of large files, slice by slice, so that the program goes on with other things meanwhile.

import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';

/** Bytes that are looked at in one stretch: some milliseconds. */
const SLICE_BYTES = 8 * 1024 * 1024;

/** The bytes in slices, with a pause after each but the last. */
export async function* slicesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.length; start += SLICE_BYTES) {
    if (start > 0) await pause();
    yield content.subarray(start, start + SLICE_BYTES);
  }
}

/** SHA-256 of bytes that may be many. */
export async function sha256OfLarge(content: Uint8Array): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const slice of slicesOf(content)) hash.update(slice);
  return hash.digest();
}
