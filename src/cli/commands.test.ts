import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Refusal } from '#kernel/refusal.ts';
import { REPOSITORY } from '../../bin/web-build.ts';
import { commandOf } from './commands.ts';

const run = promisify(execFile);

test('words name a command: exactly, or with words of its own behind it', () => {
  const same = (one: readonly string[], other: readonly string[]) => commandOf(one) === commandOf(other);
  assert.ok(same(['statement'], ['statement', '1001']));
  assert.ok(same(['words'], ['words', 'invoice', 'de']));
  assert.ok(same(['receiving', 'give'], ['receiving', 'give', '1001']));
  assert.ok(!same(['receipts'], ['receipts', 'apply']));
  assert.ok(!same(['postings'], ['postings', 'export']));
});

test('what nobody knows is refused', () => {
  for (const words of [
    ['nothing'],
    ['receipts', 'aply'],
    ['import'],
    ['import', 'invoice', 'file.csv'],
    ['report'],
    ['user', 'remove'],
    ['constructor'],
    ['__proto__', 'add'],
  ])
    assert.throws(
      () => commandOf(words),
      (error: unknown) => error instanceof Refusal && error.code === 'command_unknown',
      words.join(' '),
    );
});

// Seen to fail when the session was opened first: then the database was missing, and the words were not spoken of.
test('a word that nobody knows is refused without a database', async () => {
  const env = { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  await assert.rejects(run(process.execPath, ['src/cli.ts', 'recepits'], { cwd: REPOSITORY, env }), {
    code: 1,
    stderr: 'Refused: command unknown\n  command: recepits\n  todo: quittance --help\n',
  });
});

// Seen to fail with nothing kept, and with the folder made where there was none.
test('what was compiled is kept in a data folder that is there, and a command goes on where it cannot be', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-compiled-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'file'), '');
  const refused = (dataDir: string) => {
    const env = { ...process.env, QUITTANCE_DATA: dataDir, NODE_COMPILE_CACHE: undefined };
    const tried = run(process.execPath, ['src/cli.ts', 'evidence', 'verify', join(folder, 'none')], {
      cwd: REPOSITORY,
      env,
    });
    return assert.rejects(tried, { code: 1, stderr: /^Refused: file not found/ });
  };
  await refused(join(folder, 'missing'));
  await refused(join(folder, 'file'));
  assert.deepEqual(readdirSync(folder), ['file']);
  await refused(folder);
  assert.ok(globSync('compiled/*/*', { cwd: folder }).length > 10);
});
