import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestApproval } from '#approvals/request-approval.ts';
import { inTenant } from '#db/transaction.ts';
import { putTolerance } from '#differences/change-difference-rules.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { ApplicationId, CompanyId, ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { left } from '#ledger/open-item.ts';
import { proveBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import {
  aCompany,
  aCustomer,
  anInvoice,
  aPayment,
  aRate,
  itemsOf,
  letReceive,
  lockPeriod,
} from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { applyPayment } from './apply-payment.ts';
import { stateHandover } from './change-handovers.ts';
import { handOverPayment } from './hand-over-payment.ts';
import { identifyPayment } from './identify-payment.ts';
import { recordRefund } from './record-refund.ts';
import { returnPayment } from './return-payment.ts';
import { findStandingHandovers } from './store-handovers.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

/** Two companies, the first of which may receive money for the second. */
async function twoCompanies(given: { readonly currency?: string } = {}) {
  const tenant = await newTenant();
  const a = await aCompany(tenant);
  const b = await aCompany(tenant, given);
  await letReceive(tenant, a, b);
  return { tenant, a, b };
}

function handOver(
  tenant: TestTenant,
  paymentId: PaymentId,
  companyId: CompanyId,
  of: { readonly itemId: ItemId; readonly minor: bigint },
) {
  const allocations = [{ itemId: of.itemId, amount: eur(of.minor) }];
  return tenant.act('cash_applier', handOverPayment, { paymentId, companyId, allocations });
}

/** What is left of a payment's items, by company. */
async function leftIn(tenant: TestTenant, paymentId: PaymentId, companyId: CompanyId): Promise<bigint> {
  const items = await itemsOf(tenant, paymentId);
  return items.filter((i) => i.companyId === companyId).reduce((total, item) => total + left(item), 0n);
}

async function openOf(tenant: TestTenant, documentId: string): Promise<bigint | undefined> {
  return (await itemsOf(tenant, documentId))[0]?.open.minor;
}

test('money that one company received settles what another is owed, and each owes the other as much', async () => {
  const { tenant, a, b } = await twoCompanies();
  const theirs = await anInvoice(tenant, { companyId: b, minor: 40_00n });
  const ours = await anInvoice(tenant, { companyId: a, minor: 60_00n });
  const payment = await aPayment(tenant, { companyId: a, minor: 100_00n });
  const done = await handOver(tenant, payment.paymentId, b, { itemId: theirs.itemId, minor: 40_00n });
  assert.deepEqual(done.handedOver, { amount: '40.00', currency: 'EUR' });
  assert.deepEqual(done.unapplied, { amount: '60.00', currency: 'EUR' });
  assert.equal(done.applications[0]?.reference, theirs.number);
  assert.equal(await openOf(tenant, theirs.invoiceId), 0n);
  assert.equal(await leftIn(tenant, payment.paymentId, b), 0n);
  const books = await proveBooks(tenant);
  assert.deepEqual([books['due-to-companies'], books['due-from-companies']], [-40_00n, 40_00n]);
  assert.equal(books['unapplied-cash'], -60_00n);

  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: ours.itemId, amount: eur(60_00n) }],
  });
  assert.equal(await openOf(tenant, ours.invoiceId), 0n);
  const types = (await tenant.events()).filter((e) => e.subjectId === payment.paymentId).map((e) => e.type);
  assert.deepEqual(types.sort(), ['payment.applied', 'payment.handed_over', 'payment.received']);
});

test('handing over and taking back is the identity, to the cent and in both functional currencies', async () => {
  const { tenant, a, b } = await twoCompanies({ currency: 'GBP' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9137' });
  await aRate(tenant, { base: 'USD', quote: 'GBP', on: '2026-01-01', rate: '0.7919' });
  await aRate(tenant, { base: 'USD', quote: 'GBP', on: '2026-01-09', rate: '0.8123' });
  const usd = (minor: bigint) => money(minor, 'USD');
  const customerId = await aCustomer(tenant);
  const theirs = await anInvoice(tenant, { companyId: b, minor: 333_33n, currency: 'USD' });
  const other = await anInvoice(tenant, { companyId: b, minor: 10_01n, currency: 'USD' });
  const payment = await aPayment(tenant, { companyId: a, customerId, minor: 300_00n, currency: 'USD' });
  const before = await proveBooks(tenant);
  const open = async () => [await itemsOf(tenant, theirs.invoiceId), await itemsOf(tenant, other.invoiceId)];
  const openBefore = await open();

  for (const minor of [1_01n, 77_77n, 3n])
    await tenant.act('cash_applier', handOverPayment, {
      paymentId: payment.paymentId,
      companyId: b,
      allocations: [{ itemId: theirs.itemId, amount: usd(minor), discount: usd(1n) }],
    });
  await tenant.act('cash_applier', handOverPayment, {
    paymentId: payment.paymentId,
    companyId: b,
    allocations: [{ itemId: other.itemId, amount: usd(10_00n), difference: usd(1n) }],
  });
  const between = await proveBooks(tenant);
  assert.notEqual(
    between['fx-differences'] ?? 0n,
    0n,
    'the difference of exchange is of the company whose debt it was',
  );

  const back = await tenant.act('cash_applier', unapplyPayment, { paymentId: payment.paymentId });
  assert.equal(back.takenBack.length, 4);
  assert.deepEqual(back.unapplied, { amount: '300.00', currency: 'USD' });
  assert.deepEqual(await open(), openBefore);
  const after = await proveBooks(tenant);
  for (const [account, minor] of Object.entries(after)) assert.equal(minor, before[account] ?? 0n, account);
  const items = (await itemsOf(tenant, payment.paymentId)).filter((item) => left(item) > 0n);
  assert.ok(items.every((item) => item.companyId === a && item.customerId === customerId));
  assert.equal(await leftIn(tenant, payment.paymentId, a), 300_00n);
  await refusesWithoutTrace(tenant, 'nothing_to_unapply', () =>
    tenant.act('cash_applier', unapplyPayment, { paymentId: payment.paymentId }),
  );
});

test('one of several is taken back, what stands stays, and what came back is used again', async () => {
  const { tenant, a, b } = await twoCompanies();
  const ours = await anInvoice(tenant, { companyId: a, minor: 50_00n });
  const one = await anInvoice(tenant, { companyId: b, minor: 30_00n });
  const two = await anInvoice(tenant, { companyId: b, minor: 20_00n });
  const payment = await aPayment(tenant, { companyId: a, minor: 100_00n });
  const { paymentId } = payment;
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: ours.itemId, amount: eur(50_00n) }],
  });
  const first = await handOver(tenant, paymentId, b, { itemId: one.itemId, minor: 30_00n });
  await handOver(tenant, paymentId, b, { itemId: two.itemId, minor: 20_00n });
  assert.equal(await leftIn(tenant, paymentId, a), 0n);
  const applicationIds = [first.applications[0]?.applicationId as ApplicationId];
  const back = await tenant.act('cash_applier', unapplyPayment, { paymentId, applicationIds });
  assert.deepEqual(back.unapplied, { amount: '30.00', currency: 'EUR' });
  assert.deepEqual([await openOf(tenant, one.invoiceId), await openOf(tenant, two.invoiceId)], [30_00n, 0n]);
  assert.equal(await openOf(tenant, ours.invoiceId), 0n);
  await handOver(tenant, paymentId, b, { itemId: one.itemId, minor: 29_99n });
  assert.equal(await leftIn(tenant, paymentId, a), 1n);
  const books = await proveBooks(tenant);
  assert.equal(books['due-to-companies'], -49_99n);
});

test('a payment that comes back takes back what went to another company, and only its own bank has less', async () => {
  const { tenant, a, b } = await twoCompanies();
  const ours = await anInvoice(tenant, { companyId: a, minor: 50_00n });
  const theirs = await anInvoice(tenant, { companyId: b, minor: 40_00n });
  const { paymentId } = await aPayment(tenant, { companyId: a, minor: 100_00n });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: ours.itemId, amount: eur(50_00n) }],
  });
  await handOver(tenant, paymentId, b, { itemId: theirs.itemId, minor: 40_00n });
  const returned = await tenant.act('controller', returnPayment, { paymentId, reason: 'insufficient funds' });
  assert.deepEqual([returned.takenBack, returned.amount.amount], [2, '100.00']);
  assert.deepEqual(returned.items.map((item) => item.itemId).sort(), [ours.itemId, theirs.itemId].sort());
  assert.deepEqual(
    [await openOf(tenant, ours.invoiceId), await openOf(tenant, theirs.invoiceId)],
    [50_00n, 40_00n],
  );
  assert.ok((await itemsOf(tenant, paymentId)).every((item) => left(item) === 0n));
  const books = await proveBooks(tenant);
  for (const account of ['bank', 'unapplied-cash', 'due-to-companies', 'due-from-companies'])
    assert.equal(books[account], 0n, account);
  await refusesWithoutTrace(tenant, 'payment_returned', () =>
    handOver(tenant, paymentId, b, { itemId: theirs.itemId, minor: 1_00n }),
  );
});

test('the rest of a payment moves to another customer; what is taken back later goes there too', async () => {
  const { tenant, a, b } = await twoCompanies();
  const [first, second] = [await aCustomer(tenant), await aCustomer(tenant)];
  const theirs = await anInvoice(tenant, { companyId: b, minor: 40_00n });
  const { paymentId } = await aPayment(tenant, { companyId: a, customerId: first, minor: 100_00n });
  await handOver(tenant, paymentId, b, { itemId: theirs.itemId, minor: 40_00n });
  const moved = await tenant.act('cash_applier', identifyPayment, { paymentId, customerId: second });
  assert.deepEqual(moved.moved, { amount: '60.00', currency: 'EUR' });
  assert.equal(await openOf(tenant, theirs.invoiceId), 0n);
  await proveBooks(tenant);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  const free = (await itemsOf(tenant, paymentId)).filter((item) => left(item) > 0n);
  assert.deepEqual(new Set(free.map((item) => item.customerId)), new Set([second]));
  assert.equal(await leftIn(tenant, paymentId, a), 100_00n);
  await proveBooks(tenant);
});

test('what went to another company is no credit to refund, with either', async () => {
  const { tenant, a, b } = await twoCompanies();
  const customerId = await aCustomer(tenant);
  const theirs = await anInvoice(tenant, { companyId: b, customerId, minor: 40_00n });
  const { paymentId } = await aPayment(tenant, { companyId: a, customerId, minor: 100_00n });
  await handOver(tenant, paymentId, b, { itemId: theirs.itemId, minor: 40_00n });
  const refund = (companyId: CompanyId, minor: bigint) =>
    tenant.act('owner', recordRefund, {
      companyId,
      customerId,
      receivedOn: parseDate('2026-01-10'),
      amount: eur(minor),
      method: 'transfer',
      reference: '',
    });
  await refusesWithoutTrace(tenant, 'refund_exceeds_credit', () => refund(b, 1n));
  await refusesWithoutTrace(tenant, 'refund_exceeds_credit', () => refund(a, 60_01n));
  await refund(a, 60_00n);
  assert.equal(await leftIn(tenant, paymentId, a), 0n);
  await proveBooks(tenant);
});

test('it is refused unless both companies allow it, for others, and beyond what there is', async () => {
  const { tenant, a, b } = await twoCompanies();
  const c = await aCompany(tenant);
  const theirs = await anInvoice(tenant, { companyId: b, minor: 400_00n });
  const third = await anInvoice(tenant, { companyId: c, minor: 40_00n });
  const dollars = await anInvoice(tenant, { companyId: b, minor: 40_00n, currency: 'EUR' });
  const { paymentId } = await aPayment(tenant, { companyId: a, minor: 100_00n });
  const { paymentId: inB } = await aPayment(tenant, { companyId: b, minor: 100_00n });
  const refused = (
    code: string,
    id: PaymentId,
    companyId: CompanyId,
    of: { itemId: ItemId; minor: bigint },
  ) => refusesWithoutTrace(tenant, code, () => handOver(tenant, id, companyId, of));
  const ours = await anInvoice(tenant, { companyId: a, minor: 40_00n });
  await refused('handover_not_allowed', inB, a, { itemId: ours.itemId, minor: 1_00n });
  await refused('handover_not_allowed', paymentId, c, { itemId: third.itemId, minor: 1_00n });
  await tenant.act('owner', stateHandover, { fromCompanyId: a, toCompanyId: c, side: 'from', allowed: true });
  await refused('handover_not_allowed', paymentId, c, { itemId: third.itemId, minor: 1_00n });
  await refused('handover_same_company', paymentId, a, { itemId: ours.itemId, minor: 1_00n });
  await refused('wrong_company', paymentId, b, { itemId: third.itemId, minor: 1_00n });
  await refused('exceeds_unapplied', paymentId, b, { itemId: theirs.itemId, minor: 100_01n });
  await refused('exceeds_open', paymentId, b, { itemId: dollars.itemId, minor: 40_01n });
  await refused('nothing_to_apply', paymentId, b, { itemId: theirs.itemId, minor: 0n });
  await refused('nothing_to_apply', paymentId, b, { itemId: theirs.itemId, minor: -1n });
  await refusesWithoutTrace(tenant, 'wrong_company', () =>
    tenant.act('cash_applier', applyPayment, {
      paymentId,
      allocations: [{ itemId: theirs.itemId, amount: eur(1_00n) }],
    }),
  );
  await tenant.act('owner', stateHandover, { fromCompanyId: a, toCompanyId: b, side: 'to', allowed: false });
  await refused('handover_not_allowed', paymentId, b, { itemId: theirs.itemId, minor: 1_00n });
  await letReceive(tenant, a, b);
  await handOver(tenant, paymentId, b, { itemId: theirs.itemId, minor: 100_00n });
  await proveBooks(tenant);
});

test('a difference beyond the limit of who acts is for others to approve, as with any other payment', async () => {
  const { tenant, a, b } = await twoCompanies();
  const customerId = await aCustomer(tenant);
  const theirs = await anInvoice(tenant, { companyId: b, customerId, minor: 100_00n });
  const { paymentId } = await aPayment(tenant, { companyId: a, customerId, minor: 100_00n });
  const { itemId } = theirs;
  const allocations = [{ itemId, amount: eur(80_00n), difference: eur(20_00n) }];
  const input = { paymentId, companyId: b, allocations };
  await refusesWithoutTrace(tenant, 'approval_required', () =>
    tenant.act('cash_applier', handOverPayment, input),
  );
  const text = (amount: string) => ({ amount, currency: 'EUR' });
  const asked = {
    operation: 'hand-over-payment',
    params: { paymentId },
    body: { companyId: b, allocations: [{ itemId, amount: text('80.00'), difference: text('20.00') }] },
    reason: 'The customer is closing its account',
  };
  // The tenant of this test has no other people: the request is understood, weighed, and stopped only by that.
  await assert.rejects(requestApproval(tenant.door, tenant.as('cash_applier'), APPROVABLES, asked, {}), {
    code: 'approvers_missing',
  });
  await tenant.act('controller', handOverPayment, input);
  assert.equal(await openOf(tenant, theirs.invoiceId), 0n);
  await proveBooks(tenant);
});

test('what a receipt is short by in the other company is dropped by its rules, kept back, or written off, and comes back with it', async () => {
  const { tenant, a, b } = await twoCompanies();
  const customerId = await aCustomer(tenant);
  await tenant.act('controller', putTolerance, {
    companyId: b,
    currency: 'EUR',
    stance: 'limit',
    validFrom: parseDate('2026-01-01'),
    amountMax: eur(1_00n),
  });
  const before = await proveBooks(tenant);
  const short = async (minor: bigint, how: object) => {
    const theirs = await anInvoice(tenant, { companyId: b, customerId, minor: 100_00n });
    const { itemId } = theirs;
    const { paymentId } = await aPayment(tenant, { companyId: a, customerId, minor });
    const allocations = [{ itemId, amount: eur(minor) }];
    const parts = Object.entries(how).map(([name, value]) => [
      name,
      typeof value === 'function' ? value(itemId) : value,
    ]);
    const input = { paymentId, companyId: b, allocations, ...Object.fromEntries(parts) };
    const done = await tenant.act('owner', handOverPayment, input);
    return { done, theirs, paymentId };
  };
  const rest = [10_00n, 'left'] as const;
  const dropped = await short(99_50n, { takeTolerance: true });
  assert.deepEqual(
    dropped.done.differences.map(({ state, difference }) => [state, difference.amount]),
    [['tolerance', '0.50']],
  );
  const beyond = await short(98_99n, { takeTolerance: true });
  assert.equal(await openOf(tenant, beyond.theirs.invoiceId), 1_01n, 'beyond the rule it stays open');
  const written = await short(90_00n, {
    writeOff: (itemId: ItemId) => ({
      kind: 'goodwill',
      reason: rest[1],
      items: [{ itemId, amount: eur(rest[0]) }],
    }),
  });
  assert.equal(written.done.writeOffs.length, 1);
  for (const { theirs } of [dropped, written]) assert.equal(await openOf(tenant, theirs.invoiceId), 0n);
  const kept = await short(90_00n, {
    deductions: (itemId: ItemId) => [{ itemId, amount: eur(10_00n), note: 'Two pallets were missing' }],
  });
  assert.equal(kept.done.deductions[0]?.amount.amount, '10.00');
  const between = await proveBooks(tenant);
  assert.equal(between['small-differences'], 50n);
  for (const { paymentId } of [dropped, beyond, written, kept])
    await tenant.act('owner', unapplyPayment, { paymentId });
  for (const { theirs } of [dropped, beyond, written, kept])
    assert.equal(await openOf(tenant, theirs.invoiceId), 100_00n);
  const after = await proveBooks(tenant);
  for (const account of ['small-differences', 'bad-debt', 'due-to-companies', 'due-from-companies'])
    assert.equal(after[account] ?? 0n, before[account] ?? 0n, account);
  const stranger = await anInvoice(tenant, { companyId: b, customerId, minor: 5_00n });
  await refusesWithoutTrace(tenant, 'deduction_of_other_item', () =>
    tenant.act('owner', handOverPayment, {
      paymentId: kept.paymentId,
      companyId: b,
      allocations: [{ itemId: kept.theirs.itemId, amount: eur(90_00n) }],
      deductions: [{ itemId: stranger.itemId, amount: eur(1_00n), note: 'x' }],
    }),
  );
});

test('a locked period of either company refuses the whole, going and coming back', async () => {
  for (const locked of ['a', 'b'] as const) {
    const made = await twoCompanies();
    const { tenant, a, b } = made;
    const theirs = await anInvoice(tenant, { companyId: b, minor: 40_00n });
    const { paymentId } = await aPayment(tenant, { companyId: a, minor: 100_00n });
    const on = parseDate('2026-01-15');
    const go = (day = on) =>
      tenant.act('cash_applier', handOverPayment, {
        paymentId,
        companyId: b,
        allocations: [{ itemId: theirs.itemId, amount: eur(40_00n) }],
        on: day,
      });
    await lockPeriod(tenant, made[locked], '2026-01-01', '2026-01-15');
    await refusesWithoutTrace(tenant, 'period_locked', () => go());
    tenant.on('2026-01-25');
    await go(parseDate('2026-01-16'));
    await refusesWithoutTrace(tenant, 'reversed_too_early', () =>
      tenant.act('cash_applier', unapplyPayment, { paymentId, on }),
    );
    await lockPeriod(tenant, made[locked], '2026-01-16', '2026-01-20');
    await refusesWithoutTrace(tenant, 'period_locked', () =>
      tenant.act('cash_applier', unapplyPayment, { paymentId, on: parseDate('2026-01-18') }),
    );
    await tenant.act('cash_applier', unapplyPayment, { paymentId, on: parseDate('2026-01-21') });
    const standing = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      findStandingHandovers(tx, paymentId),
    );
    assert.deepEqual(standing, []);
    await proveBooks(tenant);
  }
});
