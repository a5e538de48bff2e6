import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptPattern, revokePattern } from '#patterns/change-patterns.ts';
import * as contract from '#patterns/contract.ts';
import { routes } from '#patterns/routes.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import * as payments from './contract.ts';
import { routes as paymentRoutes } from './routes.ts';

const ORDER = { kind: 'order' } as const;

async function setUp() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { name: 'Kranbau Ost AG' });
  const ask = await serveTo(tenant, [...routes, ...paymentRoutes]);
  const invoice = (purchaseOrder: string, more: { readonly minor?: bigint; readonly dueOn?: string } = {}) =>
    anInvoice(tenant, { companyId, customerId, purchaseOrder, ...more });
  const receive = (reference: string, minor = 100_00n) =>
    aPayment(tenant, { companyId, customerId, reference, minor });
  /** A receipt that names an order of the customer, and that a person applied to the invoice of the order. */
  const corrected = async (order: string) => {
    const { itemId } = await invoice(order);
    const { paymentId } = await receive(`our order ${order}`);
    const amount = { minor: 100_00n, currency: 'EUR' };
    await tenant.act('cash_applier', applyPayment, { paymentId, allocations: [{ itemId, amount }] });
    return paymentId;
  };
  const proposals = async (paymentId?: string) =>
    (await ask('viewer', contract.listPatternProposals, { query: { paymentId } })).reply.rows;
  const seen = async (paymentId: string) =>
    (await ask('viewer', payments.getPayment, { params: { paymentId } })).reply;
  return { tenant, companyId, customerId, ask, invoice, receive, corrected, proposals, seen };
}

test('what people correct is proposed with its past, can be tried, and names documents once a person accepted it', async () => {
  const { tenant, customerId, ask, invoice, receive, corrected, proposals, seen } = await setUp();
  await corrected('B-1001');
  assert.deepEqual(await proposals(), [], 'one receipt is no pattern');
  const paymentId = await corrected('B-1002');
  const [proposal, ...more] = await proposals(paymentId);
  assert.deepEqual(more, []);
  assert.deepEqual(
    [proposal?.form.kind, proposal?.right, proposal?.wrong, proposal?.tied, proposal?.customer.id],
    ['order', 2, 0, 0, customerId],
  );
  const first = await invoice('B-1003', { dueOn: '2026-02-01' });
  const second = await invoice('B-1004', { dueOn: '2026-02-02' });
  const next = await receive('order B-1004');
  assert.equal((await seen(next.paymentId)).match?.decision, 'wait', 'two invoices have the amount');
  const tried = await ask('viewer', contract.tryPattern, { params: { customerId }, body: { form: ORDER } });
  assert.deepEqual(
    tried.reply.rows.map(({ written, verdict }) => [written, verdict]),
    [
      ['B1002', 'right'],
      ['B1001', 'right'],
    ],
  );
  const { patternId } = await tenant.act('cash_applier', acceptPattern, { customerId, form: ORDER });
  assert.deepEqual(await proposals(), [], 'what is known is not proposed again');
  const { match } = await seen(next.paymentId);
  assert.deepEqual(
    match?.suggestions[0]?.allocations.map(({ itemId }) => itemId),
    [second.itemId],
  );
  assert.notEqual(match?.suggestions[0]?.allocations[0]?.itemId, first.itemId);
  await tenant.act('cash_applier', revokePattern, { patternId });
  await assert.rejects(tenant.act('cash_applier', revokePattern, { patternId }), { code: 'pattern_revoked' });
  const after = (await seen(next.paymentId)).match?.suggestions[0];
  assert.ok((after?.probability ?? 0) < 0.9, 'taken back, it says nothing any more');
  const { reply } = await ask('viewer', contract.listPatterns, {});
  assert.equal(reply.rows[0]?.paymentId, paymentId);
  assert.notEqual(reply.rows[0]?.revokedAt, null);
});

test('a receipt is applied by what was right often enough, its certificate names the pattern; a tie stays a tie', async () => {
  const { tenant, customerId, invoice, receive, corrected, seen } = await setUp();
  for (let order = 1001; order <= 1012; order += 1) await corrected(`B-${order}`);
  const { patternId } = await tenant.act('cash_applier', acceptPattern, { customerId, form: ORDER });
  await invoice('B-2001', { dueOn: '2026-02-01' });
  const meant = await invoice('B-2002', { dueOn: '2026-02-03' });
  const clear = await receive('order B-2002');
  await invoice('B-3000', { minor: 70_00n, dueOn: '2026-02-01' });
  await invoice('B_3000', { minor: 70_00n, dueOn: '2026-02-03' });
  const doubt = await receive('order B-3000', 70_00n);
  await tenant.act('cash_applier', applyReceipts, {});
  const applied = await seen(clear.paymentId);
  assert.deepEqual(
    applied.applications.map(({ itemId }) => itemId),
    [meant.itemId],
  );
  const certificate = applied.certificate?.certificate as { patterns?: readonly { patternId: string }[] };
  assert.deepEqual(
    certificate?.patterns?.map((one) => one.patternId),
    [patternId],
  );
  const waiting = await seen(doubt.paymentId);
  assert.deepEqual(waiting.applications, []);
});

test('it ends on its day by value date, and cannot be accepted twice or against the past', async () => {
  const { tenant, customerId, corrected, ask } = await setUp();
  await corrected('B-1001');
  const untilOn = tenant.as('viewer').today;
  const wrong = tenant.act('cash_applier', acceptPattern, {
    customerId,
    form: { kind: 'ending', figures: 4 },
  });
  await assert.rejects(wrong, { code: 'pattern_not_supported' });
  const past = tenant.act('cash_applier', acceptPattern, {
    customerId,
    form: ORDER,
    untilOn: untilOn.subtract({ days: 1 }),
  });
  await assert.rejects(past, { code: 'pattern_ends_before_today' });
  await tenant.act('cash_applier', acceptPattern, { customerId, form: ORDER, untilOn });
  const again = await ask('cash_applier', contract.acceptPattern, { body: { customerId, form: ORDER } });
  assert.equal(again.status, 409);
});

test('what was accepted of a parent is tried on its subsidiaries, also on what it paid for them, and counts there once accepted', async () => {
  const { tenant, companyId, customerId: parentId, corrected, proposals, ask } = await setUp();
  await corrected('B-1001');
  await corrected('B-1002');
  await tenant.act('cash_applier', acceptPattern, { customerId: parentId, form: ORDER });
  const below = await aCustomer(tenant, { name: 'Kranbau West GmbH', parentId });
  const beside = await aCustomer(tenant, { name: 'Granath Printing' });
  const paidBy = async (payer: typeof below, owner: typeof below, order: string, written = order) => {
    const bill = await anInvoice(tenant, { companyId, customerId: owner, purchaseOrder: order });
    const payment = { companyId, customerId: payer, reference: `order ${written}` };
    const { paymentId } = await aPayment(tenant, payment);
    const amount = { minor: 100_00n, currency: 'EUR' };
    const allocations = [{ itemId: bill.itemId, amount }];
    await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
  };
  assert.deepEqual(await proposals(), [], 'nothing of theirs speaks for it yet');
  await paidBy(parentId, below, 'C-2001');
  await paidBy(beside, beside, 'D-3001');
  const [proposal, ...more] = await proposals();
  assert.deepEqual(more, [], 'once is enough below, not beside');
  assert.deepEqual(
    [proposal?.customer.id, proposal?.from?.id, proposal?.form.kind, proposal?.right, proposal?.wrong],
    [below, parentId, 'order', 1, 0],
  );
  const tried = await ask('viewer', contract.tryPattern, {
    params: { customerId: below },
    body: { form: ORDER },
  });
  assert.deepEqual([tried.reply.right, tried.reply.wrong, tried.reply.tied], [1, 0, 0]);
  const accepted = await tenant.act('cash_applier', acceptPattern, { customerId: below, form: ORDER });
  assert.equal(accepted.right, 1, 'counted as it was shown');
  assert.deepEqual(await proposals(), []);
});
