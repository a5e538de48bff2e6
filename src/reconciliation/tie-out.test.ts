import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Command } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { takeBankAccounts } from '#payments/take-bank-accounts.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { aCamt053, type CamtEntry, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPaidRefund, aPayment } from '../../test/support/builders.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { addRule, findRuled, previewRule, removeRule } from './change-rules.ts';
import { explainLine, undoExplanation } from './explain-line.ts';
import { reconciliationJobs } from './jobs.ts';
import { printReconciliation, readPrintedReconciliation } from './print-reconciliation.ts';
import { EXPLAIN_QUEUE } from './queues.ts';
import { readReconciliation } from './read-bridge.ts';
import { readDay, takeAccount } from './read-days.ts';
import { readReconciliationReply } from './read-replies.ts';
import { reconciliationRows } from './reconciliation-table.ts';
import { signDay } from './sign-day.ts';

after(closePdf);

type Bank = { readonly tenant: TestTenant; readonly companyId: CompanyId; readonly bankAccountId: string };

async function aBank(): Promise<Bank> {
  const tenant = await newTenant({ on: '2026-01-05' });
  const companyId = await aCompany(tenant);
  const { bankAccountId } = await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  return { tenant, companyId, bankAccountId };
}

let references = 0;

/** A statement of a day comes in; entries get references of their own. */
async function aDay(
  { tenant }: Bank,
  day: string,
  entries: readonly CamtEntry[],
  balances: { readonly opening?: string; readonly closing?: string } = {},
): Promise<void> {
  const bytes = aCamt053([
    {
      id: `ST-${day}-${references}`,
      day,
      ...balances,
      entries: entries.map((entry) => {
        references += 1;
        return { bankReference: `REF${references}`, bookedOn: day, valueOn: day, ...entry };
      }),
    },
  ]);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  await importBankFile(at, { name: `${day}-${references}.xml`, bytes }, { apply: true });
}

type Line = { readonly id: string; readonly amount_minor: bigint; readonly payment_id: string | null };

async function linesOf({ tenant }: Bank): Promise<readonly Line[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<Line>`select l.id, l.amount_minor, p.id as payment_id from statement_line l
      left join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id order by l.booked_on, l.line_no`),
  );
}

async function day({ tenant, bankAccountId }: Bank, on: string) {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    readDay(tx, await takeAccount(tx, bankAccountId), parseDate(on)),
  );
}

async function bridgeOn({ tenant, bankAccountId }: Bank, on: string) {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    readReconciliation(tx, await takeAccount(tx, bankAccountId), parseDate(on)),
  );
}

const kindsOf = (tied: Awaited<ReturnType<typeof day>>) =>
  Object.fromEntries(tied.kinds.map((sum) => [sum.kind, [sum.lines, sum.minor, sum.bookedMinor]]));

test('a day ties when every line is something and the balances meet; until then it says what is open', async () => {
  const bank = await aBank();
  await aDay(
    bank,
    '2026-01-05',
    [
      { amount: '100.00', text: 'x' },
      { amount: '-4.50', text: 'account fee' },
    ],
    {
      opening: '10.00',
      closing: '105.50',
    },
  );
  const before = await day(bank, '2026-01-05');
  assert.deepEqual([before.state, before.reasons], ['open', ['lines_unexplained']]);
  assert.equal(before.unexplainedMinor, -4_50n);
  const fee = (await linesOf(bank)).find((line) => line.amount_minor < 0n);
  await bank.tenant.act('cash_applier', explainLine, { lineId: fee?.id ?? '', kind: 'fee' });
  const after = await day(bank, '2026-01-05');
  assert.deepEqual([after.state, after.reasons], ['tied', []]);
  assert.deepEqual(kindsOf(after), { receipt: [1, 100_00n, 100_00n], fee: [1, -4_50n, -4_50n] });
  const books = await checkBooks(bank.tenant);
  assert.deepEqual([books.bank, books['bank-charges'], books['unapplied-cash']], [95_50n, 4_50n, -100_00n]);
});

test('what an import took for a receipt is given up when it is interest, and is a receipt again when that is taken back', async () => {
  const bank = await aBank();
  await aDay(bank, '2026-01-05', [{ amount: '3.20', text: 'interest Q4' }], {
    opening: '0.00',
    closing: '3.20',
  });
  const [line] = await linesOf(bank);
  const lineId = line?.id ?? '';
  await bank.tenant.act('cash_applier', explainLine, { lineId, kind: 'interest' });
  assert.deepEqual(kindsOf(await day(bank, '2026-01-05')), { interest: [1, 3_20n, 3_20n] });
  let books = await checkBooks(bank.tenant);
  assert.deepEqual([books.bank, books['bank-interest'], books['unapplied-cash']], [3_20n, -3_20n, 0n]);
  assert.equal((await bridgeOn(bank, '2026-01-05')).bridge.offMinor, 0n);

  await bank.tenant.act('cash_applier', explainLine, { lineId, kind: 'transfer' });
  books = await checkBooks(bank.tenant);
  assert.deepEqual([books['bank-interest'], books['bank-transfers']], [0n, -3_20n]);

  const { paymentId } = await bank.tenant.act('cash_applier', undoExplanation, {
    lineId,
    note: 'a customer after all',
  });
  assert.ok(paymentId);
  assert.deepEqual(kindsOf(await day(bank, '2026-01-05')), { receipt: [1, 3_20n, 3_20n] });
  books = await checkBooks(bank.tenant);
  assert.deepEqual([books.bank, books['bank-transfers'], books['unapplied-cash']], [3_20n, 0n, -3_20n]);
  await refusesWithoutTrace(bank.tenant, 'line_not_explained', () =>
    bank.tenant.act('cash_applier', undoExplanation, { lineId, note: 'again' }),
  );
  await bank.tenant.act('cash_applier', explainLine, { lineId, kind: 'other' });
  assert.deepEqual(kindsOf(await day(bank, '2026-01-05')), { other: [1, 3_20n, 3_20n] });
  const { bridge } = await bridgeOn(bank, '2026-01-05');
  assert.deepEqual([bridge.booksMinor, bridge.offMinor], [3_20n, 0n]);
});

test('money that is applied is a customer’s, and no line of other books', async () => {
  const bank = await aBank();
  const invoice = await anInvoice(bank.tenant, { companyId: bank.companyId });
  await aDay(bank, '2026-01-05', [{ amount: '100.00', text: invoice.number }]);
  const [line] = await linesOf(bank);
  await refusesWithoutTrace(bank.tenant, 'receipt_applied', () =>
    bank.tenant.act('owner', explainLine, { lineId: line?.id ?? '', kind: 'interest' }),
  );
});

test('a deposit recorded by hand is in transit until a bank line shows it, and then counts once', async () => {
  const bank = await aBank();
  const { tenant, companyId } = bank;
  await aDay(bank, '2026-01-05', [], { opening: '0.00', closing: '0.00' });
  tenant.on('2026-01-07');
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const first = await aPayment(tenant, { companyId, customerId, minor: 100_00n, receivedOn: '2026-01-06' });
  const second = await aPayment(tenant, { companyId, customerId, minor: 40_00n, receivedOn: '2026-01-06' });
  await tenant.act('owner', applyPayment, {
    paymentId: first.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: { minor: 100_00n, currency: 'EUR' } }],
  });
  tenant.on('2026-01-09');
  await aDay(bank, '2026-01-09', [{ amount: '140.00', text: 'cheques' }], {
    opening: '0.00',
    closing: '140.00',
  });

  const transit = await bridgeOn(bank, '2026-01-08');
  assert.deepEqual(
    [transit.bridge.depositsMinor, transit.bridge.bankMinor, transit.bridge.offMinor],
    [140_00n, 0n, 0n],
  );
  assert.deepEqual(
    transit.transit.map((row) => row.days),
    [2, 2],
  );
  const doubled = await bridgeOn(bank, '2026-01-09');
  assert.deepEqual(
    [doubled.bridge.depositsMinor, doubled.bridge.offMinor],
    [140_00n, 0n],
    'the receipt of the line counts too',
  );

  const line = (await linesOf(bank)).find((one) => one.amount_minor === 140_00n);
  const lineId = line?.id ?? '';
  const show = (paymentIds: readonly string[]) =>
    tenant.act('cash_applier', explainLine, { lineId, kind: 'deposit', paymentIds });
  await refusesWithoutTrace(tenant, 'payments_differ_from_line', () => show([first.paymentId]));
  await refusesWithoutTrace(tenant, 'payments_not_named', () => show([]));
  await refusesWithoutTrace(tenant, 'payment_not_showable', () => show([line?.payment_id ?? '']));
  await show([first.paymentId, second.paymentId]);
  const shown = await bridgeOn(bank, '2026-01-09');
  assert.deepEqual(
    [shown.bridge.depositsMinor, shown.bridge.booksMinor, shown.bridge.offMinor],
    [0n, 140_00n, 0n],
  );
  assert.deepEqual(kindsOf(await day(bank, '2026-01-09')), { deposit: [1, 140_00n, 140_00n] });
  assert.equal(
    (await bridgeOn(bank, '2026-01-08')).bridge.depositsMinor,
    140_00n,
    'the past stays as it was',
  );
  await checkBooks(tenant);

  await aDay(bank, '2026-01-09', [{ amount: '140.00', text: 'cheques once more' }]);
  const other = (await linesOf(bank)).filter((one) => one.amount_minor === 140_00n)[1];
  await refusesWithoutTrace(tenant, 'payment_not_showable', () =>
    tenant.act('cash_applier', explainLine, {
      lineId: other?.id ?? '',
      kind: 'deposit',
      paymentIds: [first.paymentId, second.paymentId],
    }),
  );
});

test('refunds and returned payments stand between bank and books until a line shows them', async () => {
  const bank = await aBank();
  const { tenant, companyId } = bank;
  const customerId = await aCustomer(tenant);
  await aDay(bank, '2026-01-05', [{ amount: '80.00', text: 'no 1' }], { opening: '0.00', closing: '80.00' });
  const [receipt] = await linesOf(bank);
  const credit = await aPayment(tenant, { companyId, customerId, minor: 30_00n, receivedOn: '2026-01-05' });
  const refund = await aPaidRefund(tenant, { companyId, customerId, minor: 30_00n, paidOn: '2026-01-05' });
  await tenant.act('owner', returnPayment, {
    paymentId: (receipt?.payment_id ?? '') as never,
    on: parseDate('2026-01-05'),
    reason: 'no funds',
  });
  const { bridge } = await bridgeOn(bank, '2026-01-05');
  assert.deepEqual(
    [
      bridge.bankMinor,
      bridge.depositsMinor,
      bridge.refundsMinor,
      bridge.returnsMinor,
      bridge.booksMinor,
      bridge.offMinor,
    ],
    [80_00n, 30_00n, -30_00n, -80_00n, 0n, 0n],
  );
  tenant.on('2026-01-06');
  await aDay(
    bank,
    '2026-01-06',
    [
      { amount: '-80.00', text: 'R' },
      { amount: '-30.00', text: 'F' },
      { amount: '30.00', text: 'D' },
    ],
    {
      opening: '80.00',
      closing: '0.00',
    },
  );
  const lines = await linesOf(bank);
  const explain = (minor: bigint, kind: 'return' | 'refund' | 'deposit', paymentId: string) =>
    tenant.act('cash_applier', explainLine, {
      lineId: lines.find((line) => line.amount_minor === minor)?.id ?? '',
      kind,
      paymentIds: [paymentId],
    });
  await explain(-80_00n, 'return', receipt?.payment_id ?? '');
  await explain(-30_00n, 'refund', refund.paymentId);
  await explain(30_00n, 'deposit', credit.paymentId);
  const after = await bridgeOn(bank, '2026-01-06');
  assert.deepEqual(
    [after.bridge.bankMinor, after.bridge.booksMinor, after.bridge.offMinor, after.transit.length],
    [0n, 0n, 0n, 0],
  );
  assert.equal((await day(bank, '2026-01-06')).state, 'tied');
});

test('a line that is explained takes no payment back as well', async () => {
  const bank = await aBank();
  await aDay(bank, '2026-01-05', [
    { amount: '80.00', text: 'a' },
    { amount: '-80.00', text: 'b' },
  ]);
  const [receipt, out] = await linesOf(bank);
  await bank.tenant.act('owner', explainLine, { lineId: out?.id ?? '', kind: 'fee' });
  await refusesWithoutTrace(bank.tenant, 'statement_line_explained', () =>
    bank.tenant.act('owner', returnPayment, {
      paymentId: (receipt?.payment_id ?? '') as never,
      reason: 'no funds',
      statementLineId: (out?.id ?? '') as never,
    }),
  );
});

test('who explains a line does not wait for an import that has the account in hand, so that neither waits for the other', async () => {
  const bank = await aBank();
  await aDay(bank, '2026-01-05', [{ amount: '100.00', text: 'interest' }]);
  const [line] = await linesOf(bank);
  let explaining: Promise<string> = Promise.resolve('');
  const importAndLook: Command<null, string> = {
    name: 'import-and-look',
    permission: 'bank.import',
    async run(act) {
      await takeBankAccounts(act, [{ account: TEST_IBAN, currency: 'EUR', owner: undefined }], {});
      const explained = { lineId: line?.id ?? '', kind: 'interest' } as const;
      explaining = bank.tenant.act('cash_applier', explainLine, explained).then(() => 'explained');
      return Promise.race([explaining, sleep(5_000, 'waits', { ref: false })]);
    },
  };
  assert.equal(await bank.tenant.act('cash_applier', importAndLook, null), 'explained');
  await explaining;
});

test('a value date after the booking date stands between bank and books for those days', async () => {
  const bank = await aBank();
  bank.tenant.on('2026-01-08');
  await aDay(bank, '2026-01-05', [{ amount: '50.00', text: 'v', valueOn: '2026-01-07' }], {
    opening: '0.00',
    closing: '50.00',
  });
  const { bridge } = await bridgeOn(bank, '2026-01-06');
  assert.deepEqual(
    [bridge.bankMinor, bridge.earlyMinor, bridge.booksMinor, bridge.offMinor],
    [50_00n, 50_00n, 0n, 0n],
  );
  assert.equal((await bridgeOn(bank, '2026-01-07')).bridge.booksMinor, 50_00n);
  const before = await bridgeOn(bank, '2026-01-04');
  assert.deepEqual(
    [before.start, before.bridge.offMinor],
    [null, 0n],
    'before the first statement nothing is known',
  );
  assert.equal(
    (await day(bank, '2026-01-05')).state,
    'tied',
    'the day of the bank has its line in the books',
  );
});

test('a statement that is missing makes its day red by exactly what it moved', async () => {
  const bank = await aBank();
  bank.tenant.on('2026-01-08');
  await aDay(bank, '2026-01-05', [{ amount: '50.00', text: 'a' }], { opening: '0.00', closing: '50.00' });
  await aDay(bank, '2026-01-07', [{ amount: '5.00', text: 'b' }], { opening: '62.10', closing: '67.10' });
  const red = await day(bank, '2026-01-07');
  assert.deepEqual([red.state, red.reasons, red.carriedOffMinor], ['off', ['statement_missing'], 12_10n]);
  assert.equal((await bridgeOn(bank, '2026-01-07')).bridge.offMinor, 12_10n);
});

test('a rule is tried before it is added, explains what waits, and leaves customers’ money alone', async () => {
  const bank = await aBank();
  const { tenant, companyId } = bank;
  const invoice = await anInvoice(tenant, { companyId });
  await aDay(bank, '2026-01-05', [
    { amount: '-4.50', text: 'ACCOUNT FEE 01' },
    { amount: '100.00', text: `account fee agreed, ${invoice.number}` },
    { amount: '1.00', text: 'account fee back' },
  ]);
  const given = { text: 'account fee', direction: 'both', kind: 'fee' } as const;
  const preview = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    previewRule(tx, given, parseDate('2026-01-05')),
  );
  assert.deepEqual([preview.waitingCount, preview.matchedCount, preview.isWhole], [2, 1, true]);
  const { ruleId } = await tenant.act('cash_applier', addRule, given);
  assert.ok(tenant.jobs.some((job) => job.queue === EXPLAIN_QUEUE));
  await refusesWithoutTrace(tenant, 'rule_known', () =>
    tenant.act('cash_applier', addRule, { ...given, kind: 'other' }),
  );
  await refusesWithoutTrace(tenant, 'rule_text_too_short', () =>
    tenant.act('cash_applier', addRule, { ...given, text: '. a .' }),
  );
  const run = () => explainAll(tenant);
  await run();
  const tied = await day(bank, '2026-01-05');
  assert.deepEqual(kindsOf(tied), {
    receipt: [1, 100_00n, 100_00n],
    fee: [2, -3_50n, -3_50n],
  });
  await run();
  await tenant.act('cash_applier', removeRule, { ruleId });
  await refusesWithoutTrace(tenant, 'rule_not_found', () =>
    tenant.act('cash_applier', removeRule, { ruleId }),
  );
  const left = await inTenant(tenant.pool, tenant.tenantId, (tx) => findRuled(tx, parseDate('2026-01-05')));
  assert.deepEqual(left, []);
  await checkBooks(tenant);
});

let jobs = 0;

async function explainAll(tenant: TestTenant): Promise<void> {
  const handlers = reconciliationJobs({
    door: tenant.door,
    clock: tenant.clock,
    dataDir: '/nowhere',
    log: { error() {}, warn() {}, info() {} },
    contextOf: async () => ({
      ...tenant.as('owner'),
      actor: { kind: 'system', id: 'worker', name: 'Quittance' },
    }),
  });
  jobs += 1;
  await handlers[EXPLAIN_QUEUE]?.({
    id: `job-${jobs}`,
    tenantId: tenant.tenantId,
    queue: EXPLAIN_QUEUE,
    payload: {},
  } as never);
}

test('the reconciliation is printed: every step with its amount, and what stands between bank and books', async () => {
  const bank = await aBank();
  const { tenant, companyId, bankAccountId } = bank;
  const customerId = await aCustomer(tenant, { name: 'Grünwald & Söhne' });
  await aDay(bank, '2026-01-05', [{ amount: '-4.50', text: 'a fee nobody explained' }], {
    opening: '1000.00',
    closing: '995.50',
  });
  const { number } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 30_00n,
    receivedOn: '2026-01-05',
  });
  const { page, fileName } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readPrintedReconciliation(tx, bankAccountId, parseDate('2026-01-05')),
  );
  assert.match(fileName, /^bank-reconciliation-.*-2026-01-05\.pdf$/);
  const text = readPdf(await printReconciliation(page)).pages.join('\n');
  for (const said of [
    'Deposits in transit',
    '995.50',
    '30.00',
    '1,030.00',
    number,
    'Grünwald',
    'a fee nobody explained',
  ])
    assert.ok(text.includes(said), `${said} is printed`);
  assert.ok(text.includes('meet to the cent'));
  assert.ok(text.includes('nobody yet'));
});

test('the report says who signed the day off, or up to which day, and how old deposits in transit are', async () => {
  const bank = await aBank();
  const { tenant, companyId, bankAccountId } = bank;
  for (const [day, opening, closing] of [
    ['2026-01-05', '1000.00', '1000.00'],
    ['2026-01-12', '1000.00', '1000.00'],
  ] as const)
    await aDay(bank, day, [], { opening, closing });
  await aPayment(tenant, { companyId, minor: 30_00n, receivedOn: '2026-01-05' });
  const rows = (asOf: string) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) =>
      reconciliationRows(await readReconciliationReply(tx, bankAccountId, parseDate(asOf))),
    );
  const said = (all: Awaited<ReturnType<typeof rows>>, part: string) => all.find((row) => row[3] === part);
  assert.equal(said(await rows('2026-01-12'), 'Signed off')?.[5], 'nobody yet');
  tenant.on('2026-01-13');
  await tenant.act('controller', signDay, { bankAccountId, day: parseDate('2026-01-05') });
  assert.match(said(await rows('2026-01-05'), 'Signed off')?.[5] ?? '', /^(?!not this day).+ at 20/);
  const later = await rows('2026-01-12');
  assert.match(said(later, 'Signed off')?.[5] ?? '', /^not this day; 2026-01-05 by /);
  assert.equal(said(later, 'Deposits in transit up to 7 days')?.[8], '30.00');
  assert.equal(said(later, 'Deposits in transit older than 30 days')?.[8], '0.00');
});
