// In a process of its own: it starts the program and ends it.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findRunning, stopAbandoned } from '#db/embedded.ts';
import { hasEnded } from '../test/support/process.ts';
import { REPOSITORY } from './web-build.ts';

const folder = mkdtempSync(join(tmpdir(), 'quittance-start-test-'));
chmodSync(folder, 0o755);
const dataDir = join(folder, 'data');
const children: ChildProcess[] = [];

after(async () => {
  for (const child of children) child.kill('SIGKILL');
  await stopAbandoned(dataDir);
  rmSync(folder, { recursive: true });
});

type Started = { readonly child: ChildProcess; readonly address: string; readonly said: () => string };

/** `npm start` on a folder of its own, without what takes long, once it says that it is running or has ended. */
async function start(settings: Readonly<Record<string, string>> = {}): Promise<Started> {
  const child = spawn(process.execPath, ['bin/start.ts'], {
    cwd: REPOSITORY,
    env: {
      ...process.env,
      DATABASE_URL: '',
      QUITTANCE_DATA: dataDir,
      QUITTANCE_DEMO: 'off',
      QUITTANCE_BUILD_WEB: 'off',
      QUITTANCE_LOG: join(folder, 'quittance.log'),
      QUITTANCE_URL: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      if (/running/.test(said)) resolve();
    });
  }
  child.once('exit', () => resolve());
  await promise;
  return { child, address: /http:\S+/.exec(said)?.[0] ?? '', said: () => said };
}

async function isReady(address: string): Promise<boolean> {
  return (await fetch(`${address}/readyz`)).ok;
}

async function end({ child }: Started, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  return (await ended)[0];
}

async function databasePid(): Promise<number> {
  const running = await findRunning(dataDir);
  assert.ok(running, 'the database runs');
  return running.pid;
}

test('Ctrl-C stops the server, the worker and the database, even if npm sends it twice', async () => {
  const first = await start();
  assert.ok(await isReady(first.address), first.said());
  const database = await databasePid();
  first.child.kill('SIGINT');
  assert.equal(await end(first, 'SIGINT'), 0);
  assert.ok(await hasEnded(database));
  await assert.rejects(fetch(first.address));
});

test('a second one shares the database and takes the next port, and leaves the first one running', async () => {
  const first = await start();
  const second = await start();
  assert.notEqual(second.address, first.address);
  assert.ok((await isReady(first.address)) && (await isReady(second.address)));
  assert.equal(await end(second, 'SIGTERM'), 0);
  assert.ok(await isReady(first.address));

  const { port } = new URL(first.address);
  const third = await start({ PORT: port });
  assert.match(third.said(), /port taken/);
  assert.equal(await end(first, 'SIGTERM'), 0);
});

test('two that start at the same moment get a port each', async () => {
  const first = await start();
  const both = await Promise.all([start(), start()]);
  for (const { address, said } of both) assert.ok(address && (await isReady(address)), said());
  for (const one of [...both, first]) assert.equal(await end(one, 'SIGTERM'), 0);
});

test('after kill -9 the next start goes on with the database that was left running, and stops it', async () => {
  const first = await start();
  const database = await databasePid();
  await end(first, 'SIGKILL');
  assert.equal(await databasePid(), database);

  const second = await start({ QUITTANCE_ROLE: 'server' });
  assert.ok(await isReady(second.address));
  assert.equal(await databasePid(), database);
  assert.equal(await end(second, 'SIGINT'), 0);
  assert.ok(await hasEnded(database));
});

test('when the database is killed the program says so and ends, and the next start recovers', async () => {
  const first = await start();
  const ended = once(first.child, 'exit');
  process.kill(await databasePid(), 'SIGKILL');
  assert.equal((await ended)[0], 1);
  assert.match(first.said(), /The database ended unexpectedly/);

  const second = await start({ QUITTANCE_ROLE: 'worker' });
  assert.match(second.said(), /worker is running/);
  assert.equal(await end(second, 'SIGINT'), 0);
});

// Seen to fail with nothing kept.
test('a mistyped setting is named and nothing is started, and what was compiled is kept in the data folder', async () => {
  const { child, said } = await start({ QUITTANCE_ROLE: 'wroker', NODE_COMPILE_CACHE: '' });
  assert.equal(child.exitCode, 1);
  assert.match(
    said(),
    /setting unknown\n {2}setting: QUITTANCE_ROLE\n {2}value: wroker\n {2}→ Give one of: all, server, worker/,
  );
  assert.ok(globSync('compiled/*/*', { cwd: dataDir }).length > 1_000);
});
