import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import type { Table } from '#formats/table.ts';
import { readDocumentsByNumber } from '#invoicing/read-documents.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { IMPORT_PAYMENT_ROWS_MAX } from '#kernel/limits.ts';
import { addPeriod, lockPeriod } from '#ledger/lock-period.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments, readStandingApplications } from '#ledger/read-items.ts';
import { readPaymentsByExternalId } from '#payments/read-payments.ts';
import { checkBooks, countRows, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aRate } from '../../test/support/builders.ts';
import { checkImport, commitImport, importStopped, shortly } from '../../test/support/imports.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { importTable } from './run-import.ts';

const INVOICES = [
  'document_no,customer_id,issue_date,due_date,amount,currency,document_type',
  'R-1,K1,2025-11-03,2025-12-03,100.00,EUR,INV',
  'R-2,K1,2025-11-10,2025-12-10,50.00,EUR,INV',
  'R-3,K2,2025-11-10,2025-12-10,80.00,EUR,INV',
  'G-1,K1,2025-11-20,2025-11-20,-30.00,EUR,CN',
];
const HEADER = 'customer,document paid,paid on,amount,currency,payment id,reference';

let tenant: TestTenant;
let companyId: CompanyId;

beforeEach(async () => {
  tenant = await newTenant({ on: '2026-01-15' });
  companyId = await aCompany(tenant);
  await commitImport(tenant, { companyId, lines: INVOICES });
});

/** Imports rows of payments under the usual header. */
const payments = (...rows: readonly string[]) =>
  ({ companyId, kind: 'payments', mapping: MAPPING, lines: [HEADER, ...rows] }) as const;

const MAPPING = {
  fields: {
    customer_number: ['customer'],
    document_number: ['document paid'],
    paid_date: ['paid on'],
    amount: ['amount'],
    currency: ['currency'],
    payment_id: ['payment id'],
    payment_reference: ['reference'],
  },
  group: 'customer_day',
} as const;

/** The items of a document as they are now. */
async function itemsOf(number: string): Promise<readonly OpenItem[]> {
  return inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const documents = await readDocumentsByNumber(tx, companyId, [number]);
    return readItemsOfDocuments(
      tx,
      documents.map((d) => d.id),
    );
  });
}

const openOf = async (number: string) => (await itemsOf(number)).map((item) => item.open.minor);

/** What stands applied on a document: day and amount. */
async function appliedTo(number: string): Promise<readonly string[]> {
  const items = await itemsOf(number);
  const applied = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readStandingApplications(tx, { itemIds: items.map((i) => i.id) }),
  );
  return applied.map((a) => `${a.appliedOn} ${a.amount.minor} ${a.method}`);
}

test('a check changes nothing and says exactly what the commit then does', async () => {
  const file = payments(
    'K1,R-1,2025-12-01,100.00,EUR,,',
    'K2,R-3,2025-12-02,30.00,EUR,,',
    'K2,,2025-12-05,7.00,EUR,,',
  );
  const before = await countRows(tenant);
  const checked = await checkImport(tenant, file);
  assert.deepEqual(await countRows(tenant), before);
  assert.deepEqual([checked.rows, checked.created, checked.applied, checked.problemCount], [3, 3, 2, 0]);
  assert.deepEqual(checked.totals, [{ currency: 'EUR', count: 3, amount: '137.00' }]);
  assert.deepEqual(
    checked.preview.map((p) => p.texts[4]),
    ['R-1', 'R-3', 'on account'],
  );
  const { batchId, ...committed } = await commitImport(tenant, file);
  assert.ok(batchId !== null);
  assert.deepEqual({ ...committed, batchId: null }, checked);

  assert.deepEqual([await openOf('R-1'), await openOf('R-3')], [[0n], [50_00n]]);
  assert.deepEqual(await appliedTo('R-1'), ['2025-12-01 10000 import']);
  const books = await checkBooks(tenant);
  assert.deepEqual([books.bank, books.receivables, books['unapplied-cash']], [137_00n, 70_00n, -7_00n]);
});

test('the same file again changes nothing', async () => {
  const file = payments('K1,R-1,2025-12-01,100.00,EUR,,', 'K2,R-3,2025-12-02,30.00,EUR,,');
  await commitImport(tenant, file);
  const before = await countRows(tenant);
  const again = await commitImport(tenant, file);
  assert.deepEqual([again.created, again.unchanged, again.batchId], [0, 2, null]);
  assert.deepEqual({ ...(await countRows(tenant)), command_log: before.command_log }, before);
});

test('one transfer pays several documents, less the credit taken up', async () => {
  const done = await commitImport(
    tenant,
    payments(
      'K1,R-1,2025-12-01,100.00,EUR,,first',
      'K1,R-2,2025-12-01,50.00,EUR,,',
      'K1,G-1,2025-12-01,-30.00,EUR,,first',
    ),
  );
  assert.deepEqual(done.totals, [{ currency: 'EUR', count: 1, amount: '120.00' }]);
  assert.deepEqual(done.preview[0]?.texts, ['K1', '2025-12-01', '120.00', 'EUR', 'R-1, R-2, G-1']);
  assert.deepEqual([await openOf('R-1'), await openOf('R-2'), await openOf('G-1')], [[0n], [0n], [0n]]);
  assert.deepEqual((await appliedTo('R-1')).toSorted(), ['2025-12-01 3000 import', '2025-12-01 7000 import']);
  const books = await checkBooks(tenant);
  assert.deepEqual([books.bank, books['unapplied-cash']], [120_00n, 0n]);
});

test('credits that cover everything are settled without money, once', async () => {
  const file = payments('K1,R-1,2025-12-01,30.00,EUR,,', 'K1,G-1,2025-12-01,-30.00,EUR,,');
  const done = await commitImport(tenant, file);
  assert.deepEqual([done.created, done.applied, done.totals[0]?.amount], [1, 1, '0.00']);
  assert.deepEqual([await openOf('R-1'), await openOf('G-1')], [[70_00n], [0n]]);
  assert.equal((await checkBooks(tenant)).bank, undefined);

  // The invoice is not settled yet, so nothing tells that these rows were seen; the credit note is, and stops them.
  const stopped = await importStopped(tenant, file);
  assert.deepEqual(shortly(stopped.problems), ['3 amount exceeds_open']);
  await commitImport(tenant, payments('K1,R-1,2025-12-02,70.00,EUR,,'));
  assert.deepEqual((await commitImport(tenant, file)).unchanged, 2);
});

test('money that went back is a refund of the credit it pays out', async () => {
  const file = payments('K1,R-1,2025-12-01,10.00,EUR,,', 'K1,G-1,2025-12-01,-30.00,EUR,,');
  const done = await commitImport(tenant, file);
  assert.equal(done.totals[0]?.amount, '-20.00');
  assert.deepEqual([await openOf('R-1'), await openOf('G-1')], [[90_00n], [0n]]);
  const books = await checkBooks(tenant);
  assert.deepEqual([books.bank, books['unapplied-cash']], [-20_00n, 0n]);
  assert.equal((await commitImport(tenant, file)).unchanged, 2);
});

test('rows are told apart by their payment id, or each by itself, when the mapping says so', async () => {
  const rows = [
    'K1,R-1,2025-12-01,40.00,EUR,T1,',
    'K1,R-1,2025-12-01,40.00,EUR,T2,',
    'K1,R-2,2025-12-01,50.00,EUR,T1,',
  ];
  const byId = await checkImport(tenant, {
    ...payments(...rows),
    mapping: { ...MAPPING, group: 'payment_id' },
  });
  assert.deepEqual([byId.created, byId.preview[0]?.texts[2]], [2, '90.00']);
  const byRow = await checkImport(tenant, { ...payments(...rows), mapping: { ...MAPPING, group: 'row' } });
  assert.equal(byRow.created, 3);
  assert.equal((await checkImport(tenant, payments(...rows))).created, 1);
});

test('what was paid before the document was issued waits unapplied until then', async () => {
  await commitImport(tenant, payments('K1,R-2,2025-11-05,50.00,EUR,,'));
  assert.deepEqual(await appliedTo('R-2'), ['2025-11-10 5000 import']);
  await checkBooks(tenant);
});

test('a payment that does not fit is a problem with its line', async () => {
  const stopped = await importStopped(
    tenant,
    payments(
      'K1,R-1,2025-12-01,100.01,EUR,,',
      'K9,R-1,2025-12-01,1.00,EUR,,',
      'K1,R-8,2025-12-01,1.00,EUR,,',
      'K2,R-1,2025-12-01,1.00,EUR,,',
      'K1,R-2,2025-12-02,-1.00,EUR,,',
      'K1,R-2,2026-01-16,1.00,EUR,,',
      'K1,R-2,2025-12-03,0.00,EUR,,',
    ),
  );
  assert.deepEqual(shortly(stopped.problems), [
    '2 amount exceeds_open',
    '3 customer customer_unknown',
    '4 document document_unknown',
    '5 document document_of_other_customer',
    '6 amount exceeds_open',
    '7 paid on date_too_far_ahead',
    '8 amount amount_is_zero',
  ]);
  assert.match(stopped.problems[0]?.message ?? '', /100\.00 EUR is left to be paid/);
  assert.deepEqual(await openOf('R-1'), [100_00n]);
});

test('two rows cannot claim the same money, however far apart they stand', async () => {
  // One more than fits, and more than are settled at a time.
  const many = 1_600;
  await commitImport(tenant, {
    companyId,
    lines: [INVOICES[0] ?? '', `R-9,K3,2025-11-03,2025-12-03,${many}.00,EUR,INV`],
  });
  const rows = Array.from({ length: many + 1 }, () => 'K3,R-9,2025-12-01,1.00,EUR,,');
  const file = { ...payments(...rows), mapping: { ...MAPPING, group: 'row' } } as const;
  const checked = await checkImport(tenant, file);
  assert.deepEqual(shortly(checked.problems), [`${many + 2} amount exceeds_open`]);
  assert.match(checked.problems[0]?.message ?? '', /0\.00 EUR is left/);
  assert.deepEqual((await importStopped(tenant, file)).problems, checked.problems);
  const fits = { ...file, lines: file.lines.slice(0, -1) };
  const { batchId, ...done } = await commitImport(tenant, fits);
  assert.ok(batchId);
  assert.equal(done.applied, many);
  assert.deepEqual(await openOf('R-9'), [0n]);
  await checkBooks(tenant);
});

test('what a group cannot settle stays free for the rows after it, in a check as in the commit', async () => {
  // 100 is claimed, but 60 went back on account: only 40 of the debt is paid.
  const file = payments(
    'K1,R-1,2025-12-01,100.00,EUR,,',
    'K1,,2025-12-01,-60.00,EUR,,',
    'K1,R-1,2025-12-02,60.00,EUR,,',
  );
  assert.deepEqual((await checkImport(tenant, file)).problems, []);
  await commitImport(tenant, file);
  assert.deepEqual(await openOf('R-1'), [0n]);
  await checkBooks(tenant);
});

test('a payment that the books know with another amount or direction is a problem', async () => {
  await commitImport(tenant, payments('K1,R-1,2025-12-01,40.00,EUR,,'));
  const more = await importStopped(tenant, payments('K1,R-1,2025-12-01,41.00,EUR,,'));
  assert.deepEqual(shortly(more.problems), ['2 payment payment_differs']);
  const back = await importStopped(tenant, payments('K1,,2025-12-01,-40.00,EUR,,'));
  assert.deepEqual(shortly(back.problems), ['2 payment payment_differs']);
});

test('another currency needs a rate of the day it was paid, and what it gained or lost is booked', async () => {
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2025-11-01', rate: '0.8' });
  await commitImport(tenant, {
    companyId,
    lines: [INVOICES[0] ?? '', 'R-7,K1,2025-11-03,2025-12-03,100.00,USD,INV'],
  });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2025-12-01', rate: '0.9' });
  const wrong = await importStopped(tenant, payments('K1,R-7,2025-12-02,100.00,EUR,,'));
  assert.deepEqual(shortly(wrong.problems), ['2 currency wrong_currency']);
  const none = await checkImport(tenant, payments('K1,,2025-12-02,100.00,GBP,,'));
  assert.deepEqual(shortly(none.problems), ['2 currency exchange_rate_missing']);
  await commitImport(tenant, payments('K1,R-7,2025-12-02,100.00,USD,,'));
  const books = await checkBooks(tenant);
  assert.deepEqual([books.bank, books['fx-differences']], [90_00n, -10_00n]);
});

test('a locked period stops what would be received or applied in it', async () => {
  const { periodId } = await tenant.act('owner', addPeriod, {
    companyId,
    startsOn: parseDate('2025-11-10'),
    endsOn: parseDate('2025-11-30'),
  });
  await tenant.act('owner', lockPeriod, { periodId });
  const stopped = await importStopped(
    tenant,
    payments('K1,R-1,2025-11-30,1.00,EUR,,', 'K1,R-2,2025-11-05,1.00,EUR,,', 'K1,R-1,2025-12-01,1.00,EUR,,'),
  );
  assert.deepEqual(
    stopped.problems.map((p) => [p.line, p.code, p.value]),
    [
      [2, 'period_locked', '2025-11-30'],
      [3, 'period_locked', '2025-11-10'],
    ],
  );
});

test('references of all rows stand with the payment, each once', async () => {
  await commitImport(
    tenant,
    payments(
      'K1,R-1,2025-12-01,1.00,EUR,,VS 7',
      'K1,R-2,2025-12-01,1.00,EUR,,VS 8',
      'K1,,2025-12-01,1.00,EUR,,VS 7',
    ),
  );
  const known = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readPaymentsByExternalId(tx, companyId, ['K1/2025-12-01/EUR']),
  );
  assert.deepEqual(known.get('K1/2025-12-01/EUR'), {
    direction: 'received',
    amountMinor: 3_00n,
    currency: 'EUR',
  });
});

test('a file with more rows than one import may have is refused, and nothing is kept', async () => {
  async function* rows() {
    const cells = ['K1', '', '2025-12-01', '1.00', 'EUR', '', ''];
    for (let line = 2; line <= IMPORT_PAYMENT_ROWS_MAX + 2; line += 1) yield { line, cells };
  }
  const table = (): Table => ({
    format: 'csv',
    header: HEADER.split(','),
    headerLine: 1,
    rows: rows(),
    encoding: () => undefined,
    close: async () => {},
  });
  const source = { name: 'long.csv', open: async () => table() };
  const file = { companyId, fileName: 'long.csv', sha256: '00', mapping: MAPPING, commit: true };
  await refusesWithoutTrace(tenant, 'import_too_many_rows', () =>
    importTable(tenant.door, tenant.as('owner'), { kind: 'payments', file, source }),
  );
});

test('eight who commit the same payments at once record them once', async () => {
  const file = payments('K1,R-1,2025-12-01,100.00,EUR,,', 'K2,R-3,2025-12-02,30.00,EUR,,');
  const racers = await Promise.all(Array.from({ length: 8 }, () => commitImport(tenant, file)));
  assert.deepEqual(racers.map((r) => r.created).sort(), [0, 0, 0, 0, 0, 0, 0, 2]);
  assert.equal((await checkBooks(tenant)).bank, 130_00n);
});
