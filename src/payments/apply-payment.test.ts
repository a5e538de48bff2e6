import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { type ApplyPayment, applyPayment } from './apply-payment.ts';
import { returnPayment } from './return-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

test('a payment settles invoices of several customers; discount and difference go on top', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const [one, two] = [await anInvoice(tenant, { companyId }), await anInvoice(tenant, { companyId })];
  const payment = await aPayment(tenant, { companyId, minor: 180_00n });

  const applied = await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [
      { itemId: one.itemId, amount: eur(98_00n), discount: eur(2_00n) },
      { itemId: two.itemId, amount: eur(79_95n), difference: eur(5n) },
    ],
  });

  assert.deepEqual(applied.unapplied, { amount: '2.05', currency: 'EUR' });
  assert.deepEqual(
    applied.items.map((item) => [item.reference, item.open.amount]),
    [
      [one.number, '0.00'],
      [two.number, '20.00'],
    ],
  );
  const books = await checkBooks(tenant);
  assert.equal(books.discounts, 2_00n);
  assert.equal(books['small-differences'], 5n);
  assert.equal(books['unapplied-cash'], -2_05n);
  assert.equal(books.receivables, 20_00n);
});

test('a rehearsal shows what would happen and changes nothing', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  const input = {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(1_00n) }],
  };
  const shown = await tenant.act('cash_applier', applyPayment, input, { rehearse: true });
  assert.deepEqual(shown.unapplied, { amount: '99.00', currency: 'EUR' });
  assert.deepEqual((await itemsOf(tenant, payment.paymentId))[0]?.open, eur(-100_00n));
});

test('a repeat of the same command applies once and answers the same', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  const input = {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(1_00n) }],
  };
  const commandId = newId<'command'>();
  const first = await tenant.act('cash_applier', applyPayment, input, { commandId });
  assert.deepEqual(await tenant.act('cash_applier', applyPayment, input, { commandId }), first);
  assert.deepEqual((await itemsOf(tenant, invoice.invoiceId))[0]?.open, eur(99_00n));
});

test('what cannot be applied is refused and leaves no trace', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const later = await anInvoice(tenant, {
    companyId,
    customerId,
    issuedOn: '2026-03-01',
    dueOn: '2026-04-01',
  });
  const yen = await anInvoice(tenant, {
    companyId: await aCompany(tenant, { currency: 'JPY' }),
    currency: 'JPY',
  });
  const payment = await aPayment(tenant, { companyId });
  const other = await aPayment(tenant, { companyId });
  const returned = await aPayment(tenant, { companyId });
  await tenant.act('controller', returnPayment, { paymentId: returned.paymentId, reason: 'AC04' });
  const give = (itemId: ItemId, minor: bigint, extra: Partial<ApplyPayment['allocations'][number]> = {}) => ({
    itemId,
    amount: eur(minor),
    ...extra,
  });
  const cases: readonly [string, Partial<ApplyPayment>][] = [
    ['payment_not_found', { paymentId: newId() }],
    ['payment_returned', { paymentId: returned.paymentId }],
    ['item_not_found', { allocations: [give(newId(), 1n)] }],
    ['nothing_to_apply', { allocations: [] }],
    ['nothing_to_apply', { allocations: [give(invoice.itemId, 0n)] }],
    ['nothing_to_apply', { allocations: [give(invoice.itemId, -5n)] }],
    ['item_named_twice', { allocations: [give(invoice.itemId, 1n), give(invoice.itemId, 2n)] }],
    ['own_item_named', { allocations: [give(payment.itemId, 1n)] }],
    ['not_a_debit', { allocations: [give(other.itemId, 1n)] }],
    ['wrong_company', { allocations: [{ itemId: yen.itemId, amount: money(1n, 'JPY') }] }],
    ['wrong_currency', { allocations: [{ itemId: invoice.itemId, amount: money(1n, 'USD') }] }],
    ['exceeds_open', { allocations: [give(invoice.itemId, 99_00n, { discount: eur(1_01n) })] }],
    ['exceeds_unapplied', { allocations: [give(invoice.itemId, 60_00n), give(later.itemId, 40_01n)] }],
    ['discount_exceeds_tolerance', { allocations: [give(invoice.itemId, 1n, { discount: eur(20_01n) })] }],
    ['applied_too_early', { allocations: [give(later.itemId, 1n)], on: parseDate('2026-02-28') }],
    ['difference_negative', { allocations: [give(invoice.itemId, 90_00n, { difference: eur(-1n) })] }],
    ['approval_required', { allocations: [give(invoice.itemId, 90_00n, { difference: eur(5_01n) })] }],
  ];
  for (const [code, given] of cases)
    await refusesWithoutTrace(tenant, code, () =>
      tenant.act('cash_applier', applyPayment, {
        paymentId: payment.paymentId,
        allocations: [give(invoice.itemId, 1n)],
        ...given,
      }),
    );
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('collector', applyPayment, { paymentId: payment.paymentId, allocations: [] }),
  );
  await checkBooks(tenant);
});
