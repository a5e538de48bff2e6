import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { readStatement, type StatementWish } from './read-statement.ts';
import { routes } from './routes.ts';

/** An account with a little of everything: paid with discount dropped, a return, a write-off, something open and disputed. */
async function anAccount() {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { number: 'K-77', name: 'Holt & Söhne' });
  const invoice = (minor: bigint, issuedOn: string, dueOn: string) =>
    anInvoice(tenant, { companyId, customerId, minor, issuedOn, dueOn });
  const first = await invoice(100_00n, '2026-01-02', '2026-02-01');
  tenant.on('2026-01-20');
  const paid = await aPayment(tenant, { companyId, customerId, minor: 98_00n, receivedOn: '2026-01-20' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: paid.paymentId,
    allocations: [{ itemId: first.itemId, amount: money(98_00n, 'EUR'), difference: money(2_00n, 'EUR') }],
  });
  tenant.on('2026-02-10');
  const second = await invoice(50_00n, '2026-02-03', '2026-02-05');
  const third = await invoice(30_00n, '2026-02-10', '2026-03-10');
  await tenant.act('owner', openDispute, {
    items: [{ itemId: second.itemId, amount: money(20_00n, 'EUR') }],
    reason: 'pricing',
  });
  await aPayment(tenant, { companyId, customerId, minor: 5_00n, receivedOn: '2026-02-10' });
  return { tenant, companyId, customerId, paid, first, second, third };
}

function read(tenant: TestTenant, customerId: CustomerId, wish: Partial<StatementWish> = {}) {
  const asOf = parseDate('2026-02-28');
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readStatement(tx, { customerId, kind: 'open_item', asOf, ...wish }),
  );
}

const minors = (lines: readonly { readonly amount: { readonly minor: bigint } }[]): readonly bigint[] =>
  lines.map((line) => line.amount.minor);

test('an open-item statement lists debts and credits, with days late, what is disputed, and a running balance', async () => {
  const { tenant, customerId } = await anAccount();
  const { sections } = await read(tenant, customerId);
  const [section] = sections;
  assert.equal(sections.length, 1);
  const lines = section?.accounts[0]?.lines ?? [];
  assert.deepEqual(
    lines.map((line) => [line.kind, line.daysLate, line.amount.minor, line.balance.minor]),
    [
      ['invoice', 23, 50_00n, 50_00n],
      ['payment', 0, -5_00n, 45_00n],
      ['invoice', 0, 30_00n, 75_00n],
    ],
  );
  assert.equal(lines[0]?.disputed?.minor, 20_00n);
  assert.deepEqual(
    [section?.closing.minor, section?.disputed.minor, section?.aging.overdue.minor],
    [75_00n, 20_00n, 50_00n],
  );
  assert.equal(section?.aging.unapplied.minor, -5_00n);
});

test('a past day is stated as it was, and as it was known then', async () => {
  const { tenant, companyId, customerId } = await anAccount();
  const before = tenant.clock();
  const { sections } = await read(tenant, customerId, { asOf: parseDate('2026-01-10') });
  assert.deepEqual(minors(sections[0]?.accounts[0]?.lines ?? []), [100_00n]);
  tenant.on('2026-03-02');
  await anInvoice(tenant, { companyId, customerId, minor: 7_00n, issuedOn: '2026-01-05' });
  const asOf = parseDate('2026-01-10');
  const now = await read(tenant, customerId, { asOf });
  const then = await read(tenant, customerId, { asOf, knownAt: before });
  assert.equal(now.sections[0]?.closing.minor, 107_00n);
  assert.equal(then.sections[0]?.closing.minor, 100_00n);
});

test('a balance is brought forward and every movement leads to the next one', async () => {
  const { tenant, customerId, paid, second } = await anAccount();
  tenant.on('2026-02-20');
  await tenant.act('cash_applier', returnPayment, { paymentId: paid.paymentId, reason: 'no funds' });
  await tenant.act('owner', writeOffItems, {
    kind: 'small_balance',
    reason: 'Not worth a letter',
    items: [{ itemId: second.itemId, amount: money(10_00n, 'EUR') }],
  });
  const january = await read(tenant, customerId, {
    kind: 'balance_forward',
    asOf: parseDate('2026-01-31'),
  });
  const section = january.sections[0];
  assert.equal(section?.opening.minor, 0n);
  assert.deepEqual(
    section?.accounts[0]?.lines.map((line) => [line.kind, line.amount.minor]),
    [
      ['invoice', 100_00n],
      ['payment', -98_00n],
      ['difference', -2_00n],
    ],
  );
  const february = await read(tenant, customerId, { kind: 'balance_forward' });
  const lines = february.sections[0]?.accounts[0]?.lines ?? [];
  assert.deepEqual(
    lines.map((line) => [line.kind, line.amount.minor]),
    [
      ['invoice', 50_00n],
      ['invoice', 30_00n],
      ['payment', -5_00n],
      // The payment is taken back: its application with the difference first, then the money.
      ['difference', 2_00n],
      ['return', 98_00n],
      ['write_off', -10_00n],
    ],
  );
  assert.equal(february.sections[0]?.opening.minor, section?.closing.minor);
  assert.equal(february.sections[0]?.closing.minor, 165_00n);
});

test('a group is stated with a sum for each customer, companies and currencies each for themselves', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const one = await aCompany(tenant, { code: 'A1' });
  const two = await aCompany(tenant, { code: 'B2' });
  const parent = await aCustomer(tenant, { name: 'Group' });
  const north = await aCustomer(tenant, { name: 'North', parentId: parent });
  const south = await aCustomer(tenant, { name: 'South', parentId: north });
  await anInvoice(tenant, { companyId: one, customerId: north, minor: 10_00n });
  await anInvoice(tenant, { companyId: one, customerId: south, minor: 20_00n });
  await anInvoice(tenant, { companyId: two, customerId: south, minor: 40_00n });
  await anInvoice(tenant, { companyId: one, customerId: parent, minor: 1_00n });
  const { sections } = await read(tenant, parent, { group: true });
  assert.deepEqual(
    sections.map((section) => [
      section.company.code,
      section.closing.minor,
      section.accounts.map((account) => [account.customer.name, account.closing.minor]),
    ]),
    [
      [
        'A1',
        31_00n,
        [
          ['Group', 1_00n],
          ['North', 10_00n],
          ['South', 20_00n],
        ],
      ],
      ['B2', 40_00n, [['South', 40_00n]]],
    ],
  );
  const alone = await read(tenant, parent);
  assert.deepEqual(
    alone.sections.map((section) => section.closing.minor),
    [1_00n],
  );
  const ofOne = await read(tenant, parent, { group: true, companyId: two });
  assert.deepEqual(
    ofOne.sections.map((section) => section.closing.minor),
    [40_00n],
  );
});

test('a statement is had as figures, PDF and table, and what cannot be asked is refused', async () => {
  const { tenant, customerId } = await anAccount();
  const ask = await serveTo(tenant, routes);
  const params = { customerId };
  const { reply } = await ask('viewer', contract.readCustomerStatement, {
    params,
    query: { asOf: '2026-02-28', linesMax: '1' },
  });
  assert.deepEqual(
    [reply.sections[0]?.accounts[0]?.lines.length, reply.sections[0]?.accounts[0]?.linesLeftOut],
    [1, 2],
  );
  assert.deepEqual(reply.sections[0]?.payable, { amount: '55.00', currency: 'EUR' });
  const pdf = await ask('viewer', contract.printCustomerStatement, {
    params,
    query: { asOf: '2026-02-28', kind: 'balance_forward', language: 'de' },
  });
  assert.equal(pdf.contentType, 'application/pdf');
  const text = readPdf(pdf.bytes)
    .pages.join('\n')
    .replaceAll(/[\u00a0\u202f]/g, ' ');
  assert.match(text, /Saldovortrag/);
  assert.match(text, /K-77/);
  const table = await ask('viewer', contract.exportCustomerStatement, {
    params,
    query: { asOf: '2026-02-28', kind: 'balance_forward' },
  });
  const rows = table.bytes.toString('utf8').trim().split('\r\n');
  assert.equal(rows.length, 5);
  assert.match(rows[1] ?? '', /opening_balance.*,0\.00$/);
  const backwards = await ask('viewer', contract.readCustomerStatement, {
    params,
    query: { asOf: '2026-02-28', from: '2026-03-01', kind: 'balance_forward' },
  });
  assert.deepEqual([backwards.status, backwards.code], [409, 'period_ends_before_start']);
  const nobody = await ask('viewer', contract.readCustomerStatement, {
    params: { customerId: newId() },
    query: {},
  });
  assert.deepEqual([nobody.status, nobody.code], [404, 'customer_not_found']);
});
