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
  aRate,
  itemsOf,
} from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { identifyPayment } from './identify-payment.ts';
import { returnPayment } from './return-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

test('a returned payment opens its invoices again, due when they were due, and gains or loses nothing', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9137' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-08', rate: '0.8711' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-12', rate: '0.7' });
  const customerId = await aCustomer(tenant);
  const usd = (minor: bigint) => money(minor, 'USD');
  const invoices = [
    await anInvoice(tenant, { companyId, customerId, currency: 'USD', minor: 70_07n, dueOn: '2026-01-05' }),
    await anInvoice(tenant, { companyId, customerId, currency: 'USD', minor: 50_00n, dueOn: '2026-03-01' }),
  ] as const;
  const itemsBefore = (await Promise.all(invoices.map((i) => itemsOf(tenant, i.invoiceId)))).flat();
  const before = await checkBooks(tenant);
  const payment = await aPayment(tenant, { companyId, customerId, currency: 'USD', minor: 100_00n });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [
      { itemId: invoices[0].itemId, amount: usd(69_07n), discount: usd(1_00n) },
      { itemId: invoices[1].itemId, amount: usd(11_11n) },
    ],
  });

  const returned = await tenant.act('controller', returnPayment, {
    paymentId: payment.paymentId,
    reason: 'MD06 refund requested',
  });

  assert.equal(returned.takenBack, 2);
  assert.deepEqual(returned.amount, { amount: '100.00', currency: 'USD' });
  assert.deepEqual(
    (await Promise.all(invoices.map((i) => itemsOf(tenant, i.invoiceId)))).flat(),
    itemsBefore,
  );
  assert.ok((await itemsOf(tenant, payment.paymentId)).every((item) => left(item) === 0n));
  const after = await checkBooks(tenant);
  for (const [account, minor] of Object.entries(after)) assert.equal(minor, before[account] ?? 0n, account);
  assert.equal((await tenant.events()).at(-1)?.type, 'payment.returned');
});

test('a payment that was moved in part comes back whole', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(60_00n) }],
  });
  for (const customerId of [invoice.customerId, await aCustomer(tenant)])
    await tenant.act('cash_applier', identifyPayment, { paymentId: payment.paymentId, customerId });
  await tenant.act('controller', returnPayment, { paymentId: payment.paymentId, reason: 'AM04' });
  const items = await itemsOf(tenant, payment.paymentId);
  assert.ok(items.every((item) => left(item) === 0n));
  const returns = items.filter((item) => item.kind === 'return');
  assert.deepEqual(
    returns.map((item) => item.amount.minor),
    [60_00n, 40_00n],
  );
  assert.equal((await checkBooks(tenant)).bank, 0n);
});

test('credit of a payment that was refunded before it bounced is owed by the customer', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const payment = await aPayment(tenant, { companyId, customerId });
  const refund = await aPaidRefund(tenant, { companyId, customerId, minor: 30_00n });
  await tenant.act('controller', returnPayment, { paymentId: payment.paymentId, reason: 'NSF' });
  assert.deepEqual((await itemsOf(tenant, refund.paymentId))[0]?.open, eur(30_00n));
  await checkBooks(tenant);
});

test('what cannot come back is refused and leaves no trace', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const payment = await aPayment(tenant, { companyId, customerId });
  await aPaidRefund(tenant, { companyId, customerId, minor: 10_00n });
  const give = (given: object) => () =>
    tenant.act('controller', returnPayment, { paymentId: payment.paymentId, reason: 'NSF', ...given });
  await refusesWithoutTrace(tenant, 'payment_not_found', give({ paymentId: newId() }));
  await refusesWithoutTrace(tenant, 'returned_in_future', give({ on: parseDate('2026-01-16') }));
  await refusesWithoutTrace(tenant, 'reversed_too_early', give({ on: parseDate('2026-01-09') }));
  await refusesWithoutTrace(tenant, 'statement_line_not_found', give({ statementLineId: newId() }));
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('viewer', returnPayment, { paymentId: payment.paymentId, reason: 'NSF' }),
  );
  await give({})();
  await refusesWithoutTrace(tenant, 'payment_returned', give({}));
});

test('a refund that came back restores the credit it was taken from exactly, and is not there any more', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const older = await aPayment(tenant, { companyId, customerId, minor: 30_00n, receivedOn: '2026-01-04' });
  const younger = await aPayment(tenant, { companyId, customerId, minor: 50_00n, receivedOn: '2026-01-09' });
  const before = await Promise.all([older, younger].map(({ paymentId }) => itemsOf(tenant, paymentId)));
  const refund = await aPaidRefund(tenant, { companyId, customerId, minor: 45_00n });
  tenant.on('2026-01-20');
  const returned = await tenant.act('cash_applier', returnPayment, {
    paymentId: refund.paymentId,
    reason: 'AC04 closed account',
  });
  assert.equal(returned.takenBack, 2);
  const after = await Promise.all([older, younger].map(({ paymentId }) => itemsOf(tenant, paymentId)));
  const opens = (found: typeof after) =>
    found.flat().map(({ open, openFunctional }) => [open, openFunctional]);
  assert.deepEqual(opens(after), opens(before));
  assert.ok((await itemsOf(tenant, refund.paymentId)).every((item) => item.open.minor === 0n));
  const books = await checkBooks(tenant);
  assert.deepEqual([books.bank, books['unapplied-cash']], [80_00n, -80_00n]);
  await refusesWithoutTrace(tenant, 'payment_returned', () =>
    tenant.act('cash_applier', returnPayment, { paymentId: refund.paymentId, reason: 'once more' }),
  );
});
