import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { readRates } from './exchange-rate.ts';

const on = parseDate('2026-01-15');
const given = (rate: string, base = 'EUR', quote = 'USD') => ({ base, quote, validOn: on, rate });

test('rates are read exactly, and say who stated them', () => {
  assert.deepEqual(readRates([given('1.0853')]), [
    { base: 'EUR', quote: 'USD', validOn: on, rate: { digits: 10853n, scale: 4 }, source: 'typed' },
  ]);
  assert.equal(readRates([{ ...given('25'), source: 'CNB' }])[0]?.source, 'CNB');
});

test('what is no rate is refused', () => {
  for (const [rates, code] of [
    [[given('1', 'EUR', 'EUR')], 'rate_of_same_currency'],
    [[given('1,08')], 'number_not_decimal'],
    [[given('1.0000000000001')], 'number_not_decimal'],
    [[given('0')], 'rate_not_positive'],
    [[given('-1')], 'rate_not_positive'],
    [[given('100000000.1')], 'rate_out_of_range'],
    [[given('0.000000009')], 'rate_out_of_range'],
    [[given('1.1'), given('1.2')], 'rate_named_twice'],
  ] as const) {
    assert.throws(() => readRates(rates), { code }, code);
  }
  readRates([given('100000000'), given('0.00000001', 'USD', 'EUR')]);
});
