import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchKey } from '#ledger/match-key.ts';
import { namedKeys, nameText, referenceTokens } from './reference.ts';

/** The numbers named in texts, out of those given. */
function named(texts: string | readonly string[], numbers: readonly string[]): readonly string[] {
  const keys = new Set(numbers.map(matchKey));
  return [...namedKeys(referenceTokens([texts].flat()), (key) => keys.has(key))].sort();
}

test('a number is found whatever its case, blanks and punctuation', () => {
  for (const text of [
    'INV-2026-00042',
    'inv 2026 00042',
    'Rechnung Inv-2026/00042 danke',
    'pay:INV-2026-0 0042.',
    '(INV_2026_00042)',
    'INV2026-00042;INV-2026-00099',
  ])
    assert.ok(named(text, ['INV-2026-00042']).includes('INV202600042'), text);
});

test('a number counts only as whole words', () => {
  for (const text of ['XINV-2026-00042', 'INV-2026-000421', 'INV-2026-0004', 'INV-2026-00042B'])
    assert.deepEqual(named(text, ['INV-2026-00042']), [], text);
  assert.deepEqual(named('INV-2026-00042', ['00042', '2026']), []);
});

test('several numbers are found, separated as people do', () => {
  const numbers = ['1001', '1002', '1003', '1004'];
  assert.deepEqual(named('RE 1001, 1002;1003/1004', numbers), numbers);
  assert.deepEqual(named(['1001', 'NOTPROVIDED', 'and 1002'], numbers), ['1001', '1002']);
});

test('a number inside a longer one that exists is not named', () => {
  assert.deepEqual(named('INV 2026 00042', ['INV-2026-00042', '00042', '2026', '2026-00042']), [
    'INV202600042',
  ]);
  assert.deepEqual(named('INV 2026 00042', ['INV-2026', '2026-00042']), ['202600042', 'INV2026']);
});

test('figures that are short, or apart and not long, are no numbers', () => {
  assert.deepEqual(named('123 pieces of 99', ['123', '99']), []);
  assert.deepEqual(named('12 34', ['1234']), []);
  assert.deepEqual(named('1234', ['1234']), ['1234']);
  assert.deepEqual(named('1234 5678', ['12345678']), ['12345678']);
});

test('a Swiss reference in groups and a creditor reference with its number inside are found', () => {
  const swiss = '210000000003139471430009017';
  assert.deepEqual(named('21 00000 00003 13947 14300 09017', [swiss]), [swiss]);
  assert.deepEqual(named('RF18 5390 0754 7034', ['539007547034']), ['539007547034']);
  assert.deepEqual(named('RF19539007547034', ['539007547034']), []);
  assert.deepEqual(named('RF18539007547034', ['RF18539007547034', '539007547034']), ['RF18539007547034']);
});

test('keys and names are compared without what banks change', () => {
  assert.equal(matchKey('Rg. ä-12/b'), 'RG12B');
  assert.equal(nameText('Müller & Söhne GmbH'), nameText('MÜLLER  & SÖHNE GMBH.'));
  assert.notEqual(nameText('Müller'), nameText('Möller'));
  assert.equal(nameText('株式会社 青空'), '株式会社青空');
});

test('any text gives a bounded number of tokens, quickly, and a number put into words is found', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5_000 }), (text) => referenceTokens([text, text]).length <= 2 * 614),
    { numRuns: 50 },
  );
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 10 }), fc.array(word, { maxLength: 10 }), (before, after) =>
      named([...before, 'INV-77001', ...after].join(' '), ['INV-77001']).includes('INV77001'),
    ),
  );
});
