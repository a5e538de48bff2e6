// In a process of its own: it runs tests, and sets what a real installation would have set.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { hasEnded } from '../test/support/process.ts';
import { buildWebIfStale, REPOSITORY } from './web-build.ts';

const folder = mkdtempSync(join(tmpdir(), 'quittance-test-run-'));
/** Where the runs under test put their throw-away servers, so that nobody else's are seen. */
const spare = join(folder, 'tmp');
mkdirSync(spare, { mode: 0o755 });
after(() => rmSync(folder, { recursive: true }));

function file(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n${body}`);
  return path;
}

/** `npm test` as it would run, with the test files it is given; ended by SIGINT when it has said what is waited for. */
async function run(args: readonly string[], interruptAt?: string): Promise<{ status: number; said: string }> {
  const child: ChildProcess = spawn(process.execPath, ['bin/test.ts', ...args], {
    cwd: REPOSITORY,
    env: { ...process.env, TMPDIR: spare, DATABASE_URL_TEST: undefined, NODE_TEST_CONTEXT: undefined },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(child.stdout);
  const said = text(child.stdout);
  if (interruptAt !== undefined) {
    while (!existsSync(interruptAt)) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    child.kill('SIGINT');
  }
  const [status] = await once(child, 'exit');
  return { status, said: await said };
}

function lastLine(said: string): string | undefined {
  return said.trimEnd().split('\n').at(-1);
}

function leftBehind(): readonly string[] {
  return globSync('quittance-*', { cwd: spare });
}

test('the closing line counts what passed, failed and was skipped, and a failure gives status 1', async () => {
  const path = file(
    'mixed.test.ts',
    `test('holds', () => {});
     test('does not hold', () => assert.equal(1, 2));
     test('has parts', async (t) => { await t.test('a part that holds', () => {}); });
     test('not now', { skip: true }, () => {});`,
  );
  const { status, said } = await run([path]);
  assert.equal(lastLine(said), '3 passed, 1 failed, 1 skipped');
  assert.match(
    said,
    /✖ .*mixed\.test\.ts: does not hold\n {4}AssertionError.*\n( {4}.*\n)* {4}.* at .*mixed\.test\.ts:\d+:\d+\)?\n3 passed/,
  );
  assert.equal(status, 1);
  assert.deepEqual(leftBehind(), []);
});

test('the tests find a migrated database, and nothing of a real installation', async () => {
  const path = file(
    'database.test.ts',
    `import pg from ${JSON.stringify(import.meta.resolve('pg'))};
     test('asks', async () => {
       const client = new pg.Client({ connectionString: process.env.QUITTANCE_TEST_DATABASE_URL });
       await client.connect();
       const { rowCount } = await client.query('select from schema_migration');
       assert.ok(rowCount > 0);
       await client.end();
       assert.deepEqual([process.env.DATABASE_URL, process.env.SMTP_URL], [undefined, undefined]);
     });`,
  );
  process.env.DATABASE_URL = 'postgresql://somebody@else/books';
  process.env.SMTP_URL = 'smtp://real.example';
  const { status, said } = await run([path]);
  assert.equal(lastLine(said), '1 passed, 0 failed, 0 skipped', said);
  assert.equal(status, 0);
});

test('a test file that crashes or a test that is not there is a failure', async () => {
  const crash = await run([file('crash.test.ts', 'process.exit(3);')]);
  assert.equal(lastLine(crash.said), '0 passed, 1 failed, 0 skipped');
  assert.equal(crash.status, 1);
  assert.equal((await run([join(folder, 'no-such.test.ts')])).status, 1);
  mkdirSync(join(folder, 'empty'));
  assert.equal((await run([join(folder, 'empty')])).status, 1);
});

// Seen to fail with a sum that is not there taken for an empty one.
test('of the tests with a browser, which share a process, one that ends it is a failure, and a failed one is told with its file', async () => {
  // Otherwise it is built by the first, and counted.
  await buildWebIfStale(() => {});
  mkdirSync(join(folder, 'test', 'browser'), { recursive: true });
  const holds = file('test/browser/holds.test.ts', `test('holds', () => {});`);
  const fails = file('test/browser/fails.test.ts', `test('fails', () => assert.equal(1, 2));`);
  const ends = file('test/browser/ends.test.ts', `test('ends', () => process.exit(0));`);
  const failed = await run([fails, holds]);
  assert.equal(lastLine(failed.said), '1 passed, 1 failed, 0 skipped');
  assert.match(failed.said, /✖ .*fails\.test\.ts: fails\n( {4}.*\n)+1 passed/);
  const ended = await run([holds, ends]);
  assert.equal(lastLine(ended.said), '0 passed, 1 failed, 0 skipped');
  assert.match(ended.said, /✖ Browser: the test runner ended with 0 before it counted/);
  assert.equal(ended.status, 1);
});

test('Ctrl-C, which npm sends twice, ends the tests and their database', async () => {
  const begun = join(folder, 'begun');
  const path = file(
    'endless.test.ts',
    `import { writeFileSync } from 'node:fs';
     test('never ends', () => { writeFileSync(${JSON.stringify(begun)}, String(process.pid)); return new Promise(() => setInterval(() => {}, 1_000)); });`,
  );
  const { status, said } = await run([path], begun);
  assert.equal(status, 1);
  assert.equal(lastLine(said), '0 passed, 1 failed, 0 skipped');
  assert.deepEqual(leftBehind(), []);
  assert.ok(await hasEnded(Number(readFileSync(begun, 'utf8'))), 'the test process is gone too');
});

// Seen to fail with the files loaded outside their suites, where the hooks of one ran around the tests of the other.
test('files that share a process each have what they say around their tests to themselves', async () => {
  const paths = ['one', 'two'].map((name) =>
    file(
      `${name}.test.ts`,
      `import { after, afterEach, beforeEach } from 'node:test';
       const around: string[] = [];
       beforeEach(() => void around.push('before'));
       afterEach(() => void around.push('after'));
       after(() => assert.equal(globalThis.name, '${name}'));
       test('is of ${name}', () => { globalThis.name = '${name}'; assert.deepEqual(around, ['before']); });
       test('tells the process', () => console.log('${name} in ' + process.pid + '.'));
       test('does not hold', () => assert.equal(1, 2));`,
    ),
  );
  const { status, said } = await run(['--shared', ...paths]);
  assert.equal(lastLine(said), '4 passed, 2 failed, 0 skipped', said);
  assert.match(
    said,
    /✖ .*one\.test\.ts: does not hold\n( {4}.*\n)+✖ .*two\.test\.ts: does not hold\n( {4}.*\n)+4 passed/,
  );
  assert.equal(/one in (\d+)\./.exec(said)?.[1], /two in (\d+)\./.exec(said)?.[1], 'they share one');
  assert.equal(status, 1);
  assert.deepEqual(leftBehind(), []);
});

// Seen to fail with the line that names what was not finished taken out, and with the one that gives a file its process.
test('a shared process that dies is a failure that names what it had not finished, and a file can stay out of it', async () => {
  const before = file('a-before.test.ts', `test('fails before', () => assert.equal(1, 2));`);
  const dies = file(
    'b-dies.test.ts',
    `test('dies', () => { setTimeout(() => process.exit(0), 500); return new Promise(() => {}); });`,
  );
  const later = file('c-later.test.ts', `test('never comes', () => {});`);
  const alone = file(
    'd-alone.test.ts',
    `// In a process of its own: it is asked to.\ntest('holds', () => {});`,
  );
  const broken = file('e-broken.test.ts', `import 'node:nothing';`);
  const { status, said } = await run(['--shared', before, dies, later, alone]);
  assert.equal(lastLine(said), '1 passed, 3 failed, 0 skipped', said);
  for (const path of [dies, later])
    assert.match(said, new RegExp(`✖ ${path}: its process ended with 0 before`));
  assert.match(said, /✖ .*a-before\.test\.ts: fails before/);
  assert.equal(status, 1);
  const notLoaded = await run(['--shared', broken]);
  assert.match(notLoaded.said, /✖ .*e-broken\.test\.ts\n( {4}.*\n)*0 passed, 1 failed, 0 skipped/);
  assert.equal(notLoaded.status, 1);
});

// Seen to fail with processes left alone at Ctrl-C.
test('Ctrl-C ends tests that share a process, and names what they had not finished', async () => {
  const begun = join(folder, 'begun-shared');
  const path = file(
    'endless-shared.test.ts',
    `import { writeFileSync } from 'node:fs';
     test('never ends', () => { writeFileSync(${JSON.stringify(begun)}, String(process.pid)); return new Promise(() => setInterval(() => {}, 1_000)); });`,
  );
  const { status, said } = await run(['--shared', path], begun);
  assert.equal(status, 1);
  assert.equal(lastLine(said), '0 passed, 1 failed, 0 skipped');
  assert.match(said, /Not finished: .*endless-shared\.test\.ts/);
  assert.ok(await hasEnded(Number(readFileSync(begun, 'utf8'))), 'the test process is gone too');
});
