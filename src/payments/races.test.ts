// Eight at once. Each of these was seen to fail with the locks taken out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompanyId, ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { left } from '#ledger/open-item.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import { identifyPayment } from './identify-payment.ts';
import { returnPayment } from './return-payment.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

function apply(tenant: TestTenant, paymentId: PaymentId, itemId: ItemId, minor: bigint) {
  const input = { paymentId, allocations: [{ itemId, amount: eur(minor) }] };
  return () => tenant.act('cash_applier', applyPayment, input);
}

async function setUp(): Promise<{ readonly tenant: TestTenant; readonly companyId: CompanyId }> {
  const tenant = await newTenant();
  return { tenant, companyId: await aCompany(tenant) };
}

test('eight who apply one payment give no more than it has', async () => {
  const { tenant, companyId } = await setUp();
  const payment = await aPayment(tenant, { companyId, minor: 100_00n });
  const invoices = [];
  for (let n = 0; n < RACERS; n += 1) invoices.push(await anInvoice(tenant, { companyId }));
  const { won, codes } = await race(
    tenant,
    invoices.map((invoice) => apply(tenant, payment.paymentId, invoice.itemId, 30_00n)),
  );
  assert.equal(won, 3);
  assert.deepEqual(codes, Array(5).fill('exceeds_unapplied'));
  assert.equal((await itemsOf(tenant, payment.paymentId))[0]?.open.minor, -10_00n);
  await checkBooks(tenant);
});

test('eight payments for one invoice settle no more than is open', async () => {
  const { tenant, companyId } = await setUp();
  const invoice = await anInvoice(tenant, { companyId, minor: 100_00n });
  const payments = [];
  for (let n = 0; n < RACERS; n += 1) payments.push(await aPayment(tenant, { companyId }));
  const { won, codes } = await race(
    tenant,
    payments.map((payment) => apply(tenant, payment.paymentId, invoice.itemId, 30_00n)),
  );
  assert.equal(won, 3);
  assert.deepEqual(codes, Array(5).fill('exceeds_open'));
  assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 10_00n);
  await checkBooks(tenant);
});

test('a payment that is applied and returned at once ends returned, with nothing applied', async () => {
  const { tenant, companyId } = await setUp();
  const customerId = await aCustomer(tenant);
  for (let round = 0; round < 3; round += 1) {
    const invoice = await anInvoice(tenant, { companyId, customerId });
    const payment = await aPayment(tenant, { companyId });
    const giveBack = () =>
      tenant.act('controller', returnPayment, { paymentId: payment.paymentId, reason: 'NSF' });
    const appliers = Array.from({ length: 5 }, () =>
      apply(tenant, payment.paymentId, invoice.itemId, 10_00n),
    );
    const { codes } = await race(tenant, [
      appliers[0] ?? giveBack,
      giveBack,
      ...appliers.slice(1),
      giveBack,
      giveBack,
    ]);
    assert.ok(
      codes.every((code) => code === 'payment_returned'),
      codes.join(),
    );
    assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 100_00n);
    assert.ok((await itemsOf(tenant, payment.paymentId)).every((item) => left(item) === 0n));
    const books = await checkBooks(tenant);
    assert.equal(books.bank, 0n);
  }
});

test('an application is taken back once, and a payment moves to one customer at a time', async () => {
  const { tenant, companyId } = await setUp();
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  await apply(tenant, payment.paymentId, invoice.itemId, 60_00n)();
  const customers = [];
  for (let n = 0; n < 4; n += 1) customers.push(await aCustomer(tenant));
  const { won, codes } = await race(tenant, [
    ...customers.map(
      (customerId) => () =>
        tenant.act('cash_applier', identifyPayment, { paymentId: payment.paymentId, customerId }),
    ),
    ...Array.from(
      { length: 4 },
      () => () => tenant.act('cash_applier', unapplyPayment, { paymentId: payment.paymentId }),
    ),
  ]);
  assert.equal(won, 5);
  assert.deepEqual(codes, Array(3).fill('nothing_to_unapply'));
  const open = (await itemsOf(tenant, payment.paymentId)).filter((item) => left(item) > 0n);
  assert.equal(new Set(open.map((item) => item.customerId)).size, 1);
  assert.equal(
    open.reduce((total, item) => total + item.open.minor, 0n),
    -100_00n,
  );
  await checkBooks(tenant);
});

test('an item is written off or paid, not both', async () => {
  const { tenant, companyId } = await setUp();
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  const { won, codes } = await race(tenant, [
    ...Array.from(
      { length: 4 },
      () => () =>
        tenant.act('controller', writeOffItems, {
          kind: 'bad_debt' as const,
          reason: 'insolvent',
          items: [{ itemId: invoice.itemId, amount: eur(60_00n) }],
        }),
    ),
    ...Array.from({ length: 4 }, () => apply(tenant, payment.paymentId, invoice.itemId, 60_00n)),
  ]);
  assert.equal(won, 1);
  assert.deepEqual(
    codes.filter((code) => code !== 'exceeds_open' && code !== 'exceeds_unapplied'),
    [],
  );
  await checkBooks(tenant);
});

test('a receipt that eight machines look at at once is applied by one of them, and certified once', async () => {
  const { tenant, companyId } = await setUp();
  const customerId = await aCustomer(tenant);
  const invoices = [];
  for (const minor of [60_00n, 40_00n])
    invoices.push(await anInvoice(tenant, { companyId, customerId, minor }));
  const payment = await aPayment(tenant, { companyId, customerId });
  const machine = () => tenant.act('cash_applier', applyReceipts, { companyId });
  const { won, codes } = await race(tenant, Array(RACERS).fill(machine));
  assert.deepEqual([won, codes], [RACERS, []]);
  assert.equal((await itemsOf(tenant, payment.paymentId))[0]?.open.minor, 0n);
  for (const { invoiceId } of invoices) assert.equal((await itemsOf(tenant, invoiceId))[0]?.open.minor, 0n);
  const applied = (await tenant.events()).filter(({ type }) => type === 'payment.applied');
  assert.equal(applied.length, 1);
  await checkBooks(tenant);
});

test('what a person pays while a machine wants it is paid once', async () => {
  const { tenant, companyId } = await setUp();
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const byMachine = await aPayment(tenant, { companyId, customerId });
  const byPerson = [];
  for (let n = 1; n < RACERS; n += 1) byPerson.push(await aPayment(tenant, { companyId, minor: 100_00n }));
  const { won, codes } = await race(tenant, [
    () => tenant.act('cash_applier', applyReceipts, { companyId }),
    ...byPerson.map((payment) => apply(tenant, payment.paymentId, invoice.itemId, 100_00n)),
  ]);
  assert.ok(
    codes.every((code) => code === 'exceeds_open'),
    codes.join(),
  );
  assert.ok(won === 1 || won === 2);
  const [item] = await itemsOf(tenant, invoice.invoiceId);
  assert.equal(item?.open.minor, 0n);
  const rest = (await itemsOf(tenant, byMachine.paymentId))[0]?.open.minor;
  assert.ok(rest === 0n || rest === -100_00n);
  await checkBooks(tenant);
});
