// `npx node bin/describe.ts [--write]`: the files written from the program itself: schema, table types, API documents.
// Says which differ from what is checked in; with --write brings them up to date.

import './require-node.ts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeAll, REPOSITORY } from '../src/describe.ts';
import { cloneDatabase } from '../test/support/database.ts';

const writes = process.argv.includes('--write');
const database = await cloneDatabase();
try {
  let differ = 0;
  for (const [name, text] of await describeAll(database.url)) {
    const path = join(REPOSITORY, name);
    const kept = await readFile(path, 'utf8').catch(() => undefined);
    if (kept === text) continue;
    differ += 1;
    console.log(`${writes ? 'Written' : 'Differs'}: ${name}`);
    if (!writes) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  if (differ === 0) console.log('All generated files are up to date.');
  else if (!writes) {
    console.log('Run `npx node bin/describe.ts --write` and look at what changed.');
    process.exitCode = 1;
  }
} finally {
  await database.drop();
}
