import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { inTenant } from '#db/transaction.ts';
import { workbookOf } from '#formats/archives-for-tests.ts';
import { readDocumentsByNumber } from '#invoicing/read-documents.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { addPeriod, lockPeriod } from '#ledger/lock-period.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { archiveCustomer } from '#parties/change-customer.ts';
import { readContacts, readCustomersByNumber } from '#parties/take-party.ts';
import { checkBooks, countRows, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aRate } from '../../test/support/builders.ts';
import { checkImport, commitImport, importStopped, shortly } from '../../test/support/imports.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { storedMapping } from './read-mapping.ts';

const HEADER =
  'document_no,customer_id,customer_name,email,issue_date,due_date,amount,currency,document_type';
const LINES = [
  HEADER,
  'R-1,K1,Alpha Ltd,ap@alpha.example,2025-11-03,2025-12-03,119.00,EUR,INV',
  'R-2,K2,"Beta, Sons & Co",,2025-11-04,2025-12-04,50.50,EUR,INV',
  'G-1,K1,Alpha Ltd,,2025-11-20,2025-11-20,-19.00,EUR,CN',
];

let tenant: TestTenant;
let companyId: CompanyId;

beforeEach(async () => {
  tenant = await newTenant();
  companyId = await aCompany(tenant);
});

const documents = (...numbers: readonly string[]) =>
  inTenant(tenant.pool, tenant.tenantId, (tx) => readDocumentsByNumber(tx, companyId, numbers));

test('a check changes nothing and says exactly what the commit then does', async () => {
  const before = await countRows(tenant);
  const checked = await checkImport(tenant, { companyId, lines: LINES });
  assert.deepEqual(await countRows(tenant), before);
  assert.deepEqual(
    [checked.rows, checked.created, checked.unchanged, checked.customersCreated, checked.problemCount],
    [3, 3, 0, 2, 0],
  );
  assert.deepEqual(checked.totals, [{ currency: 'EUR', count: 3, amount: '150.50' }]);
  assert.deepEqual(checked.preview[1], {
    line: 3,
    texts: ['R-2', 'invoice', 'Beta, Sons & Co', '2025-11-04', '2025-12-04', '50.50', 'EUR'],
  });

  const { batchId, ...committed } = await commitImport(tenant, { companyId, lines: LINES });
  assert.ok(batchId !== null);
  assert.deepEqual({ ...committed, batchId: null }, checked);
});

test('what is committed is in the books, with customers and the contact to write to', async () => {
  await commitImport(tenant, { companyId, lines: LINES });
  assert.deepEqual(await checkBooks(tenant), { receivables: 150_50n, revenue: -150_50n });
  const [r1, g1] = [(await documents('R-1'))[0], (await documents('G-1'))[0]];
  assert.ok(r1 && g1);
  assert.deepEqual([r1.kind, r1.total_minor, r1.due_on.toString()], ['invoice', 119_00n, '2025-12-03']);
  assert.deepEqual([g1.kind, g1.total_minor], ['credit_note', 19_00n]);
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const alpha = (await readCustomersByNumber(tx, ['K1'])).get('K1');
    assert.ok(alpha);
    assert.equal(alpha.id, r1.customer_id);
    const contacts = await readContacts(tx, [alpha.id]);
    assert.deepEqual(
      contacts.map((c) => [c.role, c.email]),
      [['billing', 'ap@alpha.example']],
    );
    const items = await readItemsOfDocuments(tx, [r1.id, g1.id]);
    assert.deepEqual(items.map((i) => [i.reference, i.open.minor, i.postedOn.toString()]).sort(), [
      ['G-1', -19_00n, '2025-11-20'],
      ['R-1', 119_00n, '2025-11-03'],
    ]);
  });
  const events = (await tenant.events()).filter((e) => e.type === 'import.committed');
  assert.deepEqual(
    events.map((e) => e.data),
    [{ kind: 'invoices', file: 'test.csv', created: 3, unchanged: 0 }],
  );
});

test('the same file again changes nothing, and a longer one adds only what is new', async () => {
  await commitImport(tenant, { companyId, lines: LINES });
  const before = await countRows(tenant);
  const again = await commitImport(tenant, { companyId, lines: LINES });
  assert.deepEqual([again.created, again.unchanged, again.customersCreated, again.batchId], [0, 3, 0, null]);
  const after = await countRows(tenant);
  assert.deepEqual({ ...after, command_log: before.command_log }, before);

  const more = [...LINES, 'R-3,K2,Beta,,2025-11-05,2025-12-05,1.00,EUR,INV'];
  const longer = await commitImport(tenant, { companyId, lines: more });
  assert.deepEqual([longer.created, longer.unchanged, longer.customersCreated], [1, 3, 0]);
});

test('one bad row and nothing at all is created', async () => {
  const bad = [...LINES, 'R-9,K9,Late Ltd,,2025-02-29,2025-12-05,12.345,XYZ,INV'];
  const before = await countRows(tenant);
  const stopped = await importStopped(tenant, { companyId, lines: bad });
  assert.deepEqual(shortly(stopped.problems), ['5 issue_date date_not_valid', '5 currency unknown_currency']);
  assert.deepEqual(await countRows(tenant), before);
  assert.deepEqual((await checkImport(tenant, { companyId, lines: bad })).problems, stopped.problems);
});

test('every problem names its line and column', async () => {
  const stopped = await importStopped(tenant, {
    companyId,
    lines: [
      HEADER,
      'R-1,K1,A,,2025-11-03,2025-12-03,119.001,EUR,INV',
      'R-2,K1,A,,2025-13-03,2025-12-03,119.00,EUR,INV',
      'R-3,K1,A,,2025-11-03,2025-12-03,-5.00,EUR,INV',
      ',K1,A,,2025-11-03,2025-12-03,5.00,EUR,INV',
      'R-5,K1,A,nobody,2025-11-03,2025-12-03,5.00,EUR,XX',
    ],
  });
  assert.deepEqual(shortly(stopped.problems), [
    '2 amount amount_too_many_decimals',
    '3 issue_date date_not_valid',
    '4 amount invoice_is_negative',
    '5 document_no value_missing',
    '6 document_type document_type_unknown',
    '6 email email_not_valid',
  ]);
});

test('an id that the books know with other content is a problem, and so is a number that is taken', async () => {
  await commitImport(tenant, { companyId, lines: LINES });
  const changes = [
    'R-1,K2,Beta,,2025-11-03,2025-12-03,119.00,EUR,INV',
    'R-1,K1,Alpha,,2025-11-03,2025-12-03,118.00,EUR,INV',
    'R-1,K1,Alpha,,2025-11-03,2025-12-04,119.00,EUR,INV',
    'R-1,K1,Alpha,,2025-11-03,2025-12-03,119.00,EUR,CN',
  ];
  for (const line of changes) {
    const stopped = await importStopped(tenant, { companyId, lines: [HEADER, line] });
    assert.deepEqual(shortly(stopped.problems), ['2 id document_differs'], line);
  }
  const own = await anInvoice(tenant, { companyId, externalId: 'erp-1' });
  const header = `${HEADER},external_id`;
  const stopped = await importStopped(tenant, {
    companyId,
    lines: [header, `${own.number},K1,Alpha,,2025-11-03,2025-12-03,1.00,EUR,INV,erp-2`],
  });
  assert.deepEqual(shortly(stopped.problems), ['2 number document_number_taken']);
});

test('the same document twice in a file is a problem; an invoice and a credit note may share a number', async () => {
  const header = `${HEADER},external_id`;
  const stopped = await importStopped(tenant, {
    companyId,
    lines: [
      header,
      'R-1,K1,A,,2025-11-03,2025-12-03,1.00,EUR,INV,a',
      'R-2,K1,A,,2025-11-03,2025-12-03,1.00,EUR,INV,a',
      'R-1,K1,A,,2025-11-03,2025-12-03,1.00,EUR,INV,b',
      'R-1,K1,A,,2025-11-03,2025-12-03,-1.00,EUR,CN,c',
    ],
  });
  assert.deepEqual(shortly(stopped.problems), ['3 id document_twice', '4 number document_twice']);
  assert.match(stopped.problems[0]?.message ?? '', /line 2/);
  assert.equal(stopped.created, 2);
});

test('what can be read in two ways is asked, not guessed, and the answer is kept for such a file', async () => {
  const header = 'Invoice no;Customer no;Invoice date;Due date;Total';
  const lines = [header, 'R-1;K1;03/04/2025;05/06/2025;1,234'];
  const stopped = await importStopped(tenant, { companyId, lines });
  assert.deepEqual(shortly(stopped.problems), ['amount decimal_mark_unclear', 'dates date_order_unclear']);
  const mapping = { ...stopped.mapping, decimalMark: '.', dateOrder: 'day_month_year' } as const;
  assert.equal((await commitImport(tenant, { companyId, lines, mapping })).created, 1);
  const [r1] = await documents('R-1');
  assert.deepEqual([r1?.total_minor, r1?.issued_on.toString()], [1234_00n, '2025-04-03']);

  assert.deepEqual(await storedMapping(tenant.pool, tenant.tenantId, 'invoices', header.split(';')), mapping);
  const next = ['INVOICE NO;customer_no;Invoice Date;due date;TOTAL', 'R-2;K1;04/05/2025;06/07/2025;1,500'];
  const again = await commitImport(tenant, { companyId, lines: next });
  assert.deepEqual([again.created, again.mapping.fields.amount], [1, ['TOTAL']]);
  const [r2] = await documents('R-2');
  assert.deepEqual([r2?.total_minor, r2?.issued_on.toString()], [1500_00n, '2025-05-04']);
});

test('a column name that stands twice is asked about', async () => {
  const lines = ['No,Customer,Date,Due,Amount,Amount', 'R-1,K1,2025-11-03,2025-12-03,1.00,2.00'];
  const mapping = {
    fields: {
      document_number: ['No'],
      customer_number: ['Customer'],
      issue_date: ['Date'],
      due_date: ['Due'],
      amount: ['Amount'],
    },
  };
  const stopped = await importStopped(tenant, { companyId, lines, mapping });
  assert.deepEqual(shortly(stopped.problems), ['Amount column_name_twice']);
});

test('a mapping that cannot be used is refused before anything is read', async () => {
  const lines = ['a,b', '1,2'];
  await refusesWithoutTrace(tenant, 'mapping_incomplete', () => commitImport(tenant, { companyId, lines }));
  const mapping = { fields: { amount: ['gone'] } };
  await refusesWithoutTrace(tenant, 'mapping_unknown_column', () =>
    commitImport(tenant, { companyId, lines, mapping }),
  );
});

test('a broken file is refused with the line where it breaks', async () => {
  const open = [...LINES, 'R-4,K1,"never closed,,2025-11-03,2025-12-03,1.00,EUR,INV'];
  await assert.rejects(
    commitImport(tenant, { companyId, lines: open }),
    (error: { code?: string; facts?: object }) => {
      assert.equal(error.code, 'csv_quote_not_closed');
      assert.equal((error.facts as { line?: number }).line, 5);
      return true;
    },
  );
  const ragged = [...LINES, 'R-4,K1,A,2025-11-03,2025-12-03,1.00,EUR,INV'];
  const stopped = await importStopped(tenant, { companyId, lines: ragged });
  assert.deepEqual(shortly(stopped.problems), ['5 row_has_other_column_count']);
});

test('a file is read in the encoding it is in, and refused when it is in none', async () => {
  const text = `${LINES.join('\n')}\n`.replace('Alpha', 'Müller').replace('Beta', 'Žižka');
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const imported = await commitImport(tenant, { companyId, bytes: utf16 });
  assert.equal(imported.preview[0]?.texts[2], 'Müller Ltd');
  const latin = Buffer.from(`${LINES.join('\n')}\n`.replace('Alpha', 'Müller'), 'latin1');
  const other = await aCompany(tenant);
  const checked = await checkImport(tenant, { companyId: other, bytes: latin });
  assert.equal(checked.preview[0]?.texts[2], 'Müller Ltd');

  const broken = Buffer.concat([
    Buffer.from(`${HEADER}\nR-8,K1,Müller,,2025-11-03,2025-12-03,1.00,EUR,INV\n`),
    Buffer.from('x'.repeat(70).concat('\n').repeat(1_000)),
    Buffer.from([0x52, 0xff, 0xfe, 0x00, 0x01, 0x0a]),
  ]);
  await assert.rejects(commitImport(tenant, { companyId, bytes: broken }), (error: { code?: string }) => {
    assert.match(error.code ?? '', /^text_/);
    return true;
  });
  assert.equal((await documents('R-8')).length, 0);
});

test('a file without rows is refused, and so is one that is no table', async () => {
  const empty = (bytes: string) => () => commitImport(tenant, { companyId, bytes: Buffer.from(bytes) });
  await refusesWithoutTrace(tenant, 'import_empty', empty(`${HEADER}\n`));
  await refusesWithoutTrace(tenant, 'import_empty', empty('\n\n'));
  await refusesWithoutTrace(tenant, 'table_format_unknown', empty('%PDF-1.7\n'));
  await refusesWithoutTrace(tenant, 'table_format_unknown', empty('<?xml version="1.0"?><a/>'));
});

test('a gzipped file and a workbook say the same as the plain one', async () => {
  const plain = await checkImport(tenant, { companyId, lines: LINES });
  const packed = gzipSync(Buffer.from(`${LINES.join('\n')}\n`));
  assert.deepEqual(await checkImport(tenant, { companyId, bytes: packed, name: 'test.csv.gz' }), plain);

  const text = (value: string) => `<c t="inlineStr"><is><t>${value.replace('&', '&amp;')}</t></is></c>`;
  const rowsOf = (cells: readonly string[]) => `<row>${cells.join('')}</row>`;
  const rows = [
    rowsOf(HEADER.split(',').map(text)),
    // Excel keeps days as numbers: 45964 is 3 November 2025.
    rowsOf([
      text('R-1'),
      text('K1'),
      text('Alpha Ltd'),
      text('ap@alpha.example'),
      '<c s="1"><v>45964</v></c>',
      '<c s="1"><v>45994</v></c>',
      '<c><v>119</v></c>',
      text('EUR'),
      text('INV'),
    ]),
    rowsOf([
      text('R-2'),
      text('K2'),
      text('Beta, Sons & Co'),
      '<c/>',
      '<c s="1"><v>45965</v></c>',
      '<c s="1"><v>45995</v></c>',
      '<c><v>50.5</v></c>',
      text('EUR'),
      text('INV'),
    ]),
    rowsOf([
      text('G-1'),
      text('K1'),
      text('Alpha Ltd'),
      '<c/>',
      text('2025-11-20'),
      text('2025-11-20'),
      '<c><v>-19</v></c>',
      text('EUR'),
      text('CN'),
    ]),
  ];
  const styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
  const book = workbookOf({ rows: rows.join(''), styles });
  assert.deepEqual(await checkImport(tenant, { companyId, bytes: book, name: 'test.xlsx' }), plain);
});

test('an error in a cell of a workbook counts only in a column that is used', async () => {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const bookWith = (amount: string, note: string) =>
    workbookOf({
      rows: `<row>${['No', 'Customer', 'Date', 'Due', 'Amount', 'Note'].map(text).join('')}</row>
        <row>${['R-1', 'K1', '2025-11-03', '2025-12-03'].map(text).join('')}${amount}${note}</row>`,
    });
  const error = '<c t="e"><v>#N/A</v></c>';
  const mapping = {
    fields: {
      document_number: ['No'],
      customer_number: ['Customer'],
      issue_date: ['Date'],
      due_date: ['Due'],
      amount: ['Amount'],
    },
  };
  const fine = await checkImport(tenant, { companyId, mapping, bytes: bookWith('<c><v>5</v></c>', error) });
  assert.deepEqual([fine.created, fine.problemCount], [1, 0]);
  const wrong = await checkImport(tenant, { companyId, mapping, bytes: bookWith(error, text('x')) });
  assert.deepEqual([wrong.created, wrong.problemCount, wrong.problems[0]?.line], [0, 1, 2]);
});

test('an amount in another currency needs a rate of its day or before, which the check tells too', async () => {
  const lines = [...LINES, 'R-7,K1,A,,2025-11-10,2025-12-10,100.00,USD,INV'];
  const checked = await checkImport(tenant, { companyId, lines });
  assert.deepEqual(shortly(checked.problems), ['5 currency exchange_rate_missing']);
  await importStopped(tenant, { companyId, lines });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2025-11-11', rate: '0.8' });
  await importStopped(tenant, { companyId, lines });
  await aRate(tenant, { base: 'EUR', quote: 'USD', on: '2025-11-09', rate: '1.25' });
  const done = await commitImport(tenant, { companyId, lines });
  assert.deepEqual(
    done.totals.map((t) => `${t.currency} ${t.amount}`),
    ['EUR 150.50', 'USD 100.00'],
  );
  assert.equal((await documents('R-7'))[0]?.functional_minor, 80_00n);
  assert.deepEqual(await checkBooks(tenant), { receivables: 230_50n, revenue: -230_50n });
});

test('amounts of a currency without decimals are rounded only when the mapping says so', async () => {
  await aRate(tenant, { base: 'JPY', quote: 'EUR', on: '2025-01-01', rate: '0.006' });
  const lines = [HEADER, 'R-1,K1,A,,2025-11-03,2025-12-03,107665752.2,JPY,INV'];
  const stopped = await importStopped(tenant, { companyId, lines });
  assert.deepEqual(shortly(stopped.problems), ['2 amount amount_too_many_decimals']);
  const mapping = { ...stopped.mapping, excessDecimals: 'round' } as const;
  const done = await commitImport(tenant, { companyId, lines, mapping });
  assert.deepEqual(shortly(done.warnings), ['2 amount amount_rounded']);
  assert.equal((await documents('R-1'))[0]?.total_minor, 107_665_752n);
});

test('a locked period and an archived customer are told row by row, before the database refuses', async () => {
  await commitImport(tenant, { companyId, lines: [HEADER, 'R-0,K1,A,,2025-01-03,2025-02-03,1.00,EUR,INV'] });
  const { periodId } = await tenant.act('owner', addPeriod, {
    companyId,
    startsOn: parseDate('2025-11-01'),
    endsOn: parseDate('2025-11-03'),
  });
  await tenant.act('owner', lockPeriod, { periodId });
  await aCustomer(tenant, { number: 'K2', name: 'Gone Ltd' });
  const gone = await inTenant(tenant.pool, tenant.tenantId, (tx) => readCustomersByNumber(tx, ['K2']));
  await tenant.act('owner', archiveCustomer, { customerId: gone.get('K2')?.id ?? ('' as never) });
  const stopped = await importStopped(tenant, { companyId, lines: LINES });
  assert.deepEqual(shortly(stopped.problems), ['2 period_locked', '3 customer customer_archived']);
  assert.match(stopped.problems[0]?.message ?? '', /2025-11-01 to 2025-11-03/);
});

test('a document that was due before it was issued is taken over with a warning', async () => {
  const lines = [HEADER, 'R-1,K1,A,,2025-11-03,2025-10-03,1.00,EUR,INV'];
  const done = await commitImport(tenant, { companyId, lines });
  assert.deepEqual(shortly(done.warnings), ['2 due_before_issue']);
  assert.equal(done.created, 1);
});

test('eight who commit the same file at once create it once', async () => {
  const racers = await Promise.all(
    Array.from({ length: 8 }, () => commitImport(tenant, { companyId, lines: LINES })),
  );
  assert.deepEqual(racers.map((r) => r.created).sort(), [0, 0, 0, 0, 0, 0, 0, 3]);
  assert.deepEqual(
    racers.map((r) => r.created + r.unchanged),
    Array(8).fill(3),
  );
  assert.deepEqual(await checkBooks(tenant), { receivables: 150_50n, revenue: -150_50n });
});

test('the same number may be used in another company, and customers are shared', async () => {
  await commitImport(tenant, { companyId, lines: LINES });
  const other = await aCompany(tenant);
  const done = await commitImport(tenant, { companyId: other, lines: LINES });
  assert.deepEqual([done.created, done.customersCreated], [3, 0]);
});

test('somebody without the permission imports nothing', async () => {
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    commitImport(tenant, { companyId, lines: LINES, role: 'viewer' }),
  );
});
