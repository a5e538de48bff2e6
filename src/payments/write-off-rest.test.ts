import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import type { ApplicationId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { recoverWriteOff } from '#recoveries/recover-write-off.ts';
import { putWriteOffLimit } from '#writeoffs/change-limit.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import { anOffice, ask, decide } from '../../test/support/approvals.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { type ApplyPayment, applyPayment } from './apply-payment.ts';
import { applyPayment as applyContract } from './contract.ts';
import { returnPayment } from './return-payment.ts';
import { unapplyPayment } from './unapply-payment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

/** An invoice of 100.00 with a payment of 80.00 for it; 20.00 are let go. */
async function aShort(given: TestTenant | undefined = undefined) {
  const tenant = given ?? (await newTenant());
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 80_00n });
  const input = (more: Partial<ApplyPayment> = {}, minor = 20_00n): ApplyPayment => ({
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(80_00n) }],
    writeOff: {
      kind: 'bad_debt',
      reason: 'nothing more will come',
      items: [{ itemId: invoice.itemId, amount: eur(minor) }],
    },
    ...more,
  });
  return { tenant, companyId, customerId, invoice, paymentId, input };
}

const openOf = async (tenant: TestTenant, documentId: string) =>
  (await itemsOf(tenant, documentId))[0]?.open.minor;

test('what a payment leaves open is written off in the same act, by a document of its own', async () => {
  const { tenant, invoice, input } = await aShort();
  const applied = await tenant.act('controller', applyPayment, input());
  assert.deepEqual(
    applied.writeOffs.map((one) => [one.number, one.kind, one.amount.amount]),
    [['WO-2026-00001', 'bad_debt', '20.00']],
  );
  assert.equal(await openOf(tenant, invoice.invoiceId), 0n);
  assert.equal((await checkBooks(tenant))['bad-debt'], 20_00n);
});

test('a part may be written off, and the rest stays open; more than is left is refused', async () => {
  const { tenant, invoice, input } = await aShort();
  const refused = (code: string, more: Partial<ApplyPayment>, minor?: bigint) =>
    refusesWithoutTrace(tenant, code, () => tenant.act('controller', applyPayment, input(more, minor)));
  await refused('exceeds_open', {}, 20_01n);
  await refused('amount_not_positive', {}, 0n);
  const other = await anInvoice(tenant, { companyId: await aCompany(tenant) });
  await refused('write_off_of_other_item', {
    writeOff: { kind: 'goodwill', reason: 'x', items: [{ itemId: other.itemId, amount: eur(1n) }] },
  });
  await tenant.act('controller', applyPayment, input({}, 15_00n));
  assert.equal(await openOf(tenant, invoice.invoiceId), 5_00n);
});

test('taken back or returned, the payment takes along what was let go for it; one taken back before stays so', async () => {
  for (const how of ['unapplied', 'returned', 'undone before'] as const) {
    const { tenant, invoice, input, paymentId } = await aShort();
    const before = await itemsOf(tenant, invoice.invoiceId);
    const { writeOffs } = await tenant.act('controller', applyPayment, input());
    const writeOffId = writeOffs[0]?.writeOffId ?? '';
    if (how === 'undone before')
      await tenant.act('controller', undoWriteOff, { writeOffId, reason: 'alone' });
    if (how === 'returned') await tenant.act('controller', returnPayment, { paymentId, reason: 'AC04' });
    else await tenant.act('cash_applier', unapplyPayment, { paymentId: paymentId as PaymentId });
    assert.deepEqual(await itemsOf(tenant, invoice.invoiceId), before, how);
    assert.equal((await checkBooks(tenant))['bad-debt'] ?? 0n, 0n, how);
    const undone = (await tenant.events()).filter((e) => e.type === 'write_off.undone');
    assert.equal(undone.length, 1, how);
  }
});

test('of several invoices each is let go by itself: one taken back, or recovered, leaves the others as they are', async () => {
  for (const how of ['taken back', 'recovered'] as const) {
    const { tenant, companyId, customerId, invoice: first } = await aShort();
    const second = await anInvoice(tenant, { companyId, customerId });
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 160_00n });
    const both = [first, second];
    const applied = await tenant.act('controller', applyPayment, {
      paymentId,
      allocations: both.map(({ itemId }) => ({ itemId, amount: eur(80_00n) })),
      writeOff: {
        kind: 'bad_debt',
        reason: 'nothing more will come',
        items: both.map(({ itemId }) => ({ itemId, amount: eur(20_00n) })),
      },
    });
    assert.equal(applied.writeOffs.length, 2);
    const open = async () => [await openOf(tenant, first.invoiceId), await openOf(tenant, second.invoiceId)];
    if (how === 'taken back') {
      const own = applied.applications.filter(({ itemId }) => itemId === first.itemId);
      await tenant.act('cash_applier', unapplyPayment, {
        paymentId: paymentId as PaymentId,
        applicationIds: own.map(({ applicationId }) => applicationId as ApplicationId),
      });
      assert.deepEqual(await open(), [100_00n, 0n]);
    } else {
      const late = await aPayment(tenant, { companyId, customerId, minor: 20_00n });
      await tenant.act('cash_applier', recoverWriteOff, {
        paymentId: late.paymentId,
        items: [
          { writeOffId: applied.writeOffs[0]?.writeOffId ?? '', itemId: first.itemId, amount: eur(20_00n) },
        ],
      });
      await tenant.act('controller', returnPayment, { paymentId, reason: 'AC04' });
      assert.deepEqual(await open(), [80_00n, 100_00n]);
    }
    await checkBooks(tenant);
  }
});

test('a payment comes back although money came for what was written off beside it: that stays written off', async () => {
  const { tenant, companyId, customerId, invoice, input, paymentId } = await aShort();
  const { writeOffs } = await tenant.act('controller', applyPayment, input());
  const late = await aPayment(tenant, { companyId, customerId, minor: 20_00n });
  await tenant.act('cash_applier', recoverWriteOff, {
    paymentId: late.paymentId,
    items: [{ writeOffId: writeOffs[0]?.writeOffId ?? '', itemId: invoice.itemId, amount: eur(20_00n) }],
  });
  await tenant.act('controller', returnPayment, { paymentId, reason: 'AC04' });
  assert.equal(await openOf(tenant, invoice.invoiceId), 80_00n);
  await checkBooks(tenant);
});

test('who applies cash writes off beside it up to their own limit, and asks beyond it', async () => {
  const { tenant, companyId, input, invoice } = await aShort();
  const applies = (minor: bigint) => tenant.act('cash_applier', applyPayment, input({}, minor));
  await refusesWithoutTrace(tenant, 'approval_required', () => applies(1_00n));
  await tenant.act('owner', putWriteOffLimit, {
    companyId,
    role: 'cash_applier',
    currency: 'EUR',
    stance: 'limit',
    amountMax: eur(10_00n),
    validFrom: parseDate('2026-01-01'),
  });
  await refusesWithoutTrace(tenant, 'approval_required', () => applies(10_01n));
  await applies(10_00n);
  assert.equal(await openOf(tenant, invoice.invoiceId), 10_00n);
});

test('a difference beyond the limit and a write-off are one matter, decided once', async () => {
  const { tenant, carl, colin } = await anOffice(['write_off']);
  const { invoice, companyId, customerId } = await aShort(tenant);
  const second = await anInvoice(tenant, { companyId, customerId });
  const more = await aPayment(tenant, { companyId, customerId, minor: 150_00n });
  const text = (minor: bigint) => ({ amount: `${minor / 100n}.00`, currency: 'EUR' });
  const request = await ask(tenant, colin.now(), {
    operation: applyContract.id,
    params: { paymentId: more.paymentId },
    body: {
      allocations: [
        { itemId: invoice.itemId, amount: text(80_00n) },
        { itemId: second.itemId, amount: text(70_00n), difference: text(30_00n) },
      ],
      writeOff: {
        kind: 'bad_debt',
        reason: 'nothing more will come',
        items: [{ itemId: invoice.itemId, amount: text(20_00n) }],
      },
    },
  });
  await decide(tenant, carl.now(), request);
  assert.equal(await openOf(tenant, invoice.invoiceId), 0n);
  assert.equal(await openOf(tenant, second.invoiceId), 0n);
  await checkBooks(tenant);
});
