import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, CustomerId, PaymentId } from '#kernel/id.ts';
import type { Habits } from '#matching/habits.ts';

import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import { learnHabits } from './learn-habits.ts';
import { findLearnable } from './store-learning.ts';
import { unapplyPayment } from './unapply-payment.ts';

function rows<Row>(tenant: TestTenant, query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(query));
}

type Kept = { readonly payments: number; readonly habits: Habits };

async function habitsOf(tenant: TestTenant, customerId: CustomerId): Promise<Kept | undefined> {
  const [kept] = await rows(
    tenant,
    sql<Kept>`select payments, habits from payer_habit where customer_id = ${customerId}::uuid`,
  );
  return kept;
}

/** A customer who pays all that is due by the 25th, and leaves what is due in the month after, month after month. */
async function aPayerOfAllDue(tenant: TestTenant, companyId: CompanyId, months: number): Promise<CustomerId> {
  const customerId = await aCustomer(tenant);
  const invoice = (minor: bigint, issuedOn: string, dueOn: string) =>
    anInvoice(tenant, { companyId, customerId, minor, issuedOn, dueOn });
  let early: Awaited<ReturnType<typeof invoice>> | undefined;
  for (let month = 1; month <= months; month += 1) {
    const [now, next] = [month, month + 1].map((m) => `2026-${String(m).padStart(2, '0')}`);
    tenant.on(`${now}-02`);
    const due = [
      await invoice(100_00n, `${now}-02`, `${now}-20`),
      await invoice(70_00n, `${now}-02`, `${now}-22`),
    ];
    const paid = early === undefined ? due : [early, ...due];
    early = await invoice(30_00n, `${now}-02`, `${next}-21`);
    tenant.on(`${now}-25`);
    const items = (await Promise.all(paid.map(({ invoiceId }) => itemsOf(tenant, invoiceId)))).flat();
    const allocations = items.map((item) => ({ itemId: item.id, amount: item.open }));
    const minor = allocations.reduce((sum, { amount }) => sum + amount.minor, 0n);
    await aPayment(tenant, { companyId, customerId, minor, receivedOn: `${now}-25`, allocations });
  }
  return customerId;
}

test('habits are learnt from what was applied, each payment once, however often it is asked for', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aPayerOfAllDue(tenant, companyId, 4);
  tenant.on('2026-06-01');
  const learn = () => tenant.act('owner', learnHabits, { companyId });
  assert.deepEqual(await learn(), { payments: 4, more: false });
  assert.deepEqual(await learn(), { payments: 0, more: false });
  const kept = await habitsOf(tenant, customerId);
  assert.equal(kept?.payments, 4);
  assert.deepEqual(kept?.habits.sizes.hits.slice(0, 4), [0, 1, 3, 0], 'two documents, then three each time');
  assert.equal(kept?.habits.disturbed.hits[0], 0);
});

test('what was taken back is not learnt from; learning anew comes to the same as learning step by step', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aPayerOfAllDue(tenant, companyId, 3);
  tenant.on('2026-06-01');
  await tenant.act('owner', learnHabits, { companyId });
  const step = await habitsOf(tenant, customerId);
  await tenant.act('owner', learnHabits, { companyId, isAnew: true });
  assert.deepEqual(await habitsOf(tenant, customerId), step);
  const [last] = await rows(tenant, sql<{ id: PaymentId }>`select id from payment order by id desc limit 1`);
  await tenant.act('owner', unapplyPayment, { paymentId: present(last, 'there are payments').id });
  tenant.on('2026-06-02');
  await tenant.act('owner', learnHabits, { companyId, isAnew: true });
  assert.equal((await habitsOf(tenant, customerId))?.payments, 2);
});

test('a receipt that two sums fit is applied once habits tell which', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aPayerOfAllDue(tenant, companyId, 8);
  tenant.on('2026-09-02');
  // Either all that is due, 30 + 45 + 25, or the one of 100 that is due a few days later.
  for (const [minor, dueOn] of [
    [45_00n, '2026-09-20'],
    [25_00n, '2026-09-22'],
    [100_00n, '2026-09-29'],
  ] as const)
    await anInvoice(tenant, { companyId, customerId, minor, issuedOn: '2026-09-02', dueOn });
  tenant.on('2026-09-25');
  const { paymentId } = await aPayment(tenant, { companyId, customerId, receivedOn: '2026-09-25' });
  const run = () => tenant.act('cash_applier', applyReceipts, { companyId });
  assert.equal((await run()).applied, 0, 'a stranger pays either');
  tenant.on('2026-09-26');
  await tenant.act('owner', learnHabits, { companyId });
  assert.equal((await run()).applied, 1);
  const applied = await rows(
    tenant,
    sql<{
      amount_minor: bigint;
    }>`select a.amount_minor from application a join open_item c on c.id = a.credit_item_id
      where c.document_id = ${paymentId}::uuid order by 1`,
  );
  assert.deepEqual(
    applied.map((a) => a.amount_minor),
    [25_00n, 30_00n, 45_00n],
  );
});

test('page by page each payment is met once with all it did at a moment, whatever was recorded beside and after it', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const item = async (minor: bigint) => {
    const { invoiceId } = await anInvoice(tenant, { companyId, customerId, minor, issuedOn: '2026-01-10' });
    const [one] = await itemsOf(tenant, invoiceId);
    return { itemId: present(one, 'an invoice has an item').id, amount: present(one, 'it').open };
  };
  const pay = async () =>
    (await aPayment(tenant, { companyId, customerId, minor: 100_00n, receivedOn: '2026-03-01' })).paymentId;
  const [a, b, c] = [await pay(), await pay(), await pay()];
  const apply = async (paymentId: PaymentId, ...minors: readonly bigint[]) =>
    tenant.act('owner', applyPayment, {
      paymentId,
      allocations: await Promise.all(minors.map((minor) => item(minor))),
    });
  // Of two payments at one moment, and of the first of them again later.
  await apply(a, 10_00n);
  await apply(b, 11_00n, 12_00n);
  tenant.on('2026-03-11');
  await apply(a, 13_00n);
  await apply(c, 14_00n);
  const before = Temporal.Instant.from('2026-12-31T00:00:00Z');
  for (const limit of [2, 3, 4, 5, 100]) {
    const met: string[] = [];
    let after: Parameters<typeof findLearnable>[1]['after'] = null;
    for (let more = true, pages = 0; more; pages += 1) {
      assert.ok(pages < 10, 'it ends');
      const page = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        findLearnable(tx, { companyId, after, before, limit }),
      );
      const groups = Map.groupBy(page.rows, (row) => `${row.payment_id} ${row.recorded_at}`);
      met.push(
        ...[...groups.values()].map((rows) =>
          rows
            .map((row) => String(row.amount_minor))
            .sort()
            .join('+'),
        ),
      );
      after = page.last;
      more = page.isFull;
    }
    assert.deepEqual(met.sort(), ['1000', '1100+1200', '1300', '1400'], `pages of ${limit}`);
  }
});
