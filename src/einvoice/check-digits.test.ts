import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isAustralian, isBelgian, isGreek, isNorwegian, isSwedish } from '#formats/tax-id.ts';
import {
  isGln,
  isIbanByDigits,
  isItalianTaxCode,
  isItalianVat,
  isLeitweg,
  looksLikeLeitweg,
} from './check-digits.ts';

/** Numbers that are right: publicly known ones of authorities, banks' examples and large companies. */
const RIGHT: readonly (readonly [
  name: string,
  isRight: (text: string) => boolean,
  numbers: readonly string[],
])[] = [
  ['GLN', isGln, ['4012345000009', '7300010000001']],
  ['Norwegian', isNorwegian, ['974760673', '123456785']],
  ['Belgian', isBelgian, ['0403170701']],
  ['Swedish', isSwedish, ['2021005448']],
  ['Australian', isAustralian, ['51824753556', '53004085616']],
  ['Italian VAT', isItalianVat, ['IT00743110157']],
  ['Greek', isGreek, ['094259216']],
  ['IBAN', isIbanByDigits, ['DE89370400440532013000', 'GB82 WEST 1234 5698 7654 32', 'NO9386011117947']],
  [
    'Leitweg-ID',
    isLeitweg,
    ['04011000-1234512345-06', '991-33333TEST-33', '04011000-12345-03', '992-90009-96'],
  ],
];

for (const [name, isRight, numbers] of RIGHT) {
  test(`${name}: right numbers are right, and with any one digit changed they are wrong`, () => {
    for (const number of numbers) {
      assert.equal(isRight(number), true, number);
      for (const [place, digit] of [...number].entries()) {
        if (!/\d/.test(digit)) continue;
        const other = String((Number(digit) + 1) % 10);
        const wrong = `${number.slice(0, place)}${other}${number.slice(place + 1)}`;
        assert.equal(isRight(wrong), false, `${number} as ${wrong}`);
      }
    }
  });
}

test('whatever stands there, the answer is yes or no', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Z-]{0,20}$/)), (text) => {
      for (const [, isRight] of RIGHT) assert.equal(typeof isRight(text), 'boolean');
      assert.equal(typeof isItalianTaxCode(text), 'boolean');
    }),
  );
});

test('an Italian tax code is that of a company or of a person', () => {
  assert.equal(isItalianTaxCode('00743110157'), true);
  assert.equal(isItalianTaxCode('RSSMRA85T10A562S'), true);
  assert.equal(isItalianTaxCode('RSSMRA85T10A562'), false);
});

test('a VAT number of another country is not looked at as an Italian one', () => {
  assert.equal(isItalianVat('DE123'), true);
  assert.equal(isItalianVat('it123'), false);
});

test('a reference of the buyer that is no Leitweg-ID does not look like one', () => {
  for (const text of ['PO 4711', '4711-03', '04011000-12345', '04011000-123']) {
    assert.equal(looksLikeLeitweg(text), text === '4711-03', text);
  }
});
