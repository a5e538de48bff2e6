import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { proveBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { acceptOffer, withdrawOffer } from './answer-offer.ts';
import * as contract from './contract.ts';
import { makeOffer } from './make-offer.ts';
import { routes } from './routes.ts';

/** An invoice over 10,000.00 of 2 March, due on 1 April; today is the 18th, fourteen days before. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-18' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 10_000_00n,
    issuedOn: '2026-03-02',
    dueOn: '2026-04-01',
  });
  const offer = async (expiresOn = '2026-03-25', itemId: ItemId = invoice.itemId) =>
    (
      await tenant.act('owner', makeOffer, {
        itemId,
        apr: parseDecimal('24'),
        yearDays: 360,
        expiresOn: parseDate(expiresOn),
      })
    ).offerId;
  const accept = (offerId: string, payOn: string) =>
    tenant.act('owner', acceptOffer, { offerId, payOn: parseDate(payOn) });
  const pay = async (minor: bigint, receivedOn: string) => {
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn });
    const applied = await tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: [{ itemId: invoice.itemId, amount: money(minor, 'EUR') }],
      takeDiscounts: true,
    });
    return { ...applied, id: paymentId };
  };
  return { tenant, companyId, customerId, invoice, offer, accept, pay };
}

test('an accepted offer is earned by a payment in time, and comes back when that is taken back', async () => {
  const { tenant, invoice, offer, accept, pay } = await setting();
  const accepted = await accept(await offer(), '2026-03-18');
  assert.deepEqual([accepted.discount.amount, accepted.pay.amount], ['93.33', '9906.67']);
  const paid = await pay(9_906_67n, '2026-03-18');
  assert.deepEqual(
    paid.discounts.map((d) => [d.state, d.discount.amount, d.percent]),
    [['earned', '93.33', null]],
  );
  assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 0n);
  await tenant.act('cash_applier', unapplyPayment, { paymentId: paid.id });
  const again = await tenant.act('cash_applier', applyPayment, {
    paymentId: paid.id,
    allocations: [{ itemId: invoice.itemId, amount: money(9_906_67n, 'EUR') }],
    takeDiscounts: true,
  });
  assert.equal(again.discounts[0]?.state, 'earned');
  await proveBooks(tenant, parseDate('2026-03-18'));
});

test('paid a day after the day that was agreed, the discount is taken late', async () => {
  const { tenant, offer, accept, pay } = await setting();
  await accept(await offer(), '2026-03-20');
  tenant.on('2026-03-21');
  const paid = await pay(9_920_00n, '2026-03-21');
  assert.deepEqual(
    paid.discounts.map((d) => [d.state, d.discount.amount]),
    [['late', '80.00']],
  );
});

test('an expired offer gives nothing', async () => {
  const { tenant, offer, accept, pay } = await setting();
  const offerId = await offer('2026-03-19');
  tenant.on('2026-03-20');
  await assert.rejects(accept(offerId, '2026-03-20'), { code: 'offer_expired' });
  await assert.rejects(tenant.act('owner', withdrawOffer, { offerId }), { code: 'offer_expired' });
  assert.deepEqual((await pay(9_906_67n, '2026-03-18')).discounts, []);
});

test('an offer has one answer', async () => {
  const { tenant, offer, accept } = await setting();
  const offerId = await offer();
  await accept(offerId, '2026-03-20');
  await assert.rejects(accept(offerId, '2026-03-19'), { code: 'offer_answered' });
  await assert.rejects(tenant.act('owner', withdrawOffer, { offerId }), { code: 'offer_answered' });
  const other = await offer();
  await tenant.act('owner', withdrawOffer, { offerId: other });
  await assert.rejects(accept(other, '2026-03-20'), { code: 'offer_answered' });
  await assert.rejects(accept(newId(), '2026-03-20'), { code: 'offer_not_found' });
});

test('of eight that accept at once one is given the discount', async () => {
  const { tenant, offer, accept } = await setting();
  const offerId = await offer();
  // On connections that are warm: cold ones would queue up and never race.
  const warm = () => inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(sql`select pg_sleep(0.03)`));
  await Promise.all(Array.from({ length: 8 }, warm));
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => accept(offerId, '2026-03-20')));
  const codes = results.map((r) =>
    r.status === 'fulfilled' ? 'accepted' : (r.reason as { code: string }).code,
  );
  assert.deepEqual(codes.sort(), ['accepted', ...Array(7).fill('offer_answered')]);
  assert.equal((await tenant.events()).filter((e) => e.type === 'discount_offer.accepted').length, 1);
});

test('what cannot be offered or accepted is refused', async () => {
  const { tenant, companyId, customerId, invoice, offer, accept, pay } = await setting();
  const credit = await aPayment(tenant, { companyId, customerId, minor: 1n });
  await assert.rejects(offer('2026-03-25', credit.itemId), { code: 'not_a_debit' });
  await assert.rejects(offer('2026-03-25', newId() as ItemId), { code: 'item_not_found' });
  await assert.rejects(offer('2026-03-17'), { code: 'expiry_not_valid' });
  await assert.rejects(offer('2026-04-02'), { code: 'expiry_not_valid' });
  const make = (apr: string) =>
    tenant.act('owner', makeOffer, {
      itemId: invoice.itemId,
      apr: parseDecimal(apr),
      yearDays: 360,
      expiresOn: parseDate('2026-03-20'),
    });
  for (const apr of ['0', '100.1']) await assert.rejects(make(apr), { code: 'offer_rate_not_valid' });
  const far = await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-03-02', dueOn: '2027-03-02' });
  await assert.rejects(offer('2026-03-25', far.itemId), { code: 'offer_too_large' });

  const offerId = await offer();
  for (const day of ['2026-03-17', '2026-04-01'])
    await assert.rejects(accept(offerId, day), { code: 'pay_day_not_valid' });
  await pay(1_00n, '2026-03-18');
  await assert.rejects(accept(offerId, '2026-03-20'), { code: 'item_touched' });
  await assert.rejects(offer(), { code: 'item_touched' });
  tenant.on('2026-04-01');
  const due = await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-03-02', dueOn: '2026-04-01' });
  await assert.rejects(offer('2026-04-01', due.itemId), { code: 'item_due' });
});

test('offers over the API: quoted, made, listed with what one may do, accepted', async () => {
  const { tenant, customerId, invoice } = await setting();
  const ask = await serveTo(tenant, routes);
  const rate = { itemId: invoice.itemId, apr: '18', yearDays: 360 } as const;
  const quoted = await ask('viewer', contract.quoteDiscountOffer, { body: rate });
  assert.deepEqual(
    quoted.reply.quotes
      .filter((q) => q.daysEarly === 7)
      .map((q) => [q.payOn, q.discount.amount, q.costOn360]),
    [['2026-03-25', '35.00', '18.1']],
  );
  assert.equal(quoted.reply.quotes.length, 14);
  const refused = await ask('viewer', contract.makeDiscountOffer, {
    body: { ...rate, expiresOn: '2026-03-25' },
  });
  assert.deepEqual([refused.status, refused.code], [403, 'not_permitted']);
  const made = await ask('owner', contract.makeDiscountOffer, { body: { ...rate, expiresOn: '2026-03-25' } });
  const listed = async (role: 'owner' | 'viewer') =>
    (
      await ask(role, contract.listDiscountOffers, { query: { documentId: invoice.invoiceId, customerId } })
    ).reply.rows.map((row) => [row.state, row.may.accept, row.discount?.amount ?? null]);
  assert.deepEqual(await listed('owner'), [['open', true, null]]);
  assert.deepEqual(await listed('viewer'), [['open', 'not_permitted', null]]);
  const accepted = await ask('owner', contract.acceptDiscountOffer, {
    params: made.reply,
    body: { payOn: '2026-03-25' },
  });
  assert.equal(accepted.reply.discount.amount, '35.00');
  assert.deepEqual(await listed('owner'), [['accepted', 'offer_answered', '35.00']]);
});
