import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { readQueue } from './read-queue.ts';
import { endMark, markReceipt } from './record-mark.ts';
import { routes } from './routes.ts';

async function setUp() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const ask = await serveTo(tenant, routes);
  const queue = async (
    query: { order?: 'oldest' | 'largest' | 'surest'; part?: 'open' | 'free' | 'mine' | 'kept' } = {},
  ) => (await ask('cash_applier', contract.listWaitingReceipts, { query })).reply;
  return { tenant, companyId, ask, queue };
}

test('the queue shows what is left of each receipt in the order asked for, with what it is likeliest for', async () => {
  const { tenant, companyId, queue } = await setUp();
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 300_00n });
  const small = await aPayment(tenant, { companyId, minor: 5_00n, receivedOn: '2026-01-05' });
  const partly = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 400_00n,
    receivedOn: '2026-01-07',
    allocations: [{ itemId: invoice.itemId, amount: { minor: 100_00n, currency: 'EUR' } }],
  });
  const exact = await aPayment(tenant, { companyId, customerId, minor: 200_00n, receivedOn: '2026-01-09' });
  const ids = (reply: Awaited<ReturnType<typeof queue>>) => reply.rows.map(({ paymentId }) => paymentId);
  const oldest = await queue();
  assert.deepEqual(ids(oldest), [small.paymentId, partly.paymentId, exact.paymentId]);
  assert.equal(oldest.waiting, 3);
  assert.deepEqual(oldest.rows[1]?.unapplied, { amount: '300.00', currency: 'EUR' });
  assert.deepEqual(ids(await queue({ order: 'largest' })), [
    partly.paymentId,
    exact.paymentId,
    small.paymentId,
  ]);
  const surest = await queue({ order: 'surest' });
  assert.equal(surest.rows[0]?.paymentId, exact.paymentId);
  assert.deepEqual(surest.rows[0]?.likeliest?.references, [invoice.number]);
});

test('pages of the queue go on where the one before ended, in both orders', async () => {
  const { tenant, companyId, ask } = await setUp();
  for (const minor of [3_00n, 1_00n, 2_00n, 2_00n]) await aPayment(tenant, { companyId, minor });
  for (const order of ['oldest', 'largest'] as const) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { reply } = await ask('viewer', contract.listWaitingReceipts, {
        query: { order, limit: 1, after },
      });
      seen.push(...reply.rows.map(({ number }) => number));
      after = reply.next ?? undefined;
    } while (after !== undefined);
    assert.equal(new Set(seen).size, 4, order);
    assert.equal(seen.length, 4, order);
  }
});

test('a receipt kept on account leaves the queue until that ends', async () => {
  const { tenant, companyId, queue } = await setUp();
  const { paymentId } = await aPayment(tenant, { companyId });
  await tenant.act('cash_applier', markReceipt, { paymentId, kind: 'kept', note: 'for the next order' });
  assert.equal((await queue()).waiting, 0);
  const [kept] = (await queue({ part: 'kept' })).rows;
  assert.equal(kept?.mark?.note, 'for the next order');
  await tenant.act('cash_applier', endMark, { paymentId });
  assert.equal((await queue()).waiting, 1);
  const again = tenant.act('cash_applier', endMark, { paymentId });
  await assert.rejects(again, { code: 'receipt_not_marked' });
});

test('whoever is asked finds the receipt among theirs, and asking somebody else ends it', async () => {
  const { tenant, companyId, ask } = await setUp();
  const [ann, ben] = [
    await aPerson(tenant, 'cash_applier', 'Ann'),
    await aPerson(tenant, 'collector', 'Ben'),
  ];
  const { paymentId } = await aPayment(tenant, { companyId });
  for (const { userId } of [ann, ben])
    await tenant.act('cash_applier', markReceipt, { paymentId, kind: 'asked', userId, note: 'yours?' });
  const { reply } = await ask('viewer', contract.listWaitingReceipts, { query: {} });
  assert.deepEqual(reply.rows[0]?.mark?.person, { userId: ben.userId, name: ben.name });
  const mine = { ...ben.now() };
  const theirs = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readQueue(tx, mine, { order: 'oldest', part: 'mine', limit: 10 }),
  );
  assert.deepEqual(
    theirs.rows.map((row) => row.paymentId),
    [paymentId],
  );
  const { reply: colleagues } = await ask('viewer', contract.listColleagues, {});
  assert.ok(colleagues.rows.some(({ userId }) => userId === ann.userId));
});

test('asking nobody, somebody unknown, or about what is applied is refused', async () => {
  const { tenant, companyId } = await setUp();
  const { paymentId } = await aPayment(tenant, { companyId });
  const mark = (given: { kind: 'asked' | 'kept'; userId?: string }) =>
    tenant.act('cash_applier', markReceipt, { paymentId, note: '', ...given });
  await assert.rejects(mark({ kind: 'asked' }), { code: 'colleague_not_named' });
  await assert.rejects(mark({ kind: 'kept', userId: 'x' }), { code: 'colleague_not_named' });
  await assert.rejects(mark({ kind: 'asked', userId: crypto.randomUUID() }), { code: 'colleague_unknown' });
  const invoice = await anInvoice(tenant, { companyId });
  const applied = await aPayment(tenant, {
    companyId,
    customerId: invoice.customerId,
    allocations: [{ itemId: invoice.itemId, amount: { minor: 100_00n, currency: 'EUR' } }],
  });
  const late = tenant.act('cash_applier', markReceipt, {
    paymentId: applied.paymentId,
    kind: 'kept',
    note: '',
  });
  await assert.rejects(late, { code: 'nothing_left_to_apply' });
});

test('of two who say something of a receipt at once, one is told so or comes after the other', async () => {
  const { tenant, companyId, queue } = await setUp();
  const { paymentId } = await aPayment(tenant, { companyId });
  const marks = await Promise.allSettled(
    Array.from({ length: 6 }, (_, index) =>
      tenant.act('cash_applier', markReceipt, { paymentId, kind: 'kept', note: String(index) }),
    ),
  );
  for (const one of marks)
    if (one.status === 'rejected') assert.equal((one.reason as { code?: string }).code, 'changed_meanwhile');
  assert.equal((await queue({ part: 'kept' })).rows.length, 1);
});

test('a receipt moved to another customer shows with that customer', async () => {
  const { tenant, companyId, queue } = await setUp();
  const customerId = await aCustomer(tenant);
  const { paymentId } = await aPayment(tenant, { companyId });
  await tenant.act('cash_applier', identifyPayment, { paymentId, customerId });
  assert.equal((await queue()).rows[0]?.customer?.id, customerId);
});
