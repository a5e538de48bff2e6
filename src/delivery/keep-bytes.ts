// How the bytes of a try are kept: packed where that makes them much smaller.

import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Bytes as they are kept. `isPacked`: by DEFLATE (RFC 1951). */
export type KeptBytes = { readonly kept: Uint8Array; readonly isPacked: boolean };

/** What is larger carries files, which are compressed already. */
const PACKED_BYTES_MAX = 65_536;
/** Bytes that do not shrink to this part are kept as they are. */
const WORTH_PACKING = 0.7;
/** Quick, with little memory: a mail of words is small, and the same words stand close to each other in it. */
const HOW = { level: 1, windowBits: 14, memLevel: 6, chunkSize: 4_096 } as const;

/** Packs bytes where that is worth it. */
export function packed(bytes: Uint8Array): KeptBytes {
  const plain = { kept: bytes, isPacked: false };
  if (bytes.length > PACKED_BYTES_MAX) return plain;
  const kept = deflateRawSync(bytes, HOW);
  return kept.length > bytes.length * WORTH_PACKING ? plain : { kept, isPacked: true };
}

/** The bytes as they were before they were packed. Throws where what is kept is damaged. */
export function unpacked({ kept, isPacked }: KeptBytes): Uint8Array {
  return isPacked ? inflateRawSync(kept, { maxOutputLength: PACKED_BYTES_MAX }) : kept;
}
