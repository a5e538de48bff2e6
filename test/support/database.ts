// The database tests run against: one per state of the migrations, shared by all test files, each of which works in
// tenants of its own. `npm test` brings a throw-away server; a test file run alone uses one that is kept for the next time.

import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { present } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const MIGRATIONS = join(REPOSITORY, 'schema', 'migrations');
const PREFIX = 'quittance_test_';
/** Databases of earlier states of the migrations, and copies that a killed test left, are removed after this. */
const LEFT_OVER_AFTER = '2 hours';
/** Any number will do; all who prepare test databases on one server take turns by it. */
const LOCK = 75_001;

let shared: Promise<string> | undefined;

/** The address of a migrated database to test in. The first call of a file run by itself starts a server if need be. */
export function testDatabaseUrl(): Promise<string> {
  const given = process.env.QUITTANCE_TEST_DATABASE_URL;
  if (given !== undefined) return Promise.resolve(given);
  shared ??= sharedServer().then(prepareTestDatabase);
  return shared;
}

/** Kept running, since starting it takes longer than most test files. It may lose everything at a power cut. */
async function sharedServer(): Promise<string> {
  const repository = createHash('sha256').update(REPOSITORY).digest('hex').slice(0, 8);
  const dataDir = join(tmpdir(), `quittance-test-${process.getuid?.() ?? 0}-${repository}`);
  const server = await startEmbedded({ dataDir, durability: 'test', keepRunning: true });
  return server.url;
}

/**
 * Makes the test database of the present migrations on a server, if it is not there, and says where it is. Migrations
 * run once, into a template that nobody connects to; the database itself and every clone are copies of that.
 *
 * Refuses: `test_role_unfit` (may not make databases, or sees through row-level security).
 */
export async function prepareTestDatabase(serverUrl: string): Promise<string> {
  const name = PREFIX + fingerprintOfMigrations();
  const template = `${name}_template`;
  await withClient(serverUrl, async (client) => {
    await checkRole(client);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await removeLeftOvers(client);
    if (!(await exists(client, template))) {
      const making = `${name}_making`;
      await client.query(`drop database if exists ${making} with (force)`);
      await create(client, making);
      await migrate(databaseAt(serverUrl, making));
      await client.query(`alter database ${making} rename to ${template}`);
    }
    if (!(await exists(client, name))) await create(client, name, template);
  });
  return databaseAt(serverUrl, name);
}

/** A whole database of one's own, for what a tenant of one's own cannot show; to be dropped by the one who asked. */
export type Clone = { readonly url: string; drop(): Promise<void> };

/** Copies the migrated, empty database. Costs some 50 ms and 12 MB: most tests do with a tenant of their own. */
export async function cloneDatabase(): Promise<Clone> {
  return databaseLike(`${new URL(await testDatabaseUrl()).pathname.slice(1)}_template`);
}

/** A database with nothing in it, for what becomes of one that is migrated. */
export function emptyDatabase(): Promise<Clone> {
  return databaseLike(undefined);
}

async function databaseLike(template: string | undefined): Promise<Clone> {
  const url = await testDatabaseUrl();
  const name = `${PREFIX}clone_${randomBytes(6).toString('hex')}`;
  await withClient(url, (client) => create(client, name, template));
  return {
    url: databaseAt(url, name),
    drop: () => withClient(url, (client) => dropDatabase(client, name)),
  };
}

const DROP_TRIES_MAX = 6;

/**
 * Drops a database with whoever is still connected. Our role may not end an autovacuum of the server, which a large database
 * has running when its test ends; without force, PostgreSQL sends that away by itself and waits some seconds for it.
 */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await client.query(`drop database if exists ${name}${tried % 2 === 1 ? ' with (force)' : ''}`);
      return;
    } catch (error) {
      const code = (error as { readonly code?: string }).code ?? '';
      const isBusy = code === NOT_OURS_TO_END || code === IN_USE;
      if (!isBusy || tried === DROP_TRIES_MAX) throw error;
    }
  }
}

const NOT_OURS_TO_END = '42501';
const IN_USE = '55006';

function databaseAt(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

function fingerprintOfMigrations(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS).sort())
    hash.update(file).update(readFileSync(join(MIGRATIONS, file)));
  return hash.digest('hex').slice(0, 10);
}

async function withClient<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'quittance test set-up' });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

async function checkRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; creates: boolean; sees: boolean }>(
    `select rolname as name, rolcreatedb as creates, rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user`,
  );
  const role = present(rows[0], 'the current role is listed in pg_roles');
  if (role.creates && !role.sees) return;
  throw new Refusal('test_role_unfit', {
    role: role.name,
    todo: 'create role quittance_test login createdb; and connect as it',
  });
}

async function exists(client: pg.Client, name: string): Promise<boolean> {
  return (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1;
}

async function create(client: pg.Client, name: string, template = 'template1'): Promise<void> {
  await client.query(`create database ${name} template ${template}`);
  await client.query(`comment on database ${name} is '${new Date().toISOString()}'`);
}

async function removeLeftOvers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database d join pg_roles r on r.oid = d.datdba
     where r.rolname = current_user and starts_with(datname, $1) and not starts_with(datname, $2)
       and shobj_description(d.oid, 'pg_database')::timestamptz < now() - $3::interval
       and not exists (select from pg_stat_activity a where a.datid = d.oid)`,
    [PREFIX, PREFIX + fingerprintOfMigrations(), LEFT_OVER_AFTER],
  );
  for (const { name } of rows) await dropDatabase(client, name);
}
