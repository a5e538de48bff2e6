import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { daysBetween, parseDate } from '#kernel/calendar.ts';
import {
  averageDso,
  countbackDso,
  dailyPeriods,
  delinquentDays,
  effectiveness,
  type Figure,
  monthlyPeriods,
  salesBetween,
  standardDso,
  trendDays,
  windowOf,
} from './dso.ts';

const is = (value: string): Figure => ({ value, reason: null });
const day = parseDate;

test('the balance method gives the published figures', () => {
  assert.deepEqual(standardDso(50_000_00n, 150_000_00n, 365), is('121.67'));
  assert.deepEqual(standardDso(50_000_00n, 150_000_00n, 183), is('61.00'));
  assert.deepEqual(standardDso(10_869n, 5_538n + 4_566n + 7_570n, 90), is('55.35'));
});

test('days are counted from the first sale where that came after the window began', () => {
  assert.deepEqual(windowOf('365_days', day('2023-10-11'), day('2023-04-11')), {
    name: '365_days',
    fromOn: day('2023-04-11'),
    days: 183,
  });
  assert.equal(windowOf('365_days', day('2023-10-11'), day('2020-01-01')).days, 365);
  assert.equal(windowOf('30_days', day('2023-10-11'), null).days, 30);
  assert.equal(windowOf('30_days', day('2023-10-11'), day('2023-10-11')).days, 0);
});

test('calendar windows have the real days of their months', () => {
  const february = windowOf('month', day('2024-02-29'), day('2020-01-01'));
  assert.deepEqual([february.fromOn.toString(), february.days], ['2024-02-01', 29]);
  const quarter = windowOf('three_months', day('2026-03-15'), day('2020-01-01'));
  assert.deepEqual([quarter.fromOn.toString(), quarter.days], ['2026-01-01', 31 + 28 + 15]);
});

test('a figure with nothing to divide by says why instead of being nought', () => {
  assert.deepEqual(standardDso(5n, 0n, 30), { value: null, reason: 'no_sales' });
  assert.deepEqual(standardDso(5n, -3n, 30), { value: null, reason: 'no_sales' });
  assert.deepEqual(standardDso(5n, 3n, 0), { value: null, reason: 'no_days' });
  assert.deepEqual(averageDso(5n, 5n, 0n, 30), { value: null, reason: 'no_sales' });
  assert.deepEqual(countbackDso(5n, []).figure, { value: null, reason: 'no_sales' });
  assert.deepEqual(countbackDso(-1n, []).figure, { value: null, reason: 'credit_balance' });
  assert.deepEqual(effectiveness({ opening: 0n, sales: 5n, closing: 5n, notDue: 5n }), {
    value: null,
    reason: 'nothing_due',
  });
});

test('customers who are owed money give a negative figure', () => {
  assert.deepEqual(standardDso(-50n, 150n, 30), is('-10.00'));
});

test('countback takes sales off month by month and the last one in part', () => {
  const months = [100_000n, 80_000n, 70_000n].map((sales) => ({ days: 30, sales }));
  assert.deepEqual(countbackDso(212_000n, months), { figure: is('73.71'), atLeast: false });
});

test('countback over more than was ever sold is at least that many days', () => {
  assert.deepEqual(countbackDso(500n, [{ days: 31, sales: 100n }]), { figure: is('31.00'), atLeast: true });
  assert.deepEqual(countbackDso(100n, [{ days: 31, sales: 100n }]), { figure: is('31.00'), atLeast: false });
});

test('a month with more credited than sold is netted into the month before it', () => {
  const netted = countbackDso(90n, [
    { days: 30, sales: -10n },
    { days: 30, sales: 200n },
  ]);
  assert.deepEqual(netted.figure, is('45.00'));
});

test('countback by month uses real month lengths and the month asked for up to the day', () => {
  const sales = new Map([
    ['2026-01-10', 3_100n],
    ['2026-02-10', 2_800n],
    ['2026-03-10', 1_500n],
    ['2026-03-25', 9_999n],
  ]);
  const periods = [...monthlyPeriods(sales, day('2026-03-15'), day('2026-01-10'))];
  assert.deepEqual(periods, [
    { days: 15, sales: 1_500n },
    { days: 28, sales: 2_800n },
    { days: 31, sales: 3_100n },
  ]);
  assert.deepEqual(countbackDso(1_500n + 2_800n + 1_000n, periods).figure, is('53.00'));
});

test('countback by day and by month agree when sales are even', () => {
  const sales = new Map<string, bigint>();
  const [from, to] = [day('2025-09-01'), day('2026-02-28')];
  for (let n = 0; n <= daysBetween(from, to); n += 1) sales.set(from.add({ days: n }).toString(), 1_000n);
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 181_000n }), (balance) => {
      const daily = countbackDso(balance, dailyPeriods(sales, to, from)).figure;
      const monthly = countbackDso(balance, monthlyPeriods(sales, to, from)).figure;
      assert.deepEqual(daily, monthly);
    }),
  );
});

test('the delinquent days are what is above the best possible', () => {
  assert.deepEqual(delinquentDays(is('55.35'), is('40.10')), is('15.25'));
  assert.deepEqual(delinquentDays(is('-1.25'), is('0.10')), is('-1.35'));
  assert.deepEqual(delinquentDays({ value: null, reason: 'no_sales' }, is('1.00')), {
    value: null,
    reason: 'no_sales',
  });
});

test('collection effectiveness counts the sales of the whole period', () => {
  assert.deepEqual(
    effectiveness({ opening: 6_200n, sales: 10_890n, closing: 6_340n, notDue: 3_590n }),
    is('79.63'),
  );
});

test('the average method takes the mean of the opening and the closing balance', () => {
  assert.deepEqual(averageDso(40_000n, 60_000n, 150_000n, 90), is('30.00'));
});

test('a trend has the month ends before the day, and the day itself', () => {
  const texts = (asOf: string) => trendDays(day(asOf), 3).map(String);
  assert.deepEqual(texts('2026-03-15'), ['2026-01-31', '2026-02-28', '2026-03-15']);
  assert.deepEqual(texts('2026-03-31'), ['2026-01-31', '2026-02-28', '2026-03-31']);
});

test('sales between two days count both of them', () => {
  const sales = new Map([
    ['2026-01-01', 1n],
    ['2026-01-02', 2n],
    ['2026-01-03', 4n],
  ]);
  assert.equal(salesBetween(sales, day('2026-01-01'), day('2026-01-02')), 3n);
});
