import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numberWidth, type PrintedText, pdfOfPages } from '#formats/pdf-pages-for-tests.ts';
import { toDecimal } from '#kernel/money.ts';
import { type Grid, readGrid } from './read-grid.ts';
import type { Reading } from './remittance.ts';
import { differenceOf, readRows } from './table-reading.ts';

const at = (x: number, y: number, text: string): PrintedText => ({ text, x, y });
/** A number whose right end stands at x. */
const before = (x: number, y: number, text: string): PrintedText => at(x - numberWidth(text), y, text);

async function read(
  pages: readonly (readonly PrintedText[])[],
  options = {},
): Promise<Reading & { grid: Grid }> {
  const grid = await readGrid(pdfOfPages(pages, options));
  return { ...readRows(grid.rows, { currency: 'EUR' }), grid };
}

const plain = (reading: Reading) =>
  reading.lines.map((l) => [l.document, toDecimal(l.amount), toDecimal(l.discount), l.reason ?? '']);

const HEAD = [
  at(50, 60, 'Miller Stores Ltd'),
  at(50, 90, 'Payment date: 2026-05-03'),
  at(50, 104, 'Payment reference'),
  at(200, 104, 'TRN-883719'),
];
const HEADINGS = (y: number) => [
  at(50, y, 'Invoice number'),
  at(180, y, 'Gross amount'),
  at(280, y, 'Discount'),
  at(370, y, 'Amount paid'),
  at(460, y, 'Remarks'),
];
const LINE = (y: number, [document, gross, discount, paid, remark = '']: readonly string[]) => [
  at(50, y, document ?? ''),
  before(240, y, gross ?? ''),
  before(320, y, discount ?? ''),
  before(425, y, paid ?? ''),
  ...(remark ? [at(460, y, remark)] : []),
];

test('a page is read by where its texts stand, and each number keeps its box', async () => {
  const reading = await read([
    [
      ...HEAD,
      ...HEADINGS(140),
      ...LINE(160, ['INV-1001', '1,000.00', '20.00', '980.00']),
      ...LINE(174, ['INV-1002', '500.00', '0.00', '450.00', 'broken on']),
      at(460, 186, 'arrival'),
      at(50, 210, 'Total'),
      before(425, 210, '1,430.00'),
      at(300, 800, 'Page 1 of 1'),
      at(50, 800, 'Registered in London 1234567'),
    ],
  ]);
  assert.deepEqual(plain(reading), [
    ['INV-1001', '980.00', '20.00', ''],
    ['INV-1002', '450.00', '0.00', 'broken on arrival'],
  ]);
  assert.deepEqual(
    [reading.paidOn?.toString(), reading.paymentReference, reading.total && toDecimal(reading.total)],
    ['2026-05-03', 'TRN-883719', '1430.00'],
  );
  const place = reading.lines[0]?.place?.amount;
  const row = reading.grid.rows.find((one) => one.line === place?.line);
  assert.equal(row?.cells[place?.column ?? -1], '980.00');
  const box = row?.boxes?.[place?.column ?? -1];
  assert.equal(box?.page, 1);
  assert.ok(
    Math.abs((box?.x ?? 0) - (425 - numberWidth('980.00'))) < 1 && Math.abs((box?.y ?? 0) - 150) < 2,
    JSON.stringify(box),
  );
});

test('headings on two lines, and pages that are turned', async () => {
  const page = [
    at(50, 100, 'Invoice'),
    at(50, 112, 'number'),
    at(300, 100, 'Amount'),
    at(300, 112, 'paid'),
    at(50, 130, 'INV-1'),
    before(330, 130, '10.00'),
  ];
  for (const turned of [false, true])
    assert.deepEqual(plain(await read([page], { turned })), [['INV-1', '10.00', '0.00', '']]);
});

test('a table goes on over pages, with headings repeated or not, around footers', async () => {
  for (const isRepeated of [true, false]) {
    const reading = await read([
      [
        ...HEAD,
        ...HEADINGS(140),
        ...LINE(160, ['INV-1', '10.00', '0.00', '10.00']),
        at(370, 800, 'Page 1 of 2'),
      ],
      [
        at(50, 60, 'Miller Stores Ltd'),
        ...(isRepeated ? HEADINGS(100) : []),
        ...LINE(120, ['INV-2', '20.00', '0.00', '20.00']),
        at(50, 140, 'Total'),
        before(425, 140, '30.00'),
        at(370, 800, 'Page 2 of 2'),
      ],
    ]);
    assert.deepEqual(plain(reading), [
      ['INV-1', '10.00', '0.00', ''],
      ['INV-2', '20.00', '0.00', ''],
    ]);
    assert.equal(differenceOf(reading).difference.minor, 0n);
  }
});

for (const [what, pages, code] of [
  ['a page without text, as from a scanner', [[]], 'remittance_pdf_without_text'],
  ['a letter without a table', [HEAD], 'remittance_headings_missing'],
  [
    'a number between two columns',
    [[...HEADINGS(140), at(50, 160, 'INV-1'), at(334, 160, '1.00'), before(425, 160, '5.00')]],
    'remittance_cell_between_columns',
  ],
  [
    'an amount without a document between the lines',
    [
      [
        ...HEADINGS(140),
        ...LINE(160, ['INV-1', '10.00', '0.00', '10.00']),
        before(425, 174, '7.00'),
        ...LINE(188, ['INV-2', '10.00', '0.00', '10.00']),
      ],
    ],
    'remittance_lines_interrupted',
  ],
  [
    'a subtotal before the lines of the next page',
    [
      [...HEADINGS(140), ...LINE(160, ['INV-1', '10.00', '0.00', '10.00']), before(425, 200, '10.00')],
      [...HEADINGS(140), ...LINE(160, ['INV-2', '10.00', '0.00', '10.00'])],
    ],
    'remittance_lines_interrupted',
  ],
  [
    'other headings on the next page',
    [
      [...HEADINGS(140), ...LINE(160, ['INV-1', '10.00', '0.00', '10.00'])],
      [at(50, 100, 'Invoice'), at(300, 100, 'Amount paid'), at(50, 130, 'INV-2'), before(330, 130, '10.00')],
    ],
    'remittance_headings_differ',
  ],
] as const)
  test(`a PDF is refused with a reason: ${what}`, () => assert.rejects(read(pages), { code }));

test('whatever a generator prints is read back exactly', async () => {
  const line = fc.record({
    paid: fc.integer({ min: 1, max: 9_999_999 }),
    discount: fc.integer({ min: 0, max: 9_999 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 90 }),
      fc.constantFrom(12, 14, 20),
      fc.constantFrom(8, 30, 50),
      async (lines, step, perPage) => {
        const text = (minor: number) => (minor / 100).toFixed(2);
        const pages: PrintedText[][] = [];
        for (let from = 0; from < lines.length; from += perPage) {
          const some = lines
            .slice(from, from + perPage)
            .flatMap((l, index) =>
              LINE(160 + index * (perPage > 30 ? 12 : step), [
                `INV-${from + index}`,
                text(l.paid + l.discount),
                text(l.discount),
                text(l.paid),
              ]),
            );
          pages.push([...HEAD, ...HEADINGS(140), ...some, at(250, 830, `Page ${pages.length + 1}`)]);
        }
        const sum = lines.reduce((total, l) => total + l.paid, 0);
        pages.push([...HEADINGS(140), at(50, 400, 'Total'), before(425, 400, text(sum))]);
        const reading = await read(pages);
        assert.deepEqual(
          reading.lines.map((l) => [l.document, Number(l.amount.minor), Number(l.discount.minor)]),
          lines.map((l, index) => [`INV-${index}`, l.paid, l.discount]),
        );
        assert.equal(differenceOf(reading).difference.minor, 0n);
      },
    ),
    { numRuns: 8 },
  );
});
