import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ReferredDocument, StatementDetail } from '#formats/bank-statement-shape.ts';
import { parseDate } from '#kernel/calendar.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { bankReadingOf } from './bank-reading.ts';
import { listedDocuments } from './listed-documents.ts';

const eur = (decimal: string) => ({ decimal, currency: 'EUR' });

/** What one payment of 150 euros says of documents, each on a line of the file with its amounts below. */
function told(documents: readonly ReferredDocument[], text = ''): readonly StatementDetail[] {
  const documentAmounts = documents.map((_, index) => ({
    amount: 100 + index * 10,
    discount: 101 + index * 10,
    credited: 102 + index * 10,
    adjustments: [103 + index * 10, 104 + index * 10],
  }));
  const places = {
    structured: [],
    documents: documents.map((_, index) => 99 + index * 10),
    documentAmounts,
    unstructured: text === '' ? [] : [7],
  };
  const nothing = { amounts: {}, structured: [], unstructured: [text], charges: [] };
  return [{ ...nothing, documents, text, places }];
}

const read = (details: readonly StatementDetail[], minor = 150_00n, currency = 'EUR') =>
  bankReadingOf({ line: 5 }, details, {
    amount: money(minor, currency),
    paidOn: parseDate('2026-03-05'),
    payerName: 'Payer',
    endToEndId: 'E2E-1',
  });

const plain = (found: ReturnType<typeof read>) =>
  found?.reading.lines.map((line) =>
    [line.document, ...[line.amount, line.discount, line.deduction].map(toDecimal), line.reason].join(' | '),
  );

test('documents with amounts, discounts, credits and adjustments are claimed lines, each number with its line of the file', () => {
  const found = read(
    told([
      {
        number: 'INV-1',
        amount: eur('91.00'),
        discount: eur('2.00'),
        credited: eur('5.00'),
        adjustments: [{ amount: eur('-3.00'), reason: 'DMGD', info: 'two boxes' }],
      },
      { number: 'INV-2', amount: eur('79.00') },
      { number: 'CN-1', type: 'CREN', amount: eur('20.00') },
    ]),
  );
  assert.deepEqual(plain(found), [
    'INV-1 | 91.00 | 2.00 | 8.00 | Credit note taken off, two boxes',
    'INV-2 | 79.00 | 0.00 | 0.00 | ',
    'CN-1 | -20.00 | 0.00 | 0.00 | ',
  ]);
  const [first] = found?.reading.lines ?? [];
  const cellAt = (part: 'document' | 'amount' | 'discount' | 'deduction') => {
    const place = first?.place?.[part];
    return [place?.line, found?.rows.find((row) => row.line === place?.line)?.cells[place?.column ?? 0]];
  };
  assert.deepEqual(
    [cellAt('document'), cellAt('amount'), cellAt('discount'), cellAt('deduction')],
    [
      [99, 'INV-1'],
      [100, '91.00 EUR'],
      [101, '2.00 EUR'],
      [102, '5.00 EUR'],
    ],
  );
  assert.equal(found?.reading.total && toDecimal(found.reading.total), '150.00');
  assert.equal(found?.reading.paymentReference, 'E2E-1');
});

test('numbers that share a line of the file stand in one row', () => {
  const [detail] = told([
    { number: 'INV-1', amount: eur('50.00') },
    { number: 'INV-2', amount: eur('100.00') },
  ]);
  const places = {
    structured: [],
    unstructured: [],
    documents: [3, 3],
    documentAmounts: [
      { amount: 3, adjustments: [] },
      { amount: 3, adjustments: [] },
    ],
  };
  const found = read([{ ...(detail as StatementDetail), places }]);
  assert.equal(found?.rows.length, 1);
  assert.deepEqual(found?.reading.lines[1]?.place, {
    document: { line: 3, column: 5 },
    amount: { line: 3, column: 7 },
  });
});

test('what is not told completely is no claim', () => {
  const two = [
    { number: 'INV-1', amount: eur('50.00') },
    { number: 'INV-2', amount: eur('100.00') },
  ];
  const nothing: readonly (readonly StatementDetail[])[] = [
    told([two[0] as ReferredDocument]),
    told([...two, { number: 'INV-3' }]),
    told([...two, { amount: eur('1.00') }]),
    told([...two, { number: 'INV-3', amount: { decimal: '1.00', currency: 'USD' } }]),
    told([...two, { number: 'INV-3', amount: eur('1.005') }]),
    told([...two, { number: 'INV-3', amount: eur('1.00'), adjustments: [{ amount: eur('1.00') }] }]),
    [...told(two), ...told(two)],
    [],
  ];
  for (const [index, details] of nothing.entries()) assert.equal(read(details), undefined, `case ${index}`);
  assert.ok(read(told(two)));
  assert.equal(read(told(two), -150_00n), undefined, 'money that went out');
});

test('numbers with amounts in words are a list only where they come to the payment', () => {
  const list = (text: string, minor = 150_00n, currency = 'EUR') =>
    listedDocuments(text, money(minor, currency))?.documents.map(
      ({ document, amount }) => `${document} ${toDecimal(amount)}`,
    );
  const two = ['RE-4711 50.00', 'RE-4712 100.00'];
  assert.deepEqual(list('Rechnung RE-4711 50,00 und RE-4712 100,00'), two);
  assert.deepEqual(list('RE-4711: EUR 50.00; RE-4712 (100.00 EUR)'), two);
  assert.deepEqual(
    list('RE-4711 vom 03.02.2026 50,00EUR, RE-4712 vom 2026-02-04 €100,00 gesamt 150,00'),
    two,
  );
  assert.deepEqual(list('4711 1.234,50 4712 65,50', 1_300_00n), ['4711 1234.50', '4712 65.50']);
  assert.deepEqual(list('RE-4711 170,00 GS-4712 20,00-'), ['RE-4711 170.00', 'GS-4712 -20.00']);
  for (const text of [
    'RE-4711 50,00',
    'RE-4711 RE-4712 150,00',
    'RE-4711 50,00 RE-4712 99,99',
    'RE-4711 50,00 RE-4711 100,00',
    'RE-4711 50,00 RE-4712 100,00 RE-4713',
    'RE-4711 50,00 12 100,00',
    'RE-4711 50,00 RE-4712 100,00 10,00',
  ])
    assert.equal(list(text), undefined, text);
  assert.equal(list('4711 100 4712 50', 150n, 'JPY'), undefined, 'without decimals nothing tells an amount');
});

test('words are read as a list in proportion to their length, and never to another sum than the payment', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'RE-4711',
      'RE-4712',
      '50,00',
      '100,00',
      '1.000,00',
      'und',
      '03.02.2026',
      '-',
      'EUR',
      '150,00',
    ),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const found = listedDocuments(words.join(' '), money(150_00n, 'EUR'));
      if (!found) return;
      assert.equal(
        found.documents.reduce((sum, one) => sum + one.amount.minor, 0n),
        150_00n,
      );
      for (const { document, at } of found.documents)
        assert.equal(found.words[at.document]?.slice(0, 140), document);
    }),
  );
  const started = performance.now();
  listedDocuments('1.'.repeat(50_000), money(150_00n, 'EUR'));
  listedDocuments(`${'1,111'.repeat(20_000)}x`, money(150_00n, 'EUR'));
  assert.ok(performance.now() - started < 2_000);
});

test('a list in words keeps where each number stands', () => {
  const found = read(told([], 'RE-4711 50,00 RE-4712 100,00'));
  assert.deepEqual(found?.rows, [{ line: 7, cells: ['RE-4711', '50,00', 'RE-4712', '100,00'] }]);
  assert.deepEqual(found?.reading.lines[1]?.place, {
    document: { line: 7, column: 2 },
    amount: { line: 7, column: 3 },
  });
});
