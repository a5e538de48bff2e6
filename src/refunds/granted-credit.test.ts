import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePolicy } from '#approvals/change-policy.ts';
import { postCharges } from '#charges/post-charges.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { undoWaiver } from '#charges/undo-waiver.ts';
import { waiveCharge } from '#charges/waive-charge.ts';
import { readWaiting, readWaitingCounts } from '#clocks/read-clocks.ts';
import type { Command } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { applyCredit } from '#invoicing/apply-credit.ts';
import { voidInvoice } from '#invoicing/void-invoice.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { applyReceipts } from '#payments/apply-receipts.ts';
import { getPayment, listPayments } from '#payments/contract.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { routes as paymentRoutes } from '#payments/routes.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { recoverWriteOff } from '#recoveries/recover-write-off.ts';
import { listWaitingReceipts } from '#workbench/contract.ts';
import { routes as workbenchRoutes } from '#workbench/routes.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { creditAgainst } from '../../test/support/busy-ledger.ts';
import { RACERS, raceHeld, untilWaiting } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { putRefundSetting, withdrawRefund } from './change-refund.ts';
import { grantRefund } from './grant-refund.ts';
import { recordRefundPaid, recordRefundReturned } from './record-paid.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting() {
  const tenant = await newTenant();
  await tenant.act('owner', changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: {
      ...{ currency: null, order: 'serial', expiryDays: 14 },
      bands: [{ upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] }],
    },
  });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  await tenant.act('owner', putRefundSetting, { companyId, waitingDays: 0 });
  const account = { customerId, account: 'DE89370400440532013000' };
  const { bankAccountId } = await tenant.act('controller', addCustomerBankAccount, account);
  const paid = (minor: bigint, reference = '') =>
    aPayment(tenant, { companyId, customerId, minor, reference });
  const grant = async (minor: bigint) => {
    const wish = { companyId, customerId, amount: eur(minor), bankAccountId, reason: 'Paid twice' };
    return (await tenant.act('owner', grantRefund, wish)).refundId;
  };
  const invoice = (minor = 100_00n) => anInvoice(tenant, { companyId, customerId, minor });
  const apply = (
    paymentId: PaymentId,
    itemId: Awaited<ReturnType<typeof invoice>>['itemId'],
    minor: bigint,
  ) => tenant.act('cash_applier', applyPayment, { paymentId, allocations: [{ itemId, amount: eur(minor) }] });
  return { tenant, companyId, customerId, paid, grant, invoice, apply };
}

test('credit that was granted back is used by nothing else, by hand or beside another payment, until the refund is withdrawn', async () => {
  const { tenant, paid, grant, invoice, apply } = await setting();
  const [credit, due] = [await paid(100_00n), await invoice()];
  const refundId = await grant(80_00n);
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => apply(credit.paymentId, due.itemId, 20_01n));
  await apply(credit.paymentId, due.itemId, 20_00n);

  const other = await paid(10_00n);
  const beside = (minor: bigint) =>
    tenant.act('cash_applier', applyPayment, {
      paymentId: other.paymentId,
      allocations: [{ itemId: due.itemId, amount: eur(10_00n) }],
      credits: [{ creditItemId: credit.itemId, itemId: due.itemId, amount: eur(minor) }],
    });
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => beside(10_01n));
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => beside(5_00n));
  await apply(other.paymentId, due.itemId, 10_00n);
  await tenant.act('owner', withdrawRefund, { refundId, reason: 'asked for by mistake' });
  await apply(credit.paymentId, due.itemId, 70_00n);
  await checkBooks(tenant);
});

test('credit that was granted back is not moved to another customer, and a credit note counts like money', async () => {
  const { tenant, companyId, customerId, paid, grant, invoice } = await setting();
  const credit = await paid(50_00n);
  const on = parseDate('2026-01-05');
  const { creditNoteId } = await tenant.act('owner', creditAgainst, {
    ...{ companyId, customerId, minor: 30_00n, currency: 'EUR', on },
  });
  const due = await invoice();
  await grant(60_00n);
  const other = await aCustomer(tenant, { name: 'Another GmbH' });
  const move = () =>
    tenant.act('cash_applier', identifyPayment, { paymentId: credit.paymentId, customerId: other });
  await refusesWithoutTrace(tenant, 'credit_granted_back', move);
  const use = (minor: bigint) =>
    tenant.act('cash_applier', applyCredit, {
      creditNoteId: creditNoteId as never,
      allocations: [{ itemId: due.itemId, amount: eur(minor) }],
    });
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => use(20_01n));
  await use(20_00n);
});

test('the machine leaves what was granted back, and applies the rest of what it is sure of', async () => {
  const { tenant, paid, grant, invoice } = await setting();
  const [one, two] = [await invoice(100_00n), await invoice(60_00n)];
  await paid(100_00n, one.number);
  const small = await paid(60_00n, two.number);
  const refundId = await grant(100_00n);
  assert.equal((await tenant.act('owner', applyReceipts, {})).applied, 1, 'one of the two leaves enough');
  const openOf = async (documentId: string) => (await itemsOf(tenant, documentId))[0]?.open.minor;
  assert.deepEqual([await openOf(one.invoiceId), await openOf(small.paymentId)], [100_00n, 0n]);
  await tenant.act('owner', withdrawRefund, { refundId, reason: 'asked for by mistake' });
  assert.equal((await tenant.act('owner', applyReceipts, {})).applied, 1);
  await checkBooks(tenant);
});

test('several who use credit of one customer at once leave what was granted back', async () => {
  const { tenant, paid, grant, invoice, apply } = await setting();
  const credits: Awaited<ReturnType<typeof paid>>[] = [];
  const dues: Awaited<ReturnType<typeof invoice>>[] = [];
  for (let index = 0; index < RACERS; index += 1) {
    credits.push(await paid(10_00n));
    dues.push(await invoice(10_00n));
  }
  await grant(BigInt(RACERS) * 10_00n - 10_00n);
  const { won, codes } = await raceHeld(
    tenant,
    credits.map((credit, index) => () => apply(credit.paymentId, dues[index]?.itemId as never, 10_00n)),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['credit_granted_back']));
});

test('credit of a refund that was paid and freed by hand is not used elsewhere; once the money came back it is', async () => {
  const { tenant, paid, grant, invoice, apply } = await setting();
  const [credit, due] = [await paid(100_00n), await invoice()];
  const refundId = await grant(100_00n);
  const refund = await tenant.act('owner', recordRefundPaid, { refundId, method: 'transfer' });
  const refundPaymentId = refund.paymentId as PaymentId;
  await tenant.act('cash_applier', unapplyPayment, { paymentId: refundPaymentId });
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => apply(credit.paymentId, due.itemId, 1_00n));
  // Credits beside a refund would be used without the refund taking anything of them.
  const beside = () =>
    tenant.act('cash_applier', applyPayment, {
      paymentId: refundPaymentId,
      allocations: [{ itemId: credit.itemId, amount: eur(60_00n) }],
      credits: [{ creditItemId: credit.itemId, itemId: due.itemId, amount: eur(40_00n) }],
    });
  await refusesWithoutTrace(tenant, 'credits_beside_refund', beside);
  // It goes back to the credit it was taken from.
  await apply(refundPaymentId, credit.itemId, 100_00n);
  await tenant.act('owner', recordRefundReturned, { refundId, reason: 'Account closed' });
  await apply(credit.paymentId, due.itemId, 100_00n);
  await checkBooks(tenant);
});

test('credit that was granted back recovers no write-off', async () => {
  const { tenant, paid, grant, invoice } = await setting();
  const due = await invoice(100_00n);
  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'insolvent',
    items: [{ itemId: due.itemId }],
    facts: { insolvency: true },
  });
  const credit = await paid(100_00n);
  const refundId = await grant(80_00n);
  const recover = (minor: bigint) =>
    tenant.act('cash_applier', recoverWriteOff, {
      paymentId: credit.paymentId,
      items: [{ writeOffId: writeOffs[0]?.writeOffId ?? '', itemId: due.itemId, amount: eur(minor) }],
    });
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => recover(20_01n));
  await recover(20_00n);
  await tenant.act('owner', recordRefundPaid, { refundId, method: 'transfer' });
  await checkBooks(tenant);
});

test('a receipt that was granted back whole waits for nobody; of two the older one is spoken for, and both wait once it is withdrawn', async () => {
  const { tenant, companyId, paid, grant, invoice, apply } = await setting();
  const [older, younger] = [await paid(100_00n), await paid(50_00n)];
  const waiting = () =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const now = tenant.clock();
      const { receipts } = await readWaiting(tx, now);
      const counts = await readWaitingCounts(tx, now, { companyId, userId: '' });
      assert.equal(counts.running + counts.late + counts.escalated, receipts.length, 'counted as listed');
      return receipts.map((one) => one.number).toSorted();
    });
  assert.deepEqual(await waiting(), [older.number, younger.number]);
  const first = await grant(99_99n);
  assert.deepEqual(await waiting(), [older.number, younger.number], 'a cent of the older one is free');
  await tenant.act('owner', withdrawRefund, { refundId: first, reason: 'a cent short' });
  const refundId = await grant(120_00n);
  assert.deepEqual(await waiting(), [younger.number]);
  const last = await grant(30_00n);
  assert.deepEqual(await waiting(), [], 'two refunds speak for all of it');
  await tenant.act('owner', withdrawRefund, { refundId: last, reason: 'asked for by mistake' });
  const due = await invoice(30_00n);
  await apply(younger.paymentId, due.itemId, 30_00n);
  assert.deepEqual(await waiting(), []);
  await tenant.act('owner', withdrawRefund, { refundId, reason: 'asked for by mistake' });
  assert.deepEqual(await waiting(), [older.number, younger.number]);
});

test('of a receipt that is spoken for in part the rest is shown as free, wherever free money is listed', async () => {
  const { tenant, paid, grant } = await setting();
  const ask = await serveTo(tenant, [...paymentRoutes, ...workbenchRoutes]);
  const [older, younger] = [await paid(100_00n), await paid(50_00n)];
  const shown = async () => {
    const [listed, queue] = await Promise.all([
      ask('viewer', listPayments, { query: { state: 'unapplied' } }),
      ask('cash_applier', listWaitingReceipts, { query: { order: 'largest' } }),
    ]);
    const one = async ({ paymentId }: { readonly paymentId: PaymentId }) => {
      const { reply } = await ask('viewer', getPayment, { params: { paymentId } });
      return [reply.unapplied.amount, reply.free.amount, reply.match?.candidates.length ?? null];
    };
    return {
      listed: Object.fromEntries(listed.reply.rows.map((row) => [row.number, row.free.amount])),
      queue: queue.reply.rows.map((row) => [row.number, row.unapplied.amount, row.grantedBack.amount]),
      older: await one(older),
    };
  };
  const refundId = await grant(120_00n);
  assert.deepEqual(await shown(), {
    listed: { [older.number]: '0.00', [younger.number]: '30.00' },
    queue: [[younger.number, '30.00', '20.00']],
    older: ['100.00', '0.00', null],
  });
  await tenant.act('owner', withdrawRefund, { refundId, reason: 'asked for by mistake' });
  assert.deepEqual((await shown()).listed, { [older.number]: '100.00', [younger.number]: '50.00' });
});

test('a credit note whose credit was granted back is not voided until the refund is withdrawn', async () => {
  const { tenant, companyId, customerId, paid, grant } = await setting();
  const on = parseDate('2026-01-05');
  const credited = async (minor: bigint) => {
    const of = { companyId, customerId, minor, currency: 'EUR', on };
    return (await tenant.act('owner', creditAgainst, of)).creditNoteId as never;
  };
  const [large, small] = [await credited(30_00n), await credited(10_00n)];
  await paid(20_00n);
  const refundId = await grant(50_00n);
  const voided = (invoiceId: never) => tenant.act('owner', voidInvoice, { invoiceId, reason: 'wrong' });
  await refusesWithoutTrace(tenant, 'credit_granted_back', () => voided(large));
  await voided(small);
  await tenant.act('owner', withdrawRefund, { refundId, reason: 'asked for by mistake' });
  await voided(large);
  await checkBooks(tenant);
});

test('credit of a waiver that was granted back is there until the refund is withdrawn: the waiver is not taken back', async () => {
  const { tenant, companyId, customerId, paid, grant, apply } = await setting();
  const terms = READY_MADE.find((r) => r.code === 'de')?.terms ?? null;
  await tenant.act('controller', replacePolicy, { companyId, validFrom: parseDate('2020-01-01'), terms });
  await anInvoice(tenant, {
    ...{ companyId, customerId, minor: 1_000_00n },
    ...{ issuedOn: '2025-10-01', dueOn: '2025-11-01' },
  });
  const through = parseDate('2025-12-31');
  const { charges } = await tenant.act('controller', postCharges, {
    companyId,
    customerIds: [customerId],
    through,
  });
  const chargeId = present(charges[0], 'something is charged').chargeId;
  const item = present((await itemsOf(tenant, chargeId))[0], 'a charge has its item');
  const money = await paid(item.open.minor);
  await apply(money.paymentId, item.id, item.open.minor);
  const waiver = await tenant.act('controller', waiveCharge, {
    chargeId,
    reason: 'goodwill',
    fees: eur(10_00n),
  });
  const refundId = await grant(9_00n);
  const undo = () => tenant.act('controller', undoWaiver, { chargeId: waiver.chargeId, reason: 'after all' });
  await refusesWithoutTrace(tenant, 'credit_granted_back', undo);
  await paid(8_99n);
  await refusesWithoutTrace(tenant, 'credit_granted_back', undo);
  await tenant.act('owner', withdrawRefund, { refundId, reason: 'asked for by mistake' });
  await undo();
  await checkBooks(tenant);
});

test('a refund that is freed in the moment another one is granted speaks for the credit it frees', async () => {
  const { tenant, paid, grant } = await setting();
  await paid(100_00n);
  const refundId = await grant(60_00n);
  const refund = await tenant.act('owner', recordRefundPaid, { refundId, method: 'transfer' });
  let granted: Promise<void> | undefined;
  const freeing: Command<object, { readonly done: true }> = {
    name: 'free-and-wait',
    permission: 'payment.apply',
    async run(act) {
      await unapplyPayment.run(act, { paymentId: refund.paymentId as PaymentId });
      await act.settle();
      granted = assert.rejects(grant(60_00n), { code: 'refund_exceeds_credit' });
      await untilWaiting(act, 1);
      return { done: true };
    },
  };
  await tenant.act('owner', freeing, {});
  await granted;
  await grant(40_00n);
});
