import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AchEntry } from './ach.ts';
import { advicesOf, type RemittanceAdvice, read820 } from './remittance-820.ts';

const ISA =
  'ISA*00*          *00*          *ZZ*PAYER          *ZZ*PAYEE          *240102*1200*U*00401*000000001*0*P*>';

/** One advice with these segments between its header and its trailer. */
function advice(segments: readonly string[], stated = segments.length + 2): string {
  return [
    ISA,
    'GS*RA*A*B*20240102*1200*1*X*004010',
    'ST*820*0001',
    ...segments,
    `SE*${stated}*0001`,
    'GE*1*1',
    'IEA*1*1',
    '',
  ].join('~');
}

async function read(text: string): Promise<RemittanceAdvice[]> {
  return Array.fromAsync(read820(Buffer.from(text)));
}

const BPR = 'BPR*C*90.00*C*ACH*CTX*01*091000019*DA*1*1**01*091000019*DA*2*20240103';

test('a payment says which invoices it is for, with place and adjustments', async () => {
  const [read1] = await read(
    advice([
      BPR,
      'TRN*1*T-77',
      'N1*PR*ACME',
      'N1*PE*US',
      'ENT*1',
      'RMR*IV*INV-1**60.00*65.00*5.00',
      'REF*PO*4711',
      'DTM*003*20231201',
      'RMR*IV*INV-2**40',
      'ENT*2',
      'ADX*-10.00*01*CM*77',
    ]),
  );
  assert.deepEqual(
    [
      read1?.amount,
      read1?.trace,
      read1?.payer,
      read1?.payee,
      read1?.effectiveDate?.toString(),
      read1?.format,
    ],
    ['90.00', 'T-77', 'ACME', 'US', '2024-01-03', 'CTX'],
  );
  assert.deepEqual(
    read1?.lines.map(({ type, number, paid, original, discount, segment }) => [
      type,
      number,
      paid,
      original,
      discount,
      segment,
    ]),
    [
      ['IV', 'INV-1', '60.00', '65.00', '5.00', 9],
      ['IV', 'INV-2', '40', undefined, undefined, 12],
    ],
  );
  assert.deepEqual(read1?.lines[0]?.references, [{ type: 'PO', number: '4711' }]);
  assert.equal(read1?.lines[0]?.date?.toString(), '2023-12-01');
  assert.deepEqual(
    read1?.adjustments.map(({ amount, reason, reference }) => [amount, reason, reference]),
    [['-10.00', '01', '77']],
  );
  assert.deepEqual(read1?.problems, []);
});

test('separators are found, whatever they are and however the header is padded', async () => {
  const text = advice([BPR, 'RMR*IV*A**90.00']);
  const expected = await read(text);
  const unpadded = text.replace(/ {2,}/g, '');
  for (const other of [
    unpadded,
    text.replaceAll('*', '|').replaceAll('~', '\n'),
    text.replaceAll('*', '¦').replaceAll('~', '\\\r\n'),
  ]) {
    assert.deepEqual(await read(other), expected);
  }
});

test('lines that do not come to the payment are told with the difference', async () => {
  const codes = async (segments: readonly string[], stated?: number) =>
    (await read(advice(segments, stated)))[0]?.problems.map(({ code, value }) => [code, value]);
  assert.deepEqual(await codes([BPR, 'RMR*IV*A**89.50']), [['remittance_sum_differs', '-0.50']]);
  assert.deepEqual(await codes([BPR, 'RMR*IV*A**100', 'ADX*-10*01']), []);
  assert.deepEqual(await codes([BPR, 'RMR*IV*A**90', 'ADX*-10*01']), []);
  assert.deepEqual(await codes([BPR, 'RMR*IV*A**90'], 9), [['remittance_count_differs', '9']]);
  assert.deepEqual(await codes([BPR, 'RMR*IV*A**9O']), [['remittance_amount_wrong', '9O']]);
});

test('an advice cut into addenda of eighty characters is joined before it is read', async () => {
  const text = advice([
    BPR,
    'RMR*IV*INVOICE-WITH-A-LONG-NUMBER-1**40.00',
    'RMR*IV*INVOICE-WITH-A-LONG-NUMBER-2**50.00',
  ]);
  const payment = (text.match(/.{1,80}/gs) ?? []).map((piece, at) => ({ text: piece, line: at + 4 }));
  assert.ok(payment.length > 3);
  const found = advicesOf({ payment } as unknown as AchEntry);
  assert.deepEqual(found, await read(text));
  assert.deepEqual(advicesOf({ payment: [{ text: 'INVOICE 7', line: 4 }] } as unknown as AchEntry), []);
});

test('what is no advice says what to do, and one that is cut off is told', async () => {
  await assert.rejects(read('hello'), { code: 'x12_not_recognised' });
  await assert.rejects(read(''), { code: 'x12_not_recognised' });
  await assert.rejects(read(`${ISA}~ST*820*1~RMR*IV*${'x'.repeat(100_000)}`), {
    code: 'x12_segment_too_long',
  });
  const [torn] = await read(`${ISA}~ST*820*1~${BPR}~RMR*IV*A**90.00`);
  assert.deepEqual(
    torn?.problems.map(({ code }) => code),
    ['remittance_cut_off'],
  );
});
