import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { undoExplanation } from '#reconciliation/explain-line.ts';
import { reconciliationJobs } from '#reconciliation/jobs.ts';
import { EXPLAIN_QUEUE } from '#reconciliation/queues.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCamt053, type CamtEntry, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, proveBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { followUpReturn, putReturnFee, setAsideNotice } from './change-returns.ts';
import * as contract from './contract.ts';
import { returnsJobs } from './jobs.ts';
import { RETURNS_QUEUE } from './queues.ts';
import { recordReturn } from './record-return.ts';
import { routes } from './routes.ts';

const PAYER = 'FR7630006000011234567890189';
const eur = (minor: bigint) => money(minor, 'EUR');

type Bank = { readonly tenant: TestTenant; readonly companyId: CompanyId; readonly customerId: CustomerId };

async function aBank(): Promise<Bank> {
  const tenant = await newTenant({ on: '2026-02-20' });
  const companyId = await aCompany(tenant);
  await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  return { tenant, companyId, customerId: await aCustomer(tenant) };
}

function book({ tenant }: Bank, day: string, entries: readonly CamtEntry[]) {
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  return importBankFile(
    at,
    { name: `${day}.xml`, bytes: aCamt053([{ id: day, day, entries }]) },
    { apply: true },
  );
}

/** Runs the job that books returns, as a worker would. */
async function runJob({ tenant }: Bank): Promise<void> {
  const tools = {
    door: tenant.door,
    contextOf: () => Promise.resolve(tenant.as('owner')),
    log: { info: () => undefined },
  } as unknown as Parameters<typeof returnsJobs>[0];
  const jobId = crypto.randomUUID();
  await returnsJobs(tools)[RETURNS_QUEUE]?.({ tenantId: tenant.tenantId, payload: {}, jobId });
}

async function asked(bank: Bank) {
  const ask = await serveTo(bank.tenant, routes);
  const notices = async (state: 'waiting' | 'decided' = 'waiting') =>
    (await ask('viewer', contract.listReturnNotices, { query: { state } })).reply.rows;
  const returned = async (query: object = { state: 'all' }) =>
    (await ask('viewer', contract.listReturnedPayments, { query })).reply.rows;
  return { ask, notices, returned };
}

async function proven({ tenant }: Bank): Promise<void> {
  await proveBooks(tenant, parseDate('2026-02-20'));
}

const paidBy = (more: Partial<CamtEntry> & { readonly amount: string }): CamtEntry => ({
  payer: 'Payer SA',
  iban: PAYER,
  ...more,
});

for (const order of ['payment first', 'return first'])
  test(`a return that names its payment re-opens the invoice as it was: ${order}`, async () => {
    const bank = await aBank();
    const { tenant } = bank;
    const invoice = await anInvoice(tenant, { ...bank, dueOn: '2026-02-01' });
    const before = await itemsOf(tenant, invoice.invoiceId);
    const payment = paidBy({
      amount: '100.00',
      text: invoice.number,
      endToEndId: 'E2E-1',
      bankReference: 'B1',
    });
    const back = paidBy({
      amount: '-100.00',
      endToEndId: 'E2E-1',
      bankReference: 'B2',
      returnReason: 'AM04',
    });
    const bookBoth = [() => book(bank, '2026-02-05', [payment]), () => book(bank, '2026-02-09', [back])];
    for (const one of order === 'payment first' ? bookBoth : bookBoth.toReversed()) {
      await one();
      await runJob(bank);
    }
    const after = await itemsOf(tenant, invoice.invoiceId);
    const { notices, returned } = await asked(bank);
    assert.deepEqual(
      after.map(({ dueOn, open }) => [dueOn.toString(), open.minor]),
      before.map(({ dueOn, open }) => [dueOn.toString(), open.minor]),
    );
    assert.deepEqual(await notices(), []);
    const [row] = await returned();
    assert.deepEqual(
      [row?.returnedOn, row?.reason.code, row?.reason.next, row?.risky, row?.bankFee.amount, row?.charge],
      ['2026-02-09', 'AM04', 'retry', 1, '0.00', null],
    );
    assert.equal((await checkBooks(tenant)).bank, 0n);
    await proven(bank);
  });

test('what the bank took on top is its charge, and the payer is asked for the fee of the company', async () => {
  const bank = await aBank();
  const { tenant, companyId } = bank;
  await tenant.act('controller', putReturnFee, {
    companyId,
    amount: eur(7_50n),
    validFrom: parseDate('2026-01-01'),
  });
  const invoice = await anInvoice(tenant, bank);
  await book(bank, '2026-02-05', [
    paidBy({ amount: '100.00', text: invoice.number, endToEndId: 'E2E-1', bankReference: 'B1' }),
  ]);
  const { ask, notices, returned } = await asked(bank);
  // The bank does not say what of it is its fee: a person does.
  await book(bank, '2026-02-09', [
    paidBy({ amount: '-103.50', endToEndId: 'E2E-1', bankReference: 'B2', returnReason: 'MD06' }),
  ]);
  await runJob(bank);
  const [notice] = await notices();
  const [suggested] = notice?.suggestions ?? [];
  assert.deepEqual(
    [notice?.reason.next, suggested?.fee.amount, suggested?.signs],
    ['ask_customer', '3.50', ['reference', 'account', 'name']],
  );
  await tenant.act('cash_applier', recordReturn, {
    paymentId: suggested?.paymentId as never,
    noticeId: notice?.noticeId,
    fee: eur(3_50n),
    asksFee: true,
  });
  const books = await checkBooks(tenant);
  assert.deepEqual([books.bank, books['bank-charges'], books['late-fees']], [-3_50n, 3_50n, -7_50n]);
  const [row] = await returned();
  assert.deepEqual([row?.bankFee.amount, row?.reason.code, row?.charge === null], ['3.50', 'MD06', false]);
  const charge = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ kind: string; reference: string; minor: bigint; customer: string }>`
      select p.kind, p.reference, c.total_minor as minor, c.customer_id as customer from charge c
      join charge_part p on p.tenant_id = c.tenant_id and p.charge_id = c.id where c.tenant_id = ${tx.tenantId}`),
  );
  assert.deepEqual(charge, [
    { kind: 'return_fee', reference: row?.number, minor: 7_50n, customer: bank.customerId },
  ]);
  assert.deepEqual((await ask('viewer', contract.listReturnFees, { params: { companyId } })).reply.rows, [
    { fee: { amount: '7.50', currency: 'EUR' }, validFrom: '2026-01-01' },
  ]);
  await proven(bank);
});

test('a reason that is not the payer’s doing asks no fee of it', async () => {
  const bank = await aBank();
  const { tenant, companyId } = bank;
  await tenant.act('controller', putReturnFee, {
    companyId,
    amount: eur(7_50n),
    validFrom: parseDate('2026-01-01'),
  });
  const { paymentId } = await aPayment(tenant, { companyId, receivedOn: '2026-02-05' });
  const done = await tenant.act('cash_applier', recordReturn, { paymentId, code: 'BE05', asksFee: true });
  assert.equal(done.charge, null);
});

test('where two payments fit, nothing is booked and both are shown', async () => {
  const bank = await aBank();
  const { tenant } = bank;
  await book(bank, '2026-02-05', [
    paidBy({ amount: '100.00', bankReference: 'B1' }),
    paidBy({ amount: '100.00', bankReference: 'B2' }),
    paidBy({ amount: '40.00', bankReference: 'B3' }),
  ]);
  await book(bank, '2026-02-09', [
    paidBy({ amount: '-100.00', bankReference: 'B4', returnReason: 'AC04' }),
    paidBy({ amount: '-40.00', bankReference: 'B5', returnReason: 'AC04' }),
  ]);
  await runJob(bank);
  const { notices, returned } = await asked(bank);
  const [waiting, none] = await notices();
  assert.equal(none, undefined);
  assert.equal(waiting?.suggestions.length, 2);
  assert.deepEqual(
    (await returned()).map((row) => row.amount.amount),
    ['40.00'],
  );
  await tenant.act('cash_applier', setAsideNotice, {
    noticeId: waiting?.noticeId ?? '',
    note: 'not ours',
  });
  assert.deepEqual(await notices(), []);
  await refusesWithoutTrace(tenant, 'return_notice_decided', () =>
    tenant.act('cash_applier', recordReturn, {
      paymentId: waiting?.suggestions[0]?.paymentId as never,
      noticeId: waiting?.noticeId,
      asksFee: true,
    }),
  );
  await proven(bank);
});

test('a return booked by hand before is shown by its line when that comes', async () => {
  const bank = await aBank();
  const { tenant } = bank;
  await book(bank, '2026-02-05', [paidBy({ amount: '100.00', endToEndId: 'E2E-1', bankReference: 'B1' })]);
  const [paid] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from payment where tenant_id = ${tx.tenantId}`),
  );
  await tenant.act('cash_applier', recordReturn, {
    paymentId: paid?.id as never,
    code: 'AC04',
    asksFee: true,
  });
  await book(bank, '2026-02-09', [paidBy({ amount: '-100.00', endToEndId: 'E2E-1', returnReason: 'AC04' })]);
  await runJob(bank);
  const { notices } = await asked(bank);
  assert.deepEqual(await notices(), []);
  const [decided] = await notices('decided');
  assert.equal(decided?.outcome?.kind, 'known');
  assert.equal((await checkBooks(tenant)).bank, 0n);
  await tenant.act('cash_applier', undoExplanation, {
    lineId: decided?.statementLineId ?? '',
    note: 'wrong',
  });
  await proven(bank);
});

test('money out that the bank does not call a return shows the one recorded by hand, unless another payment may have come back', async () => {
  for (const isRival of [false, true]) {
    const bank = await aBank();
    const { tenant } = bank;
    const paid = (day: string, n: string) =>
      book(bank, day, [paidBy({ amount: '100.00', bankReference: n })]);
    await paid('2026-02-05', 'B1');
    if (isRival) await paid('2026-02-06', 'B2');
    const [first] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(
        sql<{ id: string }>`select id from payment where tenant_id = ${tx.tenantId} order by received_on`,
      ),
    );
    await tenant.act('cash_applier', recordReturn, {
      paymentId: first?.id as never,
      on: parseDate('2026-02-10'),
      code: 'AC04',
      asksFee: true,
    });
    await book(bank, '2026-02-12', [paidBy({ amount: '-100.00', bankReference: 'B9' })]);
    const job = { tenantId: tenant.tenantId, payload: {}, jobId: crypto.randomUUID() };
    await reconciliationJobs({ ...toolsOf(tenant), dataDir: '' })[EXPLAIN_QUEUE]?.(job);
    const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql<{ kind: string }>`select kind from line_explanation where tenant_id = ${tx.tenantId}`),
    );
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      isRival ? [] : ['return'],
    );
    assert.equal((await checkBooks(tenant)).bank, isRival ? 100_00n : 0n);
    await proven(bank);
  }
});

test('what a returned payment asks for is work until somebody did it, and counts against the customer', async () => {
  const bank = await aBank();
  const { tenant, companyId, customerId } = bank;
  const codes = ['AM04', 'MD06', 'FF01'];
  for (const [index, code] of codes.entries()) {
    const { paymentId } = await aPayment(tenant, { companyId, customerId, receivedOn: '2026-02-05' });
    await tenant.act('cash_applier', recordReturn, {
      paymentId,
      code,
      on: parseDate(`2026-02-1${index}`),
      asksFee: false,
    });
  }
  const { returned } = await asked(bank);
  assert.deepEqual(
    (await returned({ state: 'to_follow_up', customerId })).map((row) => [row.reason.code, row.risky]),
    [
      ['FF01', 2],
      ['MD06', 2],
      ['AM04', 1],
    ],
  );
  const [first] = await returned();
  const paymentId = first?.paymentId as never;
  await tenant.act('cash_applier', followUpReturn, { paymentId, note: 'file mended' });
  assert.equal((await returned({ state: 'to_follow_up' })).length, 2);
  assert.deepEqual((await returned({ state: 'done' }))[0]?.followUp?.note, 'file mended');
  const again = () => tenant.act('cash_applier', followUpReturn, { paymentId, note: 'again' });
  await refusesWithoutTrace(tenant, 'return_followed_up', again);
});

test('several who book one return at once book it once', async () => {
  const bank = await aBank();
  const { tenant } = bank;
  await book(bank, '2026-02-05', [
    paidBy({ amount: '100.00', bankReference: 'B1' }),
    paidBy({ amount: '100.00', bankReference: 'B2' }),
  ]);
  await book(bank, '2026-02-09', [paidBy({ amount: '-100.00', bankReference: 'B3', returnReason: 'AC04' })]);
  await runJob(bank);
  const { notices } = await asked(bank);
  const [waiting] = await notices();
  const racers = Array.from(
    { length: RACERS },
    (_, index) => () =>
      tenant.act('cash_applier', recordReturn, {
        paymentId: waiting?.suggestions[index % 2]?.paymentId as never,
        noticeId: waiting?.noticeId,
        asksFee: true,
      }),
  );
  const { won, codes } = await race(tenant, racers);
  assert.equal(won, 1);
  assert.deepEqual([...new Set(codes)], ['return_notice_decided']);
  assert.equal((await checkBooks(tenant)).bank, 100_00n);
});
