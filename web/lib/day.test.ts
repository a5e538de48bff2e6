import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayWordsIn, typedDayIn } from './day.ts';

/** Readers of many scripts, orders and ways to write months. */
const LOCALES = [
  ...[
    'en-US',
    'en-GB',
    'en-CA',
    'de',
    'de-AT',
    'fr',
    'cs',
    'es',
    'it',
    'pt',
    'pt-BR',
    'ro',
    'nl',
    'sv',
    'da',
  ],
  ...[
    'nb',
    'fi',
    'et',
    'pl',
    'sk',
    'sl',
    'hr',
    'bg',
    'uk',
    'hu',
    'el',
    'lv',
    'lt',
    'tr',
    'ar',
    'ar-EG',
    'he',
  ],
  ...['hi', 'zh-CN', 'zh-TW', 'ja', 'ko', 'th', 'fa', 'vi', 'id', 'sr', 'ru', 'ca', 'eu', 'mr', 'bn'],
];

test('a day that is written for a reader is read back as the same day, whatever the language', () => {
  for (const locale of LOCALES)
    for (let month = 1; month <= 12; month++)
      for (const date of [1, 9, 12, 28]) {
        const two = (part: number): string => String(part).padStart(2, '0');
        const day = `2026-${two(month)}-${two(date)}`;
        const written = dayWordsIn(locale, day);
        assert.equal(typedDayIn(locale, written), day, `${written} in ${locale}`);
      }
});

test('figures are read in the order of the reader, words and ISO 8601 by everybody', () => {
  assert.equal(typedDayIn('en-US', '3/4/26'), '2026-03-04');
  assert.equal(typedDayIn('en-GB', '3/4/26'), '2026-04-03');
  assert.equal(typedDayIn('de', '3.4.2026'), '2026-04-03');
  assert.equal(typedDayIn('ja', '2026/4/3'), '2026-04-03');
  for (const locale of ['en-US', 'de', 'cs', 'ja']) {
    assert.equal(typedDayIn(locale, '2026-11-29'), '2026-11-29');
    assert.equal(typedDayIn(locale, '29 Nov 2026'), '2026-11-29');
    assert.equal(typedDayIn(locale, 'Nov 29, 2026'), '2026-11-29');
  }
});

test('what is no day is none: not the 30th of February, not half a day', () => {
  for (const text of ['30 Feb 2026', '2026-02-30', '2026-13-01', '13/13/2026', 'Nov 2026', 'tomorrow', ''])
    assert.equal(typedDayIn('en-US', text), undefined, text);
});
