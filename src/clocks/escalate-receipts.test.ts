import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { SendOutcome } from '#carriers/send-mail.ts';
import { inTenant } from '#db/transaction.ts';
import { newId, type UserId } from '#kernel/id.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { endMark, markReceipt } from '#workbench/record-mark.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { assignReceipts, setClock } from './assign-receipts.ts';
import { escalateReceipts, sendEscalations } from './escalate-receipts.ts';
import { readMonthFigures, readWaiting } from './read-clocks.ts';

type Mail = { readonly to: string; readonly text: string };

async function send(tenant: TestTenant, outcome: SendOutcome['kind'] = 'accepted'): Promise<readonly Mail[]> {
  const mails: Mail[] = [];
  await sendEscalations(
    {
      door: tenant.door,
      clock: tenant.clock,
      dataDir: '/nowhere',
      log: { error() {}, warn() {}, info() {} },
      contextOf: async () => ({
        ...tenant.as('owner'),
        actor: { kind: 'system', id: 'worker', name: 'Quittance' },
      }),
      post: {
        from: 'quittance@example.com',
        baseUrl: 'https://receivables.example',
        send: async (envelope, raw) => {
          mails.push({
            to: envelope.to.join(),
            text: Buffer.from(raw)
              .toString('utf8')
              .replace(/=\r?\n/g, ''),
          });
          return { kind: outcome } as SendOutcome;
        },
      },
    },
    tenant.tenantId,
  );
  return mails;
}

const waiting = (tenant: TestTenant) =>
  inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const { receipts } = await readWaiting(tx, tenant.clock());
    return receipts.map((receipt) => [receipt.number, Math.floor(receipt.hours), receipt.state]);
  });

/** A company, and a receipt recorded on Friday 9 January at noon. */
async function aWaiting() {
  const tenant = await newTenant({ on: '2026-01-09' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const receipt = await aPayment(tenant, { companyId, customerId, minor: 100_00n, receivedOn: '2026-01-09' });
  return { tenant, companyId, customerId, receipt };
}

test('a receipt of Friday is late on Tuesday and escalated on Wednesday, once, and those it is for are told once', async () => {
  const { tenant, receipt } = await aWaiting();
  const controller = await aPerson(tenant, 'controller', 'Cora');
  const applier = await aPerson(tenant, 'cash_applier', 'Abel');
  await tenant.act('cash_applier', assignReceipts, {
    paymentIds: [receipt.paymentId],
    userId: applier.userId,
  });
  tenant.on('2026-01-12');
  assert.deepEqual(await waiting(tenant), [[receipt.number, 23, 'running']], 'a weekend does not count');
  tenant.on('2026-01-13');
  assert.deepEqual(await waiting(tenant), [[receipt.number, 47, 'late']]);
  assert.deepEqual(await send(tenant), []);
  tenant.on('2026-01-14');
  const mails = await send(tenant);
  assert.deepEqual(
    mails.map((mail) => mail.to).sort(),
    [applier, controller].map((one) => `${one.userId}@people.example`).sort(),
  );
  assert.ok(
    mails.every((mail) => mail.text.includes(receipt.number) && mail.text.includes('/waiting-receipts')),
  );
  assert.deepEqual(await send(tenant), [], 'nothing is told twice');
  const events = (await tenant.events()).filter((event) => event.type === 'payment.escalated');
  assert.equal(events.length, 1);
});

test('what is kept on account on purpose waits for nobody; asked about again, it waits since it came', async () => {
  const { tenant, receipt } = await aWaiting();
  const { paymentId } = receipt;
  await aPerson(tenant, 'controller', 'Cora');
  await tenant.act('cash_applier', markReceipt, { paymentId, kind: 'kept', note: 'for the next order' });
  tenant.on('2026-01-20');
  assert.deepEqual(await waiting(tenant), []);
  assert.deepEqual(await send(tenant), []);
  await tenant.act('cash_applier', endMark, { paymentId });
  assert.equal((await waiting(tenant))[0]?.[2], 'escalated');
});

test('what surely did not leave is told the next time', async () => {
  const { tenant } = await aWaiting();
  await aPerson(tenant, 'controller', 'Cora');
  tenant.on('2026-01-20');
  assert.equal((await send(tenant, 'trouble')).length, 1);
  assert.equal((await send(tenant)).length, 1);
  assert.equal((await send(tenant)).length, 0);
});

test('two workers that escalate at once escalate each receipt once', async () => {
  const { tenant } = await aWaiting();
  tenant.on('2026-01-20');
  const outcome = await race(
    tenant,
    Array.from({ length: 6 }, () => () => tenant.act('owner', escalateReceipts, { isTold: false })),
  );
  assert.deepEqual(outcome, { won: 6, codes: [] });
  const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ n: number }>`select count(*)::int as n from receipt_escalation`),
  );
  assert.equal(row?.n, 1);
});

test('a company says how long and by which hours; applied money no longer waits and counts in its month', async () => {
  const { tenant, companyId, customerId, receipt } = await aWaiting();
  await refusesWithoutTrace(tenant, 'clock_out_of_order', () =>
    tenant.act('owner', setClock, { companyId, applyHours: 10, escalateHours: 5, counts: 'all' }),
  );
  await tenant.act('owner', setClock, { companyId, applyHours: 2, escalateHours: 30, counts: 'all' });
  tenant.on('2026-01-10');
  assert.deepEqual(await waiting(tenant), [[receipt.number, 23, 'late']], 'Saturday counts');
  const invoice = await anInvoice(tenant, { companyId, customerId });
  await tenant.act('owner', applyPayment, {
    paymentId: receipt.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: { minor: 100_00n, currency: 'EUR' } }],
  });
  assert.deepEqual(await waiting(tenant), []);
  const [month] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readMonthFigures(tx, Temporal.PlainDate.from('2026-01-10'), undefined),
  );
  assert.deepEqual([month?.month, month?.clock.applied, month?.clock.inTime], ['2026-01', 1, 0]);
  assert.equal(Math.round(month?.clock.medianHours ?? 0), 24);
});

test('receipts are given to members only, and only receipts are given', async () => {
  const { tenant, receipt } = await aWaiting();
  await refusesWithoutTrace(tenant, 'member_not_found', () =>
    tenant.act('owner', assignReceipts, { paymentIds: [receipt.paymentId], userId: newId() as UserId }),
  );
  await refusesWithoutTrace(tenant, 'payment_not_found', () =>
    tenant.act('owner', assignReceipts, { paymentIds: [newId()], userId: null }),
  );
});
