// Connections to PostgreSQL. They are pipelined: statements of one transaction are sent without waiting for the
// answers of those before, so that a command costs two or three round trips however many statements it has.

import pg from 'pg';
import { assert } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import { typeParsers } from './values.ts';

export type Pool = pg.Pool;

/** How many connections one process opens at most. */
const CONNECTIONS_MAX = 10;
const CONNECT_TIMEOUT_MS = 15_000;

/**
 * What a connection begins with. Statements that are sent again and again are planned once, for any parameters: planned
 * for the tenant at hand, they are reckoned with its share of each table, and of a tenant that statistics do not know yet
 * PostgreSQL thinks that it has one row, which makes reading all of it look as cheap as finding one by its key.
 */
const SETTINGS = '-c timezone=UTC -c datestyle=ISO -c plan_cache_mode=force_generic_plan';

/**
 * How long a connection is used. Its plans last as long as it does, and were made for the tables as they were then; mostly
 * new statistics renew them before, but nothing says when those come.
 */
const CONNECTION_SECONDS_MAX = 900;

/**
 * Opens a pool. `onTrouble` hears of connections that broke while idle (PostgreSQL stopped or restarted); they are
 * replaced at the next use.
 */
export function openPool(
  url: string,
  options: { max?: number; name?: string; onTrouble?: (error: Error) => void } = {},
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: options.name ?? 'quittance',
    pipeline: true,
    types: typeParsers,
    maxLifetimeSeconds: CONNECTION_SECONDS_MAX,
    options: SETTINGS,
  } as pg.PoolConfig);
  pool.on('error', (error) => options.onTrouble?.(error));
  // A connection in use that breaks between two statements is told by the next one; without a listener it would end the
  // program.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * Makes sure that row-level security binds this connection. A superuser, or a role with BYPASSRLS, would see through
 * the walls between tenants. Refuses: `database_role_sees_all`, `database_too_old`.
 */
export async function checkRole(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; sees: boolean; version: string }>(
    `select rolname as name, rolsuper or rolbypassrls as sees, current_setting('server_version_num') as version
     from pg_roles where rolname = current_user`,
  );
  const role = rows[0];
  assert(role !== undefined, 'the current role is listed in pg_roles');
  if (role.sees) {
    throw new Refusal('database_role_sees_all', {
      role: role.name,
      todo: "create role quittance login password '…'; create database quittance owner quittance; and connect as quittance",
    });
  }
  if (Number(role.version) < 150_000)
    throw new Refusal('database_too_old', { version: role.version, wanted: '15 or newer' });
}
