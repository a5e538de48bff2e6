// Broken and hostile files for every reader of remittances: a reading or a clear refusal, in bounded time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { workbookFiles, zipOf } from '#formats/archives-for-tests.ts';
import { pdfOfPages } from '#formats/pdf-pages-for-tests.ts';
import { REMITTANCE_BYTES_MAX } from '#kernel/limits.ts';
import { readGrids } from './read-grid.ts';
import { readingOf } from './receive-remittance.ts';

const PDF = pdfOfPages([
  [
    { text: 'Invoice', x: 50, y: 60 },
    { text: 'Amount paid', x: 200, y: 60 },
    ...Array.from({ length: 20 }, (_, i) => [
      { text: `INV-${i}`, x: 50, y: 80 + 14 * i },
      { text: `${i}.50`, x: 220, y: 80 + 14 * i },
    ]).flat(),
  ],
]);

const EDI = Buffer.from(
  'ISA*00*          *00*          *ZZ*PAYER          *ZZ*SELLER         *260503*1200*U*00401*000000001*0*P*>~' +
    'GS*RA*A*B*20260503*1200*1*X*004010~ST*820*0001~BPR*C*95.00*C*ACH~TRN*1*T1~RMR*IV*INV-1**95.00*100.00*~' +
    'ADX*-5.00*01~SE*6*0001~GE*1*1~IEA*1*000000001~',
);

const ROWS = ['Invoice', 'Amount', 'INV-1', '1.00', 'INV-2', '2.50'].map(
  (text, at) =>
    `<c r="${at % 2 ? 'B' : 'A'}${1 + Math.floor(at / 2)}" t="inlineStr"><is><t>${text}</t></is></c>`,
);
const SHEET = [0, 2, 4].map((at) => `<row>${ROWS[at]}${ROWS[at + 1]}</row>`).join('');
const XLSX = zipOf(workbookFiles({ rows: SHEET }));

/** Reads as a hand-in does; whatever is wrong must have a code of ours. */
async function survives(bytes: Uint8Array, what: string): Promise<string> {
  const start = performance.now();
  let code = 'read';
  try {
    for (const grid of await readGrids(bytes)) readingOf(grid, { currency: 'EUR' });
  } catch (error) {
    code = (error as { code?: string }).code ?? String(error);
    assert.match(code, /^[a-z0-9]+(_[a-z0-9]+)+$/, what);
  }
  assert.ok(performance.now() - start < 25_000, `${what} takes ${performance.now() - start} ms`);
  return code;
}

const damage = (length: number) =>
  fc.record({
    flips: fc.array(fc.tuple(fc.nat(length - 1), fc.nat(255)), { maxLength: 12 }),
    cut: fc.oneof({ weight: 3, arbitrary: fc.constant(length) }, { weight: 1, arbitrary: fc.nat(length) }),
  });

for (const [name, whole, runs] of [
  ['PDF', PDF, 25],
  ['EDI 820', EDI, 400],
  ['XLSX', XLSX, 300],
] as const)
  test(`${name} with flipped bytes or cut off ends in a reading or a refusal`, () =>
    fc.assert(
      fc.asyncProperty(damage(whole.length), async ({ flips, cut }) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of flips) bytes[at] = byte;
        await survives(bytes.subarray(0, cut), name);
      }),
      { numRuns: runs },
    ));

test('the whole files are read, so that what is damaged was readable', async () => {
  for (const [whole, lines] of [
    [PDF, 20],
    [EDI, 1],
    [XLSX, 2],
  ] as const) {
    const [grid] = await readGrids(whole);
    assert.equal(grid && readingOf(grid, { currency: 'EUR' }).lines.length, lines);
  }
});

test('files made to do harm are refused', async () => {
  const deep = `%PDF-1.7\n1 0 obj\n${'['.repeat(200_000)}\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF`;
  const loop =
    '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n' +
    'trailer<</Root 1 0 R>>\n%%EOF';
  const wide = `Invoice;Amount\n${'INV-1;1,00;'.repeat(100_000)}\n`;
  const long = `Invoice;Amount\n${'INV-1;1,00\n'.repeat(100_000)}`;
  const open = `Invoice;Amount\n"${'x'.repeat(1_000_000)}`;
  const endless = Buffer.concat([EDI.subarray(0, 106), Buffer.alloc(REMITTANCE_BYTES_MAX - 200, 'A')]);
  const bomb = zipOf(workbookFiles({ rows: SHEET + ' '.repeat(60_000_000) }));
  const empty = Buffer.alloc(0);
  const codes: Record<string, string> = {};
  for (const [what, bytes] of Object.entries({ deep, loop, wide, long, open, endless, bomb, empty }))
    codes[what] = await survives(Buffer.from(bytes), what);
  assert.deepEqual(codes, {
    deep: 'pdf_damaged',
    loop: 'remittance_pdf_without_text',
    wide: 'csv_too_many_columns',
    long: 'remittance_too_many_rows',
    open: 'csv_field_too_long',
    endless: 'x12_segment_too_long',
    bomb: 'archive_suspicious',
    empty: 'remittance_headings_missing',
  });
});
