// Taking a file in: its bytes are looked at and kept before the command that attaches it, which then needs only their name.

import { createHash } from 'node:crypto';
import type { Context } from '#command/command.ts';
import type { Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import type { Upload } from '#http/route.ts';
import { ATTACHMENT_FILE_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { KeptContent } from './attachment.ts';
import { kindOfFile, safeName } from './file-kind.ts';
import { insertContent } from './store.ts';

/**
 * Keeps the bytes of a file that was handed in, once however often it comes.
 *
 * Refuses: `attachment_too_large`, what `kindOfFile` refuses.
 */
export async function keepContent(
  pool: Pool,
  context: Context,
  upload: Pick<Upload, 'fileName' | 'stream'>,
): Promise<KeptContent> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of upload.stream as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > ATTACHMENT_FILE_BYTES_MAX) {
      upload.stream.resume();
      throw new Refusal('attachment_too_large', {
        name: upload.fileName,
        bytesMax: ATTACHMENT_FILE_BYTES_MAX,
      });
    }
    parts.push(part);
  }
  const content = Buffer.concat(parts);
  const kind = kindOfFile(content, upload.fileName);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await inTenant(pool, context.tenantId, async (tx) => insertContent(tx, sha256, content, context.now));
  return { sha256, name: safeName(upload.fileName, kind), mediaType: kind.mediaType, bytes };
}
