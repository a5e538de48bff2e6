// Money keeps a promise whichever way it came to the account: moved from another customer, or received by another company.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { aCompany, aCustomer, anInvoice, aPayment, letReceive } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { readStandings } from './read-standings.ts';
import { takePromise } from './take-promise.ts';

for (const way of ['moved', 'another company'] as const)
  test(`money in time keeps a promise: ${way}`, async () => {
    const tenant = await newTenant({ on: '2026-03-02' });
    const [a, b] = [await aCompany(tenant), await aCompany(tenant)];
    const [customerId, other] = [await aCustomer(tenant), await aCustomer(tenant)];
    await letReceive(tenant, b, a);
    const { itemId } = await anInvoice(tenant, { companyId: a, customerId, minor: 100_00n });
    const { promiseId } = await tenant.act('collector', takePromise, {
      items: [{ itemId, on: parseDate('2026-03-06') }],
      way: 'phone',
    });
    tenant.on('2026-03-05');
    const companyId = way === 'moved' ? a : b;
    const { paymentId } = await aPayment(tenant, { companyId, customerId: other, receivedOn: '2026-03-05' });
    const allocations = [{ itemId, amount: money(100_00n, 'EUR') }];
    if (way === 'moved') {
      await tenant.act('cash_applier', identifyPayment, { paymentId, customerId });
      await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
    } else await tenant.act('cash_applier', handOverPayment, { paymentId, companyId: a, allocations });
    tenant.on('2026-03-20');
    const [found] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readStandings(tx, { ids: [promiseId], limit: 1 }, tenant.as('viewer').today),
    );
    assert.equal(found?.standing.state, 'kept');
  });
