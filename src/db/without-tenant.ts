// Reading before a tenant is known: whose key is this, where is this person a member, which tenants are there. Row-level
// security shows exactly that and nothing else. Nothing can be written this way.

import type pg from 'pg';
import type { Pool } from './pool.ts';
import { compile, type Query, statementName } from './query.ts';
import { toParameter } from './values.ts';

/** What the reader can prove, and so may see. */
export type Claim =
  | { readonly userId: string }
  /** SHA-256 of an API key, in hex. */
  | { readonly keyHash: string }
  /** The worker lists all tenants for its schedules. */
  | { readonly everyTenant: 'yes' };

/** Runs a query; several started together share one round trip. */
export type Read = <Row>(query: Query<Row>) => Promise<readonly Row[]>;

const SETTINGS = { userId: 'app.user_id', keyHash: 'app.key_hash', everyTenant: 'app.every_tenant' } as const;

/**
 * Reads what the claim opens, in one read-only transaction. Since nothing was written, nobody waits for its end; the
 * connection goes back to the pool when that came.
 */
export async function withoutTenant<T>(
  pool: Pool,
  claim: Claim,
  work: (read: Read) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    const [name, value] = Object.entries(claim)[0] as [keyof typeof SETTINGS, string];
    const opened = [
      client.query('begin read only'),
      send(client, 'select set_config($1, $2, true)', [SETTINGS[name], value]),
    ];
    const [result] = await Promise.all([work((query) => readRows(client, query)), ...opened]);
    client.query('commit').then(
      () => client.release(),
      () => client.release(true),
    );
    return result;
  } catch (error) {
    // Pipelined statements may be half answered: the connection is not used again.
    client.release(true);
    throw error;
  }
}

async function readRows<Row>(client: pg.PoolClient, query: Query<Row>): Promise<readonly Row[]> {
  const { sql, parameters } = compile(query);
  const result = await send(client, sql, parameters.map(toParameter));
  return result.rows as Row[];
}

function send(client: pg.PoolClient, text: string, values: unknown[]): Promise<pg.QueryResult> {
  const name = statementName(text);
  return client.query(name === undefined ? { text, values } : { name, text, values });
}
