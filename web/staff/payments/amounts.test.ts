import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toValue, typedAmount } from './amounts.ts';

test('amounts are read as people write and copy them, in either convention; what could be two amounts is none', () => {
  const read = (text: string, currency = 'EUR') => {
    const amount = typedAmount(text, currency);
    return amount && toValue(amount).amount;
  };
  for (const text of [
    '1234.5',
    '1234,50',
    '1,234.50',
    '1.234,50',
    '1 234,50',
    '1\u202f234,50',
    '1’234.50',
    ' 1234.50 ',
  ])
    assert.equal(read(text), '1234.50', text);
  assert.equal(read('12,345,678.90'), '12345678.90');
  assert.equal(read(''), '0.00');
  for (const text of ['1,234', '1.234', '12,34.50', '1.234.50', '1,23,456.00', '-5', 'x', '1e3'])
    assert.equal(read(text), undefined, text);
  assert.equal(read('1,234', 'KWD'), '1.234', 'three decimals');
  assert.equal(read('1,234', 'JPY'), undefined);
});
