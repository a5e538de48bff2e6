import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { CompanyId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCamt053, TEST_IBAN } from '../../test/support/bank-files.ts';
import { countRows } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { importUpload } from './import-bank-file.ts';
import { routes } from './routes.ts';

async function setUp() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  return { tenant, companyId, ask: await serveTo(tenant, routes) };
}

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A statement with one receipt that waits, one that bounced, and the line that took it back. */
async function aStatement(tenant: TestTenant, companyId: CompanyId): Promise<void> {
  const bytes = aCamt053([
    {
      opening: '0.00',
      closing: '101.00',
      entries: [
        { amount: '100.00', text: 'my bill', payer: 'Ann Payer', bankReference: 'B1' },
        { amount: '40.00', text: 'bounces', iban: 'DE02120300000000202051', bankReference: 'B2' },
        { amount: '-40.00', text: 'returned', bankReference: 'B3', returnReason: 'AC04' },
      ],
    },
  ]);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const upload = { fileName: 's.xml', contentType: 'application/xml', stream: Readable.from([bytes]) };
  await importUpload(at, upload, { apply: true, addAccountsTo: companyId });
}

test('a payment from recording to return, as the web does it', async () => {
  const { tenant, companyId, ask } = await setUp();
  const invoice = await anInvoice(tenant, { companyId });
  const recorded = await ask('cash_applier', contract.recordPayment, {
    body: {
      companyId,
      customerId: invoice.customerId,
      receivedOn: '2026-01-10',
      amount: eur('120.00'),
      allocations: [{ itemId: invoice.itemId, amount: eur('30.00') }],
    },
  });
  assert.equal(recorded.status, 200);
  assert.deepEqual(recorded.reply.applied?.unapplied, eur('90.00'));
  const params = { paymentId: recorded.reply.paymentId };
  const body = { allocations: [{ itemId: invoice.itemId, amount: eur('70.00') }] };
  const before = await countRows(tenant);
  const shown = await ask('cash_applier', contract.applyPayment, { params, body, rehearse: true });
  assert.deepEqual(shown.reply.unapplied, eur('20.00'));
  assert.deepEqual(await countRows(tenant), before);
  await ask('cash_applier', contract.applyPayment, { params, body });

  const read = async () => (await ask('cash_applier', contract.getPayment, { params })).reply;
  const applied = await read();
  assert.deepEqual(
    [applied.state, applied.unapplied, applied.applications.length],
    ['unapplied', eur('20.00'), 2],
  );
  assert.deepEqual(applied.may, {
    apply: true,
    unapply: true,
    return: true,
    identify: true,
    handOver: 'handover_not_allowed',
  });
  const { reply: seen } = await ask('viewer', contract.getPayment, { params });
  assert.equal(seen.may.return, 'not_permitted');
  assert.deepEqual(
    applied.applications.map((a) => [a.reference, a.amount, a.kind, a.takenBackOn]),
    [
      [invoice.number, eur('30.00'), 'invoice', null],
      [invoice.number, eur('70.00'), 'invoice', null],
    ],
  );

  const [first] = applied.applications;
  const back = await ask('cash_applier', contract.unapplyPayment, {
    params,
    body: { applicationIds: [first?.applicationId ?? ''] },
  });
  assert.deepEqual(back.reply.unapplied, eur('50.00'));
  const moved = await ask('cash_applier', contract.identifyPayment, {
    params,
    body: { customerId: await aCustomer(tenant) },
  });
  assert.deepEqual(moved.reply.moved, eur('50.00'));
  assert.equal((await read()).applications.length, 2, 'moves are not shown as applications');
  const returned = await ask('controller', contract.returnPayment, { params, body: { reason: 'NSF' } });
  assert.deepEqual([returned.reply.takenBack, returned.reply.amount], [1, eur('120.00')]);
  const gone = await read();
  assert.equal(gone.state, 'returned');
  assert.deepEqual(gone.returned, { on: '2026-01-15', reason: 'NSF', statementLineId: null });
  assert.equal(gone.may.apply, 'payment_returned');
  assert.deepEqual(gone.events.map((e) => e.type).sort(), [
    'payment.applied',
    'payment.applied',
    'payment.identified',
    'payment.received',
    'payment.returned',
    'payment.unapplied',
  ]);
});

test('what is refused comes as its code and status', async () => {
  const { ask, tenant, companyId } = await setUp();
  const payment = await aPayment(tenant, { companyId });
  const missing = { paymentId: crypto.randomUUID() };
  const notFound = await ask('viewer', contract.getPayment, { params: missing });
  assert.deepEqual([notFound.status, notFound.code], [404, 'payment_not_found']);
  const nothing = await ask('cash_applier', contract.unapplyPayment, { params: payment, body: {} });
  assert.deepEqual([nothing.status, nothing.code], [409, 'nothing_to_unapply']);
  const decimals = await ask('cash_applier', contract.recordPayment, {
    body: { companyId, receivedOn: '2026-01-10', amount: eur('1.005') },
  });
  assert.deepEqual([decimals.status, decimals.code], [400, 'bad_input']);
  const cursor = await ask('viewer', contract.listPayments, { query: { after: 'nonsense' } });
  assert.deepEqual([cursor.status, cursor.code], [400, 'bad_input']);
});

test('payments are listed by page, state, customer, days and how they begin', async () => {
  const { ask, tenant, companyId } = await setUp();
  const invoice = await anInvoice(tenant, { companyId });
  const { customerId } = invoice;
  const days = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-07', '2026-01-08'];
  const payments = [];
  for (const receivedOn of days)
    payments.push(
      await aPayment(tenant, {
        companyId,
        receivedOn,
        payerName: `Payer ${receivedOn}`,
        reference: 'thanks',
      }),
    );
  await aPayment(tenant, { companyId, customerId, payerAccount: 'DE02120300000000202051', minor: 5_00n });
  const [applied, returned] = payments;
  const allocations = [{ itemId: invoice.itemId, amount: eur('100.00') }];
  await ask('cash_applier', contract.applyPayment, {
    params: { paymentId: applied?.paymentId ?? '' },
    body: { allocations },
  });
  await ask('controller', contract.returnPayment, {
    params: { paymentId: returned?.paymentId ?? '' },
    body: { reason: 'NSF' },
  });
  const list = async (query: Parameters<typeof ask<typeof contract.listPayments>>[2]['query']) => {
    const { reply, status } = await ask('viewer', contract.listPayments, { query: query ?? {} });
    assert.equal(status, 200);
    return reply;
  };
  const numbers = (rows: readonly { number: string }[]) => rows.map((row) => row.number.slice(-1)).join('');
  const first = await list({ limit: 4 });
  const second = await list({ limit: 4, after: first.next ?? '' });
  assert.equal(second.next, null);
  const all = [...first.rows, ...second.rows];
  assert.equal(new Set(all.map((row) => row.paymentId)).size, 6);
  assert.deepEqual(
    all.map((row) => row.receivedOn),
    ['2026-01-10', '2026-01-08', '2026-01-07', '2026-01-07', '2026-01-06', '2026-01-05'],
  );
  assert.equal(numbers((await list({ state: 'applied' })).rows), '1');
  assert.equal(numbers((await list({ state: 'returned' })).rows), '2');
  assert.equal((await list({ state: 'unapplied' })).rows.length, 4);
  assert.equal((await list({ state: 'unapplied', unidentified: 'true' })).rows.length, 3);
  assert.equal(numbers((await list({ customerId })).rows), '6');
  assert.equal((await list({ from: '2026-01-07', to: '2026-01-07' })).rows.length, 2);
  assert.equal((await list({ search: 'payer 2026-01-07' })).rows.length, 2);
  assert.equal(numbers((await list({ search: 'pay-2026-00003' })).rows), '3');
  assert.equal(numbers((await list({ search: 'DE02 1203' })).rows), '6');
  assert.equal((await list({ search: 'Thank' })).rows.length, 5);
  assert.equal((await list({ search: '%' })).rows.length, 0);
  assert.equal((await list({ companyId: crypto.randomUUID() })).rows.length, 0);
  assert.equal((await list({ direction: 'refunded' })).rows.length, 0);
});

test('a receipt that waits shows its candidates and why it waits', async () => {
  const { ask, tenant, companyId } = await setUp();
  const customerId = await aCustomer(tenant, { name: 'Ann Payer' });
  const [one, two] = [
    await anInvoice(tenant, { companyId, customerId }),
    await anInvoice(tenant, { companyId, customerId, dueOn: '2026-03-01' }),
  ];
  const other = await anInvoice(tenant, { companyId });
  await aStatement(tenant, companyId);
  const { reply } = await ask('viewer', contract.listPayments, { query: { search: 'Ann' } });
  const paymentId = reply.rows[0]?.paymentId ?? '';
  const { reply: payment } = await ask('viewer', contract.getPayment, { params: { paymentId } });
  assert.equal(payment.customer?.id, customerId);
  assert.deepEqual([payment.match?.decision, payment.match?.rule], ['wait', 'several_sums']);
  assert.deepEqual(
    payment.match?.candidates.map((c) => [c.reference, c.score, c.reasons]),
    [
      [one.number, 75, ['suggested', 'amount_exact', 'payer_name']],
      [two.number, 35, ['amount_exact', 'payer_name']],
      [other.number, 25, ['amount_exact']],
    ],
  );
  assert.deepEqual(
    payment.match?.suggestions.map((one) => [one.kind, one.allocations.map((a) => a.reference)]),
    [
      ['sum', [one.number]],
      ['sum', [two.number]],
    ],
  );
  const chances = payment.match?.suggestions.map(({ probability }) => probability ?? 0) ?? [];
  assert.ok(chances[0] !== undefined && chances[0] < 0.9 && chances[0] > (chances[1] ?? 1));
  assert.equal(payment.certificate, null, 'no machine applied it');
  assert.equal(payment.statementLine?.remittance, 'my bill');
  assert.deepEqual(payment.statementLine?.paymentId, paymentId);
});

test('statements, their lines and accounts are read; a line of money going back shows what it may return', async () => {
  const { ask, tenant, companyId } = await setUp();
  await aStatement(tenant, companyId);
  const { reply: accounts } = await ask('viewer', contract.listBankAccounts, { query: {} });
  assert.deepEqual(
    accounts.rows.map((a) => [a.account, a.lastStatementTo, a.lastClosing]),
    [[TEST_IBAN, '2026-01-05', eur('101.00')]],
  );
  const { reply: statements } = await ask('viewer', contract.listBankStatements, {
    query: { differing: 'true', bankAccountId: accounts.rows[0]?.bankAccountId ?? '' },
  });
  assert.deepEqual(
    statements.rows.map((s) => [s.difference, s.lines]),
    [[eur('-1.00'), 3]],
  );
  const params = { statementId: statements.rows[0]?.statementId ?? '' };
  const { reply: statement } = await ask('viewer', contract.getBankStatement, { params });
  assert.equal(statement.closing?.amount, '101.00');
  const first = await ask('viewer', contract.listStatementLines, { params, query: { limit: 2 } });
  const rest = await ask('viewer', contract.listStatementLines, {
    params,
    query: { limit: 2, after: first.reply.next ?? '' },
  });
  assert.deepEqual(
    [...first.reply.rows, ...rest.reply.rows].map((l) => [l.lineNo, l.amount.amount, l.returned]),
    [
      [1, '100.00', false],
      [2, '40.00', false],
      [3, '-40.00', true],
    ],
  );
  const lineId = rest.reply.rows[0]?.lineId ?? '';
  const line = async () => (await ask('viewer', contract.getStatementLine, { params: { lineId } })).reply;
  const [candidate] = (await line()).returnCandidates;
  assert.equal(candidate?.paymentId, first.reply.rows[1]?.paymentId);
  await ask('controller', contract.returnPayment, {
    params: { paymentId: candidate?.paymentId ?? '' },
    body: { reason: 'AC04', statementLineId: lineId },
  });
  const after = await line();
  assert.equal(after.returnsPaymentId, candidate?.paymentId);
  assert.deepEqual(after.returnCandidates, []);
  for (const operation of [contract.getBankStatement, contract.listStatementLines]) {
    const answer = await ask('viewer', operation, { params: { statementId: crypto.randomUUID() } });
    assert.equal(answer.code, 'statement_not_found');
  }
  const noLine = await ask('viewer', contract.getStatementLine, { params: { lineId: crypto.randomUUID() } });
  assert.equal(noLine.code, 'statement_line_not_found');
});

test('bank accounts are added once, and how their CSV is read is kept', async () => {
  const { ask, companyId } = await setUp();
  const body = { companyId, name: 'House bank', account: 'DE89 3704 0044 0532 0130 00', currency: 'EUR' };
  const added = await ask('cash_applier', contract.addBankAccount, { body });
  assert.equal(added.status, 200);
  assert.equal((await ask('cash_applier', contract.addBankAccount, { body })).code, 'bank_account_taken');
  const wrong = { ...body, account: 'DE88370400440532013000' };
  assert.equal((await ask('cash_applier', contract.addBankAccount, { body: wrong })).code, 'iban_not_valid');
  const profile = {
    hasHeader: true,
    dateOrder: 'day_month_year',
    decimalMark: ',',
    amount: { kind: 'signed', column: 'Betrag' },
    currency: { fixed: 'EUR' },
    bookingDate: 'Datum',
    text: ['Text'],
  } as const;
  const set = await ask('cash_applier', contract.setCsvProfile, {
    params: { bankAccountId: added.reply.bankAccountId },
    body: { ...profile, text: [...profile.text] },
  });
  assert.equal(set.status, 200);
  const missing = await ask('cash_applier', contract.setCsvProfile, {
    params: { bankAccountId: crypto.randomUUID() },
    body: { ...profile, text: [...profile.text] },
  });
  assert.equal(missing.code, 'bank_account_not_found');
});

test('waiting receipts are looked at again on request', async () => {
  const { ask, tenant, companyId } = await setUp();
  await aStatement(tenant, companyId);
  const { reply } = await ask('cash_applier', contract.applyReceipts, { body: {} });
  assert.deepEqual(reply, { looked: 2, applied: 0, waiting: 2, next: null });
  const cursor = await ask('cash_applier', contract.applyReceipts, { body: { after: 'nonsense' } });
  assert.equal(cursor.code, 'bad_input');
});
