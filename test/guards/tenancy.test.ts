// The walls of the database, tried: with the rights of the program, one tenant asks for and changes all rows there are.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { withoutTenant } from '#db/without-tenant.ts';
import { newId, type TenantId } from '#kernel/id.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../support/builders.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

let walled: TestTenant;
let stranger: TestTenant;
let tables: readonly string[];

before(async () => {
  [walled, stranger] = [await newTenant(), await newTenant()];
  const companyId = await aCompany(walled);
  const customerId = await aCustomer(walled);
  await anInvoice(walled, { companyId, customerId });
  await aPayment(walled, { companyId, customerId, minor: 10_00n });
  const { rows } = await walled.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where n.nspname = 'public' and c.relkind in ('r', 'p')`,
  );
  tables = rows.map((row) => row.name);
});

/** How many rows of a tenant another one sees when it asks for them by name. */
async function seen(as: TenantId, of: TenantId): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  await inTenant(walled.pool, as, async (tx) => {
    for (const table of tables) {
      const [row] = await tx.run(
        sql<{ n: bigint }>`select count(*) as n from ${sql.table(table)} where tenant_id = ${of}`,
      );
      if (row && row.n > 0n) counts[table] = Number(row.n);
    }
  });
  return counts;
}

test('a tenant sees its own rows in every table and none of another', async () => {
  const own = await seen(walled.tenantId, walled.tenantId);
  assert.ok(Object.keys(own).length >= 10, Object.keys(own).join());
  assert.deepEqual(await seen(stranger.tenantId, walled.tenantId), {});
  assert.deepEqual(await seen(newId<'tenant'>(), walled.tenantId), {});
});

test('a tenant can change and delete no row of another, even if it asks for all', async () => {
  for (const table of tables) {
    for (const statement of [
      `update ${table} set tenant_id = tenant_id where tenant_id = $1`,
      `delete from ${table} where tenant_id = $1`,
    ]) {
      assert.equal(await changedRows(statement), 0, statement);
    }
  }
});

/** How many rows of the walled tenant a statement of the stranger touches; nothing of it stays. */
async function changedRows(statement: string): Promise<number | null> {
  const client = await walled.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.tenant_id', $1, true)`, [stranger.tenantId]);
    return (await client.query(statement, [walled.tenantId])).rowCount;
  } catch (error) {
    // Facts refuse to be changed at all, whoever asks.
    assert.match(String(error), /is refused: recorded facts/);
    return 0;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('the worker’s list of tenants shows tenants and nothing of theirs', async () => {
  const counts = await withoutTenant(walled.pool, { everyTenant: 'yes' }, async (read) => {
    const [tenant] = await read(sql<{ n: bigint }>`select count(*) as n from tenant`);
    const others = await Promise.all(
      tables.map((table) => read(sql<{ n: bigint }>`select count(*) as n from ${sql.table(table)}`)),
    );
    return { tenants: Number(tenant?.n), others: others.map(([row]) => Number(row?.n)) };
  });
  assert.ok(counts.tenants >= 2);
  assert.deepEqual(new Set(counts.others), new Set([0]));
});

test('what is read without a tenant cannot write', async () => {
  await assert.rejects(
    withoutTenant(walled.pool, { userId: newId() }, (read) =>
      read(sql`insert into tenant (id, slug, name) values (${newId()}, 'x', 'X')`),
    ),
    /read-only transaction/,
  );
});

test('without a tenant nothing is seen, and nothing can be written', async () => {
  for (const table of ['tenant', ...tables]) {
    const { rows } = await walled.pool.query(`select 1 from ${table} limit 1`);
    assert.equal(rows.length, 0, table);
  }
  await assert.rejects(
    walled.pool.query(`insert into tenant (id, slug, name) values (gen_random_uuid(), 'x', 'X')`),
    /row-level security/,
  );
});
