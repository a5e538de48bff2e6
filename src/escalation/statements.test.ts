import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePolicy } from '#approvals/change-policy.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { putRefundSetting } from '#refunds/change-refund.ts';
import { grantRefund } from '#refunds/grant-refund.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, proveBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import type { AgencyFees } from './agency-fee.ts';
import { CONDITION_CODES } from './condition.ts';
import * as contract from './contract-statements.ts';
import { handOverItems } from './hand-over-items.ts';
import type { ToldLine } from './line-parts.ts';
import { type BookStatement, bookStatement } from './post-statement.ts';
import { putAgency } from './put-agency.ts';
import { routes } from './routes.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const FEES: AgencyFees = { shares: [{ upToDaysLate: null, percent: '20' }], taxPercent: '19' };

/** A company and an agency that keeps a fifth of what it collects, with tax; two customers' invoices are with it. */
async function setting(
  given: { readonly fees?: AgencyFees; readonly remits?: 'net' | 'gross'; readonly taxId?: string } = {},
) {
  const tenant = await newTenant({ on: '2026-03-15' });
  const companyId = await aCompany(tenant, { country: 'DE', ...(given.taxId ? { taxId: given.taxId } : {}) });
  const { agencyId } = await tenant.act('owner', putAgency, {
    kind: 'agency',
    name: 'Hansa Collect',
    fees: given.fees ?? FEES,
    remits: given.remits ?? 'net',
    inUse: true,
  });
  const handed = async (minor: bigint, of = companyId) => {
    const invoice = await anInvoice(tenant, {
      companyId: of,
      minor,
      issuedOn: '2026-01-01',
      dueOn: '2026-02-01',
    });
    const { number } = await tenant.act('owner', handOverItems, {
      companyId: of,
      customerId: invoice.customerId,
      route: 'agency',
      agencyId,
      itemIds: [invoice.itemId],
      interest: 'goes_on',
      accepting: [...CONDITION_CODES],
      note: 'They are being wound up',
    });
    return { ...invoice, handOver: number };
  };
  const one = await handed(100_00n);
  const two = await handed(50_00n);
  const open = async () =>
    Promise.all([one, two].map(async ({ invoiceId }) => (await itemsOf(tenant, invoiceId))[0]?.open.minor));
  const receive = (minor: bigint) => aPayment(tenant, { companyId, minor, reference: 'HC 2026-03' });
  const book = (
    lines: readonly ToldLine[],
    more: Partial<BookStatement> & Pick<BookStatement, 'paymentId'>,
  ) =>
    tenant.act('cash_applier', bookStatement, {
      agencyId,
      companyId,
      reference: '2026-03',
      statedOn: parseDate('2026-03-14'),
      lines,
      ...more,
    });
  return { tenant, companyId, agencyId, handed, one, two, open, received: receive, book };
}

const told = (
  reference: string,
  collected: bigint,
  fee: bigint,
  tax: bigint,
  remitted: bigint,
): ToldLine => ({
  reference,
  collected: eur(collected),
  fee: eur(fee),
  tax: eur(tax),
  remitted: eur(remitted),
});

test('a statement settles what was collected; the fee is a cost, its tax is deducted; taken back, all is as it was', async () => {
  const { tenant, one, two, open, received, book } = await setting({ taxId: 'DE136695976' });
  const { paymentId } = await received(114_30n);
  const before = await checkBooks(tenant);
  const lines = [
    told(one.number, 100_00n, 20_00n, 3_80n, 76_20n),
    told(two.handOver, 50_00n, 10_00n, 1_90n, 38_10n),
  ];
  const booked = await book(lines, {
    paymentId,
    totals: { collected: eur(150_00n), remitted: eur(114_30n) },
  });
  assert.deepEqual(
    [
      booked.collected.amount,
      booked.fee.amount,
      booked.tax.amount,
      booked.remitted.amount,
      booked.unapplied.amount,
    ],
    ['150.00', '30.00', '5.70', '114.30', '0.00'],
  );
  assert.deepEqual(await open(), [0n, 0n]);
  const after = await checkBooks(tenant);
  assert.deepEqual(
    [after['collection-costs'], after['input-tax'], after.receivables, after['unapplied-cash'], after.bank],
    [30_00n, 5_70n, 0n, 0n, 114_30n],
  );
  await refusesWithoutTrace(tenant, 'agency_statement_booked', () => book(lines, { paymentId }));
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual(await open(), [100_00n, 50_00n]);
  const restored = await checkBooks(tenant);
  for (const account of ['collection-costs', 'input-tax', 'receivables', 'unapplied-cash', 'bank'])
    assert.equal(restored[account] ?? 0n, before[account] ?? 0n, account);
  await book(lines, { paymentId });
  assert.deepEqual(await open(), [0n, 0n], 'taken back, the statement is booked anew');
  await proveBooks(tenant, parseDate('2026-03-15'));
});

test('a company that is not registered for tax bears the tax as a cost; a receipt that comes back takes all of it back', async () => {
  const { tenant, one, open, received, book } = await setting();
  const { paymentId } = await received(76_20n);
  await book([told(one.number, 100_00n, 20_00n, 3_80n, 76_20n)], { paymentId });
  const books = await checkBooks(tenant);
  assert.deepEqual([books['collection-costs'], books['input-tax'] ?? 0n], [23_80n, 0n]);
  await tenant.act('cash_applier', returnPayment, { paymentId, reason: 'Recalled' });
  assert.deepEqual(await open(), [100_00n, 50_00n]);
  const back = await checkBooks(tenant);
  assert.deepEqual([back['collection-costs'] ?? 0n, back.bank ?? 0n], [0n, 0n]);
});

test('an agency that asks for its fee passes on all; what the debtor pays on top is of no item', async () => {
  const gross = await setting({ remits: 'gross' });
  const all = await gross.received(100_00n);
  await gross.book([told(gross.one.number, 100_00n, 20_00n, 3_80n, 100_00n)], all);
  assert.deepEqual(await gross.open(), [0n, 50_00n]);
  assert.equal((await checkBooks(gross.tenant))['collection-costs'] ?? 0n, 0n);
  const onTop = await setting({ fees: { ...FEES, bearer: 'debtor' } });
  const rest = await onTop.received(100_00n);
  const fee = told(onTop.one.number, 131_23n, 26_25n, 4_98n, 100_00n);
  await onTop.book([fee], rest);
  assert.deepEqual(await onTop.open(), [0n, 50_00n]);
  assert.equal((await checkBooks(onTop.tenant))['collection-costs'] ?? 0n, 0n);
});

test('two payments of one debtor on a statement settle the item by both, and the fixed sum is agreed once', async () => {
  const fees: AgencyFees = { ...FEES, taxPercent: '0', currency: 'EUR', fixed: '5.00' };
  const { one, open, received, book } = await setting({ fees });
  const { paymentId } = await received(43_00n);
  const lines = [told(one.number, 40_00n, 13_00n, 0n, 27_00n), told(one.number, 20_00n, 4_00n, 0n, 16_00n)];
  await book(lines, { paymentId });
  assert.deepEqual(await open(), [40_00n, 50_00n]);
});

test('an invoice in instalments is one claim to them: what comes in of it settles the earliest due first', async () => {
  const { tenant, companyId, agencyId, received, book } = await setting();
  const invoice = await anInvoice(tenant, {
    companyId,
    issuedOn: '2026-01-01',
    instalments: [
      { dueOn: '2026-02-01', minor: 60_00n },
      { dueOn: '2026-03-01', minor: 40_00n },
    ],
  });
  const items = await itemsOf(tenant, invoice.invoiceId);
  const { number } = await tenant.act('owner', handOverItems, {
    companyId,
    customerId: invoice.customerId,
    route: 'agency',
    agencyId,
    itemIds: items.map(({ id }) => id),
    interest: 'goes_on',
    accepting: [...CONDITION_CODES],
    note: 'They are being wound up',
  });
  const open = async () =>
    (await itemsOf(tenant, invoice.invoiceId))
      .toSorted((a, b) => (a.dueOn.toString() < b.dueOn.toString() ? -1 : 1))
      .map((item) => item.open.minor);
  const some = told(invoice.number, 30_00n, 6_00n, 1_14n, 22_86n);
  const rest = told(number, 70_00n, 14_00n, 2_66n, 53_34n);
  const ask = await serveTo(tenant, routes);
  const seen = await ask('cash_applier', contract.lookAtAgencyStatement, {
    params: { agencyId },
    query: { companyId, currency: 'EUR' },
    file: {
      name: 'statement.csv',
      content: Buffer.from(
        `Invoice;Collected;Fee;Tax;Net\n${invoice.number};30,00;6,00;1,14;22,86\n${number};70,00;14,00;2,66;53,34\n`,
      ),
    },
  });
  assert.deepEqual(
    seen.reply.lines.map((line) => [line.open?.amount, line.agreedFee?.amount, line.problem]),
    [
      ['100.00', '6.00', null],
      ['100.00', '14.00', null],
    ],
  );
  const { paymentId } = await received(80_00n);
  await refusesWithoutTrace(tenant, 'exceeds_open', () =>
    book([some, told(number, 70_10n, 14_02n, 2_66n, 53_42n)], { paymentId }),
  );
  await book([some, rest], { paymentId });
  assert.deepEqual(await open(), [0n, 0n]);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual(await open(), [60_00n, 40_00n]);
  await checkBooks(tenant);
  await book([told(number, 90_00n, 18_00n, 3_42n, 68_58n)], { paymentId });
  assert.deepEqual(await open(), [0n, 10_00n]);
});

test('what does not reconcile is refused: sums, fees, claims, companies, money, and what is more than open', async () => {
  const { tenant, agencyId, companyId, one, two, received, book } = await setting();
  const { paymentId } = await received(76_20n);
  const good = told(one.number, 100_00n, 20_00n, 3_80n, 76_20n);
  const refused = (code: string, lines: readonly ToldLine[], more: Partial<BookStatement> = {}) =>
    refusesWithoutTrace(tenant, code, () => book(lines, { paymentId, ...more }));
  await refused('agency_line_not_valid', [{ ...good, remitted: eur(76_19n) }]);
  await refused('agency_totals_differ', [good], { totals: { fee: eur(19_99n) } });
  await refused('agency_fee_differs', [told(one.number, 100_00n, 25_00n, 4_75n, 70_25n)]);
  await refused('agency_line_unknown', [{ ...good, reference: 'X-1' }]);
  await refused('wrong_company', [good], { companyId: await aCompany(tenant) });
  await refused('wrong_currency', [{ ...good, fee: money(20_00n, 'USD') }]);
  await refused('exceeds_open', [told(two.number, 60_00n, 12_00n, 2_28n, 45_72n)]);
  await refused('exceeds_unapplied', [good, told(two.number, 50_00n, 10_00n, 1_90n, 38_10n)]);
  await refused('agency_statement_in_future', [good], { statedOn: parseDate('2026-03-16') });
  await refused('agency_not_found', [good], { agencyId: one.itemId });
  const elsewhere = await anInvoice(tenant, { companyId });
  await refused('agency_line_unknown', [{ ...good, reference: elsewhere.number }]);
  const { agencyId: other } = await tenant.act('owner', putAgency, {
    kind: 'agency',
    name: 'Another',
    fees: FEES,
    remits: 'net',
    inUse: true,
  });
  assert.notEqual(other, agencyId);
  await refused('agency_line_unknown', [good], { agencyId: other });
  await book([told(one.number, 100_00n, 25_00n, 4_75n, 70_25n)], { paymentId, note: 'A special price' });
});

test('a number that an invoice of another company has too means that of the company it is booked in', async () => {
  const { tenant, handed, one, open, received, book } = await setting();
  const other = await handed(100_00n, await aCompany(tenant, { country: 'DE' }));
  assert.equal(other.number, one.number, 'the same number in both');
  await book([told(one.number, 100_00n, 20_00n, 3_80n, 76_20n)], await received(76_20n));
  assert.deepEqual(await open(), [0n, 50_00n]);
});

test('money that was used for something else is not used twice', async () => {
  const { tenant, companyId, one, received, book } = await setting();
  const { paymentId } = await received(76_20n);
  const { itemId } = await anInvoice(tenant, { companyId });
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId, amount: eur(50_00n) }],
  });
  await refusesWithoutTrace(tenant, 'exceeds_unapplied', () =>
    book([told(one.number, 50_00n, 10_00n, 1_90n, 38_10n)], { paymentId }),
  );
});

test('money that was granted back as a refund settles nothing of a statement', async () => {
  const { tenant, companyId, one, open, received, book } = await setting();
  await tenant.act('owner', changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: {
      ...{ currency: null, order: 'serial', expiryDays: 14 },
      bands: [{ upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] }],
    },
  });
  await tenant.act('owner', putRefundSetting, { companyId, waitingDays: 0 });
  const { customerId } = one;
  const account = { customerId, account: 'DE89370400440532013000' };
  const { bankAccountId } = await tenant.act('controller', addCustomerBankAccount, account);
  const { paymentId } = await received(76_20n);
  await tenant.act('cash_applier', identifyPayment, { paymentId, customerId });
  const wish = { companyId, customerId, amount: eur(76_20n), bankAccountId, reason: 'Paid twice' };
  await tenant.act('owner', grantRefund, wish);
  await refusesWithoutTrace(tenant, 'credit_granted_back', () =>
    book([told(one.number, 100_00n, 20_00n, 3_80n, 76_20n)], { paymentId }),
  );
  assert.deepEqual(await open(), [100_00n, 50_00n]);
});

test('of many who book a statement in the same moment one does', async () => {
  const { tenant, one, open, received, book } = await setting();
  const payments = await Promise.all(Array.from({ length: RACERS }, () => received(38_10n)));
  const { won, codes } = await raceHeld(
    tenant,
    payments.map(
      ({ paymentId }) =>
        () =>
          book([told(one.number, 50_00n, 10_00n, 1_90n, 38_10n)], { paymentId }),
    ),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['agency_statement_booked']));
  assert.deepEqual(await open(), [50_00n, 50_00n]);
});

test('a file is looked at with what was agreed and the receipt that fits; its columns are kept for the next one', async () => {
  const { tenant, companyId, agencyId, one, two, received } = await setting();
  const { paymentId } = await received(114_30n);
  const ask = await serveTo(tenant, routes);
  const file = (text: string) => ({ name: 'statement.csv', content: Buffer.from(text) });
  const rows = [
    'Hansa Collect;Statement 2026-03;;;',
    'Case of yours;In;Our share;VAT thereon;Out',
    `${one.number};100,00;20,00;3,80;76,20`,
    `${two.number};50,00;11,00;2,09;36,91`,
    'X-99;10,00;2,00;0,38;7,62',
    'Total;160,00;33,00;6,27;120,73',
  ].join('\n');
  const look = (text: string, columns?: object) =>
    ask('cash_applier', contract.lookAtAgencyStatement, {
      params: { agencyId },
      query: { companyId, currency: 'EUR', ...(columns ? { columns: JSON.stringify(columns) } : {}) },
      file: file(text),
    });
  assert.equal((await look(rows)).code, 'agency_headings_missing');
  const columns = {
    headings: {
      reference: 'Case of yours',
      collected: 'In',
      fee: 'Our share',
      tax: 'VAT thereon',
      remitted: 'Out',
    },
  };
  const seen = await look(rows, columns);
  assert.equal(seen.status, 200, String(seen.code));
  assert.deepEqual(
    seen.reply.lines.map((line) => [line.reference, line.problem, line.agreedFee?.amount ?? null]),
    [
      [one.number, null, '20.00'],
      [two.number, 'agency_fee_differs', '10.00'],
      ['X-99', 'agency_line_unknown', null],
    ],
  );
  assert.deepEqual(
    [seen.reply.sums.remitted.amount, seen.reply.totals.remitted?.amount],
    ['120.73', '120.73'],
  );
  assert.deepEqual(seen.reply.receipts, []);
  const mended = rows
    .replace('11,00;2,09;36,91', '10,00;1,90;38,10')
    .replace(/X-99.*\n/, '')
    .replace(/Total.*/, '');
  const good = await look(mended, columns);
  assert.deepEqual(
    good.reply.receipts.map((receipt) => receipt.paymentId),
    [paymentId],
  );
  const booked = await ask('cash_applier', contract.bookAgencyStatement, {
    params: { agencyId },
    body: {
      companyId,
      reference: '2026-03',
      statedOn: '2026-03-14',
      paymentId,
      columns,
      lines: good.reply.lines.map(({ reference, collected, fee, tax, remitted }) => ({
        reference,
        collected,
        fee,
        tax,
        remitted,
      })),
    },
  });
  assert.equal(booked.status, 200, String(booked.code));
  assert.equal((await look(mended)).reply.lines[0]?.problem, 'exceeds_open', 'the columns were kept');
  const list = await ask('viewer', contract.listAgencyStatements, { query: {} });
  assert.deepEqual(
    list.reply.rows.map((row) => [row.reference, row.stands, row.agency.name, row.remitted.amount]),
    [['2026-03', true, 'Hansa Collect', '114.30']],
  );
  const { reply } = await ask('viewer', contract.getAgencyStatement, {
    params: { statementId: booked.reply.statementId },
  });
  assert.deepEqual(
    reply.lines.map((line) => [line.reference, line.fee.amount, line.agreedFee.amount]),
    [
      [one.number, '20.00', '20.00'],
      [two.number, '10.00', '10.00'],
    ],
  );
  assert.equal(
    (
      await ask('collector', contract.lookAtAgencyStatement, {
        params: { agencyId },
        query: { companyId, currency: 'EUR' },
        file: file(rows),
      })
    ).status,
    403,
  );
});
