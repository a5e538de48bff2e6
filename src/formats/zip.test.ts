import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { readZip } from '../../test/support/zip.ts';
import { sha256OfLarge } from './checksum.ts';
import { writeLargeZip, writeZip } from './zip.ts';

test('another program reads what was written: names, small and large files, empty ones', async () => {
  const files = [
    { name: 'žádost/été.txt', content: Buffer.from('ahoj') },
    { name: 'large.bin', content: Buffer.alloc(1_000_000, 'abc') },
    { name: 'random.bin', content: crypto.getRandomValues(new Uint8Array(5_000)) },
    { name: 'empty', content: new Uint8Array() },
  ];
  const found = await readZip(writeZip(files));
  assert.deepEqual(
    [...found.keys()],
    files.map((file) => file.name),
  );
  for (const { name, content } of files) assert.deepEqual(found.get(name), Buffer.from(content));
});

test('the same files give the same bytes', () => {
  const files = [{ name: 'a', content: Buffer.from('b') }];
  assert.deepEqual(writeZip(files), writeZip(files));
});

// Seen to fail with the checksum of the last slice in place of all.
test('files written beside the program give the very bytes that they give in one stretch', async () => {
  const files = [
    { name: 'žádost.txt', content: Buffer.from('ahoj') },
    { name: 'large.bin', content: Buffer.alloc(9_000_000, 'some words that come again and again') },
    { name: 'random.bin', content: crypto.getRandomValues(new Uint8Array(60_000)) },
    { name: 'empty', content: new Uint8Array() },
  ];
  const archive = await writeLargeZip(files);
  assert.ok(Buffer.from(writeZip(files)).equals(archive));
  const found = await readZip(archive);
  for (const { name, content } of files) assert.ok(found.get(name)?.equals(content), name);
  for (const { content } of files)
    assert.deepEqual(await sha256OfLarge(content), createHash('sha256').update(content).digest());
});

// Seen to fail with `deflateRawSync` in place of what is waited for: a timer fired once.
test('a large archive lets the program do other things while it is written', async () => {
  const content = Buffer.alloc(24_000_000);
  for (let at = 0; at < content.length; at += 60_000)
    crypto.getRandomValues(content.subarray(at, at + 30_000));
  let fired = 0;
  const timer = setInterval(() => {
    fired += 1;
  }, 5);
  const began = performance.now();
  await writeLargeZip([{ name: 'one', content }]);
  clearInterval(timer);
  assert.ok(fired >= 5, `fired ${fired} times in ${performance.now() - began} ms`);
});
