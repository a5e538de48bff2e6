import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { getBadDebt } from '#writeoffs/contract.ts';
import { routes as writeOffRoutes } from '#writeoffs/routes.ts';
import { findReliefs } from '#writeoffs/store-relief.ts';
import { takeTaxRelief } from '#writeoffs/take-relief.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, proveBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, aLine, anInvoice, aPayment, aRate } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { recoverWriteOff } from './recover-write-off.ts';
import { routes } from './routes.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

/** 119.00 owed to a German company and written off, of which 19.00 are tax that was taken back. */
async function setting(currency = 'EUR') {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const lines = [aLine(100_00n, 19n, currency)];
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-03-01', rate: '0.8' });
  const invoice = await anInvoice(tenant, { companyId, customerId, lines, currency });
  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'insolvent',
    items: [{ itemId: invoice.itemId }],
    facts: { insolvency: true },
  });
  const writeOffId = writeOffs[0]?.writeOffId ?? '';
  const pay = (minor: bigint) =>
    aPayment(tenant, { companyId, customerId, minor, currency, receivedOn: '2026-03-05' });
  const recover = (paymentId: PaymentId, minor?: bigint, given: object = {}) =>
    tenant.act('cash_applier', recoverWriteOff, {
      paymentId,
      items: [
        {
          writeOffId,
          itemId: invoice.itemId,
          ...(minor === undefined ? {} : { amount: money(minor, currency) }),
          ...given,
        },
      ],
    });
  return { tenant, companyId, customerId, invoice, writeOffId, pay, recover };
}

const proven = (tenant: TestTenant) => proveBooks(tenant, parseDate('2026-03-10'));

test('money for what was written off is income of its own, tax goes back in proportion, and nothing is owed by it', async () => {
  const { tenant, writeOffId, pay, recover } = await setting();
  const { paymentId } = await pay(50_00n);
  const done = await recover(paymentId, 50_00n);
  assert.deepEqual([done.unapplied.amount, done.recoveries[0]?.amount.amount], ['0.00', '50.00']);
  const books = await proven(tenant);
  // 19.00 × 50.00 ÷ 119.00 = 7.98
  assert.deepEqual(
    [books['bad-debt-recovered'], books['tax-relief'], books['bad-debt'], books.receivables ?? 0n],
    [-50_00n, 19_00n - 7_98n, 100_00n + 7_98n, 0n],
  );
  await refusesWithoutTrace(tenant, 'write_off_recovered', () =>
    tenant.act('controller', undoWriteOff, { writeOffId, reason: 'x' }),
  );
  const rest = await pay(100_00n);
  const all = await recover(rest.paymentId);
  assert.deepEqual([all.unapplied.amount, all.recoveries[0]?.amount.amount], ['31.00', '69.00']);
  const after = await proven(tenant);
  assert.deepEqual([after['bad-debt-recovered'], after['tax-relief']], [-119_00n, 0n]);
  await refusesWithoutTrace(tenant, 'exceeds_written_off', () => recover(rest.paymentId, 1n));
});

test('a payment taken back or returned takes its recovery back: books and relief are as before', async () => {
  for (const back of ['unapplied', 'returned'] as const) {
    const { tenant, writeOffId, pay, recover } = await setting();
    const kept = await pay(20_00n);
    await recover(kept.paymentId, 20_00n);
    const before = await proven(tenant);
    const { paymentId } = await pay(60_00n);
    await recover(paymentId, 60_00n);
    if (back === 'unapplied') await tenant.act('cash_applier', unapplyPayment, { paymentId });
    else await tenant.act('cash_applier', returnPayment, { paymentId, reason: 'AM04' });
    const after = await proven(tenant);
    for (const account of ['bad-debt-recovered', 'tax-relief', 'bad-debt', 'receivables'])
      assert.equal(after[account] ?? 0n, before[account] ?? 0n, `${back}: ${account}`);
    if (back === 'unapplied') {
      // What is there again can be recovered again, and taken back again.
      await recover(paymentId, 60_00n);
      await tenant.act('cash_applier', unapplyPayment, { paymentId });
    }
    await tenant.act('cash_applier', unapplyPayment, { paymentId: kept.paymentId });
    await tenant.act('controller', undoWriteOff, { writeOffId, reason: 'all back' });
    assert.equal((await proven(tenant))['tax-relief'], 0n);
  }
});

test('in another currency what comes is worth what it came in at: no gain and no loss by exchange rates', async () => {
  const { tenant, pay, recover } = await setting('USD');
  const { paymentId } = await pay(119_00n);
  await recover(paymentId);
  const books = await proven(tenant);
  assert.deepEqual(
    [
      books['bad-debt-recovered'],
      books['fx-differences'] ?? 0n,
      books['tax-relief'],
      books['unapplied-cash'],
    ],
    [-95_20n, 0n, 0n, 0n],
  );
});

test('relief that is claimed after money came is claimed on what stays lost', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant, { country: 'GB' });
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, lines: [aLine(100_00n, 20n)] });
  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'gone',
    items: [{ itemId: invoice.itemId }],
  });
  const writeOffId = writeOffs[0]?.writeOffId ?? '';
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 30_00n });
  const items = [{ writeOffId, itemId: invoice.itemId, amount: eur(30_00n) }];
  await tenant.act('cash_applier', recoverWriteOff, { paymentId, items });
  tenant.on('2026-09-01');
  await tenant.act('controller', takeTaxRelief, { writeOffId });
  assert.equal((await checkBooks(tenant))['tax-relief'], 15_00n);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.equal((await checkBooks(tenant))['tax-relief'], 20_00n);
});

test('money that came before relief was claimed gives it back on the day it was claimed, so that the account is never below zero', async () => {
  const { tenant, customerId, companyId } = await setting();
  const invoice = await anInvoice(tenant, { companyId, customerId, lines: [aLine(100_00n, 19n)] });
  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'gone',
    items: [{ itemId: invoice.itemId }],
    on: parseDate('2026-03-02'),
  });
  const writeOffId = writeOffs[0]?.writeOffId ?? '';
  const movesOf = () =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) =>
      (await findReliefs(tx, [writeOffId])).map((row) => `${row.posted_on} ${row.why} ${row.tax_minor}`),
    );
  await tenant.act('controller', takeTaxRelief, {
    writeOffId,
    insolvency: true,
    on: parseDate('2026-03-09'),
  });
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 119_00n,
    receivedOn: '2026-03-05',
  });
  const on = parseDate('2026-03-05');
  const items = [{ writeOffId, itemId: invoice.itemId }];
  await tenant.act('cash_applier', recoverWriteOff, { paymentId, items, on });
  await tenant.act('cash_applier', unapplyPayment, { paymentId, on: parseDate('2026-03-07') });
  assert.deepEqual(await movesOf(), [
    '2026-03-09 claimed 1900',
    '2026-03-09 recovered -1900',
    '2026-03-09 recovery_undone 1900',
  ]);
  await proven(tenant);
});

test('what cannot be recovered is refused and leaves no trace', async () => {
  const { tenant, companyId, customerId, writeOffId, invoice, pay, recover } = await setting();
  const { paymentId } = await pay(50_00n);
  const other = await anInvoice(tenant, { companyId });
  const refused = (code: string, minor?: bigint, given: object = {}) =>
    refusesWithoutTrace(tenant, code, () => recover(paymentId, minor, given));
  await refused('exceeds_written_off', 119_01n);
  await refused('exceeds_unapplied', 50_01n);
  await refused('amount_not_positive', 0n);
  await refused('wrong_currency', undefined, { amount: money(1n, 'USD') });
  await refused('not_written_off', 1n, { itemId: other.itemId });
  await refused('write_off_not_found', 1n, { writeOffId: crypto.randomUUID() });
  const item = { writeOffId, itemId: invoice.itemId, amount: eur(1n) };
  await refusesWithoutTrace(tenant, 'item_named_twice', () =>
    tenant.act('cash_applier', recoverWriteOff, { paymentId, items: [item, item] }),
  );
  const elsewhere = await aPayment(tenant, { companyId: await aCompany(tenant), minor: 50_00n });
  await refusesWithoutTrace(tenant, 'wrong_company', () => recover(elsewhere.paymentId, 1n));
  const before = { companyId, customerId, minor: 50_00n, receivedOn: '2026-03-05' };
  const early = await aPayment(tenant, before);
  // The write-off is of the tenth: what is known to be lost then was not lost on the ninth.
  await refusesWithoutTrace(tenant, 'dated_before_write_off', () =>
    tenant.act('cash_applier', recoverWriteOff, {
      paymentId: early.paymentId,
      items: [item],
      on: parseDate('2026-03-09'),
    }),
  );
  await tenant.act('controller', undoWriteOff, { writeOffId, reason: 'x' });
  await refused('write_off_undone', 1n);
  await tenant.act('cash_applier', returnPayment, { paymentId, reason: 'AM04' });
  await refused('payment_returned', 1n);
});

test('eight payments at once do not recover more than was written off', async () => {
  const { tenant, pay, recover } = await setting();
  const payments = [];
  for (let count = 0; count < RACERS; count += 1) payments.push((await pay(119_00n)).paymentId);
  const { won, codes } = await race(
    tenant,
    payments.map((paymentId) => () => recover(paymentId, 60_00n)),
  );
  assert.equal(won, 1);
  assert.deepEqual(codes, Array(RACERS - 1).fill('exceeds_written_off'));
  assert.equal((await proven(tenant))['bad-debt-recovered'], -60_00n);
});

test('what a payment could be for is listed over the API, and recovered', async () => {
  const { tenant, pay, recover, writeOffId, invoice } = await setting();
  const first = await pay(19_00n);
  await recover(first.paymentId, 19_00n);
  const { paymentId } = await pay(30_00n);
  const ask = await serveTo(tenant, routes);
  const params = { paymentId };
  const { reply } = await ask('viewer', contract.listRecoverable, { params });
  assert.deepEqual(
    reply.items.map((one) => [one.reference, one.writtenOff.amount, one.left.amount]),
    [[invoice.number, '119.00', '100.00']],
  );
  const body = {
    items: [{ writeOffId, itemId: invoice.itemId, amount: { amount: '30.00', currency: 'EUR' } }],
  };
  assert.equal((await ask('viewer', contract.recoverWriteOff, { params, body })).code, 'not_permitted');
  const done = await ask('cash_applier', contract.recoverWriteOff, { params, body });
  assert.equal(done.reply.recoveries[0]?.amount.amount, '30.00');
  const unknown = { params: { paymentId: crypto.randomUUID() } };
  assert.equal((await ask('viewer', contract.listRecoverable, unknown)).code, 'payment_not_found');
  const nobodys = await aPayment(tenant, { companyId: await aCompany(tenant), minor: 1n });
  const none = await ask('viewer', contract.listRecoverable, { params: { paymentId: nobodys.paymentId } });
  assert.deepEqual(none.reply.items, []);
});

test('what came counts in the figure of bad debt, and what was taken back does not', async () => {
  const { tenant, companyId, pay, recover } = await setting();
  const ask = await serveTo(tenant, writeOffRoutes);
  const figures = async (from = '2026-01-01', to = '2026-03-31') =>
    (await ask('viewer', getBadDebt, { params: { companyId }, query: { from, to } })).reply;
  const before = await figures();
  assert.deepEqual(
    [
      before.writtenOff.amount,
      before.relief.amount,
      before.net.amount,
      before.invoiced.amount,
      before.percent,
    ],
    ['119.00', '19.00', '100.00', '119.00', '84.03'],
  );
  const { paymentId } = await pay(59_50n);
  await recover(paymentId, 59_50n);
  const after = await figures();
  assert.deepEqual(
    [after.recovered.amount, after.relief.amount, after.net.amount, after.percent],
    ['59.50', '9.50', '50.00', '42.02'],
  );
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual(await figures(), before);
  const february = await figures('2026-02-01', '2026-02-28');
  assert.deepEqual([february.writtenOff.amount, february.percent], ['0.00', null]);
  const unknown = {
    params: { companyId: crypto.randomUUID() },
    query: { from: '2026-01-01', to: '2026-01-31' },
  };
  assert.equal((await ask('viewer', getBadDebt, unknown)).code, 'company_not_found');
});
