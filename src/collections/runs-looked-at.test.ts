import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { readChanges, readSummary } from '#forecasts/read-summary.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { aReader, remindOn, stepsSaid } from '../../test/support/reminders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { performRun, startReminderRun } from './remind-customers.ts';
import { findRun } from './store-runs.ts';

function look(tenant: TestTenant, companyId?: CompanyId) {
  const what = { companyId, on: undefined, approved: false, now: tenant.as('collector').now };
  return inTenant(tenant.pool, tenant.tenantId, (tx) => readSummary(tx, what));
}

async function pay(tenant: TestTenant, companyId: CompanyId, invoice: Awaited<ReturnType<typeof anInvoice>>) {
  const { customerId } = invoice;
  const payment = await aPayment(tenant, { companyId, customerId, minor: 100_00n, receivedOn: '2026-02-08' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(100_00n, 'EUR') }],
  });
}

async function two() {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const [one, other] = [await aReader(tenant), await aReader(tenant)];
  const late = await anInvoice(tenant, { companyId, customerId: one, dueOn: '2026-02-01' });
  const also = await anInvoice(tenant, { companyId, customerId: one, dueOn: '2026-02-01' });
  const others = await anInvoice(tenant, { companyId, customerId: other, dueOn: '2026-02-01' });
  tenant.on('2026-02-08');
  return { tenant, companyId, one, other, late, also, others };
}

test('what was looked at is sent, and the summary says what that is', async () => {
  const { tenant, companyId, late, also, others } = await two();
  const seen = await look(tenant);
  assert.deepEqual(
    [seen.said.customers, seen.said.messages, seen.said.items, seen.said.sums],
    [2, 2, 3, [{ amount: '300.00', currency: 'EUR' }]],
  );
  assert.deepEqual(
    seen.byPhase.map(({ phase, channel, count }) => [phase, channel, count.messages]),
    [['reminder', 'email', 2]],
  );
  assert.equal(
    (await look(tenant, companyId)).fingerprint,
    seen.fingerprint,
    'it depends on what is said alone',
  );
  const { runs } = await tenant.act('collector', startReminderRun, { fingerprint: seen.fingerprint });
  for (const { runId } of runs) await performRun(toolsOf(tenant), tenant.tenantId, runId);
  assert.deepEqual(
    await stepsSaid(tenant),
    [late, also, others].map(({ number }) => `2026-02-08 ${number} reminder`).sort(),
  );
  const run = await inTenant(tenant.pool, tenant.tenantId, (tx) => findRun(tx, runs[0]?.runId ?? ''));
  assert.deepEqual([run?.looked_at, run?.changed, run?.appeared], [true, 0, 0]);
});

test('what changed since it was looked at is refused, with nothing started', async () => {
  const { tenant, companyId, late } = await two();
  const seen = await look(tenant);
  await pay(tenant, companyId, late);
  const now = await look(tenant);
  assert.notEqual(now.fingerprint, seen.fingerprint);
  await assert.rejects(tenant.act('collector', startReminderRun, { fingerprint: seen.fingerprint }), {
    code: 'plan_changed',
    facts: { fingerprint: now.fingerprint },
  });
  assert.equal(tenant.jobs.filter(({ queue }) => queue === 'collections.remind').length, 0);
});

test('what changes between starting and saying is passed over and told; who was not seen hears nothing', async () => {
  const { tenant, companyId, late, others } = await two();
  const third = await aReader(tenant);
  const { fingerprint } = await look(tenant);
  const { runs } = await tenant.act('collector', startReminderRun, { fingerprint });
  const runId = runs[0]?.runId ?? '';
  await pay(tenant, companyId, late);
  await anInvoice(tenant, { companyId, customerId: third, issuedOn: '2026-01-02', dueOn: '2026-02-01' });
  await performRun(toolsOf(tenant), tenant.tenantId, runId);
  assert.deepEqual(await stepsSaid(tenant), [`2026-02-08 ${others.number} reminder`]);
  const run = await inTenant(tenant.pool, tenant.tenantId, (tx) => findRun(tx, runId));
  assert.deepEqual([run?.changed, run?.appeared, run?.messages], [1, 1, 1]);

  const told = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readChanges(tx, { runId, now: tenant.as('collector').now, limit: 10 }),
  );
  assert.deepEqual(
    told.rows.map(({ seen, now }) => [
      seen.items,
      seen.totals[0]?.amount,
      now?.items,
      now?.totals[0]?.amount,
    ]),
    [[2, '200.00', 1, '100.00']],
  );
  // Another run, of what is due now, says what is left.
  await remindOn(tenant, '2026-02-08');
  assert.equal((await stepsSaid(tenant)).length, 3);
});

test('a run that was looked at and is carried out again passes over nobody whom it told', async () => {
  const { tenant } = await two();
  const { fingerprint } = await look(tenant);
  const { runs } = await tenant.act('collector', startReminderRun, { fingerprint });
  const runId = runs[0]?.runId ?? '';
  await Promise.all([1, 2].map(() => performRun(toolsOf(tenant), tenant.tenantId, runId)));
  const run = await inTenant(tenant.pool, tenant.tenantId, (tx) => findRun(tx, runId));
  assert.deepEqual([run?.changed, run?.appeared, run?.messages], [0, 0, 2]);
});
