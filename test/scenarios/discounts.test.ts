// A spring with one customer on terms: instalments paid early, late and in part, a credit, a payment taken back, an offer. At
// the end nothing was lost, and the proof holds on every month's end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { ItemId, PaymentId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { acceptOffer } from '#offers/answer-offer.ts';
import { makeOffer } from '#offers/make-offer.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { parseNotation } from '#terms/notation.ts';
import { checkBooks, proveBooks } from '../support/books.ts';
import { aCompany, aCustomer, aLine, aPayment, itemsOf } from '../support/builders.ts';
import { newTenant } from '../support/tenant.ts';
import { anInvoiceOnTerms, someTerms } from '../support/terms.ts';

test('instalments with discounts over four months end where they should', async () => {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  // A third each after 30, 60 and 90 days; 3 % for what is paid within ten days.
  const { discounts } = parseNotation('3/10 net 30');
  const paymentTermsId = await someTerms(tenant, '30/60/90', { discounts });
  const customerId = await aCustomer(tenant, { paymentTermsId });
  const lines = [aLine(1000_00n, 19n)];
  const invoice = await anInvoiceOnTerms(tenant, { companyId, customerId, lines, issuedOn: '2026-03-02' });
  const open = async () => (await itemsOf(tenant, invoice.invoiceId)).map((item) => toDecimal(item.open));
  const pay = async (itemId: ItemId | undefined, minor: bigint, on: string) => {
    tenant.on(on);
    assert.ok(itemId);
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn: on });
    const applied = await tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: [{ itemId, amount: money(minor, 'EUR') }],
      takeDiscounts: true,
    });
    return {
      paymentId: paymentId as PaymentId,
      noted: applied.discounts.map((d) => [d.state, d.discount.amount]),
    };
  };
  const [first, second, third] = invoice.itemIds;
  assert.deepEqual(await open(), ['396.67', '396.67', '396.66']);

  // The first part in time; taken back and applied again, it earns the same.
  const early = await pay(first, 384_77n, '2026-03-12');
  assert.deepEqual(early.noted, [['earned', '11.90']]);
  await tenant.act('cash_applier', unapplyPayment, { paymentId: early.paymentId });
  assert.deepEqual(await open(), ['396.67', '396.67', '396.66']);
  const again = await tenant.act('cash_applier', applyPayment, {
    paymentId: early.paymentId,
    allocations: [{ itemId: first as ItemId, amount: money(384_77n, 'EUR') }],
    takeDiscounts: true,
  });
  assert.deepEqual(
    again.discounts.map((d) => d.state),
    ['earned'],
  );

  // The second with the discount a day late: it stays open by it, and is paid in April.
  assert.deepEqual((await pay(second, 384_77n, '2026-03-13')).noted, [['late', '11.90']]);
  assert.deepEqual(await open(), ['0.00', '11.90', '396.66']);
  await pay(second, 11_90n, '2026-04-20');

  // Of the third a part is credited, and the rest paid in two parts without any discount.
  tenant.on('2026-04-21');
  await tenant.act('owner', creditInvoice, {
    invoiceId: invoice.invoiceId,
    issuedOn: parseDate('2026-04-21'),
    reason: 'return',
    lines: [aLine(100_00n, 19n)],
  });
  assert.deepEqual(await open(), ['0.00', '0.00', '277.66']);
  assert.deepEqual((await pay(third, 100_00n, '2026-05-04')).noted, []);
  await pay(third, 177_66n, '2026-05-29');
  assert.deepEqual(await open(), ['0.00', '0.00', '0.00']);

  // Another invoice is offered at 12 % a year and paid twenty days early.
  tenant.on('2026-06-01');
  const plain = await aCustomer(tenant, { paymentTermsId: await someTerms(tenant, 'net 30') });
  const offered = await anInvoiceOnTerms(tenant, {
    companyId,
    customerId: plain,
    lines,
    issuedOn: '2026-06-01',
  });
  const { offerId } = await tenant.act('owner', makeOffer, {
    itemId: offered.itemId,
    apr: parseDecimal('12'),
    yearDays: 360,
    expiresOn: parseDate('2026-06-10'),
  });
  const agreed = await tenant.act('owner', acceptOffer, { offerId, payOn: parseDate('2026-06-11') });
  // 1,190.00 × 12 % × 20 / 360.
  assert.equal(agreed.discount.amount, '7.93');
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId: plain,
    minor: 1182_07n,
    receivedOn: '2026-06-01',
  });
  const settled = await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: offered.itemId, amount: money(1182_07n, 'EUR') }],
    takeDiscounts: true,
  });
  assert.deepEqual(
    settled.discounts.map((d) => [d.state, d.discount.amount]),
    [['earned', '7.93']],
  );

  // Income 2,000 less 100 credited and 10.00 + 6.66 of discounts; tax at 19 % of that, to the cent of each discount.
  const books = await checkBooks(tenant);
  assert.deepEqual(
    [books.receivables, books['unapplied-cash'], books.revenue, books.discounts, books.tax],
    [0n, 0n, -1900_00n, 16_66n, -357_83n],
  );
  await proveBooks(tenant, parseDate('2026-06-30'));
});
