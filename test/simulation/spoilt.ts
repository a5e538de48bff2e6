// Books that can be spoilt: a database of one's own without its triggers and keys, and what an auditor says of facts that were
// spoilt in it; they are as they were afterwards.

import assert from 'node:assert/strict';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import pg from 'pg';
import { inTenant, type Tx } from '#db/transaction.ts';
import { type Clone, cloneDatabase } from '../support/database.ts';
import type { World } from './world.ts';

/** A database for this test file that keeps no rule. Its tests use it, and whoever made it drops it. */
export async function cloneWithoutRules(): Promise<Clone> {
  const clone = await cloneDatabase();
  process.env.QUITTANCE_TEST_DATABASE_URL = clone.url;
  const owner = new pg.Client({ connectionString: clone.url });
  await owner.connect();
  await owner.query(`do $$ declare t record; begin
    for t in select oid::regclass as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
      execute format('alter table %s disable trigger user', t.name);
    end loop;
    for t in select conrelid::regclass as name, conname from pg_constraint
      where contype in ('f', 'c', 'x') and connamespace = 'public'::regnamespace loop
      execute format('alter table %s drop constraint %I', t.name, t.conname);
    end loop;
  end $$`);
  await owner.end();
  return clone;
}

class TakenBack extends Error {}

/** What an auditor says when a statement has spoilt facts. */
export async function saidOf(
  { tenant }: World,
  spoil: RawBuilder<unknown>,
  audit: (tx: Tx) => Promise<void>,
): Promise<string> {
  let said = 'nothing';
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const rows = await tx.run(sql`${spoil} returning 1`);
      assert.ok(rows.length > 0, 'something was spoilt');
      await audit(tx).catch((error: Error) => {
        said = error.message;
      });
      throw new TakenBack();
    }),
    TakenBack,
  );
  return said;
}
