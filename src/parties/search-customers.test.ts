import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { aCustomer } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addCustomers } from './add-customers.ts';
import { archiveCustomer, changeCustomer } from './change-customer.ts';
import { searchCustomers } from './search-customers.ts';

const search = (tenant: TestTenant, text: string, options: { archived?: boolean; limit?: number } = {}) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) =>
    searchCustomers(tx, { text, archived: options.archived ?? false, limit: options.limit ?? 20 }),
  ).then((found) => found.map((c) => c.name));

async function town(): Promise<TestTenant> {
  const tenant = await newTenant();
  for (const [number, name] of [
    ['K-100', 'Autohaus Müller GmbH'],
    ['K-101', 'Müller & Söhne'],
    ['K-200', 'Nordwind a.s.'],
    ['MUL-7', 'Zebra Ltd'],
    ['X-1', '100 Percent_%'],
  ] as const) {
    await aCustomer(tenant, { number, name });
  }
  return tenant;
}

test('the beginning of the number comes first, then of the name, then any part, without case and accents', async () => {
  const tenant = await town();
  assert.deepEqual(await search(tenant, 'mul'), ['Zebra Ltd', 'Müller & Söhne', 'Autohaus Müller GmbH']);
  assert.deepEqual(await search(tenant, 'K-10'), ['Autohaus Müller GmbH', 'Müller & Söhne']);
  assert.deepEqual(await search(tenant, '  MÜLLER &  sohne '), ['Müller & Söhne']);
  assert.deepEqual(await search(tenant, 'wind'), ['Nordwind a.s.']);
});

test('two letters suggest beginnings only, nothing typed suggests nobody, and signs of patterns are plain text', async () => {
  const tenant = await town();
  assert.deepEqual(await search(tenant, 'nd'), []);
  assert.deepEqual(await search(tenant, '  '), []);
  assert.deepEqual(await search(tenant, '%'), []);
  assert.deepEqual(await search(tenant, 't_%'), ['100 Percent_%']);
  assert.deepEqual(await search(tenant, "'; drop table customer; --"), []);
});

test('archived customers are suggested only when asked for, and a new name is found at once', async () => {
  const tenant = await town();
  const id = await aCustomer(tenant, { number: 'OLD', name: 'Vanished' });
  await tenant.act('owner', changeCustomer, { customerId: id, wanted: { name: 'Renamed' } });
  assert.deepEqual(await search(tenant, 'vanished'), []);
  assert.deepEqual(await search(tenant, 'renamed'), ['Renamed']);
  await tenant.act('owner', archiveCustomer, { customerId: id });
  assert.deepEqual(await search(tenant, 'renamed'), []);
  assert.deepEqual(await search(tenant, 'renamed', { archived: true }), ['Renamed']);
});

test('no more are suggested than asked for, and none twice', async () => {
  const tenant = await newTenant();
  for (let i = 0; i < 5; i += 1) await aCustomer(tenant, { number: `SAME-${i}`, name: `Same ${i}` });
  const found = await search(tenant, 'same', { limit: 3 });
  assert.equal(found.length, 3);
  assert.equal(new Set(await search(tenant, 'same')).size, 5);
});

test('number and name beginnings are answered by an index although row-level security stands before it', async () => {
  const tenant = await newTenant();
  const many = Array.from({ length: 3_000 }, (_, i) => ({ number: `K-${i}`, name: `${i * 7919} Name` }));
  await tenant.act(
    'owner',
    {
      name: 'add-many',
      permission: 'customer.edit',
      run: async (act) => ({ count: addCustomers(act, many).length }),
    },
    {},
  );
  const plans = await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    await tx.run(sql`analyze customer`);
    const explain = async (condition: string) => {
      const rows = await tx.run(
        sql<{
          'QUERY PLAN': string;
        }>`explain select * from customer where tenant_id = ${sql.lit(tx.tenantId)} and ${sql.raw(condition)}`,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    return [await explain(`number ^@ 'K-12'`), await explain(`search_text ^@ '12'`)];
  });
  assert.match(plans[0] ?? '', /Index Cond: .*number/);
  assert.match(plans[1] ?? '', /Index Cond: .*search_text/);
});
