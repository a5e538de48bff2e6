import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StatementDetail, StatementEntry } from '#formats/bank-statement-shape.ts';
import { parseDate } from '#kernel/calendar.ts';
import { contradicts, figuresOf, linesOf, type ReadyLine } from './statement.ts';

const eur = (decimal: string) => ({ decimal, currency: 'EUR' });

function detail(given: Partial<StatementDetail> = {}): StatementDetail {
  return { amounts: {}, structured: [], documents: [], unstructured: [], text: '', charges: [], ...given };
}

function entry(decimal: string, given: Partial<StatementEntry> = {}): StatementEntry {
  return {
    ordinal: 1,
    line: 7,
    amount: eur(decimal),
    accountAmount: eur(decimal),
    isReversal: false,
    status: 'BOOK',
    mayBook: true,
    bookingDate: parseDate('2026-01-05'),
    amounts: {},
    charges: [],
    batches: [],
    details: [],
    problems: [],
    ...given,
  };
}

function lines(e: StatementEntry): readonly ReadyLine[] {
  const read = linesOf(e, undefined);
  assert.ok('lines' in read);
  return read.lines;
}

test('a batch whose parts add up becomes its parts; else it stays one line with what all parts agree on', () => {
  const parts = [
    detail({
      amount: eur('60.00'),
      text: 'INV-1',
      debtor: { name: 'A', iban: 'DE89 3704 0044 0532 0130 00' },
    }),
    detail({ amount: eur('40.00'), text: 'INV-2', debtor: { name: 'B' } }),
  ];
  const split = lines(entry('100.00', { details: parts }));
  assert.deepEqual(
    split.map((l) => [l.amount.minor, l.payerName, l.payerAccount, l.remittance]),
    [
      [60_00n, 'A', 'DE89370400440532013000', 'INV-1'],
      [40_00n, 'B', null, 'INV-2'],
    ],
  );
  const whole = lines(entry('99.00', { details: parts }));
  assert.deepEqual(
    whole.map((l) => [l.amount.minor, l.payerName, l.remittance]),
    [[99_00n, null, 'INV-1 INV-2']],
  );
});

test('days: booking day, else value day, else the day of the statement; without any it cannot be stored', () => {
  const both = lines(entry('1.00', { valueDate: parseDate('2026-01-06') }))[0];
  assert.equal(`${both?.bookedOn} ${both?.valueOn}`, '2026-01-05 2026-01-06');
  const bare = entry('1.00', { bookingDate: undefined });
  const given = linesOf(bare, parseDate('2026-01-09'));
  assert.ok('lines' in given && given.lines[0]?.bookedOn.toString() === '2026-01-09');
  const refused = linesOf(bare, undefined);
  assert.ok('problem' in refused && refused.problem.code === 'entry_without_date');
});

test('zeros beyond the decimals of a currency are harmless, other decimals are a problem, never rounded', () => {
  assert.equal(lines(entry('8.850'))[0]?.amount.minor, 8_85n);
  const refused = linesOf(entry('8.855'), undefined);
  assert.ok('problem' in refused && refused.problem.line === 7);
});

test('reversals and returned payments are marked', () => {
  assert.equal(lines(entry('1.00'))[0]?.returned, false);
  assert.equal(lines(entry('1.00', { isReversal: true }))[0]?.returned, true);
  const back = detail({ returned: { code: 'AC04', info: [] } });
  assert.equal(lines(entry('-1.00', { details: [back] }))[0]?.returned, true);
});

test('lines contradict each other only where both speak', () => {
  const said = { endToEndId: 'E1', structuredReference: null, payerAccount: null };
  assert.equal(contradicts(said, { ...said, payerAccount: 'DE1' }), false);
  assert.equal(contradicts(said, { ...said, endToEndId: null }), false);
  const three = { endToEndId: 'E1', structuredReference: 'R1', payerAccount: 'DE1' };
  assert.equal(contradicts(three, { ...three, endToEndId: 'E2' }), true);
  assert.equal(contradicts(three, { ...three, structuredReference: 'R2' }), true);
  assert.equal(contradicts(three, { ...three, payerAccount: 'DE2' }), true);
});

test('figures in another currency than the account are left out', () => {
  const summary = {
    opening: { type: 'OPBD', amount: eur('10.00') },
    closing: { type: 'CLBD', amount: { decimal: '-27.00', currency: 'SEK' } },
    bookedNet: eur('8.85'),
    check: 'currencies_differ' as const,
    totals: [],
    entries: 1,
    details: 0,
    reversals: 0,
    byStatus: {},
    problems: [],
  };
  const figures = figuresOf(summary, 'EUR');
  assert.deepEqual(
    [figures.opening?.minor, figures.closing, figures.entries.minor, figures.difference],
    [10_00n, null, 8_85n, null],
  );
});
