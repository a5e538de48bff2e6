import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { changePolicy } from '#approvals/change-policy.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { readReconciliation } from '#reconciliation/read-bridge.ts';
import { takeAccount } from '#reconciliation/read-days.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCamt053, type CamtEntry, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, aPayment } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { putRefundSetting } from './change-refund.ts';
import * as contract from './contract.ts';
import { exportRefunds } from './export-refunds.ts';
import { grantRefund } from './grant-refund.ts';
import { recordRefundPaid, recordRefundReturned } from './record-paid.ts';
import { routes } from './routes.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const THEIRS = 'DE02120300000000202051';
const ALONE = { upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] } as const;

/** A customer with 100.00 on account, whose refunds an owner grants alone and without waiting, unless the test says otherwise. */
async function setting(waitingDays = 0) {
  const tenant = await newTenant({ on: '2026-01-15' });
  await tenant.act('owner', changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: { currency: null, order: 'serial', expiryDays: 14, bands: [ALONE] },
  });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const added = { customerId, account: THEIRS };
  const { bankAccountId: theirs } = await tenant.act('controller', addCustomerBankAccount, added);
  const ours = await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  await tenant.act('owner', putRefundSetting, { companyId, waitingDays });
  const credit = await aPayment(tenant, { companyId, customerId, receivedOn: '2026-01-05' });
  const grant = async (minor: bigint) => {
    const wish = { companyId, customerId, amount: eur(minor), bankAccountId: theirs, reason: 'Paid twice' };
    return (await tenant.act('owner', grantRefund, wish)).refundId;
  };
  const paid = (refundId: string, given: object = {}) =>
    tenant.act('controller', recordRefundPaid, { refundId, method: 'transfer', ...given });
  const ask = await serveTo(tenant, routes);
  const state = async (refundId: string) =>
    (await ask('viewer', contract.listRefunds, { query: { customerId } })).reply.rows.find(
      (row) => row.refundId === refundId,
    )?.state;
  /** A line of the bank of that day. */
  const line = async (day: string, entry: CamtEntry): Promise<string> => {
    const entries = [{ bookedOn: day, valueOn: day, bankReference: `R${day}${entry.amount}`, ...entry }];
    const bytes = aCamt053([{ id: `S-${day}-${entry.amount}`, day, entries }]);
    const at = { door: tenant.door, context: tenant.as('cash_applier') };
    await importBankFile(at, { name: 's.xml', bytes }, { apply: true });
    const [found] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql<{ id: string }>`select id from statement_line where tenant_id = ${tenant.tenantId}
        and booked_on = ${day}::date`),
    );
    return found?.id ?? '';
  };
  const off = (day: string) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const account = await takeAccount(tx, ours.bankAccountId);
      const { bridge } = await readReconciliation(tx, account, parseDate(day));
      return [bridge.refundsMinor, bridge.returnsMinor, bridge.offMinor];
    });
  const order = (refundId: string) =>
    tenant.act('owner', exportRefunds, {
      companyId,
      bankAccountId: ours.bankAccountId,
      refundIds: [refundId],
    });
  return { tenant, companyId, customerId, credit, ask, grant, paid, order, state, line, off };
}

test('money that goes back is not recorded as a payment, whoever asks', async () => {
  const { tenant, companyId, customerId } = await setting();
  for (const role of ['owner', 'controller', 'cash_applier'] as const)
    await refusesWithoutTrace(tenant, 'refund_not_granted', () =>
      tenant.act(role, recordPayment, {
        companyId,
        customerId,
        direction: 'refunded',
        receivedOn: parseDate('2026-01-15'),
        amount: eur(10_00n),
        method: 'transfer',
        reference: '',
      }),
    );
});

test('a granted refund that was paid in cash is recorded once, and waits no less than one that is ordered', async () => {
  const { tenant, grant, paid, order, state } = await setting(30);
  const refundId = await grant(40_00n);
  await refusesWithoutTrace(tenant, 'refund_waiting', () => paid(refundId, { method: 'cash' }));
  tenant.on('2026-03-15');
  await refusesWithoutTrace(tenant, 'received_in_future', () =>
    paid(refundId, { method: 'cash', paidOn: parseDate('2026-03-16') }),
  );
  await paid(refundId, { method: 'cash', paidOn: parseDate('2026-03-14') });
  assert.equal(await state(refundId), 'paid');
  await refusesWithoutTrace(tenant, 'refund_ended', () => paid(refundId, { method: 'cash' }));
  await refusesWithoutTrace(tenant, 'refund_ended', () => order(refundId));
  const books = await checkBooks(tenant);
  assert.deepEqual([books.bank, books['unapplied-cash']], [60_00n, -60_00n]);
});

test('a bank line of a refund made elsewhere is tied to a granted one: of its amount, to its account', async () => {
  const { tenant, ask, grant, paid, state, line, off } = await setting(30);
  const refundId = await grant(40_00n);
  const elsewhere = await line('2026-01-13', { amount: '-40.00', text: 'refund', iban: TEST_IBAN });
  const short = await line('2026-01-14', { amount: '-39.00', text: 'refund', iban: THEIRS });
  const right = await line('2026-01-15', { amount: '-40.00', text: 'refund', iban: THEIRS });
  const shown = await ask('viewer', contract.listRefundLines, {
    params: { refundId },
    query: { side: 'out' },
  });
  assert.deepEqual(
    shown.reply.rows.map((row) => row.lineId),
    [right, elsewhere],
  );
  const by = (statementLineId: string) => () => paid(refundId, { statementLineId });
  await refusesWithoutTrace(tenant, 'refund_to_other_account', by(elsewhere));
  await refusesWithoutTrace(tenant, 'line_not_the_refund', by(short));
  // The money is gone: nothing waits any more.
  const done = await by(right)();
  assert.equal(done.paidOn, '2026-01-15');
  assert.equal(await state(refundId), 'paid');
  assert.deepEqual((await off('2026-01-15')).slice(0, 2), [0n, 0n]);
  await checkBooks(tenant);
  const other = await grant(40_00n);
  await refusesWithoutTrace(tenant, 'line_explained', () => paid(other, { statementLineId: right }));
});

test('a refund that came back by a bank line frees the credit exactly, and the line is no receipt of anybody', async () => {
  const { tenant, grant, order, state, line, off, credit, ask, customerId } = await setting();
  const refundId = await grant(40_00n);
  const give = (given: object) => () =>
    tenant.act('cash_applier', recordRefundReturned, { refundId, reason: 'AC04 closed account', ...given });
  await refusesWithoutTrace(tenant, 'refund_not_paid', give({}));
  await order(refundId);
  tenant.on('2026-01-20');
  const back = await line('2026-01-20', { amount: '40.00', text: 'returned', iban: THEIRS });
  const other = await line('2026-01-19', { amount: '41.00', text: 'x' });
  await refusesWithoutTrace(tenant, 'line_not_the_refund', give({ statementLineId: other }));
  const shown = await ask('viewer', contract.listRefundLines, {
    params: { refundId },
    query: { side: 'in' },
  });
  assert.deepEqual(
    shown.reply.rows.map((row) => row.lineId),
    [back],
  );
  await give({ statementLineId: back })();
  assert.equal(await state(refundId), 'returned');
  await refusesWithoutTrace(tenant, 'refund_not_paid', give({}));
  assert.deepEqual((await off('2026-01-20')).slice(1, 2), [0n]);
  const { credits } = (await ask('viewer', contract.getRefundable, { params: { customerId } })).reply;
  assert.deepEqual(
    credits.map((one) => [one.credit.amount, one.granted.amount, one.free.amount, one.oldestOn]),
    [['100.00', '0.00', '100.00', '2026-01-05']],
  );
  const [item] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ open_minor: bigint }>`select open_minor from open_item where tenant_id = ${tenant.tenantId}
      and document_id = ${credit.paymentId} and kind = 'payment'`),
  );
  assert.equal(item?.open_minor, -100_00n);
  // 100 on account, 41 of a receipt that nobody identified.
  assert.equal((await checkBooks(tenant)).bank, 141_00n);
});

test('a refund that came back less a fee frees the credit in full; the fee is a bank charge, and the line is tied', async () => {
  const { tenant, grant, order, line, off, ask, customerId } = await setting();
  const refundId = await grant(40_00n);
  await order(refundId);
  tenant.on('2026-01-20');
  const paid = await line('2026-01-19', { amount: '36.00', text: 'a payment of somebody' });
  const back = await line('2026-01-20', { amount: '37.50', text: 'returned', iban: THEIRS });
  const give = (given: object) => () =>
    tenant.act('cash_applier', recordRefundReturned, {
      ...{ refundId, reason: 'AC04 closed account', statementLineId: back },
      ...given,
    });
  await refusesWithoutTrace(tenant, 'line_not_the_refund', give({}));
  await refusesWithoutTrace(tenant, 'line_not_the_refund', give({ fee: eur(2_00n) }));
  await refusesWithoutTrace(tenant, 'return_fee_not_valid', give({ fee: eur(40_00n) }));
  await refusesWithoutTrace(
    tenant,
    'return_fee_not_valid',
    give({ fee: eur(-1n), statementLineId: undefined }),
  );
  const shown = await ask('viewer', contract.listRefundLines, {
    params: { refundId },
    query: { side: 'in' },
  });
  const rows = shown.reply.rows.map((row) => [row.lineId, row.kept.amount]);
  assert.deepEqual(rows, [[back, '2.50']], `the receipt of somebody else, ${paid}, is not offered`);
  await give({ fee: eur(2_50n) })();
  const { credits } = (await ask('viewer', contract.getRefundable, { params: { customerId } })).reply;
  assert.deepEqual(
    credits.map((one) => one.free.amount),
    ['100.00'],
  );
  assert.deepEqual((await off('2026-01-20')).slice(1, 2), [0n]);
  const books = await checkBooks(tenant);
  assert.deepEqual([books.bank, books['bank-charges']], [100_00n + 36_00n - 2_50n, 2_50n]);
});

// Two guards keep a refund from being paid twice: the lock of its row, and the key of its end. Each alone is enough.
test('recorded as paid by several at once, a refund is paid once', async () => {
  const { tenant, grant, paid } = await setting();
  const refundId = await grant(10_00n);
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => paid(refundId)),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['refund_ended']));
  assert.equal((await checkBooks(tenant)).bank, 90_00n);
});

test('one orders a refund while another records it as paid: one of them does', async () => {
  const { tenant, grant, paid, order } = await setting();
  const refundId = await grant(10_00n);
  const { won } = await race(
    tenant,
    Array.from({ length: RACERS }, (_, n) => () => (n % 2 === 0 ? paid(refundId) : order(refundId))),
  );
  assert.equal(won, 1);
  assert.equal((await checkBooks(tenant)).bank, 90_00n);
});
