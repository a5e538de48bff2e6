import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toDecimal } from '#kernel/money.ts';
import { readGrid } from './read-grid.ts';
import type { Reading } from './remittance.ts';
import { differenceOf, readRows } from './table-reading.ts';

const read = async (text: string, hints = {}): Promise<Reading> =>
  readRows((await readGrid(Buffer.from(text))).rows, { currency: 'EUR', ...hints });

const plain = (reading: Reading) =>
  reading.lines.map((l) => [l.document, toDecimal(l.amount), toDecimal(l.discount), toDecimal(l.deduction)]);

test('a table with headings is read, with what is said above and below it', async () => {
  const reading = await read(
    [
      'Payer;Miller Stores GmbH',
      'Zahlungsdatum: 03.05.2026;',
      'Payment reference;TRN-883719',
      '',
      'Rechnungsnummer;Rechnungsbetrag;Skonto;Abzug;Zahlbetrag;Grund;Reklamationsnummer',
      'RE-1001;1.000,00;20,00;;980,00;;',
      'RE-1002;500,00;;-50,00;450,00;Bruch;RK-77',
      'Summe;1.500,00;20,00;50,00;1.430,00;;',
    ].join('\n'),
  );
  assert.deepEqual(plain(reading), [
    ['RE-1001', '980.00', '20.00', '0.00'],
    ['RE-1002', '450.00', '0.00', '50.00'],
  ]);
  assert.equal(reading.paidOn?.toString(), '2026-05-03');
  assert.equal(reading.paymentReference, 'TRN-883719');
  assert.equal(reading.payerName, 'Miller Stores GmbH');
  assert.equal(reading.total && toDecimal(reading.total), '1430.00');
  assert.equal(differenceOf(reading).difference.minor, 0n);
  assert.deepEqual([reading.lines[1]?.reason, reading.lines[1]?.claimNumber], ['Bruch', 'RK-77']);
});

test('each number keeps the place where it stands', async () => {
  const reading = await read('Note,Invoice,Discount,Amount paid\nx,INV-1,1.00,99.00\n');
  assert.deepEqual(reading.lines[0]?.place, {
    document: { line: 2, column: 1 },
    amount: { line: 2, column: 3 },
    discount: { line: 2, column: 2 },
    reason: { line: 2, column: 0 },
  });
});

test('where only the amount of the document is given, discount and deduction come off it', async () => {
  const reading = await read('Invoice,Gross amount,Discount,Deduction\nINV-1,100.00,2.00,10.00\n');
  assert.deepEqual(plain(reading), [['INV-1', '88.00', '2.00', '10.00']]);
});

test('the lines miss the stated total by exactly the difference', async () => {
  const reading = await read('Invoice,Amount\nINV-1,100.00\nINV-2,50.10\nTotal,150.15\n');
  assert.equal(differenceOf(reading).difference.minor, 5n);
});

for (const [what, text, code] of [
  ['no headings', 'a,b\nc,d\n', 'remittance_headings_missing'],
  ['headings without lines', 'Invoice,Amount\n', 'remittance_without_lines'],
  ['two columns of what is paid', 'Invoice,Amount,Paid\nINV-1,1.00,1.00\n', 'remittance_heading_twice'],
  ['a mark that could be either', 'Invoice,Amount\nINV-1,"1,234"\n', 'remittance_decimal_unclear'],
  ['an amount that is none', 'Invoice,Amount\nINV-1,10.00\nINV-2,1x2\n', 'remittance_cell_not_readable'],
  ['more decimals than the currency has', 'Invoice,Amount\nINV-1,10.0055\n', 'remittance_cell_not_readable'],
  [
    'an amount in another currency',
    'Invoice,Amount\nINV-1,10.00 USD\nINV-2,5.00 GBP\n',
    'remittance_cell_not_readable',
  ],
  ['an amount without a document', 'Invoice,Amount\nINV-1,10.00\n,5.00\n', 'remittance_lines_interrupted'],
  [
    'a line after a gap',
    'Invoice,Amount\nINV-1,10.00\nTotal,10.00\nINV-2,5.00\n',
    'remittance_lines_interrupted',
  ],
  ['a PDF that is cut off', '%PDF-1.7\n', 'pdf_damaged'],
] as const)
  test(`refused with a reason: ${what}`, () => assert.rejects(read(text), { code }));

test('a mark that could be either is read as told', async () => {
  const text = 'Invoice,Amount\nINV-1,"1,234"\n';
  assert.deepEqual(plain(await read(text, { decimal: '.' })), [['INV-1', '1234.00', '0.00', '0.00']]);
  await assert.rejects(read(text, { decimal: ',' }), { code: 'remittance_cell_not_readable' });
});

test('whatever amounts a table holds, it is read to the cent or refused', async () => {
  const line = fc.record({
    paid: fc.integer({ min: 1, max: 99_999_999 }),
    discount: fc.integer({ min: 0, max: 9_999 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 30 }),
      fc.constantFrom('.', ','),
      async (lines, mark) => {
        const text = (minor: number): string => (minor / 100).toFixed(2).replace('.', mark);
        const rows = lines.map((l, i) => `INV-${i};${text(l.paid)};${text(l.discount)}`);
        const sum = lines.reduce((total, l) => total + l.paid, 0);
        const reading = await read(['Invoice;Paid;Discount', ...rows, `Total;${text(sum)};`].join('\n'));
        assert.deepEqual(
          reading.lines.map((l) => [Number(l.amount.minor), Number(l.discount.minor)]),
          lines.map((l) => [l.paid, l.discount]),
        );
        assert.equal(differenceOf(reading).difference.minor, 0n);
      },
    ),
    { numRuns: 60 },
  );
});

test('broken files are refused with a code, whatever is in them', async () => {
  const start = Buffer.from('Invoice;Amount;Discount\nINV-1;10,00;1,00\nINV-2;20,00;\nTotal;30,00;\n');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(start.length - 1), fc.nat(255)), { maxLength: 12 }),
      fc.nat(start.length),
      async (changes, cut) => {
        const bytes = Buffer.from(start);
        for (const [at, byte] of changes) bytes[at] = byte;
        try {
          const reading = readRows((await readGrid(bytes.subarray(0, cut))).rows, { currency: 'EUR' });
          assert.ok(reading.lines.length > 0);
        } catch (error) {
          assert.match((error as { code?: string }).code ?? String(error), /^[a-z]+(_[a-z]+)+$/);
        }
      },
    ),
    { numRuns: 500 },
  );
});
