// Brings a database to the schema this program knows: numbered SQL files, forward only, each in its own transaction,
// one process at a time. A file that was changed after it ran is refused, and so is a database newer than the program.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { Refusal } from '#kernel/refusal.ts';
import type { Pool } from './pool.ts';

const MIGRATIONS = new URL('../../schema/migrations/', import.meta.url);
const LOCK = 4_711_2026;

type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
};

async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(MIGRATIONS)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, MIGRATIONS), 'utf8');
      return {
        number: Number(name.slice(0, 4)),
        name,
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      };
    }),
  );
}

/**
 * Applies the migrations that the database lacks and says which. Several processes may call it at once: one works, the
 * others wait.
 *
 * Refuses: `migration_changed` (a file differs from what was applied), `database_newer` (made by a later version).
 */
export async function migrate(url: string): Promise<{ readonly applied: readonly string[] }> {
  const client = new pg.Client({ connectionString: url, application_name: 'quittance migrate' });
  // A connection that breaks is told by the statement under way; without a listener it would end the program.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create table if not exists schema_migration (
      number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
    const done = await client.query<{ number: number; name: string; checksum: string }>(
      'select number, name, checksum from schema_migration',
    );
    const migrations = await readMigrations();
    checkHistory(migrations, done.rows);
    const applied: string[] = [];
    const lacking = migrations.filter((m) => !done.rows.some((d) => d.number === m.number));
    for (const migration of lacking) {
      await applyOne(client, migration, migration === lacking.at(-1));
      applied.push(migration.name);
    }
    return { applied };
  } finally {
    await client.end();
  }
}

/** The migrations that a database lacks; none when it is current. */
export async function findPendingMigrations(pool: Pool): Promise<readonly string[]> {
  const [migrations, { rows }] = await Promise.all([
    readMigrations(),
    pool.query<{ name: string; checksum: string }>('select name, checksum from schema_migration'),
  ]);
  const wanted = new Set(migrations.map((m) => `${m.name} ${m.checksum}`));
  const done = new Set(rows.map((row) => `${row.name} ${row.checksum}`));
  return [...wanted.difference(done)].map((text) => text.replace(/ .*$/, ''));
}

function checkHistory(
  known: readonly Migration[],
  done: readonly { readonly number: number; readonly name: string; readonly checksum: string }[],
): void {
  for (const row of done) {
    const migration = known.find((m) => m.number === row.number);
    if (!migration)
      throw new Refusal('database_newer', {
        migration: row.name,
        todo: 'start the newer version of Quittance',
      });
    if (migration.checksum !== row.checksum) throw new Refusal('migration_changed', { migration: row.name });
  }
}

/** With the last one the past is drawn anew, by the columns that there are then: both are there afterwards, or neither. */
async function applyOne(client: pg.Client, migration: Migration, isLast: boolean): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '10s'`);
    await client.query(migration.sql);
    if (isLast) await client.query('select draw_known_views()');
    await client.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(
      `migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
