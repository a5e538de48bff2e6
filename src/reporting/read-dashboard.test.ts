import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aBusyLedger } from '../../test/support/busy-ledger.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { readAging } from './read-aging.ts';
import { readDsoTrend } from './read-dso.ts';
import { routes } from './routes.ts';

test('the dashboard says what is open, late and due, and what wants doing today', async () => {
  const tenant = await newTenant({ on: '2026-02-20' });
  const companyId = await aCompany(tenant);
  const invoice = (minor: bigint, dueOn: string, issuedOn = '2026-01-02') =>
    anInvoice(tenant, { companyId, minor, issuedOn, dueOn });
  await invoice(1_00n, '2026-02-20');
  await invoice(2_00n, '2026-02-20');
  await invoice(4_00n, '2026-02-19');
  await invoice(8_00n, '2026-02-26');
  await invoice(16_00n, '2026-02-27');
  await invoice(32_00n, '2026-01-10');
  // Issued ahead: not there yet.
  await invoice(64_00n, '2026-03-31', '2026-03-01');
  await aPayment(tenant, { companyId, minor: 3_00n, receivedOn: '2026-02-19' });
  await aPayment(tenant, { companyId, minor: 5_00n, receivedOn: '2026-02-18' });
  const ask = await serveTo(tenant, routes);
  const { reply, status } = await ask('viewer', contract.readDashboard, { query: {} });
  assert.equal(status, 200);
  const [part] = reply.currencies;
  assert.equal(part?.figures.gross.amount, '63.00');
  assert.equal(part?.figures.overdue.amount, '36.00');
  assert.equal(part?.figures.unapplied.amount, '-8.00');
  assert.equal(part?.dueThisWeek.amount, '11.00');
  assert.equal(part?.openInvoices, 6);
  assert.equal(part?.overdueInvoices, 2);
  assert.equal(part?.dsoTrend.length, 12);
  assert.deepEqual(part?.dso, part?.dsoTrend.at(-1)?.standard);
  const { work } = reply;
  assert.deepEqual(work.dueToday, { count: 2, amounts: [{ amount: '3.00', currency: 'EUR' }] });
  assert.deepEqual(work.newlyOverdue, { count: 1, amounts: [{ amount: '4.00', currency: 'EUR' }] });
  assert.deepEqual(work.unapplied, { count: 2, amounts: [{ amount: '-8.00', currency: 'EUR' }] });
  assert.deepEqual(work.unappliedOld, { count: 1, amounts: [{ amount: '-5.00', currency: 'EUR' }] });
  assert.deepEqual([work.failedMessages, work.queuedMessages], [0, 0]);
});

test('what was changed is on the dashboard: at once, or seconds later where it takes long to make', async () => {
  const tenant = await newTenant({ on: '2026-02-20' });
  const companyId = await aCompany(tenant);
  const ask = await serveTo(tenant, routes);
  assert.deepEqual((await ask('viewer', contract.readDashboard, { query: {} })).reply.currencies, []);
  await anInvoice(tenant, { companyId, minor: 7_00n });
  // Making it takes some milliseconds, but on a very busy machine it may be kept like that of large books.
  const shown = async () =>
    (await ask('viewer', contract.readDashboard, { query: {} })).reply.currencies[0]?.figures.net.amount;
  for (let tries = 0; tries < 30 && (await shown()) === undefined; tries += 1) await sleep(500);
  assert.equal(await shown(), '7.00');
});

test('figures of each functional currency are those of its companies, and of one company its own', async () => {
  const tenant = await newTenant();
  const { to, companies } = await aBusyLedger(tenant, 41);
  await aCompany(tenant, { currency: 'USD' });
  tenant.on(to.toString());
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.readDashboard, { query: {} });
  const aging = await inTenant(tenant.pool, tenant.tenantId, (tx) => readAging(tx, { asOf: to, limit: 0 }), {
    snapshot: true,
  });
  const trends = await inTenant(
    tenant.pool,
    tenant.tenantId,
    (tx) => readDsoTrend(tx, { asOf: to, months: 12 }),
    {
      snapshot: true,
    },
  );
  assert.equal(reply.currencies.length, 2);
  for (const { company, figures } of aging.companies) {
    const part = reply.currencies.find((p) => p.currency === company.functionalCurrency);
    assert.equal(BigInt((part?.figures.net.amount ?? '').replace('.', '')), figures.net.minor);
    const points = trends.find((t) => t.company.id === company.id)?.points ?? [];
    assert.deepEqual(
      part?.dsoTrend.map((p) => [p.asOf, p.standard.days, p.countback.days]),
      points.map((p) => [p.asOf.toString(), p.standard.value, p.countback.value]),
    );
    const own = await ask('viewer', contract.readDashboard, { query: { companyId: company.id } });
    assert.deepEqual(own.reply.currencies[0]?.figures, part?.figures);
  }
  assert.ok(companies.length === 2);
  const unknown = await ask('viewer', contract.readDashboard, { query: { companyId: crypto.randomUUID() } });
  assert.equal(unknown.code, 'company_not_found');
  assert.equal(reply.today, parseDate(to.toString()).toString());
});
