// In a process of its own: it kills database servers.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { hasEnded, isAlive } from '../../test/support/process.ts';
import { findRunning, startEmbedded, stopAbandoned } from './embedded.ts';

// One folder for all tests, in their order: making a database costs a second, starting it again a twentieth.
const dataDir = mkdtempSync(join(tmpdir(), 'quittance-embedded-test-'));
chmodSync(dataDir, 0o755);
const helpers: ChildProcess[] = [];

after(async () => {
  for (const helper of helpers) helper.kill('SIGKILL');
  await stopAbandoned(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the database, says how, and lives until it is killed. */
async function anotherLauncher(
  options: { keepRunning?: boolean } = {},
): Promise<{ helper: ChildProcess; pid: number; owned: boolean }> {
  const program = `
    const { startEmbedded } = await import(${JSON.stringify(new URL('embedded.ts', import.meta.url).href)});
    const { pid, owned } = await startEmbedded(${JSON.stringify({ dataDir, ...options })});
    console.log(JSON.stringify({ pid, owned }));
    setInterval(() => {}, 1_000);`;
  const helper = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  helpers.push(helper);
  const [line] = await once(helper.stdout, 'data');
  return { helper, ...JSON.parse(String(line)) };
}

async function kill(helper: ChildProcess): Promise<void> {
  helper.kill('SIGKILL');
  await once(helper, 'exit');
}

test('what was written is there after stop and start', async () => {
  const first = await startEmbedded({ dataDir });
  await ask(first.url, `create table kept (word text); insert into kept values ('Größe ≥ 1')`);
  await first.stop();
  assert.ok(await hasEnded(first.pid));

  const second = await startEmbedded({ dataDir });
  assert.equal(second.url, first.url, 'the address stays the same');
  assert.deepEqual(await ask(second.url, 'select word from kept'), [{ word: 'Größe ≥ 1' }]);
  await second.stop();
  await second.stop();
});

test('a fresh folder has durable settings, checksums, and a sort order no system library can change', async () => {
  const server = await startEmbedded({ dataDir });
  const [settings] = await ask(
    server.url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
            current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
            current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
            (select datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()) as locale`,
  );
  assert.deepEqual(settings, {
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    checksums: 'on',
    encoding: 'UTF8',
    zone: 'UTC',
    locale: 'b C.UTF-8',
  });
  await server.stop();
});

test('the program gets a role that is no superuser, owns its database, and needs its password', async () => {
  const server = await startEmbedded({ dataDir });
  assert.deepEqual(
    await ask(
      server.url,
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
              (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner
       from pg_roles where rolname = current_user`,
    ),
    [
      {
        rolname: 'quittance',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        owner: 'quittance',
      },
    ],
  );
  const guess = new URL(server.url);
  guess.password = 'guessed';
  await assert.rejects(ask(guess.href, 'select 1'), { code: '28P01' });
  assert.equal(statSync(join(dataDir, 'postgres', 'passwords.json')).mode & 0o077, 0);
  await server.stop();
});

test('rights that somebody gave the role are taken back at the next start', async () => {
  const first = await startEmbedded({ dataDir });
  await ask(first.superuserUrl, 'alter role quittance superuser bypassrls');
  await first.stop();
  const second = await startEmbedded({ dataDir });
  const rights = await ask(
    second.url,
    'select rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  );
  assert.deepEqual(rights, [{ rolsuper: false, rolbypassrls: false }]);
  await second.stop();
});

test('kill -9 of the database in the middle of writing loses no committed row', async () => {
  const first = await startEmbedded({ dataDir });
  const client = new pg.Client({ connectionString: first.url });
  client.on('error', () => {});
  await client.connect();
  await client.query('create table if not exists receipt (number integer primary key)');
  let acknowledged = 0;
  const writing = (async () => {
    for (;;) {
      await client.query('insert into receipt values ($1)', [acknowledged + 1]);
      acknowledged += 1;
      if (acknowledged === 200) process.kill(first.pid, 'SIGKILL');
    }
  })();
  await assert.rejects(writing);

  const second = await startEmbedded({ dataDir });
  assert.notEqual(second.pid, first.pid);
  const rows = await ask(second.url, 'select number from receipt order by number');
  const survived = rows.map((row) => row.number);
  assert.ok(survived.length >= acknowledged && acknowledged >= 200, `${survived.length} of ${acknowledged}`);
  assert.deepEqual(
    survived,
    Array.from(survived, (_, index) => index + 1),
  );
  await second.stop();
});

test('the owner hears when the database is lost', async () => {
  const lost = Promise.withResolvers<void>();
  const server = await startEmbedded({ dataDir, onLost: lost.resolve });
  process.kill(server.pid, 'SIGKILL');
  await lost.promise;
  await server.stop();
});

test('two that start at the same time share one server, and only its owner stops it', async () => {
  const [here, there] = await Promise.all([startEmbedded({ dataDir }), anotherLauncher()]);
  assert.equal(here.pid, there.pid);
  assert.equal([here.owned, there.owned].filter(Boolean).length, 1, 'one owner');

  await here.stop();
  assert.equal(here.owned ? await hasEnded(there.pid) : isAlive(there.pid), true);
  await kill(there.helper);
  await stopAbandoned(dataDir);
  assert.ok(await hasEnded(there.pid));
});

test('two that start a new folder in one process share one server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-embedded-test-'));
  const both = await Promise.all([1, 2].map(() => startEmbedded({ dataDir: folder, durability: 'test' })));
  assert.equal(both[0]?.pid, both[1]?.pid);
  assert.deepEqual(both.map((server) => server.owned).sort(), [false, true]);
  await Promise.all(both.map((server) => server.stop()));
  assert.equal(await findRunning(folder), undefined);
  rmSync(folder, { recursive: true });
});

test('a server whose launcher was killed is found, taken over, and stopped by the one that took it', async () => {
  const { helper, pid, owned } = await anotherLauncher();
  assert.equal(owned, true);
  assert.equal(await stopAbandoned(dataDir), false, 'a server with a living owner is not abandoned');
  await kill(helper);
  assert.equal((await findRunning(dataDir))?.pid, pid);

  const heir = await startEmbedded({ dataDir });
  assert.deepEqual({ pid: heir.pid, owned: heir.owned }, { pid, owned: true });
  assert.deepEqual(await ask(heir.url, 'select 1 as one'), [{ one: 1 }]);
  await heir.stop();
  assert.ok(await hasEnded(pid));
});

test('a server that is to be kept outlives its launcher and every stop', async () => {
  const { helper, pid, owned } = await anotherLauncher({ keepRunning: true });
  assert.equal(owned, false);
  await kill(helper);
  const guest = await startEmbedded({ dataDir, keepRunning: true });
  await guest.stop();
  assert.equal(isAlive(pid), true);
  assert.equal(await stopAbandoned(dataDir), true);
  assert.ok(await hasEnded(pid));
});

test('where nothing runs, nothing is found', async () => {
  assert.equal(await findRunning(dataDir), undefined);
  assert.equal(await findRunning(join(dataDir, 'no-such-folder')), undefined);
  assert.equal(existsSync(join(dataDir, 'no-such-folder')), false, 'looking makes no folder');
});

test('a process number that another program got since the crash stops nothing', async () => {
  const first = await startEmbedded({ dataDir });
  const note = readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8');
  const { uid, gid } = statSync(join(dataDir, 'postgres/data'));
  await first.stop();
  const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
  helpers.push(stranger);
  writeFileSync(join(dataDir, 'postgres/data/postmaster.pid'), note.replace(/^\d+/, String(stranger.pid)));

  assert.equal(await findRunning(dataDir), undefined);
  const second = await startEmbedded({ dataDir });
  assert.deepEqual(await ask(second.url, 'select 1 as one'), [{ one: 1 }]);
  await second.stop();
  assert.equal(isAlive(stranger.pid ?? 0), true);
});

test('a folder of another PostgreSQL version is refused and left alone', async () => {
  const file = join(dataDir, 'postgres/data/PG_VERSION');
  writeFileSync(file, '17\n');
  const before = readdirSync(join(dataDir, 'postgres/data'));
  await assert.rejects(startEmbedded({ dataDir }), { code: 'postgres_version_differs' });
  assert.deepEqual(readdirSync(join(dataDir, 'postgres/data')), before);
  writeFileSync(file, '18\n');
});

test('a making that was cut short is made again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-embedded-test-'));
  mkdirSync(join(folder, 'postgres/data.new/base'), { recursive: true });
  writeFileSync(join(folder, 'postgres/data.new/PG_VERSION'), '18\n');
  const server = await startEmbedded({ dataDir: folder, durability: 'test' });
  assert.deepEqual(await ask(server.url, 'select 1 as one'), [{ one: 1 }]);
  await server.stop();
  rmSync(folder, { recursive: true });
});

test('a server that cannot start says why, in its own words', async () => {
  const file = join(dataDir, 'postgres/data/postgresql.conf');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, `${before}\nno_such_setting = 1\n`);
  await assert.rejects(startEmbedded({ dataDir }), {
    code: 'postgres_did_not_start',
    message: /no_such_setting/,
  });
  writeFileSync(file, before);
});

test('as root, a folder that lies where the server account cannot go works all the same', {
  skip: process.getuid?.() !== 0 || process.platform !== 'linux',
}, async () => {
  const closed = mkdtempSync(join(tmpdir(), 'quittance-embedded-test-'));
  assert.equal(statSync(closed).mode & 0o077, 0);
  const folder = join(closed, 'checkout', '.quittance');
  const server = await startEmbedded({ dataDir: folder, durability: 'test' });
  await ask(server.url, 'create table here (n integer)');
  await ask(server.superuserUrl, 'checkpoint');
  assert.equal((await findRunning(folder))?.pid, server.pid);
  await server.stop();
  rmSync(closed, { recursive: true });
});
