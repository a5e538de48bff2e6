// A database as it stood before one of the migrations, to see what becomes of the rows that were there.

import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { emptyDatabase } from './database.ts';

const MIGRATIONS = new URL('../../schema/migrations/', import.meta.url);

async function carryOut(client: pg.Client, name: string): Promise<void> {
  await client.query('begin');
  await client.query(readFileSync(new URL(name, MIGRATIONS), 'utf8'));
  await client.query('commit');
}

/**
 * Lets a test look at a migration: an empty database that all migrations before it were carried out in, and a way to carry
 * out this one. The database is dropped afterwards.
 */
export async function withMigration(
  name: string,
  look: (client: pg.Client, migrate: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const database = await emptyDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const before = readdirSync(MIGRATIONS).filter((one) => one.endsWith('.sql') && one < name);
    for (const one of before.sort()) await carryOut(client, one);
    await look(client, () => carryOut(client, name));
  } finally {
    await client.end();
    await database.drop();
  }
}
