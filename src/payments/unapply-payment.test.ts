import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { left } from '#ledger/open-item.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice, aPayment, aRate, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { identifyPayment } from './identify-payment.ts';
import { returnPayment } from './return-payment.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

test('taking all applications back restores both sides and the books exactly', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9137' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-08', rate: '0.8711' });
  const one = await anInvoice(tenant, { companyId, minor: 333_33n, currency: 'USD' });
  const two = await anInvoice(tenant, {
    companyId,
    minor: 10_01n,
    currency: 'USD',
    customerId: one.customerId,
  });
  const payment = await aPayment(tenant, { companyId, minor: 300_00n, currency: 'USD' });
  const before = await checkBooks(tenant);
  const items = async () => [
    ...(await itemsOf(tenant, one.invoiceId)),
    ...(await itemsOf(tenant, two.invoiceId)),
    ...(await itemsOf(tenant, payment.paymentId)),
  ];
  const itemsBefore = await items();

  const usd = (minor: bigint) => money(minor, 'USD');
  for (const minor of [1_01n, 77_77n, 3n])
    await tenant.act('cash_applier', applyPayment, {
      paymentId: payment.paymentId,
      allocations: [{ itemId: one.itemId, amount: usd(minor), discount: usd(1n) }],
    });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: two.itemId, amount: usd(10_00n), difference: usd(1n) }],
  });
  assert.notDeepEqual(await items(), itemsBefore);
  await checkBooks(tenant);

  const back = await tenant.act('cash_applier', unapplyPayment, { paymentId: payment.paymentId });
  assert.equal(back.takenBack.length, 4);
  assert.deepEqual(back.unapplied, { amount: '300.00', currency: 'USD' });
  assert.deepEqual(await items(), itemsBefore);
  const after = await checkBooks(tenant);
  for (const [account, minor] of Object.entries(after)) assert.equal(minor, before[account] ?? 0n, account);
  const events = (await tenant.events()).filter((e) => e.subjectId === payment.paymentId);
  const count = (type: string): number => events.filter((e) => e.type === type).length;
  assert.deepEqual(
    [count('payment.applied'), count('discount.granted_unearned'), count('payment.unapplied'), events.length],
    [4, 3, 1, 10],
  );
});

test('one of several applications is taken back, the others stand', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  const apply = (minor: bigint) =>
    tenant.act('cash_applier', applyPayment, {
      paymentId: payment.paymentId,
      allocations: [{ itemId: invoice.itemId, amount: eur(minor) }],
    });
  const first = await apply(30_00n);
  await apply(20_00n);
  const applicationId = first.applications[0]?.applicationId ?? '';
  const take = () =>
    tenant.act('cash_applier', unapplyPayment, {
      paymentId: payment.paymentId,
      applicationIds: [applicationId as never],
    });

  const back = await take();

  assert.deepEqual(back.unapplied, { amount: '80.00', currency: 'EUR' });
  assert.deepEqual(back.items, [
    { itemId: invoice.itemId, reference: invoice.number, open: { amount: '80.00', currency: 'EUR' } },
  ]);
  await checkBooks(tenant);
  await refusesWithoutTrace(tenant, 'application_not_found', take);
});

test('what comes back of a payment that was moved meanwhile goes on to the customer it was moved to', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(60_00n) }],
  });
  await tenant.act('cash_applier', identifyPayment, {
    paymentId: payment.paymentId,
    customerId: invoice.customerId,
  });

  await tenant.act('cash_applier', unapplyPayment, { paymentId: payment.paymentId });

  const open = (await itemsOf(tenant, payment.paymentId)).filter((item) => left(item) > 0n);
  assert.deepEqual(
    open.map((item) => [item.customerId, item.open.minor]),
    [
      [invoice.customerId, -40_00n],
      [invoice.customerId, -60_00n],
    ],
  );
  await checkBooks(tenant);
  const whole = await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(100_00n) }],
  });
  assert.equal(whole.applications.length, 2);
  assert.deepEqual(whole.unapplied, { amount: '0.00', currency: 'EUR' });
  await checkBooks(tenant);
});

test('taking back is refused without a trace when there is nothing, for others, and too early', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const [payment, other] = [await aPayment(tenant, { companyId }), await aPayment(tenant, { companyId })];
  const unapply = (given: object) => () =>
    tenant.act('cash_applier', unapplyPayment, { paymentId: payment.paymentId, ...given });
  await refusesWithoutTrace(tenant, 'payment_not_found', unapply({ paymentId: crypto.randomUUID() }));
  await refusesWithoutTrace(tenant, 'nothing_to_unapply', unapply({}));

  const allocations = [{ itemId: invoice.itemId, amount: eur(10_00n) }];
  const applied = await tenant.act('cash_applier', applyPayment, {
    paymentId: other.paymentId,
    allocations,
  });
  await tenant.act('cash_applier', applyPayment, { paymentId: payment.paymentId, allocations });
  const foreign = applied.applications.map((a) => a.applicationId);
  await refusesWithoutTrace(tenant, 'application_not_found', unapply({ applicationIds: foreign }));
  await refusesWithoutTrace(tenant, 'reversed_too_early', unapply({ on: parseDate('2026-01-09') }));
  await tenant.act('controller', returnPayment, { paymentId: payment.paymentId, reason: 'AC04' });
  await refusesWithoutTrace(tenant, 'payment_returned', unapply({}));
});
