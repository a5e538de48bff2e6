import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aBusyLedger, creditAgainst } from '../../test/support/busy-ledger.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { type DsoRequest, readDso, readDsoTrend } from './read-dso.ts';
import { routes } from './routes.ts';

const read = (tenant: TestTenant, request: DsoRequest) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => readDso(tx, request), { snapshot: true });

/** 150,000 sold within a year, of which 50,000 are still open, 20,000 of them not due yet. */
async function aYear(tenant: TestTenant) {
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = (minor: bigint, issuedOn: string, dueOn: string) =>
    anInvoice(tenant, { companyId, customerId, minor, issuedOn, dueOn });
  await invoice(1_00n, '2025-01-01', '2025-01-31');
  const paid = await invoice(100_000_00n, '2026-02-01', '2026-03-01');
  await invoice(30_000_00n, '2026-06-01', '2026-07-01');
  await invoice(20_000_00n, '2026-12-20', '2027-01-19');
  const payment = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 100_001_00n,
    receivedOn: '2026-03-15',
  });
  const first = (await anInvoiceOf(tenant, '2025-01-01')) ?? '';
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [
      { itemId: paid.itemId, amount: { minor: 100_000_00n, currency: 'EUR' } },
      { itemId: first as typeof paid.itemId, amount: { minor: 1_00n, currency: 'EUR' } },
    ],
    on: parseDate('2026-03-16'),
  });
  return { companyId, customerId };
}

async function anInvoiceOf(tenant: TestTenant, day: string): Promise<string | undefined> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{
        id: string;
      }>`select id from open_item where tenant_id = ${tx.tenantId} and posted_on = ${day}::date`,
    ),
  );
  return rows[0]?.id;
}

test('a year of sales and what is left of them give every variant side by side', async () => {
  const tenant = await newTenant({ on: '2026-12-31' });
  await aYear(tenant);
  const [dso] = await read(tenant, { asOf: parseDate('2026-12-31') });
  const year = dso?.windows.find((w) => w.window === '365_days');
  assert.equal(dso?.balance.minor, 50_000_00n);
  assert.equal(dso?.notDue.minor, 20_000_00n);
  assert.equal(year?.sales.minor, 150_000_00n);
  assert.equal(year?.days, 365);
  assert.equal(year?.standard.value, '121.67');
  assert.equal(year?.bestPossible.value, '48.67');
  assert.equal(year?.delinquent.value, '73.00');
  assert.equal(year?.opening.minor, 1_00n);
  assert.equal(year?.average.value, '60.83');
  // 120,001 were cleared or fell due of 150,001 sold or owed before: (1 + 150,000 − 50,000) ÷ (1 + 150,000 − 20,000).
  assert.equal(year?.effectiveness.value, '76.92');
  // December, 20,000 in 31 days; November to July, nothing in 153 days; June, 30,000 of 30,000 in 30 days.
  assert.equal(dso?.countbackMonthly.total.value, '214.00');
  assert.equal(dso?.countbackMonthly.bestPossible.value, '31.00');
  assert.equal(dso?.countbackMonthly.delinquent.value, '183.00');
  // From 31 December back to the whole of 1 June.
  assert.equal(dso?.countbackDaily.total.value, '214.00');
  assert.equal(dso?.countbackDaily.bestPossible.value, '12.00');
});

test('as of an earlier day, and as known earlier, later sales and payments do not count', async () => {
  const tenant = await newTenant({ on: '2026-12-31' });
  await aYear(tenant);
  const known = tenant.clock();
  const [before] = await read(tenant, { asOf: parseDate('2026-02-28') });
  assert.equal(before?.balance.minor, 100_001_00n);
  assert.equal(before?.windows.find((w) => w.window === 'month')?.sales.minor, 100_000_00n);
  assert.equal(before?.windows.find((w) => w.window === 'month')?.standard.value, '28.00');
  tenant.on('2027-02-01');
  const [company] = await read(tenant, { asOf: parseDate('2026-12-31') });
  assert.ok(company);
  await anInvoice(tenant, {
    companyId: company.company.id,
    minor: 7_00n,
    issuedOn: '2026-12-30',
    dueOn: '2027-01-30',
  });
  await tenant.act('owner', creditAgainst, {
    companyId: company.company.id,
    customerId: await aCustomer(tenant),
    minor: 2_00n,
    currency: 'EUR',
    on: parseDate('2026-12-29'),
  });
  const [now] = await read(tenant, { asOf: parseDate('2026-12-31') });
  const [then] = await read(tenant, { asOf: parseDate('2026-12-31'), knownAt: known });
  assert.equal(now?.balance.minor, 50_005_00n);
  assert.equal(now?.windows.find((w) => w.window === 'month')?.sales.minor, 20_005_00n);
  assert.deepEqual(then, company);
});

test('unapplied cash lessens the net basis only', async () => {
  const tenant = await newTenant({ on: '2026-03-31' });
  const companyId = await aCompany(tenant);
  await anInvoice(tenant, { companyId, minor: 90_00n, issuedOn: '2026-03-01', dueOn: '2026-03-20' });
  await aPayment(tenant, { companyId, minor: 30_00n, receivedOn: '2026-03-30' });
  const asOf = parseDate('2026-03-31');
  const [gross] = await read(tenant, { asOf });
  const [net] = await read(tenant, { asOf, basis: 'net' });
  assert.deepEqual([gross?.balance.minor, net?.balance.minor], [90_00n, 60_00n]);
  assert.equal(gross?.unapplied.minor, -30_00n);
  assert.equal(gross?.windows.find((w) => w.window === 'month')?.standard.value, '31.00');
  assert.equal(net?.windows.find((w) => w.window === 'month')?.standard.value, '20.67');
});

test('a voided invoice was no sale, and its reversal is dated', async () => {
  const tenant = await newTenant({ on: '2026-03-31' });
  const companyId = await aCompany(tenant);
  await anInvoice(tenant, { companyId, minor: 90_00n, issuedOn: '2026-03-01', dueOn: '2026-03-20' });
  const voided = await anInvoice(tenant, {
    companyId,
    minor: 40_00n,
    issuedOn: '2026-03-02',
    dueOn: '2026-03-20',
  });
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      sql`update invoice set voided_on = '2026-03-25' where tenant_id = ${tx.tenantId} and id = ${voided.invoiceId}`,
    ),
  );
  const sold = async (asOf: string) => {
    const [dso] = await read(tenant, { asOf: parseDate(asOf) });
    return dso?.windows.find((w) => w.window === 'month')?.sales.minor;
  };
  assert.equal(await sold('2026-03-24'), 130_00n);
  assert.equal(await sold('2026-03-31'), 90_00n);
});

test('each point of a trend is what the report says of that day', async () => {
  const tenant = await newTenant();
  const { to } = await aBusyLedger(tenant, 8);
  const basis = 'receivables' as const;
  const trends = await inTenant(
    tenant.pool,
    tenant.tenantId,
    (tx) => readDsoTrend(tx, { asOf: to, basis, months: 5 }),
    {
      snapshot: true,
    },
  );
  assert.equal(trends.length, 2);
  for (const trend of trends) {
    assert.deepEqual(trend.points.at(-1)?.asOf, to);
    for (const point of trend.points) {
      const dsos = await read(tenant, { asOf: point.asOf, basis });
      const dso = dsos.find((d) => d.company.id === trend.company.id);
      const quarter = dso?.windows.find((w) => w.window === 'three_months');
      assert.deepEqual(point.balance, dso?.balance, point.asOf.toString());
      assert.deepEqual(point.sales, quarter?.sales, point.asOf.toString());
      assert.deepEqual(point.standard, quarter?.standard, point.asOf.toString());
      assert.deepEqual(point.countback, dso?.countbackMonthly.total, point.asOf.toString());
    }
  }
});

test('a company that sold nothing has reasons instead of figures', async () => {
  const tenant = await newTenant();
  await aCompany(tenant);
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.readDso, { query: { asOf: '2026-01-31' } });
  const [company] = reply.companies;
  assert.deepEqual(company?.windows[0]?.standard, { days: null, reason: 'no_sales' });
  assert.deepEqual(company?.countbackDaily.total, { days: '0.00', reason: null });
  const trend = await ask('viewer', contract.readDsoTrend, { query: { asOf: '2026-01-31', months: '2' } });
  assert.deepEqual(
    trend.reply.companies[0]?.points.map((p) => p.asOf),
    [addDays(parseDate('2026-01-01'), -1).toString(), '2026-01-31'],
  );
});
