import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compactAccount, isBic, isIban, readAccount } from './iban.ts';

/** Examples that the registry of IBANs prints for these countries. */
const RIGHT = [
  'DE89370400440532013000',
  'GB29NWBK60161331926819',
  'CZ6508000000192000145399',
  'FR1420041010050500013M02606',
  'NO9386011117947',
  'MT84MALT011000012345MTLCAST001S',
  'CH9300762011623852957',
  'NL91ABNA0417164300',
];

test('IBANs of the registry are right, blanks and small letters aside', () => {
  for (const iban of RIGHT) {
    assert.ok(isIban(iban), iban);
    assert.ok(isIban(iban.toLowerCase().replace(/(.{4})/g, '$1 ')), iban);
  }
});

test('an IBAN of the wrong length, of an unknown country or of other letters is wrong', () => {
  for (const text of [
    '',
    'DE8937040044053201300',
    'DE893704004405320130000',
    'XX89370400440532013000',
    'DE89-äöü',
    'DE',
  ])
    assert.equal(isIban(text), false, text);
});

test('any one wrong digit and any two unlike neighbours swapped are noticed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...RIGHT), fc.nat(), fc.integer({ min: 1, max: 9 }), (iban, place, step) => {
      const digits = [...iban].flatMap((letter, index) => (/\d/.test(letter) && index >= 2 ? [index] : []));
      const at = digits[place % digits.length] ?? 2;
      const wrong = `${iban.slice(0, at)}${(Number(iban[at]) + step) % 10}${iban.slice(at + 1)}`;
      assert.equal(isIban(wrong), false, wrong);
      const [a, b] = [iban[at] ?? '', iban[at + 1] ?? ''];
      if (a !== b && /\d/.test(b)) {
        const swapped = iban.slice(0, at) + b + a + iban.slice(at + 2);
        assert.equal(isIban(swapped), false, swapped);
      }
    }),
    { numRuns: 300 },
  );
});

test('an account is kept in one form, and one that claims to be an IBAN must be one', () => {
  assert.equal(compactAccount(' de89 3704-0044.0532 0130 00'), 'DE89370400440532013000');
  assert.equal(readAccount('de89 3704 0044 0532 0130 00'), 'DE89370400440532013000');
  assert.equal(readAccount('12-3456 789'), '123456789');
  assert.throws(() => readAccount('DE88 3704 0044 0532 0130 00'), { code: 'iban_not_valid' });
  assert.throws(() => readAccount(' - '), { code: 'iban_not_valid' });
});

test('a BIC has eight or eleven places, the fifth and sixth a country', () => {
  for (const bic of ['DEUTDEFF', 'DEUTDEFF500']) assert.ok(isBic(bic), bic);
  for (const text of ['DEUTDEF', 'DEUTDEFF50', 'DEUT99FF', 'deutdeff', ''])
    assert.equal(isBic(text), false, text);
});
