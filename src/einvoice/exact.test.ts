import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compare,
  decimalsOfText,
  type Exact,
  isSame,
  isWithin,
  minus,
  plus,
  readExact,
  roundUpHalf,
  textOf,
  times,
} from './exact.ts';

const exact = (text: string): Exact => readExact(text) ?? assert.fail(`${text} is no number`);

test('decimals are read as XML Schema writes them', () => {
  for (const [text, says] of [
    ['12', '12.00'],
    ['-0.5', '-0.50'],
    ['+.5', '0.50'],
    [' 7. ', '7.00'],
    ['0.12345', '0.12345'],
    ['-0', '0.00'],
  ] as const) {
    assert.equal(textOf(exact(text)), says);
  }
  for (const text of ['', ' ', '.', '-', '1,5', '1e3', 'NaN', '1 000', '0x1', '1'.repeat(41)]) {
    assert.equal(readExact(text), undefined, text);
  }
  assert.equal(readExact(undefined), undefined);
});

test('the middle rounds up, below zero too', () => {
  for (const [text, rounded] of [
    ['0.125', '0.13'],
    ['-0.125', '-0.12'],
    ['-0.126', '-0.13'],
    ['1.994999', '1.99'],
    ['-1.996', '-2.00'],
  ] as const) {
    assert.equal(textOf(roundUpHalf(exact(text), 2)), rounded);
  }
});

test('a distance is less than, not as much as', () => {
  assert.equal(isWithin(exact('10'), exact('10.99'), exact('1')), true);
  assert.equal(isWithin(exact('10'), exact('11'), exact('1')), false);
  assert.equal(isWithin(exact('10'), exact('9.00'), exact('1')), false);
});

test('decimals are counted as they are written', () => {
  assert.deepEqual(['1', '1.', '1.5', '1.500', ' 1.50 '].map(decimalsOfText), [0, 0, 1, 3, 2]);
});

const anExact = fc
  .record({
    digits: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
    scale: fc.integer({ min: 0, max: 9 }),
  })
  .map((one): Exact => one);

test('adding and taking off undo each other, and what is written is read back the same', () => {
  fc.assert(
    fc.property(anExact, anExact, (a, b) => {
      assert.ok(isSame(minus(plus(a, b), b), a));
      assert.equal(compare(a, b), -compare(b, a) || 0);
      assert.ok(isSame(times(a, b), times(b, a)));
      assert.ok(isSame(exact(textOf(a)), a));
      assert.ok(isWithin(roundUpHalf(a, 2), a, exact('0.0050001')));
    }),
  );
});
