import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readZip } from '../../test/support/zip.ts';
import { writeZip } from './zip.ts';

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
