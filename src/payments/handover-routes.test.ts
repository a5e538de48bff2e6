import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveTo } from '../../test/support/ask.ts';
import { countRows } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

test('one receipt pays invoices of two companies and gives it back, as the web does it', async () => {
  const tenant = await newTenant();
  const [a, b] = [await aCompany(tenant, { name: 'Alpha' }), await aCompany(tenant, { name: 'Beta' })];
  const customerId = await aCustomer(tenant);
  const theirs = await anInvoice(tenant, { companyId: b, customerId, minor: 40_00n });
  const { paymentId } = await aPayment(tenant, { companyId: a, customerId });
  const ask = await serveTo(tenant, routes);
  const params = { paymentId };
  const body = { companyId: b, allocations: [{ itemId: theirs.itemId, amount: eur('40.00') }] };
  const refused = await ask('cash_applier', contract.handOverPayment, { params, body });
  assert.deepEqual([refused.status, refused.code], [409, 'handover_not_allowed']);
  const state = (side: 'from' | 'to', role: 'owner' | 'cash_applier' = 'owner') =>
    ask(role, contract.stateHandover, {
      params: { fromCompanyId: a, toCompanyId: b, side },
      body: { allowed: true },
    });
  assert.equal((await state('from', 'cash_applier')).code, 'not_permitted');
  await state('from');
  const read = async () => (await ask('cash_applier', contract.getPayment, { params })).reply;
  assert.deepEqual(
    [(await read()).otherCompanies, (await read()).may.handOver],
    [[], 'handover_not_allowed'],
  );
  await state('to');
  const settings = await ask('cash_applier', contract.listHandoverSettings, {});
  assert.deepEqual(settings.reply, {
    rows: [{ fromCompanyId: a, toCompanyId: b, from: true, to: true }],
    may: { state: 'not_permitted' },
  });
  assert.deepEqual((await read()).otherCompanies, [{ id: b, name: 'Beta' }]);

  const before = await countRows(tenant);
  const rehearsed = await ask('cash_applier', contract.handOverPayment, { params, body, rehearse: true });
  assert.deepEqual(rehearsed.reply.unapplied, eur('60.00'));
  assert.deepEqual(await countRows(tenant), before);
  await ask('cash_applier', contract.handOverPayment, { params, body });
  const done = await read();
  assert.deepEqual([done.state, done.unapplied, done.may.unapply], ['unapplied', eur('60.00'), true]);
  assert.deepEqual(
    done.applications.map((one) => [one.reference, one.companyId, one.amount, one.takenBackOn]),
    [[theirs.number, b, eur('40.00'), null]],
  );
  assert.deepEqual(
    done.handovers.map((one) => [one.company.name, one.customer?.id, one.amount, one.takenBackOn]),
    [['Beta', customerId, eur('40.00'), null]],
  );
  const applicationIds = done.handovers.map((one) => one.applicationId);
  await ask('cash_applier', contract.unapplyPayment, { params, body: { applicationIds } });
  const back = await read();
  assert.deepEqual([back.unapplied, back.may.unapply], [eur('100.00'), 'nothing_to_unapply']);
  assert.deepEqual(
    back.handovers.map((one) => one.takenBackOn),
    ['2026-01-15'],
  );
});
