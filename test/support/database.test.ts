import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { cloneDatabase, prepareTestDatabase, testDatabaseUrl } from './database.ts';

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const MIGRATED = 'select count(*) > 0 as migrated from schema_migration';

test('the test database is migrated, and its role sees through no wall', async () => {
  const url = await testDatabaseUrl();
  assert.deepEqual(await ask(url, MIGRATED), [{ migrated: true }]);
  const role = await ask(
    url,
    'select rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user',
  );
  assert.deepEqual(role, [{ sees: false }]);
});

test('preparing it again, twice at once, changes nothing', async () => {
  const url = await testDatabaseUrl();
  assert.deepEqual(await Promise.all([prepareTestDatabase(url), prepareTestDatabase(url)]), [url, url]);
});

test('clones are migrated, know nothing of each other, and go when dropped', async () => {
  const [one, other] = await Promise.all([cloneDatabase(), cloneDatabase()]);
  await ask(one.url, 'create table only_here (n integer)');
  assert.deepEqual(await ask(one.url, MIGRATED), [{ migrated: true }]);
  assert.deepEqual(await ask(other.url, `select to_regclass('only_here') as seen`), [{ seen: null }]);
  await Promise.all([one.drop(), other.drop()]);
  await assert.rejects(ask(one.url, 'select 1'), { code: '3D000' });
});
