import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBai2 } from './bai2.ts';
import type { StatementEntry, StatementEvent, StatementSummary } from './bank-statement-shape.ts';

async function read(content: string): Promise<StatementEvent[]> {
  return Array.fromAsync(readBai2(Buffer.from(content)));
}

const entriesOf = (events: readonly StatementEvent[]): StatementEntry[] =>
  events.flatMap((event) => (event.kind === 'entry' ? [event.entry] : []));
const summariesOf = (events: readonly StatementEvent[]): StatementSummary[] =>
  events.flatMap((event) => (event.kind === 'summary' ? [event.summary] : []));

/** A file of one account; its trailers agree when the entries are these. */
function file(
  records: readonly string[],
  options: { status?: string; modifier?: string; total?: string } = {},
): string {
  const { status = '1', modifier = '2', total = '0' } = options;
  const count = records.length;
  return [
    '01,BANK,US,240105,0700,1,,,2/',
    `02,US,BANK,${status},240104,2359,USD,${modifier}/`,
    ...records,
    `49,${total},${count + 1}/`,
    `98,${total},1,${count + 3}/`,
    `99,${total},1,${count + 5}/`,
  ].join('\n');
}

test('balances, credits and debits come out in the currency of the account and trailers are checked', async () => {
  const events = await read(
    file(
      [
        '03,123,USD,010,10000,,,015,12050,,/',
        '16,195,2500,Z,B1,C1,WIRE, FROM ACME / NY/',
        '16,495,450,0,,,OUT/',
      ],
      {
        total: '25000',
      },
    ),
  );
  assert.deepEqual(
    entriesOf(events).map(({ amount, bankReference, reference, details }) => [
      amount.decimal,
      bankReference,
      reference,
      details[0]?.text,
    ]),
    [
      ['25.00', 'B1', 'C1', 'WIRE, FROM ACME / NY'],
      ['-4.50', undefined, undefined, 'OUT'],
    ],
  );
  const [summary] = summariesOf(events);
  assert.deepEqual([summary?.check, summary?.problems], ['agrees', []]);
});

test('a currency without decimals has none', async () => {
  const events = await read(file(['03,123,JPY,010,0,,/', '16,142,1500,,,,X/'], { total: '1500' }));
  assert.deepEqual(entriesOf(events)[0]?.amount, { decimal: '1500', currency: 'JPY' });
});

test('trailers that do not hold are told with the difference', async () => {
  const [summary] = summariesOf(
    await read(file(['03,123,USD,010,100,,/', '16,142,50,,,,X/'], { total: '149' })),
  );
  assert.deepEqual(
    summary?.problems.map(({ code, line, value }) => [code, line, value]),
    [
      ['bai_total_differs', 5, '1'],
      ['bai_total_differs', 6, '1'],
      ['bai_total_differs', 7, '1'],
    ],
  );
});

test('a continuation goes on where a record was cut, inside its figures or inside its text', async () => {
  const events = await read(
    file(
      [
        '03,123,USD,010,100,,/',
        '88,015,350,,,/',
        '16,142,250,V,240103/',
        '88,,B7,C7,first/',
        '88:second, part',
      ],
      {
        total: '700',
      },
    ),
  );
  const [entry] = entriesOf(events);
  assert.deepEqual(
    [entry?.valueDate?.toString(), entry?.bankReference, entry?.details[0]?.text],
    ['2024-01-03', 'B7', 'first second, part'],
  );
  assert.deepEqual(summariesOf(events)[0]?.problems, []);
  assert.equal(summariesOf(events)[0]?.check, 'agrees');
});

test('all kinds of funds are passed over to the references', async () => {
  for (const funds of ['', 'Z', '0', '1', '2', 'V,240102,', 'V,240102,2400', 'S,1,2,3', 'D,2,0,100,1,150']) {
    const [entry] = entriesOf(await read(file(['03,1,USD/', `16,142,250,${funds},BR,CR,TEXT/`])));
    assert.deepEqual(
      [entry?.bankReference, entry?.reference, entry?.details[0]?.text],
      ['BR', 'CR', 'TEXT'],
      funds,
    );
  }
});

test('records that share a line are taken apart', async () => {
  const text = file(['03,1,USD,010,0,,/', '16,142,5,Z,,,A/B/', '16,451,5,Z,,,C/'], { total: '10' });
  const events = await read(text.replaceAll('\n', '   '));
  assert.deepEqual(
    entriesOf(events).map(({ details }) => details[0]?.text),
    ['A/B', 'C'],
  );
  assert.deepEqual(summariesOf(events)[0]?.problems, []);
});

test('what is deleted, a test or not final is not booked, and a correction is told', async () => {
  for (const [status, modifier, mayBook, code] of [
    ['1', '2', true, undefined],
    ['1', '', true, undefined],
    ['1', '3', false, undefined],
    ['2', '2', false, 'bai_group_not_booked'],
    ['3', '2', true, 'bai_group_corrects'],
    ['4', '2', false, 'bai_group_not_booked'],
  ] as const) {
    const events = await read(file(['03,1,USD/', '16,142,5,Z,,,A/'], { status, modifier, total: '5' }));
    assert.equal(entriesOf(events)[0]?.mayBook, mayBook, `${status} ${modifier}`);
    assert.equal(summariesOf(events)[0]?.problems[0]?.code, code);
  }
});

test('entries that are neither credit nor debit, or no number, are told and not lost in silence', async () => {
  const events = await read(file(['03,1,USD/', '16,142,5x,Z,,,A/', '16,720,5,Z,,,B/'], { total: '5' }));
  assert.deepEqual(
    events.flatMap((event) => (event.kind === 'problem' ? [[event.problem.code, event.problem.line]] : [])),
    [
      ['bai_amount_wrong', 4],
      ['bai_type_not_booked', 5],
    ],
  );
});

test('a file that is cut off says so, and what is no BAI2 says what to do', async () => {
  const [summary] = summariesOf(
    await read('01,A,B,240105,0700,1,,,2/\n02,B,A,1,240104,,USD,2/\n03,1,USD/\n16,142,5,Z,,,A/'),
  );
  assert.deepEqual(
    [summary?.entries, summary?.problems.map(({ code }) => code)],
    [1, ['bai_trailer_missing']],
  );
  await assert.rejects(read('hello'), { code: 'bai_not_recognised' });
  await assert.rejects(read('16,142,5/'), { code: 'bai_not_recognised' });
  await assert.rejects(read(file(['03,1,XXQ/'])), { code: 'bai_currency_unknown' });
});
