import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { closeDispute, reopenDispute } from '#disputes/close-dispute.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { readAging } from './read-aging.ts';
import { routes } from './routes.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

test('what was disputed stands beside the aging of every day, as it was then and as it was known', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { number: 'A' });
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 100_00n });
  await anInvoice(tenant, { companyId, minor: 500_00n });
  const { disputeId } = await tenant.act('collector', openDispute, {
    items: [{ itemId: invoice.itemId, amount: eur(60_00n) }],
    reason: 'quality',
    openedOn: parseDate('2026-03-05'),
  });
  const known = tenant.clock();
  tenant.on('2026-03-20');
  const paid = await aPayment(tenant, { companyId, customerId, minor: 70_00n, receivedOn: '2026-03-20' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: paid.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(70_00n) }],
  });
  tenant.on('2026-03-25');
  await tenant.act('controller', closeDispute, { disputeId, outcome: 'invalid' });
  tenant.on('2026-04-02');
  await tenant.act('controller', reopenDispute, { disputeId, note: 'they are right' });

  const disputed = async (asOf: string, knownAt?: typeof known) => {
    const aging = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readAging(tx, { asOf: parseDate(asOf), knownAt, limit: 10 }),
    );
    const rows = aging.rows.map((row) => [row.customer?.number === 'A', toDecimal(row.disputed)]);
    const others = rows.filter(([isTheirs, amount]) => !isTheirs && amount !== '0.00');
    assert.deepEqual(others, [], 'nobody else disputes anything');
    const theirs = rows.find(([isTheirs]) => isTheirs)?.[1];
    assert.deepEqual(
      aging.totals.map((total) => toDecimal(total.disputed)),
      [theirs],
    );
    return theirs;
  };
  assert.equal(await disputed('2026-03-04'), '0.00');
  assert.equal(await disputed('2026-03-05'), '60.00');
  assert.equal(await disputed('2026-03-22'), '30.00', 'money took what was not disputed first');
  assert.equal(await disputed('2026-03-26'), '0.00', 'it was decided');
  assert.equal(await disputed('2026-04-03'), '30.00', 'and opened again');
  assert.equal(await disputed('2026-03-22', known), '60.00', 'the payment was not known then');

  const ask = await serveTo(tenant, routes);
  const overview = await ask('viewer', contract.readCustomerOverview, {
    params: { customerId },
    query: { asOf: '2026-03-22' },
  });
  assert.equal(overview.reply.totals[0]?.disputed.amount, '30.00');
});
