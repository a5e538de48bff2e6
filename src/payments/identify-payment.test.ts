import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
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
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { identifyPayment } from './identify-payment.ts';
import { returnPayment } from './return-payment.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

/** Unapplied cash by customer as of a day, from the journal. */
function unappliedOn(
  tenant: TestTenant,
  day: string,
): Promise<readonly (readonly [string | null, bigint])[]> {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const rows = await tx.run(sql<{ customer_id: string | null; minor: bigint }>`
      select customer_id, sum(amount_minor)::bigint as minor from journal_line
      where tenant_id = ${tx.tenantId} and account = 'unapplied-cash' and posted_on <= ${parseDate(day)}
      group by customer_id having sum(amount_minor) <> 0 order by customer_id nulls first`);
    return rows.map((row) => [row.customer_id, row.minor] as const);
  });
}

test('what is unapplied moves on the day of the move; no report of a day before changes', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const payment = await aPayment(tenant, { companyId, receivedOn: '2026-01-10' });

  const identified = await tenant.act('cash_applier', identifyPayment, {
    paymentId: payment.paymentId,
    customerId,
  });

  assert.deepEqual(identified.moved, { amount: '100.00', currency: 'EUR' });
  assert.deepEqual(await unappliedOn(tenant, '2026-01-19'), [[null, -100_00n]]);
  assert.deepEqual(await unappliedOn(tenant, '2026-01-20'), [[customerId, -100_00n]]);
  assert.equal((await checkBooks(tenant))['unapplied-cash'], -100_00n);
});

test('a payment goes back to nobody, and what is taken back of it too; said twice it is refused', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId, minor: 30_00n });
  const { customerId } = invoice;
  const { paymentId } = await aPayment(tenant, { companyId, customerId, receivedOn: '2026-01-10' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(30_00n) }],
  });
  const moved = await tenant.act('cash_applier', identifyPayment, { paymentId, customerId: null });
  assert.deepEqual([moved.customerId, moved.moved.amount], [null, '70.00']);
  assert.deepEqual(await unappliedOn(tenant, '2026-01-20'), [[null, -70_00n]]);
  await refusesWithoutTrace(tenant, 'payment_already_identified', () =>
    tenant.act('cash_applier', identifyPayment, { paymentId, customerId: null }),
  );
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual(await unappliedOn(tenant, '2026-01-20'), [[null, -100_00n]]);
  await checkBooks(tenant);
});

test('only the rest of a payment moves, and it can be corrected as often as need be', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(75_00n) }],
  });
  const wrong = await aCustomer(tenant);
  const right = await aCustomer(tenant);
  for (const customerId of [wrong, right]) {
    const { moved } = await tenant.act('cash_applier', identifyPayment, {
      paymentId: payment.paymentId,
      customerId,
    });
    assert.equal(moved.amount, '25.00');
  }
  const open = (await itemsOf(tenant, payment.paymentId)).filter((item) => left(item) > 0n);
  assert.deepEqual(
    open.map((item) => [item.customerId, item.open.minor]),
    [[right, -25_00n]],
  );
  assert.deepEqual((await itemsOf(tenant, invoice.invoiceId))[0]?.open, eur(25_00n));
  await checkBooks(tenant);
  const rest = await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(25_00n) }],
  });
  assert.equal(rest.unapplied.amount, '0.00');
  await checkBooks(tenant);
});

test('a payment wholly applied is given its customer without moving anything', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(100_00n) }],
  });
  const { moved } = await tenant.act('cash_applier', identifyPayment, {
    paymentId: payment.paymentId,
    customerId: invoice.customerId,
  });
  assert.equal(moved.amount, '0.00');
  assert.equal((await itemsOf(tenant, payment.paymentId)).length, 1);
});

test('what cannot be moved is refused and leaves no trace', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const payment = await aPayment(tenant, { companyId, customerId });
  const refund = await aPaidRefund(tenant, { companyId, customerId, minor: 10_00n });
  const other = await aCustomer(tenant);
  const move = (given: object) => () =>
    tenant.act('cash_applier', identifyPayment, {
      paymentId: payment.paymentId,
      customerId: other,
      ...given,
    });
  await refusesWithoutTrace(tenant, 'payment_not_found', move({ paymentId: newId() }));
  await refusesWithoutTrace(tenant, 'customer_not_found', move({ customerId: newId() }));
  await refusesWithoutTrace(tenant, 'payment_already_identified', move({ customerId }));
  await refusesWithoutTrace(tenant, 'refund_not_movable', move({ paymentId: refund.paymentId }));
  await refusesWithoutTrace(tenant, 'applied_too_early', move({ on: parseDate('2026-01-09') }));
  await tenant.act('controller', returnPayment, { paymentId: payment.paymentId, reason: 'NSF' });
  await refusesWithoutTrace(tenant, 'payment_returned', move({}));
});
