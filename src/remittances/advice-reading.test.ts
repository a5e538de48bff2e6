import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toDecimal } from '#kernel/money.ts';
import { readSegments } from './advice-reading.ts';
import { readGrids } from './read-grid.ts';
import type { Reading } from './remittance.ts';
import { differenceOf } from './table-reading.ts';

const ISA =
  'ISA*00*          *00*          *ZZ*PAYER          *ZZ*SELLER         *260503*1200*U*00401*000000001*0*P*>~';

/** An interchange with one advice for each list of segments; the trailers count themselves. */
const interchange = (...advices: readonly (readonly string[])[]): Buffer =>
  Buffer.from(
    `${ISA}GS*RA*A*B*20260503*1200*1*X*004010~` +
      advices.map((a, i) => `${[`ST*820*000${i}`, ...a, `SE*${a.length + 2}*000${i}`].join('~')}~`).join('') +
      'GE*1*1~IEA*1*000000001~',
  );

async function read(...advices: readonly (readonly string[])[]): Promise<readonly Reading[]> {
  const grids = await readGrids(interchange(...advices));
  return grids.map((grid) => readSegments(grid.rows, { currency: 'USD' }));
}

const plain = (reading: Reading | undefined) =>
  reading?.lines.map((l) => [l.document, toDecimal(l.amount), toDecimal(l.discount), toDecimal(l.deduction)]);

test('an advice is read with its trace, payer, day, discounts and deductions, each number with its segment', async () => {
  const [reading] = await read([
    'BPR*C*1425.00*C*ACH*CTX*01*1*DA*2*1**01*3*DA*4*20260504',
    'TRN*1*TRN-883719',
    'N1*PR*MILLER STORES',
    'RMR*IV*INV-1**980.00*1000.00*20.00',
    'RMR*IV*INV-2**445.00*500.00',
    'ADX*-55.00*01**CLAIM-7',
  ]);
  assert.deepEqual(plain(reading), [
    ['INV-1', '980.00', '20.00', '0.00'],
    ['INV-2', '445.00', '0.00', '55.00'],
  ]);
  assert.deepEqual(
    [
      reading?.paymentReference,
      reading?.payerName,
      reading?.paidOn?.toString(),
      reading?.lines[1]?.claimCode,
    ],
    ['TRN-883719', 'MILLER STORES', '2026-05-04', '01'],
  );
  // The header of the interchange and of the group come before: the advice begins with the third segment.
  assert.deepEqual(reading?.lines[0]?.place?.amount, { line: 7, column: 4 });
  assert.deepEqual(reading?.lines[1]?.place?.deduction, { line: 9, column: 1 });
  assert.equal(reading && differenceOf(reading).difference.minor, 0n);
});

test('lines that are written before their adjustments are known by the payment', async () => {
  const [reading] = await read(['BPR*C*445.00*C*ACH', 'RMR*IV*INV-2**500.00*500.00', 'ADX*-55.00*01']);
  assert.deepEqual(plain(reading), [['INV-2', '445.00', '0.00', '55.00']]);
});

test('a sum that misses the payment is shown to the cent, and an adjustment of no document stands by itself', async () => {
  const [short] = await read(['BPR*C*100.05*C*ACH', 'RMR*IV*INV-1**100.00']);
  assert.equal(short && differenceOf(short).difference.minor, 5n);
  const [loose] = await read(['BPR*C*90.00*C*ACH', 'ADX*-10.00*L6', 'RMR*IV*INV-1**100.00']);
  assert.deepEqual(plain(loose), [
    ['INV-1', '100.00', '0.00', '0.00'],
    ['ADX L6', '-10.00', '0.00', '0.00'],
  ]);
});

test('a file of several advices is several remittances', async () => {
  const readings = await read(
    ['BPR*C*10.00*C*ACH', 'RMR*IV*INV-1**10.00'],
    ['BPR*C*20.00*C*ACH', 'RMR*IV*INV-2**20.00'],
  );
  assert.deepEqual(
    readings.map((one) => one.lines[0]?.document),
    ['INV-1', 'INV-2'],
  );
});

for (const [what, advice, code] of [
  [
    'no number where an amount stands',
    ['BPR*C*10.00*C*ACH', 'RMR*IV*INV-1**1O.00'],
    'remittance_edi_not_whole',
  ],
  [
    'something added to a document',
    ['BPR*C*15.00*C*ACH', 'RMR*IV*INV-1**10.00', 'ADX*5.00*01'],
    'remittance_adjustment_not_readable',
  ],
  [
    'more decimals than the currency has',
    ['BPR*C*10.00*C*ACH', 'RMR*IV*INV-1**10.005'],
    'remittance_cell_not_readable',
  ],
  ['no line', ['BPR*C*10.00*C*ACH'], 'remittance_without_lines'],
] as const)
  test(`an advice is refused with a reason: ${what}`, () => assert.rejects(read(advice), { code }));

test('an advice that is cut off is refused, and a file without one', async () => {
  const whole = interchange(['BPR*C*10.00*C*ACH', 'RMR*IV*INV-1**10.00']);
  const cut = whole.subarray(0, whole.indexOf('SE*'));
  const [grid] = await readGrids(cut);
  assert.throws(() => readSegments(grid?.rows ?? [], { currency: 'USD' }), {
    code: 'remittance_edi_not_whole',
  });
  await assert.rejects(readGrids(interchange()), { code: 'remittance_edi_without_advice' });
});

test('whatever a generator writes is read back exactly', async () => {
  const line = fc.record({
    paid: fc.integer({ min: 1, max: 99_999_999 }),
    discount: fc.nat(9_999),
    deduction: fc.nat(9_999),
  });
  const text = (minor: number): string => (minor / 100).toFixed(2);
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 60 }), async (lines) => {
      const sum = lines.reduce((total, l) => total + l.paid, 0);
      const [reading] = await read([
        `BPR*C*${text(sum)}*C*ACH`,
        ...lines.flatMap((l, i) => [
          `RMR*IV*INV-${i}**${text(l.paid)}**${l.discount > 0 ? text(l.discount) : ''}`,
          ...(l.deduction > 0 ? [`ADX*-${text(l.deduction)}*01`] : []),
        ]),
      ]);
      assert.deepEqual(
        reading?.lines.map((l) => [
          Number(l.amount.minor),
          Number(l.discount.minor),
          Number(l.deduction.minor),
        ]),
        lines.map((l) => [l.paid, l.discount, l.deduction]),
      );
    }),
    { numRuns: 100 },
  );
});
