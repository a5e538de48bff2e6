import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countRows } from '../../test/support/books.ts';
import { aCompany, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { paymentsJobs } from './jobs.ts';
import { APPLY_QUEUE } from './queues.ts';

test('the job applies what has become certain, and does it once however often it runs', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const payment = await aPayment(tenant, { companyId, reference: 'for INV-2026-00001' });
  const invoice = await anInvoice(tenant, { companyId });
  const handle = paymentsJobs({
    door: tenant.door,
    clock: tenant.clock,
    dataDir: '',
    log: { info: () => {}, warn: () => {}, error: () => {} },
    contextOf: async () => tenant.as('owner'),
  })[APPLY_QUEUE];
  const job = { tenantId: tenant.tenantId, payload: {}, jobId: crypto.randomUUID() };

  await handle?.(job);

  assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 0n);
  assert.equal((await itemsOf(tenant, payment.paymentId)).at(-1)?.open.minor, 0n);
  const before = await countRows(tenant);
  await handle?.(job);
  assert.deepEqual(await countRows(tenant), before);
});
