import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestApproval } from '#approvals/request-approval.ts';
import { type PutTolerance, putDifferenceLimit, putTolerance } from '#differences/change-difference-rules.ts';
import * as differences from '#differences/contract.ts';
import { routes as differenceRoutes } from '#differences/routes.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { replaceCustomerMatching } from '#paying/replace-matching-rules.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting(rules: Partial<PutTolerance> = {}) {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const put = (given: Partial<PutTolerance>) =>
    tenant.act('controller', putTolerance, {
      companyId,
      currency: 'EUR',
      stance: 'limit',
      validFrom: parseDate('2026-01-01'),
      ...given,
    });
  const { toleranceId } = await put({ amountMax: eur(5_00n), percentMax: '1', ...rules });
  const pay = async (
    minor: bigint,
    given: { readonly drop?: bigint; readonly of?: ItemId; readonly keep?: true } = {},
  ) => {
    const invoice = given.of ? { itemId: given.of } : await anInvoice(tenant, { companyId, customerId });
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor });
    const applied = await tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: [
        {
          itemId: invoice.itemId,
          amount: eur(minor),
          ...(given.drop ? { difference: eur(given.drop) } : {}),
        },
      ],
      takeTolerance: !given.keep,
    });
    return {
      paymentId,
      itemId: invoice.itemId,
      applied,
      told: applied.differences.map((d) => [d.state, d.difference.amount]),
    };
  };
  return { tenant, companyId, customerId, put, pay, toleranceId };
}

test('a receipt short by what the company lets drop closes the invoice, with the rule kept beside it', async () => {
  const { tenant, customerId, pay, toleranceId } = await setting();
  const { applied, told } = await pay(99_00n);
  assert.deepEqual(told, [['tolerance', '1.00']]);
  assert.equal(applied.items[0]?.open.amount, '0.00');
  assert.equal((await checkBooks(tenant))['small-differences'], 1_00n);
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.listDroppedDifferences, { query: { customerId } });
  assert.deepEqual(
    reply.rows.map(({ difference, basis, evidence, isTakenBack }) => [
      difference.amount,
      basis,
      evidence,
      isTakenBack,
    ]),
    [
      [
        '1.00',
        'tolerance',
        {
          ruleId: toleranceId,
          amountMax: '5.00',
          percentMax: '1',
          allowed: '1.00',
          droppedBefore: '0.00',
        },
        false,
      ],
    ],
  );
  assert.equal((await tenant.events()).filter(({ type }) => type === 'difference.dropped').length, 1);
});

test('a cent more than the rule, or no wish to drop it, stays open as it was due', async () => {
  const { tenant, pay } = await setting();
  const more = await pay(98_99n);
  assert.deepEqual([more.told, more.applied.items[0]?.open.amount], [[], '1.01']);
  const kept = await pay(99_00n, { keep: true });
  assert.deepEqual([kept.told, kept.applied.items[0]?.open.amount], [[['available', '1.00']], '1.00']);
  const ask = await serveTo(tenant, routes);
  assert.deepEqual((await ask('viewer', contract.listDroppedDifferences, {})).reply.rows, []);
});

test('a blocked customer, one with a running account, and a receipt before the rule have no tolerance', async () => {
  const { tenant, customerId, put, pay } = await setting();
  await put({ customerId, currency: undefined, stance: 'blocked' });
  assert.deepEqual((await pay(99_00n)).told, []);
  await put({ customerId, currency: undefined, stance: 'as_company' });
  assert.deepEqual((await pay(99_00n)).told, [['tolerance', '1.00']]);
  await tenant.act('owner', replaceCustomerMatching, {
    customerId,
    matching: { method: 'oldest_first', withDisputed: false },
  });
  assert.deepEqual((await pay(99_00n)).told, []);
  const later = await setting({ validFrom: parseDate('2026-01-11') });
  assert.deepEqual((await later.pay(99_00n)).told, []);
});

test('taking the payment back takes the difference back, and the item is open as it was', async () => {
  const { tenant, pay } = await setting();
  const { paymentId, itemId } = await pay(99_00n);
  const done = await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual(
    done.items.map((one) => [one.itemId, one.open.amount]),
    [[itemId, '100.00']],
  );
  assert.equal((await checkBooks(tenant))['small-differences'] ?? 0n, 0n);
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.listDroppedDifferences, {});
  assert.deepEqual(
    reply.rows.map((row) => row.isTakenBack),
    [true],
  );
});

test('what people drop by hand is limited by role and person, over all drops of an item', async () => {
  const { tenant, companyId, pay } = await setting();
  await tenant.act('owner', putDifferenceLimit, {
    companyId,
    role: 'cash_applier',
    currency: 'EUR',
    stance: 'limit',
    amountMax: eur(2_00n),
    validFrom: parseDate('2026-01-01'),
  });
  const { itemId, told } = await pay(50_00n, { drop: 1_50n });
  assert.deepEqual(told, [['limit', '1.50']]);
  await assert.rejects(pay(10_00n, { drop: 51n, of: itemId }), { code: 'approval_required' });
  assert.deepEqual((await pay(10_00n, { drop: 50n, of: itemId })).told, [['limit', '0.50']]);
});

test('beyond the limit it is a small balance that others approve, and who may decide alone goes on', async () => {
  const { tenant, companyId, customerId } = await setting();
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 80_00n });
  const input = {
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(80_00n), difference: eur(20_00n) }],
  };
  await refusesWithoutTrace(tenant, 'approval_required', () =>
    tenant.act('cash_applier', applyPayment, input),
  );
  const asked = {
    operation: 'apply-payment',
    params: { paymentId },
    body: {
      allocations: [
        {
          itemId: invoice.itemId,
          amount: { amount: '80.00', currency: 'EUR' },
          difference: { amount: '20.00', currency: 'EUR' },
        },
      ],
    },
    reason: 'Customer is closing its account',
  };
  // The tenant of this test has no other people: the request is understood, weighed, and stopped only by that.
  await assert.rejects(requestApproval(tenant.door, tenant.as('cash_applier'), APPROVABLES, asked, {}), {
    code: 'approvers_missing',
  });
  const applied = await tenant.act('controller', applyPayment, input);
  assert.deepEqual(
    applied.differences.map((d) => [d.state, d.difference.amount, d.allowed.amount]),
    [['approval', '20.00', '5.00']],
  );
  assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 0n);
});

test('rules are stated, refused, listed with what counts, and only by who may', async () => {
  const { tenant, companyId, customerId } = await setting();
  const ask = await serveTo(tenant, differenceRoutes);
  const params = { companyId };
  const body = { currency: 'EUR', stance: 'limit' as const, validFrom: '2026-01-01', percentMax: '0.5' };
  assert.equal((await ask('owner', differences.putTolerance, { params, body })).status, 200);
  assert.equal((await ask('cash_applier', differences.putTolerance, { params, body })).code, 'not_permitted');
  const code = async (given: object) =>
    (await ask('owner', differences.putTolerance, { params, body: { ...body, ...given } })).code;
  assert.equal(await code({ percentMax: null }), 'ceiling_missing');
  assert.equal(await code({ stance: 'as_company' }), 'stance_of_customers');
  assert.equal(await code({ currency: undefined }), 'currency_missing');
  assert.equal(await code({ customerId: crypto.randomUUID() }), 'customer_not_found');
  const limit = { currency: 'EUR', stance: 'limit' as const, validFrom: '2026-01-01', percentMax: '2' };
  assert.equal(
    (await ask('owner', differences.putDifferenceLimit, { params, body: limit })).code,
    'limit_of_whom',
  );
  assert.equal(
    (
      await ask('controller', differences.putDifferenceLimit, {
        params,
        body: { ...limit, role: 'controller' },
      })
    ).code,
    'not_permitted',
  );
  await ask('owner', differences.putDifferenceLimit, { params, body: { ...limit, role: 'controller' } });
  await ask('owner', differences.putTolerance, {
    params,
    body: { customerId: customerId as CustomerId, stance: 'blocked', validFrom: '2026-01-01' },
  });
  const { reply } = await ask('viewer', differences.getDifferenceRules, { params });
  assert.deepEqual(
    reply.tolerances.map((one) => [one.customer?.id ?? null, one.stance, one.percentMax, one.isInForce]),
    [
      [customerId, 'blocked', null, true],
      [null, 'limit', '0.5', true],
      [null, 'limit', '1', false],
    ],
  );
  assert.deepEqual(
    reply.limits.map((one) => [one.role, one.percentMax, one.isInForce]),
    [['controller', '2', true]],
  );
});

test('a machine drops what a receipt that names its invoices is short by, and keeps by which rule', async () => {
  const { tenant, companyId, customerId, toleranceId } = await setting();
  const receive = async (minor: bigint) => {
    const invoice = await anInvoice(tenant, { companyId, customerId });
    const { paymentId } = await aPayment(tenant, { companyId, minor, reference: invoice.number });
    await tenant.act('cash_applier', applyReceipts, { companyId });
    return { paymentId, invoiceId: invoice.invoiceId };
  };
  const open = async (invoiceId: string) => (await itemsOf(tenant, invoiceId))[0]?.open.minor;
  const little = await receive(99_00n);
  assert.equal(await open(little.invoiceId), 0n);
  const [dropped] = (await tenant.events()).filter(({ type }) => type === 'difference.dropped');
  const data = dropped?.data as { state: string; evidence: { ruleId: string } } | undefined;
  assert.deepEqual([data?.state, data?.evidence.ruleId], ['tolerance', toleranceId]);
  const more = await receive(98_99n);
  assert.equal(await open(more.invoiceId), 100_00n);
  await tenant.act('cash_applier', unapplyPayment, { paymentId: little.paymentId });
  assert.equal(await open(little.invoiceId), 100_00n);
  await checkBooks(tenant);
});
