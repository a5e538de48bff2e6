import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compactReference,
  evidentScheme,
  isQrIban,
  isReference,
  makeReference,
  numberInside,
  printedReference,
  REFERENCE_SCHEMES,
  type ReferenceScheme,
} from './payment-reference.ts';

/** References that banks and standards print as examples, or that are in use. */
const KNOWN: readonly (readonly [ReferenceScheme, string])[] = [
  ['rf', 'RF18 5390 0754 7034'],
  ['ch_qrr', '21 00000 00003 13947 14300 09017'],
  ['fi', '1234561'],
  ['no_kid', '2345676'],
  ['be_ogm', '+++010/8068/17183+++'],
  ['se_ocr', '79927398713'],
  ['nl', '5010 0021 6701 0010'],
  ['nl', '3010 0021 6704 2021'],
  ['nl', '0001 0411 4691 0100'],
  ['nl', '9001 0411 4681 2501'],
  ['nl', '2017 1667 7760 0001'],
  ['nl', '0017 1667 7885 4231'],
];

test('references in use are known as such, and with any one digit changed no more', () => {
  for (const [scheme, text] of KNOWN) {
    assert.ok(isReference(scheme, text), text);
    const at = text.search(/\d(?=\D*$)/);
    const changed = text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1);
    assert.ok(!isReference(scheme, changed), changed);
  }
});

test('a reference made of a number holds the number, checks, and reads the same as printed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...REFERENCE_SCHEMES),
      fc.bigInt({ min: 1n, max: 9_999_999_999n }),
      (scheme, n) => {
        const made = makeReference(scheme, String(n)) ?? '';
        assert.ok(isReference(scheme, made), made);
        assert.equal(numberInside(scheme, made), String(n));
        const printed = printedReference(scheme, made);
        assert.ok(isReference(scheme, printed), printed);
        assert.equal(compactReference(printed).replace(/^0+/, ''), made.replace(/^0+/, ''));
      },
    ),
  );
});

/** Those whose check digits find every slip of one digit; modulo 11 with two remainders as one finds nearly all. */
const SURE = REFERENCE_SCHEMES.filter((scheme) => !['si', 'hr', 'nl'].includes(scheme));

test('one wrong digit is always seen', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SURE),
      fc.bigInt({ min: 1n, max: 9_999_999_999n }),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (scheme, number, place, more) => {
        const made = makeReference(scheme, String(number)) ?? '';
        const places = [...made.matchAll(/\d/g)].map(({ index }) => index);
        const at = places[place % places.length] ?? 0;
        const wrong = made.slice(0, at) + ((Number(made[at]) + more) % 10) + made.slice(at + 1);
        assert.ok(!isReference(scheme, wrong), `${made} ${wrong}`);
      },
    ),
  );
});

test('letters of a number are kept where the scheme has letters; what has no room gets none', () => {
  assert.equal(numberInside('rf', makeReference('rf', 'INV-2026-00012') ?? ''), 'INV202600012');
  assert.equal(numberInside('ch_qrr', makeReference('ch_qrr', 'INV-2026-00012') ?? ''), '202600012');
  assert.equal(makeReference('fi', 'ABC'), undefined);
  assert.equal(makeReference('be_ogm', '12345678901'), undefined);
});

test('references are printed in the groups of their scheme', () => {
  const printed = (scheme: ReferenceScheme, text: string) =>
    printedReference(scheme, text).replaceAll('\u00a0', ' ');
  assert.equal(printed('rf', 'rf18539007547034'), 'RF18 5390 0754 7034');
  assert.equal(printed('ch_qrr', '210000000003139471430009017'), '21 00000 00003 13947 14300 09017');
  assert.equal(printed('fi', '00001234561'), '12 34561');
  assert.equal(printed('be_ogm', '010806817183'), '+++010/8068/17183+++');
  assert.equal(printed('rf', '2026-00012'), '2026-00012');
});

test('a scheme shows itself by letters, marks or length; other figures are left alone', () => {
  assert.deepEqual(
    [
      'RF18 5390 0754 7034',
      '210000000003139471430009017',
      '+++010/8068/17183+++',
      '010806817183',
      '2026-00012',
    ].map(evidentScheme),
    ['rf', 'ch_qrr', 'be_ogm', undefined, undefined],
  );
});

test('QR-IBANs are told by the number of the bank', () => {
  assert.ok(isQrIban('CH44 3199 9123 0008 8901 2'));
  assert.ok(!isQrIban('CH93 0076 2011 6238 5295 7'));
  assert.ok(!isQrIban('DE89 3704 0044 0532 0130 00'));
});
