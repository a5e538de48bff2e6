import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { putAway, putDocument, readStatusFiles } from './put-network-document.ts';

const ID = '01890000-0000-7000-8000-000000000001';

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'network-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('a document is put in place whole, twice as one file, and leaves nothing half-done beside it', () =>
  inFolder(async (folder) => {
    const given = { messageId: ID, recipient: '0088:7300010000001', file: Buffer.from('<Invoice/>') };
    const first = await putDocument(folder, given);
    assert.deepEqual([first.kind, first.reference], ['accepted', `${ID}__0088_7300010000001.xml`]);
    await putDocument(folder, given);
    const out = await readdir(join(folder, 'out'));
    assert.deepEqual(out, [`${ID}__0088_7300010000001.xml`]);
    assert.equal(await readFile(join(folder, 'out', out[0] ?? ''), 'utf8'), '<Invoice/>');
  }));

test('a folder that cannot be written is trouble, to be tried again', () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'out'), 'a file where the folder should be');
    const given = { messageId: ID, recipient: '0088:1', file: Buffer.from('<Invoice/>') };
    assert.equal((await putDocument(folder, given)).kind, 'trouble');
  }));

test('what the other side says is read; what says nothing is named apart and put out of the way', () =>
  inFolder(async (folder) => {
    await readStatusFiles(folder);
    await writeFile(
      join(folder, 'in', `${ID}.json`),
      '{"status":"rejected","detail":"unknown buyer reference"}',
    );
    await writeFile(join(folder, 'in', `${ID}-2.json`), '{"status":"dancing"}');
    await writeFile(join(folder, 'in', 'other.json'), '{"status":"paid"}');
    await writeFile(join(folder, 'in', `${ID}-3.json`), '{"status":');
    await writeFile(join(folder, 'in', `${ID}-4.xml`), '<Invoice/>');
    await writeFile(
      join(folder, 'in', `${ID}-5.xml`),
      `<a:ApplicationResponse xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"><a:DocumentResponse>
         <a:Response><a:ResponseCode>UQ</a:ResponseCode></a:Response>
         <a:DocumentReference><a:ID>INV-7</a:ID></a:DocumentReference>
       </a:DocumentResponse></a:ApplicationResponse>`,
    );
    const { files, unreadable } = await readStatusFiles(folder);
    assert.deepEqual(
      files.map((file) => [file.messageId, file.status, file.detail]),
      [
        [ID, 'accepted', 'INV-7: has questions before it goes on'],
        [ID, 'rejected', 'unknown buyer reference'],
      ],
    );
    assert.equal(unreadable.length, 4);
    for (const path of unreadable) await putAway(folder, path, 'unreadable');
    assert.equal((await readdir(join(folder, 'in'))).length, files.length);
  }));
