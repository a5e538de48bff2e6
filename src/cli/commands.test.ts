import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
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
