import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { left } from '#ledger/open-item.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import {
  aCompany,
  aCustomer,
  anInvoice,
  aPaidRefund,
  aPayment,
  itemsOf,
} from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { recordPayment } from './record-payment.ts';
import { recordRefund } from './record-refund.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

test('money received stands on account until it is applied', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const payment = await aPayment(tenant, { companyId });
  assert.equal(payment.number, 'PAY-2026-00001');
  const books = await checkBooks(tenant);
  assert.equal(books.bank, 100_00n);
  assert.equal(books['unapplied-cash'], -100_00n);
});

test('a payment that names items is recorded and applied at once, or not at all', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const record = (minor: bigint) => () =>
    tenant.act('cash_applier', recordPayment, {
      companyId,
      direction: 'received',
      receivedOn: parseDate('2026-01-10'),
      amount: eur(120_00n),
      method: 'card',
      reference: invoice.number,
      allocations: [{ itemId: invoice.itemId, amount: eur(minor) }],
    });
  await refusesWithoutTrace(tenant, 'exceeds_open', record(100_01n));
  const recorded = await record(100_00n)();
  assert.deepEqual(recorded.applied?.unapplied, { amount: '20.00', currency: 'EUR' });
  assert.deepEqual(
    (await tenant.events())
      .slice(-2)
      .map((event) => event.type)
      .sort(),
    ['payment.applied', 'payment.received'],
  );
  await checkBooks(tenant);
});

test('a refund takes the oldest credit first and never more than there is', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const younger = await aPayment(tenant, { companyId, customerId, minor: 50_00n, receivedOn: '2026-01-09' });
  const older = await aPayment(tenant, { companyId, customerId, minor: 30_00n, receivedOn: '2026-01-04' });
  await aPayment(tenant, { companyId, customerId: await aCustomer(tenant), minor: 500_00n });
  const refund = (minor: bigint, extra: object = {}) =>
    tenant.act('controller', recordRefund, {
      companyId,
      customerId,
      receivedOn: parseDate('2026-01-15'),
      amount: eur(minor),
      method: 'transfer',
      reference: 'overpaid',
      ...extra,
    });

  await refusesWithoutTrace(tenant, 'refund_exceeds_credit', () => refund(80_01n));
  const refunded = await refund(45_00n);

  assert.deepEqual(
    refunded.applied?.applications.map((a) => [a.itemId, a.amount.amount]),
    [
      [older.itemId, '30.00'],
      [younger.itemId, '15.00'],
    ],
  );
  await refusesWithoutTrace(tenant, 'refund_exceeds_credit', () => refund(35_01n));
  const books = await checkBooks(tenant);
  assert.equal(books.bank, 535_00n);
  assert.equal(books['unapplied-cash'], -535_00n);
});

test('a refund is taken from credit of the customer alone, and stands against the customer when that is freed', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const payment = await aPayment(tenant, { companyId, customerId });
  await aPayment(tenant, { companyId, customerId: await aCustomer(tenant) });
  await anInvoice(tenant, { companyId, customerId });
  await refusesWithoutTrace(tenant, 'refund_exceeds_credit', () =>
    aPaidRefund(tenant, { companyId, customerId, minor: 100_01n }),
  );
  const { paymentId } = await aPaidRefund(tenant, { companyId, customerId, minor: 40_00n });

  // Taken back, the refund stands against the customer until it is backed again.
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual((await itemsOf(tenant, paymentId))[0]?.open, eur(40_00n));
  await refusesWithoutTrace(tenant, 'exceeds_unapplied', () =>
    tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: [{ itemId: payment.itemId, amount: eur(40_01n) }],
    }),
  );
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: payment.itemId, amount: eur(40_00n) }],
  });
  assert.ok((await itemsOf(tenant, paymentId)).every((item) => left(item) === 0n));
  await checkBooks(tenant);
});

test('what cannot be recorded is refused and leaves no trace', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  await aPayment(tenant, { companyId, externalId: 'X-1' });
  const record = (given: object) => () =>
    tenant.act('cash_applier', recordPayment, {
      companyId,
      direction: 'received',
      receivedOn: parseDate('2026-01-10'),
      amount: eur(1n),
      method: 'transfer',
      reference: '',
      ...given,
    });
  await refusesWithoutTrace(tenant, 'company_not_found', record({ companyId: newId() }));
  await refusesWithoutTrace(tenant, 'customer_not_found', record({ customerId: newId() }));
  await refusesWithoutTrace(tenant, 'amount_not_positive', record({ amount: eur(0n) }));
  await refusesWithoutTrace(tenant, 'received_in_future', record({ receivedOn: parseDate('2026-01-16') }));
  await refusesWithoutTrace(tenant, 'refund_not_granted', record({ direction: 'refunded' }));
  await refusesWithoutTrace(tenant, 'exchange_rate_missing', record({ amount: money(1n, 'USD') }));
  await refusesWithoutTrace(tenant, 'external_id_taken', record({ externalId: 'X-1' }));
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('viewer', recordPayment, {
      companyId,
      direction: 'received',
      receivedOn: parseDate('2026-01-10'),
      amount: eur(1n),
      method: 'transfer',
      reference: '',
    }),
  );
});
