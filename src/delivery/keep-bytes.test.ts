// What is kept of a mail is what was handed over, packed or not.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { packed, unpacked } from './keep-bytes.ts';

test('bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.nat({ max: 40 }), (some, times) => {
      const bytes = Buffer.concat(Array.from({ length: times }, () => some));
      assert.ok(Buffer.from(unpacked(packed(bytes))).equals(bytes));
    }),
  );
});

test('words are packed; what is compressed already, or large, is kept as it is', () => {
  const words = Buffer.from('Invoice RE-1 was due on 2026-02-01: EUR 100.00 is open.\r\n'.repeat(100));
  const kept = packed(words);
  assert.ok(kept.isPacked && kept.kept.length < words.length / 3);
  for (const bytes of [randomBytes(5_000), Buffer.alloc(65_537, 'a'), Buffer.alloc(0)])
    assert.deepEqual(packed(bytes), { kept: bytes, isPacked: false });
});

test('packed bytes that are damaged are not taken for others', () => {
  const { kept } = packed(Buffer.from('A mail of words. '.repeat(200)));
  const cut = kept.subarray(0, kept.length - 3);
  assert.throws(() => unpacked({ kept: cut, isPacked: true }), /unexpected end/);
  const large = (bytes: number) => ({ kept: deflateRawSync(Buffer.alloc(bytes, 'a')), isPacked: true });
  assert.equal(unpacked(large(65_536)).length, 65_536);
  assert.throws(() => unpacked(large(65_537)), { code: 'ERR_BUFFER_TOO_LARGE' });
});
