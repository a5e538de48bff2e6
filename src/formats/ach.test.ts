import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AchEvent, readAch } from './ach.ts';

async function read(lines: readonly string[], end = '\n'): Promise<AchEvent[]> {
  return Array.fromAsync(readAch(Buffer.from(lines.join(end))));
}

/** A record of 94 columns from texts and the column each begins at. */
function record(type: string, ...fields: readonly (readonly [column: number, text: string])[]): string {
  let line = type.padEnd(94);
  for (const [column, text] of fields)
    line = line.slice(0, column - 1) + text + line.slice(column - 1 + text.length);
  return line;
}

const HEAD = record('1', [2, '01 091000019 1234567890'], [24, '2401020700A094101'], [41, 'BANK']);
const batch = (kind: string) =>
  record(
    '5',
    [2, '200'],
    [5, 'US'],
    [41, '1234567890'],
    [51, kind],
    [54, 'PAY'],
    [70, '240102'],
    [88, '0000001'],
  );
const entry = (code: string, cents: string) =>
  record(
    '6',
    [2, code],
    [4, '091000019'],
    [13, '12345'],
    [30, cents.padStart(10, '0')],
    [55, 'ACME'],
    [79, '1'],
    [80, '091000010000001'],
  );
const controls = (count: number, sums: { debit?: string; credit?: string }) => {
  const money: [number, string][] = [
    [21, (sums.debit ?? '0').padStart(12, '0')],
    [33, (sums.credit ?? '0').padStart(12, '0')],
  ];
  return [
    record('8', [2, '200'], [5, String(count).padStart(6, '0')], [11, '0009100001'], ...money, [
      88,
      '0000001',
    ]),
    record(
      '9',
      [2, '000001000001'],
      [14, String(count).padStart(8, '0')],
      [22, '0009100001'],
      ...money.map(([at, text]): [number, string] => [at + 11, text]),
    ),
  ];
};

const entriesOf = (events: readonly AchEvent[]) =>
  events.flatMap((event) => (event.kind === 'entry' ? [event.entry] : []));
const problemsOf = (events: readonly AchEvent[]) =>
  events.flatMap((event) =>
    event.kind === 'summary' ? event.summary.problems.map(({ code, value }) => [code, value]) : [],
  );

test('a return says why, and which entry of ours came back', async () => {
  const events = await read([
    HEAD,
    batch('PPD'),
    entry('26', '12354'),
    record(
      '7',
      [2, '99R01'],
      [7, '991000010000007'],
      [22, '240101'],
      [28, '09100001'],
      [36, 'NO FUNDS'],
      [80, '091000010000001'],
    ),
    ...controls(2, { debit: '12354' }),
  ]);
  const [read1] = entriesOf(events);
  assert.deepEqual(
    [read1?.direction, read1?.cents, read1?.name, read1?.account],
    ['debit', 12354n, 'ACME', '12345'],
  );
  const [notice] = read1?.notices ?? [];
  assert.deepEqual(
    [
      notice?.kind,
      notice?.code,
      notice?.originalTrace,
      notice?.info,
      notice?.dateOfDeath?.toString(),
      notice?.line,
    ],
    ['return', 'R01', '991000010000007', 'NO FUNDS', '2024-01-01', 4],
  );
  assert.deepEqual(problemsOf(events), []);
});

test('notices of change, dishonoured and contested returns are told apart and name the return', async () => {
  for (const [code, kind] of [
    ['C01', 'change'],
    ['R61', 'dishonoured'],
    ['R70', 'dishonoured'],
    ['R71', 'contested'],
    ['R77', 'contested'],
    ['R29', 'return'],
    ['R85', 'return'],
  ] as const) {
    const type = code.startsWith('C') ? '98' : '99';
    const addendum = record('7', [2, type + code], [7, '991000010000007'], [36, '   091000019999999']);
    const events = await read([HEAD, batch('COR'), entry('26', '0'), addendum, ...controls(2, {})]);
    const [notice] = entriesOf(events)[0]?.notices ?? [];
    assert.deepEqual([notice?.kind, notice?.code], [kind, code]);
    assert.equal(notice?.correctedData, kind === 'change' ? '091000019999999' : undefined, code);
    const isAboutReturn = kind === 'dishonoured' || kind === 'contested';
    assert.equal(notice?.returnTrace, isAboutReturn ? '091000019999999' : undefined, code);
  }
});

test('trimmed lines and lines without ends say the same', async () => {
  const lines = [HEAD, batch('PPD'), entry('22', '500'), ...controls(1, { credit: '500' }), '9'.repeat(94)];
  const whole = await read(lines);
  assert.deepEqual(problemsOf(whole), []);
  const trimmed = await read(
    lines.map((line) => line.trimEnd()),
    '\r\n',
  );
  assert.deepEqual(entriesOf(trimmed), entriesOf(whole));
  const joined = await read([lines.join('')]);
  assert.deepEqual(entriesOf(joined)[0]?.cents, 500n);
  assert.deepEqual(problemsOf(joined), []);
});

test('totals that do not hold are told with the difference', async () => {
  const events = await read([HEAD, batch('PPD'), entry('22', '500'), ...controls(2, { credit: '499' })]);
  assert.deepEqual(problemsOf(events), [
    ['ach_count_differs', '-1'],
    ['ach_credit_differs', '1'],
    ['ach_count_differs', '-1'],
    ['ach_credit_differs', '1'],
  ]);
  assert.deepEqual(problemsOf(await read([HEAD, batch('PPD'), entry('22', '500')])), [
    ['ach_control_missing', '0000001'],
    ['ach_control_missing', ''],
  ]);
});

test('shifted columns refuse the file, since an amount could be wrong', async () => {
  const shifted = entry('22', '500').replace('ACME', 'ACM');
  await assert.rejects(read([HEAD, batch('PPD'), shifted]), { code: 'ach_columns_shifted' });
  await assert.rejects(read([HEAD, batch('PPD').replace('PAY', 'PA')]), { code: 'ach_columns_shifted' });
  await assert.rejects(read(['hello']), { code: 'ach_not_recognised' });
  await assert.rejects(read([HEAD, entry('22', '5')]), { code: 'ach_record_misplaced' });
});
