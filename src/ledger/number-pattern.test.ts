import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkPattern, formatNumber } from './number-pattern.ts';

test('a pattern gives year and count, the count with leading zeros and beyond them', () => {
  assert.equal(formatNumber('INV-{year}-{nnnnn}', 42n, 2026), 'INV-2026-00042');
  assert.equal(formatNumber('{n}', 1234n, 2026), '1234');
  assert.equal(formatNumber('{nn}/{year}', 1234n, 987), '1234/0987');
});

test('two counts of one series never print the same number', () => {
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 12n),
      fc.bigInt(1n, 10n ** 12n),
      fc.integer({ min: 1, max: 9 }),
      (a, b, width) => {
        const pattern = `A{${'n'.repeat(width)}}B`;
        assert.equal(formatNumber(pattern, a, 2026) === formatNumber(pattern, b, 2026), a === b);
      },
    ),
  );
});

test('a pattern without a count, or too long to print, is refused', () => {
  assert.throws(() => checkPattern('INV-{year}'), { code: 'number_pattern_without_count' });
  assert.throws(() => checkPattern(`{n}${'x'.repeat(40)}`), { code: 'number_pattern_too_long' });
  checkPattern('{nnnnnn}');
});
