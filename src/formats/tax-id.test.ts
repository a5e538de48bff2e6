import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judgeTaxId, TAX_ID_COUNTRIES } from './tax-id.ts';

/** Ids that their holders publish in imprints and registers, or that the registers give as examples. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  AT: ['ATU13585627'],
  BE: ['BE0428759497'],
  BG: ['BG175074752'],
  CY: ['CY10259033P'],
  CZ: ['CZ25123891', 'CZ7103192745', 'CZ640903926'],
  DE: ['DE136695976', 'DE129273398'],
  DK: ['DK13585628'],
  EE: ['EE100931558', 'EE100594102'],
  EL: ['EL094259216'],
  ES: ['ESB58378431', 'ESA28015865', 'ES54362315K', 'ESX2482300W'],
  FI: ['FI20774740', 'FI01120389'],
  FR: ['FR40303265045', 'FR83404833048', 'FR23334175221'],
  HR: ['HR33392005961'],
  HU: ['HU12892312'],
  IE: ['IE6433435F', 'IE6433435OA', 'IE8D79739I'],
  IT: ['IT00743110157'],
  LT: ['LT119511515', 'LT100001919017'],
  LU: ['LU15027442', 'LU26375245'],
  LV: ['LV40003521600', 'LV40003032949'],
  MT: ['MT11679112'],
  NL: ['NL004495445B01', 'NL123456789B13'],
  PL: ['PL8567346215', 'PL5260250995'],
  PT: ['PT501964843', 'PT500697256'],
  RO: ['RO18547290', 'RO160796'],
  SE: ['SE556042722001', 'SE556703748501'],
  SI: ['SI50223054'],
  SK: ['SK2022749619'],
  XI: ['XI980780684'],
  GB: ['GB980780684', 'GB220430231', 'GBGD001'],
  CH: ['CHE-116.281.710 MWST', 'CHE100155212'],
  NO: ['NO 923 609 016 MVA', 'NO974760673'],
  RS: ['RS101134702'],
  TR: ['TR4540536920'],
  AU: ['51 824 753 556', 'AU83914571673'],
  NZ: ['49-091-850', '136410132'],
  US: ['91-1144442'],
  CA: ['123456782'],
  IN: ['27AAPFU0939F1ZV', '29AAGCB7383J1Z4'],
  BR: ['16.727.230/0001-97', '12.ABC.345/01DE-35'],
  JP: ['5-8356-7825-6246', 'T7000012050002'],
  ZA: ['4103152450'],
};

test('ids that registers publish are right, in every country that is checked', () => {
  assert.deepEqual(Object.keys(RIGHT).sort(), [...TAX_ID_COUNTRIES].sort());
  const wrong = Object.entries(RIGHT).flatMap(([country, ids]) =>
    ids.filter((id) => judgeTaxId(id, country) !== 'right').map((id) => `${country} ${id}`),
  );
  assert.deepEqual(wrong, []);
});

/** Countries where the form alone is known of some ids, or where one wrong digit can be another right id. */
const LOOSE = new Set([
  'US',
  'CZ',
  'LV',
  'GB',
  'XI',
  'NL',
  'IE',
  'ES',
  'BR',
  'NZ',
  'RO',
  'PT',
  'NO',
  'BG',
  'TR',
  'JP',
  'FR',
  'EL',
  'LT',
  'ZA',
]);

test('one wrong digit is found where the check promises it', () => {
  for (const [country, ids] of Object.entries(RIGHT)) {
    if (LOOSE.has(country)) continue;
    for (const id of ids) {
      const places = [...id].flatMap((c, at) => (/\d/.test(c) ? [at] : []));
      fc.assert(
        fc.property(fc.constantFrom(...places), fc.integer({ min: 1, max: 9 }), (at, by) => {
          const wrong = id.slice(0, at) + String((Number(id[at]) + by) % 10) + id.slice(at + 1);
          assert.notEqual(judgeTaxId(wrong, country), 'right', wrong);
        }),
        { numRuns: 60 },
      );
    }
  }
});

test('where one digit more can slip through, nearly all are found', () => {
  for (const country of LOOSE) {
    if (country === 'US' || country === 'ZA') continue;
    for (const id of RIGHT[country] ?? []) {
      if (/^(GBGD|CZ\d{9}$)/.test(id)) continue;
      const tries = [...id].flatMap((c, at) =>
        /\d/.test(c)
          ? Array.from(
              { length: 9 },
              (_, by) => id.slice(0, at) + String((Number(c) + by + 1) % 10) + id.slice(at + 1),
            )
          : [],
      );
      const missed = tries.filter((wrong) => judgeTaxId(wrong, country) === 'right').length;
      assert.ok(missed / tries.length < 0.2, `${id}: ${missed} of ${tries.length}`);
    }
  }
});

test('an id goes by its prefix, else by the country; of what is not known nothing is said', () => {
  assert.equal(judgeTaxId('DE136695976', 'FR'), 'right');
  assert.equal(judgeTaxId('136695976', 'DE'), 'right');
  assert.equal(judgeTaxId('094259216', 'GR'), 'right');
  assert.equal(judgeTaxId('DE136695970', 'DE'), 'wrong_digits');
  assert.equal(judgeTaxId('DE13669597', 'DE'), 'wrong_form');
  assert.equal(judgeTaxId('12345', 'AQ'), 'unknown');
  assert.equal(judgeTaxId('12345', null), 'unknown');
});
