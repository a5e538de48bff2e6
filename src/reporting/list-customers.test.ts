import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { archiveCustomer } from '#parties/change-customer.ts';
import { type Asked, type AskInput, serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aBusyLedger } from '../../test/support/busy-ledger.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { reportingJobs } from './jobs.ts';
import { refreshFigures } from './refresh-figures.ts';
import { routes } from './routes.ts';

type List = typeof contract.listCustomerBalances;
type Line = Asked<List>['reply']['rows'][number];
type Ask = Awaited<ReturnType<typeof serveTo>>;

const refresh = (tenant: TestTenant) => {
  const { now, today } = tenant.as('owner');
  return inTenant(tenant.pool, tenant.tenantId, (tx) => refreshFigures(tx, { now, today }));
};

/** All pages of a list, by threes. */
async function wholeList(ask: Ask, query: AskInput<List>['query']): Promise<readonly Line[]> {
  const rows: Line[] = [];
  let after: string | undefined;
  do {
    const { status, reply, code } = await ask('viewer', contract.listCustomerBalances, {
      query: { ...query, limit: '3', ...(after ? { after } : {}) },
    });
    assert.equal(status, 200, code ?? '');
    rows.push(...reply.rows);
    after = reply.next ?? undefined;
  } while (after);
  assert.equal(new Set(rows.map((row) => row.id)).size, rows.length, 'no customer comes twice');
  return rows;
}

const minor = (amount: string | undefined) => BigInt((amount ?? '0').replace('.', ''));
const openOf = (line: Line, currency = 'EUR') =>
  minor(line.positions.find((p) => p.open.currency === currency)?.open.amount);

/** Ten customers of whom some owe, some have credit, one is late, and one is archived. */
async function someCustomers(tenant: TestTenant) {
  const companyId = await aCompany(tenant);
  const ids: CustomerId[] = [];
  for (const name of [
    'Adler',
    'Bär & Söhne',
    'Çelik',
    'Dorn',
    'Ende',
    'Frey',
    'Groß Müller',
    'Huber',
    'Iris',
    'Jung',
  ])
    ids.push(await aCustomer(tenant, { name, number: `N${ids.length}` }));
  const [a, b, c, d, , , , , , j] = ids;
  const invoice = (customerId: CustomerId | undefined, amount: bigint, dueOn: string) =>
    anInvoice(tenant, { companyId, ...(customerId ? { customerId } : {}), minor: amount, dueOn });
  await invoice(a, 50_00n, '2026-02-01');
  await invoice(b, 70_00n, '2026-01-10');
  await invoice(b, 5_00n, '2026-03-01');
  await invoice(d, 20_00n, '2026-01-14');
  await aPayment(tenant, { companyId, ...(c ? { customerId: c } : {}), minor: 9_00n });
  await tenant.act('owner', archiveCustomer, { customerId: j ?? newId() });
  return { companyId, ids };
}

test('customers come in every order, page by page, and each once', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  await someCustomers(tenant);
  await refresh(tenant);
  const ask = await serveTo(tenant, routes);
  const names = async (query: AskInput<List>['query']) =>
    (await wholeList(ask, query)).map((row) => row.name[0]).join('');
  assert.equal(await names({ sort: 'number' }), 'ABÇDEFGHI');
  const byName = (await wholeList(ask, {})).map((row) => row.name);
  assert.equal(byName.length, 9);
  assert.match(await names({ sort: 'open' }), /^BAD/);
  assert.equal((await names({ sort: 'open' })).length, 9);
  assert.match(await names({ sort: 'overdue' }), /^BD/);
  assert.equal((await names({ sort: 'overdue' })).length, 9);
  assert.equal(await names({ archived: 'true' }), 'J');
});

test('customers are found by the beginning of a number and by any part of a name, whatever its accents', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  await someCustomers(tenant);
  await refresh(tenant);
  const ask = await serveTo(tenant, routes);
  for (const sort of ['name', 'open'] as const) {
    const found = async (search: string) => (await wholeList(ask, { search, sort })).map((row) => row.name);
    assert.deepEqual(await found('N3'), ['Dorn']);
    assert.deepEqual(await found('muller'), ['Groß Müller']);
    assert.deepEqual(await found('SOHNE'), ['Bär & Söhne']);
    assert.deepEqual(await found('100%'), []);
    assert.deepEqual([...(await found('er'))].sort(), ['Adler', 'Groß Müller', 'Huber']);
    assert.equal((await found('er'))[0], 'Adler', 'who owes comes first, and A is before G');
  }
});

test('filters tell who owes, who is late and who has credit', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  const { companyId } = await someCustomers(tenant);
  const other = await aCompany(tenant);
  await refresh(tenant);
  const ask = await serveTo(tenant, routes);
  for (const sort of ['name', 'open'] as const) {
    const found = async (query: AskInput<List>['query']) =>
      [...(await wholeList(ask, { ...query, sort }))]
        .map((row) => row.name[0])
        .sort()
        .join('');
    assert.equal(await found({ hasOverdue: 'true' }), 'BD');
    assert.equal(await found({ hasCredit: 'true' }), 'Ç');
    assert.equal(await found({ hasOpen: 'true' }), 'ABDÇ');
    assert.equal(await found({ hasOpen: 'false' }), 'EFGHI');
    assert.equal(await found({ hasOpen: 'true', hasOverdue: 'false' }), 'AÇ');
    assert.equal(await found({ companyId }), 'ABDÇ');
    assert.equal(await found({ companyId: other }), '');
  }
});

test('figures are exact even when the order is of some minutes ago, and the list says of when it is', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  const { companyId, ids } = await someCustomers(tenant);
  await refresh(tenant);
  const ask = await serveTo(tenant, routes);
  const [, , , dorn] = ids;
  await anInvoice(tenant, {
    companyId,
    ...(dorn ? { customerId: dorn } : {}),
    minor: 900_00n,
    dueOn: '2026-02-01',
  });
  const before = await ask('viewer', contract.listCustomerBalances, { query: { sort: 'open' } });
  assert.match(before.reply.rows.map((row) => row.name[0]).join(''), /^BAD/);
  const [line] = before.reply.rows.filter((row) => row.name === 'Dorn');
  assert.equal(line?.positions[0]?.open.amount, '920.00');
  assert.equal(line?.openItems, 2);
  assert.equal(line?.daysLate, 1);
  assert.equal(line?.oldestDueOn, '2026-01-14');
  await refresh(tenant);
  const now = await ask('viewer', contract.listCustomerBalances, { query: { sort: 'open' } });
  assert.match(now.reply.rows.map((row) => row.name[0]).join(''), /^DBA/);
  assert.ok((now.reply.orderedAt ?? '') > (before.reply.orderedAt ?? ''));
  const exact = await ask('viewer', contract.listCustomerBalances, { query: { sort: 'name' } });
  assert.equal(exact.reply.orderedAt, null);
});

test('without a cache, or with one of yesterday, the order is worked out on the spot', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  await someCustomers(tenant);
  const ask = await serveTo(tenant, routes);
  const order = async () => (await wholeList(ask, { sort: 'overdue' })).map((row) => row.name[0]).join('');
  assert.match(await order(), /^BD/);
  await refresh(tenant);
  tenant.on('2026-02-10');
  assert.match(await order(), /^BAD/);
});

const CACHE = sql`select company_id, customer_id, open_minor, overdue_minor from customer_figures`;

test('renewing the cache for those whose books changed gives what renewing it wholly gives', async () => {
  const tenant = await newTenant();
  const { to } = await aBusyLedger(tenant, 21);
  tenant.on(to.toString());
  await refresh(tenant);
  const { companies, customers } = {
    companies: await companiesOf(tenant),
    customers: await customersOf(tenant),
  };
  for (let n = 0; n < 4; n += 1) {
    const [companyId, customerId] = [companies[n % companies.length], customers[n % customers.length]];
    if (!companyId || !customerId) continue;
    await anInvoice(tenant, {
      companyId,
      customerId,
      currency: 'USD',
      minor: 77n,
      issuedOn: to.toString(),
      dueOn: to.toString(),
    });
    assert.ok((await refresh(tenant)) > 0, 'something changed');
    assert.equal(await refresh(tenant), 0, 'nothing changed since');
    const kept = await cacheOf(tenant);
    await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      tx.write(sql`delete from customer_figures where tenant_id = ${tenant.tenantId}`);
      tx.write(sql`delete from customer_figures_state where tenant_id = ${tenant.tenantId}`);
    });
    await refresh(tenant);
    assert.deepEqual(kept, await cacheOf(tenant));
    assert.ok(kept.length > 5);
  }
});

async function cacheOf(tenant: TestTenant) {
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<object>`${CACHE} where tenant_id = ${tx.tenantId} order by company_id, customer_id`),
  );
}

async function idsOf(tenant: TestTenant, table: string): Promise<readonly string[]> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{ id: string }>`select id from ${sql.table(table)} where tenant_id = ${tx.tenantId} order by id`,
    ),
  );
  return rows.map((row) => row.id);
}
const companiesOf = async (tenant: TestTenant) =>
  (await idsOf(tenant, 'company')) as Awaited<ReturnType<typeof aCompany>>[];
const customersOf = async (tenant: TestTenant) => (await idsOf(tenant, 'customer')) as CustomerId[];

test('customers with nothing open any more leave the cache', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  await refresh(tenant);
  assert.equal((await cacheOf(tenant)).length, 1);
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      sql`update open_item set open_minor = 0, open_functional_minor = 0 where tenant_id = ${tenant.tenantId} and id = ${invoice.itemId}`,
    ),
  );
  tenant.on('2026-01-16');
  await refresh(tenant);
  assert.equal((await cacheOf(tenant)).length, 0);
});

test('the job of the worker renews the cache of its tenant', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  await someCustomers(tenant);
  const handlers = reportingJobs({
    door: tenant.door,
    clock: tenant.clock,
    dataDir: '',
    log: { error() {}, warn() {}, info() {} },
    contextOf: async () => tenant.as('owner'),
  });
  const [handle] = Object.values(handlers);
  await handle?.({ tenantId: tenant.tenantId, payload: {}, jobId: newId() });
  assert.equal((await cacheOf(tenant)).length, 4);
});

test('amounts of two functional currencies are not mixed', async () => {
  const tenant = await newTenant();
  const { to, companies } = await aBusyLedger(tenant, 22);
  tenant.on(to.toString());
  await refresh(tenant);
  const ask = await serveTo(tenant, routes);
  for (const currency of ['EUR', 'USD']) {
    const rows = await wholeList(ask, { sort: 'open', currency });
    const amounts = rows.map((row) => openOf(row, currency));
    assert.deepEqual(
      amounts,
      [...amounts].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)),
      currency,
    );
    assert.ok(amounts[0] && amounts[0] > 0n);
  }
  assert.ok(companies.length === 2);
  const wrong = await ask('viewer', contract.listCustomerBalances, {
    query: { sort: 'open', currency: 'JPY' },
  });
  assert.equal(wrong.code, 'bad_input');
});

test('a cursor that this list did not give is refused', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  await someCustomers(tenant);
  const ask = await serveTo(tenant, routes);
  for (const after of ['x', `12;drop,${newId()}`, `5,${'0'.repeat(36)}`]) {
    const { code } = await ask('viewer', contract.listCustomerBalances, { query: { sort: 'open', after } });
    assert.equal(code, 'bad_input', after);
  }
});
