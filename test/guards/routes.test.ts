// Every operation of every contract is asked as nobody, by a member of another tenant, and for things of another tenant.
// None may answer, and none may fall over.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import type { Operation } from '#http/contract.ts';
import { newId } from '#kernel/id.ts';
import { ROUTES } from '../../src/routes.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../support/builders.ts';
import { type Sample, sampleOf } from '../support/sample.ts';
import {
  type Answer,
  type Ask,
  asker,
  type ServedTenant,
  type TestServer,
  testServer,
} from '../support/server.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

const OPERATIONS = ROUTES.map((route) => route.operation);
const MARK = 'Walled-in';

let server: TestServer;
let stranger: ServedTenant;
/** A tenant full of things that nobody else may see; everything that has a name has the mark in it. */
let walled: TestTenant;

before(async () => {
  server = await testServer();
  stranger = await server.newTenant();
  walled = await newTenant();
  const companyId = await aCompany(walled);
  const customerId = await aCustomer(walled, {
    name: `${MARK} Ltd`,
    contacts: [{ name: `${MARK} Person`, role: 'billing', email: 'walled-in@people.example' }],
  });
  await anInvoice(walled, { companyId, customerId, paymentReference: MARK });
  await aPayment(walled, { companyId, customerId, minor: 10_00n });
});

/** Sends a request that the operation understands. */
function send(ask: Ask, operation: Operation, { url, body }: Sample): Promise<Answer> {
  return ask(url, { method: operation.method, ...(body === undefined ? {} : { body }) });
}

test('there are operations to try, each with an address and a name of its own', () => {
  assert.ok(OPERATIONS.length > 20);
  assert.equal(new Set(OPERATIONS.map((o) => `${o.method} ${o.path}`)).size, OPERATIONS.length);
  assert.equal(new Set(OPERATIONS.map((o) => o.id)).size, OPERATIONS.length);
  for (const operation of OPERATIONS) assert.match(operation.id, /^[a-z]+(-[a-z]+)*$/);
});

for (const operation of OPERATIONS) {
  const name = `${operation.method} ${operation.path}`;

  test(`${name} refuses who is not signed in`, async () => {
    const made = sampleOf(operation);
    const forged = asker(server.address, { authorization: `Bearer qt_abcdefgh_${'x'.repeat(43)}` });
    for (const ask of [server.anonymous, forged]) {
      const answer = await send(ask, operation, made);
      assert.deepEqual([answer.status, answer.body.code], [401, 'not_signed_in']);
    }
  });

  test(`${name} refuses a member of another tenant`, async () => {
    const headers = { 'quittance-tenant': walled.slug };
    const ask: Ask = (path, options) => stranger.owner(path, { ...options, headers });
    const answer = await send(ask, operation, sampleOf(operation));
    assert.deepEqual([answer.status, answer.body.code], [404, 'tenant_unknown']);
  });

  test(`${name} gives and changes nothing of another tenant`, async () => {
    const ids = await idsOf(walled);
    const before = await fingerprintOf(walled);
    const made = sampleOf(operation, (field) => ids.get(field) ?? newId());
    const answer = await send(stranger.owner, operation, made);
    const seen = JSON.stringify(answer.body);
    assert.ok(answer.status < 500, seen);
    assert.ok(!seen.includes(MARK), seen);
    const isAboutOne = operation.path.includes(':');
    if (isAboutOne) assert.notEqual(answer.status, 200, seen);
    assert.notEqual(answer.body.code, 'bad_input', `the sample of the guard is not understood: ${seen}`);
    assert.equal(await fingerprintOf(walled), before);
  });
}

/** Identifiers of the tenant's things by the names that contracts use for them. */
async function idsOf(tenant: TestTenant): Promise<ReadonlyMap<string, string>> {
  const tables = await tablesWith(tenant, 'id');
  const ids = new Map<string, string>();
  for (const table of tables) {
    const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(
        sql<{
          id: string;
        }>`select id::text as id from ${sql.table(table)} where tenant_id = ${tx.tenantId} limit 1`,
      ),
    );
    if (row) ids.set(`${table.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}Id`, row.id);
  }
  for (const [other, known] of [
    ['itemId', 'openItemId'],
    ['invoiceId', 'documentId'],
  ] as const) {
    const id = ids.get(known);
    if (id !== undefined && !ids.has(other)) ids.set(other, id);
  }
  return ids;
}

/** One text for everything the tenant has. */
async function fingerprintOf(tenant: TestTenant): Promise<string> {
  const tables = await tablesWith(tenant, 'tenant_id');
  const hashes = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    Promise.all(
      tables.map((table) =>
        tx.run(
          sql<{ hash: string }>`select md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) as hash
            from ${sql.table(table)} t where tenant_id = ${tx.tenantId}`,
        ),
      ),
    ),
  );
  return hashes.map(([row]) => row?.hash).join(' ');
}

const columns = new Map<string, Promise<readonly string[]>>();

/** Tables with a tenant and a column of that name. */
function tablesWith(tenant: TestTenant, column: string): Promise<readonly string[]> {
  const known = columns.get(column);
  if (known) return known;
  const found = tenant.pool
    .query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and array['tenant_id', $1]::text[] <@
         (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and not a.attisdropped)
       order by 1`,
      [column],
    )
    .then(({ rows }) => rows.map((row) => row.name));
  columns.set(column, found);
  return found;
}
