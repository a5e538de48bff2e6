import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import {
  type DateOrder,
  type DecimalMark,
  guessDateOrder,
  guessDecimalMark,
  readAmount,
  readDate,
} from './number-and-date-text.ts';

test('amounts are read as people write them', () => {
  for (const [text, mark, decimal] of [
    ['1.234,56', ',', '1234.56'],
    ['1,234.56', '.', '1234.56'],
    ['1 234,56', ',', '1234.56'],
    ['1\u00a0234\u00a0567,5', ',', '1234567.5'],
    ['1\u202f234,56', ',', '1234.56'],
    ["1'234.56", '.', '1234.56'],
    ['1’234.56', '.', '1234.56'],
    ['12,34,567.89', '.', '1234567.89'],
    ['(12.00)', '.', '-12.00'],
    ['12.00-', '.', '-12.00'],
    ['-12.00', '.', '-12.00'],
    ['− 5', '.', '-5'],
    ['+5,10', ',', '5.10'],
    ['0012', '.', '12'],
    [',50', ',', '0.50'],
    ['1234,', ',', '1234'],
    ['-0,00', ',', '0.00'],
    ['  7  ', '.', '7'],
    ['1234567', ',', '1234567'],
    ['0.12345', '.', '0.12345'],
  ] as const) {
    assert.deepEqual(readAmount(text, mark), { decimal }, text);
  }
});

test('a currency beside the amount is told, with its code where the sign can mean only one', () => {
  for (const [text, decimal, currencyText, currency] of [
    ['12.00 €', '12.00', '€', 'EUR'],
    ['€ -12.00', '-12.00', '€', 'EUR'],
    ['-€12.00', '-12.00', '€', 'EUR'],
    ['12.00- CHF', '-12.00', 'CHF', 'CHF'],
    ['(USD 12.00)', '-12.00', 'USD', 'USD'],
    ['12 Kč', '12', 'Kč', 'CZK'],
    ['$12.00', '12.00', '$', undefined],
    ['Fr. 12.00', '12.00', 'Fr', undefined],
  ] as const) {
    assert.deepEqual(readAmount(text, '.'), { decimal, currencyText, currency }, text);
  }
});

test('what is no amount under the decimal mark is refused, never bent', () => {
  for (const [text, mark] of [
    ['1.5', ','],
    ['1,23', '.'],
    ['1.234.5', ','],
    ['1,234,56', ','],
    ['1 234.567', ','],
    ['0,123', '.'],
    ['12 CR', '.'],
    ['12 S', '.'],
    ['ABC 12', '.'],
    ['constructor', '.'],
    ['--5', '.'],
    ['(-5)', '.'],
    ['-5-', '.'],
    ['(5', '.'],
    ['€5€', '.'],
    ['1E+05', '.'],
    ['12.-', '.'],
    ['', '.'],
    ['.', '.'],
    ['-', '.'],
    ['5 5', '.'],
    ['1..5', '.'],
    ['9'.repeat(61), '.'],
  ] as const) {
    assert.throws(() => readAmount(text, mark), { code: 'amount_not_understood' }, text);
  }
});

test('the decimal mark of a column is the one every value can be read with', () => {
  for (const [samples, value] of [
    [['1.234,56', '12,5'], ','],
    [['1,234.56', '12'], '.'],
    [['1,234', '5.00'], '.'],
    [['1,234', '5,00'], ','],
    [['1.234.567'], ','],
    [['1 234,567'], ','],
    [['0,123'], ','],
    [['12345.678'], '.'],
    [['', '5', '1000'], '.'],
    [['n/a', '5,00'], ','],
  ] as const) {
    assert.deepEqual(guessDecimalMark(samples), { certain: true, value }, samples.join(' | '));
  }
});

test('a column that can be read both ways is called ambiguous and shows why', () => {
  assert.deepEqual(guessDecimalMark(['1,234', '5', '2,000', '-9,999 €', '3,333']), {
    certain: false,
    because: 'ambiguous',
    examples: ['1,234', '2,000', '-9,999 €'],
  });
  assert.deepEqual(guessDecimalMark(['1.50', '2,50']), {
    certain: false,
    because: 'contradictory',
    examples: ['1.50', '2,50'],
  });
  assert.deepEqual(guessDecimalMark(['n/a', '']), {
    certain: false,
    because: 'nothing_fits',
    examples: ['n/a', ''],
  });
});

test('dates are read in every usual form', () => {
  for (const [text, order, day] of [
    ['2019-01-02', 'year_month_day', '2019-01-02'],
    ['2019/1/2', 'month_day_year', '2019-01-02'],
    ['20190102', 'day_month_year', '2019-01-02'],
    ['2019-01-02 00:00:00', 'year_month_day', '2019-01-02'],
    ['2019-01-02T00:00:00', 'year_month_day', '2019-01-02'],
    ['2019-01-02T23:59:59.999+02:00', 'year_month_day', '2019-01-02'],
    ['2019-01-02T00:00:00Z', 'year_month_day', '2019-01-02'],
    ['1/2/2019 12:00 AM', 'month_day_year', '2019-01-02'],
    ['02.01.2019', 'day_month_year', '2019-01-02'],
    ['2. 1. 2019', 'day_month_year', '2019-01-02'],
    ['2/1/19', 'day_month_year', '2019-01-02'],
    ['02-01-2019', 'day_month_year', '2019-01-02'],
    ['01/02/2019', 'month_day_year', '2019-01-02'],
    ['2-Jan-19', 'year_month_day', '2019-01-02'],
    ['02 JAN 2019', 'year_month_day', '2019-01-02'],
    ['2. Januar 2019', 'year_month_day', '2019-01-02'],
    ['Jan 2, 2019', 'year_month_day', '2019-01-02'],
    ['2 août 2019', 'year_month_day', '2019-08-02'],
    ['2. července 2019', 'year_month_day', '2019-07-02'],
    ['2. června 2019', 'year_month_day', '2019-06-02'],
    ['2 mrt. 2019', 'year_month_day', '2019-03-02'],
    ['2-dic-2019', 'year_month_day', '2019-12-02'],
    ['2/1/68', 'day_month_year', '2068-01-02'],
    ['2/1/69', 'day_month_year', '1969-01-02'],
    ['29.02.2020', 'day_month_year', '2020-02-29'],
  ] as const) {
    assert.equal(readDate(text, order).toString(), day, text);
  }
});

test('days that do not exist are refused, never moved', () => {
  for (const [text, order] of [
    ['2019-02-29', 'year_month_day'],
    ['31.04.2019', 'day_month_year'],
    ['30/02/2019', 'day_month_year'],
    ['13/13/2019', 'month_day_year'],
    ['2019-00-10', 'year_month_day'],
    ['0219-01-01', 'year_month_day'],
    ['31-Jux-2019', 'year_month_day'],
    ['2 cer 2019', 'year_month_day'],
  ] as const) {
    assert.throws(() => readDate(text, order), { code: 'date_not_valid' }, text);
  }
});

test('a form that does not say which number is the day needs an order', () => {
  for (const text of ['01/02/2019', '02.01.2019', '43467', 'yesterday', '', '2019-01', '1.2', '2019-01/02']) {
    assert.throws(() => readDate(text, 'year_month_day'), { code: 'date_not_understood' }, text);
  }
  assert.throws(() => readDate('12.31.2019', 'month_day_year'), { code: 'date_not_understood' });
});

test('the order of a column of dates is the one every value can be read with', () => {
  for (const [samples, value] of [
    [['2019-01-02', '2019-12-31'], 'year_month_day'],
    [['01/02/2019', '31/12/2019'], 'day_month_year'],
    [['01/02/2019', '12/31/2019'], 'month_day_year'],
    [['01.02.2019'], 'day_month_year'],
    [['05/05/2019'], 'day_month_year'],
    [['5-Jan-19', ''], 'year_month_day'],
    [['13/13/2019', '31/12/2019'], 'day_month_year'],
  ] as const) {
    assert.deepEqual(guessDateOrder(samples), { certain: true, value }, samples.join(' | '));
  }
  assert.deepEqual(guessDateOrder(['01/02/2019', '03/04/2019']), {
    certain: false,
    because: 'ambiguous',
    examples: ['01/02/2019', '03/04/2019'],
  });
  assert.deepEqual(guessDateOrder(['31/12/2019', '12/31/2019']), {
    certain: false,
    because: 'contradictory',
    examples: ['31/12/2019', '12/31/2019'],
  });
  assert.equal(guessDateOrder(['soon']).certain, false);
});

const grouped = (digits: string, sign: string) => digits.replace(/\B(?=(\d{3})+$)/g, sign);

test('however an amount is grouped, its digits come back and its column is recognised', () => {
  const amount = fc.record({
    whole: fc.bigInt({ min: 0n, max: 10n ** 15n }).map(String),
    fraction: fc.stringMatching(/^\d{2}$/),
    negative: fc.boolean(),
  });
  const style = fc.constantFrom<readonly [DecimalMark, string]>(
    ['.', ','],
    ['.', ' '],
    ['.', "'"],
    [',', '.'],
    [',', ''],
  );
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 5 }), style, (amounts, [mark, group]) => {
      const texts = amounts.map(
        (a) => `${a.negative ? '-' : ''}${grouped(a.whole, group)}${mark}${a.fraction}`,
      );
      assert.deepEqual(guessDecimalMark(texts), { certain: true, value: mark });
      for (const [index, a] of amounts.entries()) {
        const isZero = /^0*$/.test(a.whole + a.fraction);
        const expected = `${a.negative && !isZero ? '-' : ''}${a.whole}.${a.fraction}`;
        assert.equal(readAmount(texts[index] ?? '', mark).decimal, expected);
      }
    }),
  );
});

test('any text at all gives an amount and a date or a refusal', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-+()0-9.,' €A-Z/:T]{0,25}$/));
  const order = fc.constantFrom<DateOrder>('year_month_day', 'day_month_year', 'month_day_year');
  fc.assert(
    fc.property(text, order, (value, how) => {
      for (const read of [() => readAmount(value, '.').decimal, () => readDate(value, how).toString()]) {
        try {
          assert.match(read(), /^(-?\d+(\.\d+)?|\d{4}-\d{2}-\d{2})$/);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }
      guessDecimalMark([value]);
      guessDateOrder([value]);
    }),
    { numRuns: 1000 },
  );
});
