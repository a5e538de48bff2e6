// Proving a pack that was kept somewhere: every file is what its list says, none is missing, none was added.

import { createHash } from 'node:crypto';
import { type FileSource, openZip } from '#formats/archive.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  MANIFEST,
  type Manifest,
  type PackFile,
  type PackProblem,
  problemsOf,
  readManifest,
} from './pack.ts';

/** What a pack is about, the checksum of its list, and what is wrong with it. */
export type Verified = {
  readonly manifest: Manifest;
  /** SHA-256 of `manifest.json`: whoever noted it when the pack was made can tell that the list is the same. */
  readonly manifestSha256: string;
  readonly problems: readonly PackProblem[];
};

/** Verifies a pack. Refuses: `pack_not_ours` (no list of ours in it), and what `openZip` refuses. */
export async function verifyPack(source: FileSource): Promise<Verified> {
  const zip = await openZip(source);
  try {
    if (!zip.has(MANIFEST)) throw new Refusal('pack_not_ours');
    const list = await readAll(zip.read(MANIFEST));
    const manifest = readManifest(list.toString('utf8'));
    if (!manifest) throw new Refusal('pack_not_ours');
    const found: PackFile[] = [];
    for (const name of zip.names.filter((one) => one !== MANIFEST)) {
      const content = await readAll(zip.read(name));
      found.push({ name, bytes: content.length, sha256: sha256(content) });
    }
    return { manifest, manifestSha256: sha256(list), problems: problemsOf(manifest.files, found) };
  } finally {
    await zip.close();
  }
}

async function readAll(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
