import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { changePolicy } from '#approvals/change-policy.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { undoExplanation } from '#reconciliation/explain-line.ts';
import { reconciliationJobs } from '#reconciliation/jobs.ts';
import { EXPLAIN_QUEUE } from '#reconciliation/queues.ts';
import { readReconciliation } from '#reconciliation/read-bridge.ts';
import { takeAccount } from '#reconciliation/read-days.ts';
import { markReceipt } from '#workbench/record-mark.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCamt053, type CamtEntry, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { putRefundSetting } from './change-refund.ts';
import * as contract from './contract.ts';
import { exportRefunds } from './export-refunds.ts';
import { grantRefund } from './grant-refund.ts';
import { refundsJobs } from './jobs.ts';
import { REFUNDS_QUEUE } from './queues.ts';
import { recordRefundReturned } from './record-paid.ts';
import { routes } from './routes.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const ALONE = { upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] } as const;

/** A customer with 100.00 on account, of which 40.00 were ordered back. */
async function setting() {
  const tenant = await newTenant({ on: '2026-01-15' });
  const policy = { currency: null, order: 'serial', expiryDays: 14, bands: [ALONE] } as const;
  await tenant.act('owner', changePolicy(APPROVABLES), { kind: 'refund', version: 0, policy });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const { bankAccountId: theirs } = await tenant.act('controller', addCustomerBankAccount, {
    customerId,
    account: 'DE02120300000000202051',
  });
  const ours = { companyId, name: 'House bank', account: TEST_IBAN, currency: 'EUR' };
  const { bankAccountId } = await tenant.act('owner', addBankAccount, ours);
  await tenant.act('owner', putRefundSetting, { companyId, waitingDays: 0 });
  await aPayment(tenant, { companyId, customerId, receivedOn: '2026-01-05' });
  const wish = { companyId, customerId, amount: eur(40_00n), bankAccountId: theirs, reason: 'Paid twice' };
  const { refundId } = await tenant.act('owner', grantRefund, wish);
  const done = await tenant.act('owner', exportRefunds, { companyId, bankAccountId, refundIds: [refundId] });
  const refund = done.refunds[0];
  assert.ok(refund);
  tenant.on('2026-01-20');
  /** A line of the bank of that day, with the receipt it stands as. */
  const line = async (day: string, entry: CamtEntry) => {
    const entries = [{ bookedOn: day, valueOn: day, bankReference: `R${day}${entry.amount}`, ...entry }];
    const bytes = aCamt053([{ id: `S-${day}`, day, entries }]);
    const at = { door: tenant.door, context: tenant.as('cash_applier') };
    await importBankFile(at, { name: 's.xml', bytes }, { apply: true });
    const [found] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql<{ id: string; payment_id: PaymentId }>`select l.id, p.id as payment_id from statement_line l
        join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id
        where l.tenant_id = ${tenant.tenantId} and l.booked_on = ${day}::date`),
    );
    assert.ok(found);
    return found;
  };
  const returned = (given: object) => () =>
    tenant.act('cash_applier', recordRefundReturned, { refundId, reason: 'AC04', ...given });
  const named: CamtEntry = { amount: '40.00', endToEndId: refund.payment, returnReason: 'AC04' };
  const runJobs = async () => {
    const job = { tenantId: tenant.tenantId, payload: {}, jobId: crypto.randomUUID() };
    await refundsJobs({ ...toolsOf(tenant), dataDir: '' })[REFUNDS_QUEUE]?.(job);
  };
  /** Explains lines by themselves, as after an import. */
  const explain = async () => {
    const job = { tenantId: tenant.tenantId, payload: {}, jobId: crypto.randomUUID() };
    await reconciliationJobs({ ...toolsOf(tenant), dataDir: '' })[EXPLAIN_QUEUE]?.(job);
  };
  /** Returns that the books have and no line shows. */
  const unshown = () =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const account = await takeAccount(tx, bankAccountId);
      return (await readReconciliation(tx, account, parseDate('2026-01-20'))).bridge.returnsMinor;
    });
  const ask = await serveTo(tenant, routes);
  return {
    tenant,
    companyId,
    customerId,
    refundId,
    refund,
    line,
    returned,
    named,
    runJobs,
    explain,
    unshown,
    ask,
  };
}

test('a refund is not recorded as come back beside the line that brought it: it is named, or said to be other money', async () => {
  const { tenant, companyId, customerId, refundId, refund, line, returned, named, ask } = await setting();
  const other = await line('2026-01-19', { amount: '40.00', text: 'x' });
  await refusesWithoutTrace(tenant, 'refund_line_fits', returned({}));
  const past = { paymentId: refund.paymentId as PaymentId, reason: 'AC04' };
  await refusesWithoutTrace(tenant, 'refund_was_granted', () =>
    tenant.act('cash_applier', returnPayment, past),
  );

  const back = await line('2026-01-20', named);
  await refusesWithoutTrace(tenant, 'refund_line_named', returned({ isOnNoLine: true }));
  // Applied by a person, its money would be there twice all the same.
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 40_00n });
  const allocations = [{ itemId: invoice.itemId, amount: eur(40_00n) }];
  await tenant.act('cash_applier', applyPayment, { paymentId: back.payment_id, allocations });
  await refusesWithoutTrace(tenant, 'refund_line_named', returned({ isOnNoLine: true }));
  await refusesWithoutTrace(tenant, 'receipt_applied', returned({ statementLineId: back.id }));
  const shown = await ask('viewer', contract.listRefundLines, {
    params: { refundId },
    query: { side: 'in' },
  });
  assert.deepEqual(
    shown.reply.rows.map((row) => [row.lineId, row.isApplied]),
    [
      [back.id, true],
      [other.id, false],
    ],
  );
  await tenant.act('cash_applier', unapplyPayment, { paymentId: back.payment_id });
  await returned({ statementLineId: back.id })();
  assert.equal((await checkBooks(tenant)).bank, 140_00n, 'what was on account, and the receipt of nobody');
});

test('a refund that came back on no line is recorded beside money of others; the line that comes later and names it is tied to it', async () => {
  const { tenant, line, returned, named, runJobs, unshown } = await setting();
  await line('2026-01-18', { amount: '40.00', text: 'x' });
  await returned({ isOnNoLine: true })();
  await runJobs();
  assert.equal(await unshown(), 40_00n, 'the line of others is left to them');
  await line('2026-01-20', named);
  assert.equal((await checkBooks(tenant)).bank, 180_00n, 'its receipt stands beside what was recorded');
  await runJobs();
  await runJobs();
  assert.equal((await checkBooks(tenant)).bank, 140_00n);
  assert.equal(await unshown(), 0n);
});

test('the line that the bank says brought a refund back is seen however many others are of its amount', async () => {
  const { tenant, refundId, line, returned, named, ask } = await setting();
  const back = await line('2026-01-17', { ...named, amount: '38.00' });
  const day = '2026-01-20';
  const entries = Array.from({ length: 25 }, (_, n) => ({
    ...{ amount: '40.00', bookedOn: day, valueOn: day, bankReference: `Other ${n}`, text: `x${n}` },
  }));
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  await importBankFile(
    at,
    { name: 'o.xml', bytes: aCamt053([{ id: 'S-o', day, entries }]) },
    { apply: true },
  );
  await refusesWithoutTrace(tenant, 'refund_line_named', returned({ isOnNoLine: true }));
  const { reply } = await ask('viewer', contract.listRefundLines, {
    params: { refundId },
    query: { side: 'in' },
  });
  assert.deepEqual([reply.rows.length, reply.rows[0]?.lineId], [20, back.id]);
});

test('a refund that came back with no line in sight is recorded without asking', async () => {
  const { tenant, returned } = await setting();
  await returned({})();
  await refusesWithoutTrace(tenant, 'refund_not_paid', returned({}));
  assert.equal((await checkBooks(tenant)).bank, 100_00n);
});

/** Money back from the account that was paid, which the bank neither calls a return nor names. */
const UNNAMED: CamtEntry = {
  amount: '40.00',
  payer: 'The customer',
  iban: 'DE02120300000000202051',
  text: 'x',
};

test('a line that names no refund is the bank’s side of one recorded by hand: of its amount, account and days, once', async () => {
  const { tenant, returned, line, explain, unshown } = await setting();
  await returned({})();
  await line('2026-01-19', UNNAMED);
  assert.equal((await checkBooks(tenant)).bank, 140_00n, 'its receipt stands beside what was recorded');
  await explain();
  await explain();
  assert.equal((await checkBooks(tenant)).bank, 100_00n, 'what was paid is back, once');
  assert.equal(await unshown(), 0n);
});

test('a line that may be other money is left to a person', async () => {
  const others: readonly (readonly [string, CamtEntry])[] = [
    ['another account', { ...UNNAMED, iban: 'FR7630006000011234567890189' }],
    ['another amount', { ...UNNAMED, amount: '39.99' }],
    ['no account', { amount: '40.00', text: 'x' }],
  ];
  for (const [what, entry] of others) {
    const { returned, line, explain, unshown } = await setting();
    await returned({})();
    await line('2026-01-19', entry);
    await explain();
    assert.equal(await unshown(), 40_00n, what);
  }
  const { tenant, companyId, customerId, returned, line, explain, unshown } = await setting();
  await line('2026-01-17', UNNAMED);
  await returned({ isOnNoLine: true })();
  await explain();
  assert.equal(await unshown(), 40_00n, 'somebody said that it is none of those that stood there');
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 90_00n });
  await line('2026-01-18', { ...UNNAMED, text: `part of ${invoice.number}` });
  await explain();
  assert.equal(await unshown(), 40_00n, 'it names what it is for');
  await line('2026-01-19', UNNAMED);
  await line('2026-01-20', UNNAMED);
  await explain();
  assert.equal(await unshown(), 40_00n, 'of two neither is certain');
});

test('a line that could be for something else of the customer is left to a person', async () => {
  type Given = Awaited<ReturnType<typeof setting>>;
  const others: readonly (readonly [string, (given: Given) => Promise<unknown>])[] = [
    [
      'it names the payment reference of an invoice',
      async ({ tenant, companyId, customerId, line }) => {
        const paymentReference = 'RF18539007547034';
        await anInvoice(tenant, { companyId, customerId, minor: 90_00n, paymentReference });
        await line('2026-01-19', { ...UNNAMED, text: 'RF18 5390 0754 7034' });
      },
    ],
    [
      'it is what is open of invoices',
      async ({ tenant, companyId, customerId, line }) => {
        await line('2026-01-19', UNNAMED);
        await anInvoice(tenant, { companyId, customerId, minor: 40_00n });
      },
    ],
    [
      'somebody keeps it on account',
      async ({ tenant, line }) => {
        const { payment_id } = await line('2026-01-19', UNNAMED);
        const kept = { paymentId: payment_id, kind: 'kept', note: 'paid ahead' } as const;
        await tenant.act('cash_applier', markReceipt, kept);
      },
    ],
    [
      'a receipt of as much was recorded by hand',
      async ({ tenant, companyId, customerId, line }) => {
        await line('2026-01-19', UNNAMED);
        await aPayment(tenant, { companyId, customerId, minor: 40_00n, receivedOn: '2026-01-18' });
      },
    ],
  ];
  for (const [what, happens] of others) {
    const given = await setting();
    await given.returned({})();
    await happens(given);
    await given.explain();
    assert.equal(await given.unshown(), 40_00n, what);
  }
});

test('money out that a refund may be is not the return of another payment; it shows the refund that it names', async () => {
  const { tenant, refund, explain, runJobs } = await setting();
  const book = async (day: string, entry: CamtEntry) => {
    const entries = [{ bookedOn: day, valueOn: day, bankReference: `M${day}`, ...entry }];
    const bytes = aCamt053([{ id: `M-${day}`, day, entries }]);
    const at = { door: tenant.door, context: tenant.as('cash_applier') };
    await importBankFile(at, { name: 's.xml', bytes }, { apply: true });
  };
  const said = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql<{ line: string; kind: string; number: string }>`
        select x.statement_line_id as line, x.kind, p.number from line_explanation x
        join explained_payment y on y.tenant_id = x.tenant_id and y.explanation_id = x.id
        join payment p on p.tenant_id = y.tenant_id and p.id = y.payment_id
        where x.tenant_id = ${tenant.tenantId} and x.undone_at is null order by x.booked_on`),
    );
  await book('2026-01-16', UNNAMED);
  const [paid] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: PaymentId; number: string }>`
      select id, number from payment where tenant_id = ${tenant.tenantId} and received_on = '2026-01-16'`),
  );
  assert.ok(paid);
  const on = parseDate('2026-01-19');
  await tenant.act('cash_applier', returnPayment, { paymentId: paid.id, on, reason: 'AC04' });
  await book('2026-01-19', { ...UNNAMED, amount: '-40.00', endToEndId: refund.payment });
  await explain();
  assert.deepEqual(await said(), [], 'the refund was ordered to that account, and no line shows it yet');
  await runJobs();
  assert.deepEqual(
    (await said()).map(({ kind, number }) => `${kind} ${number}`),
    [`refund ${refund.payment}`],
  );
  await book('2026-01-20', { ...UNNAMED, amount: '-40.00' });
  await explain();
  const [, back] = await said();
  assert.deepEqual([back?.kind, back?.number], ['return', paid.number], 'now it can be nothing else');
  await tenant.act('cash_applier', undoExplanation, { lineId: back?.line ?? '', note: 'it is not' });
  await explain();
  assert.equal((await said()).length, 1, 'what a person took apart stays apart');
});

test('a line far from the day that was recorded is left to a person', async () => {
  for (const [day, bank] of [
    ['2026-01-26', 100_00n],
    ['2026-01-27', 140_00n],
  ] as const) {
    const { tenant, returned, line, explain } = await setting();
    await returned({ on: parseDate('2026-01-16') })();
    tenant.on('2026-01-28');
    await line(day, UNNAMED);
    await explain();
    assert.equal((await checkBooks(tenant)).bank, bank, day);
  }
});
