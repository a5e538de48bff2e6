import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSettings } from './settings.ts';
import { REPOSITORY } from './web-build.ts';

test('with nothing set, everything runs in one process on the loopback address with its own database', () => {
  assert.deepEqual(readSettings({}, true), {
    databaseUrl: undefined,
    dataDir: join(REPOSITORY, '.quittance'),
    host: '127.0.0.1',
    port: 4242,
    portMayMove: true,
    server: true,
    worker: true,
    demo: true,
    buildsWeb: true,
    log: join(REPOSITORY, '.quittance', 'quittance.log'),
  });
});

test('a process may be only server or only worker', () => {
  const parts = (role: string) => {
    const { server, worker } = readSettings({ QUITTANCE_ROLE: role }, false);
    return { server, worker };
  };
  assert.deepEqual(parts('server'), { server: true, worker: false });
  assert.deepEqual(parts('worker'), { server: false, worker: true });
});

test('a port that was asked for is not exchanged for another', () => {
  const { port, portMayMove } = readSettings({ PORT: '8080' }, true);
  assert.deepEqual({ port, portMayMove }, { port: 8080, portMayMove: false });
});

test('without a terminal the log goes to standard output', () => {
  assert.equal(readSettings({}, false).log, '-');
});

test('a mistyped setting is refused, not ignored', () => {
  for (const env of [
    { QUITTANCE_ROLE: 'wroker' },
    { PORT: '80 80' },
    { PORT: '70000' },
    { QUITTANCE_DEMO: 'no' },
  ]) {
    assert.throws(() => readSettings(env, true), { code: 'setting_unknown' });
  }
});
