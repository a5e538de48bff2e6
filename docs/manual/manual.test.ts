// The manual is true: what it tells people to type is typed here, page after page, on the demo company.
// In a process of its own: it starts the program for every page, which takes long.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openLog } from '#http/log.ts';
import { ensureDemo } from '../../seed/demo.ts';
import { type Clone, cloneDatabase } from '../../test/support/database.ts';

const run = promisify(execFile);
const MANUAL = import.meta.dirname;
const ROOT = join(MANUAL, '../..');
/** The page that adds a second tenant comes last: with two, commands must name theirs. */
const LAST = 'first-steps.md';
const PAGES = readdirSync(MANUAL)
  .filter((name) => name.endsWith('.md'))
  .sort((a, b) => Number(a === LAST) - Number(b === LAST) || (a < b ? -1 : 1));

let database: Clone;
const dataDir = mkdtempSync(join(tmpdir(), 'quittance-manual-'));

before(async () => {
  database = await cloneDatabase();
  const demo = await ensureDemo({
    databaseUrl: database.url,
    dataDir,
    log: openLog({ role: 'manual', file: join(dataDir, 'log') }),
  });
  assert.equal(demo.created, true);
});

after(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The lines of a page's blocks marked `sh run`. */
function commandsOf(page: string): readonly string[] {
  const text = readFileSync(join(MANUAL, page), 'utf8');
  return [...text.matchAll(/^```sh run\n([\s\S]*?)^```/gm)]
    .flatMap((m) => (m[1] ?? '').split('\n'))
    .filter((line) => line.trim() !== '');
}

/** The words of a command line, with quotes as a shell reads them. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2] ?? '');
}

test('the manual has pages with commands to try', () => {
  assert.ok(PAGES.length >= 10);
  assert.ok(PAGES.flatMap(commandsOf).length >= 8);
});

for (const page of PAGES) {
  const commands = commandsOf(page);
  if (commands.length === 0) continue;
  test(`what ${page} says to type works`, async () => {
    for (const line of commands) {
      const [program, ...words] = wordsOf(line);
      assert.equal(program, 'quittance', line);
      const env = { ...process.env, DATABASE_URL: database.url, QUITTANCE_DATA: dataDir, SMTP_URL: '' };
      const { stdout } = await run(process.execPath, ['src/cli.ts', ...words], {
        cwd: ROOT,
        env,
        maxBuffer: 64 * 1024 * 1024,
      });
      assert.ok(stdout.trim().length > 0, `${line} says something`);
    }
  });
}

test('every picture and page that the manual points to is there', () => {
  const missing = PAGES.flatMap((page) => {
    const text = readFileSync(join(MANUAL, page), 'utf8');
    return [...text.matchAll(/\]\(([^)#]+)\)/g)]
      .map((m) => m[1] ?? '')
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(MANUAL, target)))
      .map((target) => `${page} → ${target}`);
  });
  assert.deepEqual(missing, []);
});
