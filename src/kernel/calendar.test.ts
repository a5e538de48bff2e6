import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from './calendar.ts';

test('a day is one that exists, in the years of business, or it is refused', () => {
  assert.equal(parseDate('2024-02-29').toString(), '2024-02-29');
  assert.equal(parseDate('1900-01-01').toString(), '1900-01-01');
  assert.equal(parseDate('2199-12-31').toString(), '2199-12-31');
  for (const text of [
    '2023-02-29',
    '0000-01-01',
    '1899-12-31',
    '2200-01-01',
    '9999-12-31',
    '+010000-01-01',
    '2024-1-1',
    '',
  ])
    assert.throws(() => parseDate(text), { code: 'date_not_valid' }, text);
});
