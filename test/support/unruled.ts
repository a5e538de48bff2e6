// A database of one's own without its triggers and keys: books in it can be spoilt, to see who notices.

import pg from 'pg';
import { type Clone, cloneDatabase } from './database.ts';

/**
 * A database for this test file that keeps no rule. Its tests use it, and whoever made it drops it.
 *
 * @param kept a trigger that stays, where what it makes is among what is tested
 */
export async function cloneWithoutRules(kept?: {
  readonly table: string;
  readonly trigger: string;
}): Promise<Clone> {
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
  if (kept) await owner.query(`alter table ${kept.table} enable trigger ${kept.trigger}`);
  await owner.end();
  return clone;
}

/** The trigger that keeps the days of the ledger. */
export const LEDGER_DAYS = { table: 'journal_line', trigger: 'ledger_day_add' } as const;
