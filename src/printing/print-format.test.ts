import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { chooseDocumentLanguage, DOCUMENT_LANGUAGES, type DocumentLanguage } from './language.ts';
import {
  formatDate,
  formatDecimal,
  formatFigure,
  formatIban,
  formatMoney,
  formatPercent,
} from './print-format.ts';

/** No-break spaces made visible as ordinary ones. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('amounts are written as each language writes them, with all decimals of their currency', () => {
  const amount = money(-123_456_789n, 'EUR');
  assert.deepEqual(
    (['en', 'de', 'fr', 'cs'] as const).map((language) => plain(formatMoney(amount, language))),
    ['EUR −1,234,567.89', '−1.234.567,89 EUR', '−1 234 567,89 EUR', '−1 234 567,89 EUR'],
  );
  assert.equal(plain(formatMoney(money(1_200n, 'JPY'), 'en')), 'JPY 1,200');
  assert.equal(plain(formatMoney(money(1_234_567n, 'KWD'), 'de')), '1.234,567 KWD');
  assert.equal(plain(formatMoney(money(100_000n, 'HUF'), 'en')), 'HUF 1,000.00');
  assert.equal(formatFigure(money(5n, 'EUR'), 'en'), '0.05');
});

test('no amount loses or changes a digit on its way to paper', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      fc.constantFrom(...DOCUMENT_LANGUAGES),
      (minor, currency, language) => {
        const figure = formatFigure(money(minor, currency), language).replaceAll(/[\u2068\u2069]/g, '');
        const digits = BigInt(figure.replaceAll(/\D/g, ''));
        assert.equal(figure.startsWith('\u2212') ? -digits : digits, minor);
      },
    ),
  );
});

test('quantities and prices keep the decimals they have', () => {
  assert.equal(formatDecimal('0.075', 'en'), '0.075');
  assert.equal(formatDecimal('12345678901234567.0001', 'en'), '12,345,678,901,234,567.0001');
  assert.equal(formatDecimal('2', 'de', 2), '2,00');
  assert.equal(formatDecimal('1.5', 'de', 2), '1,50');
  assert.equal(formatDecimal('-3', 'en'), '\u22123');
});

test('percentages drop zeros that say nothing', () => {
  assert.equal(formatPercent('21.00', 'en'), '21%');
  assert.equal(formatPercent('5.50', 'en'), '5.5%');
  assert.equal(formatPercent('100', 'en'), '100%');
  assert.equal(plain(formatPercent('0', 'de')), '0 %');
});

test('a day reads one way only in each language', () => {
  const day = Temporal.PlainDate.from('2026-09-04');
  assert.deepEqual(
    (['en', 'de', 'fr', 'cs'] as const).map((language) => plain(formatDate(day, language))),
    ['4 Sep 2026', '04.09.2026', '04/09/2026', '4. 9. 2026'],
  );
});

test('account numbers are written in groups of four', () => {
  assert.equal(plain(formatIban('de89 3704 00440532013000')), 'DE89 3704 0044 0532 0130 00');
  assert.equal(plain(formatIban('NO9386011117947')), 'NO93 8601 1117 947');
});

test('the language is the first one in the chain that we write; regions do not matter', () => {
  assert.equal(chooseDocumentLanguage(['de-AT', 'en']), 'de');
  assert.equal(chooseDocumentLanguage([undefined, null, '', 'is', 'FR_ca', 'en']), 'fr');
  assert.equal(chooseDocumentLanguage(['is', 'xx-YY']), 'en');
  assert.equal(chooseDocumentLanguage([]), 'en');
});

test('amounts, percentages and days are written as people of the language write them', () => {
  const amount = money(-1_234_567_89n, 'EUR');
  const day = Temporal.PlainDate.from('2026-11-04');
  const written = (language: DocumentLanguage): string[] =>
    [formatMoney(amount, language), formatPercent('5.5', language), formatDate(day, language)].map(plain);
  assert.deepEqual(written('pl'), ['−1 234 567,89 EUR', '5,5%', '04.11.2026']);
  assert.deepEqual(written('sv'), ['−1 234 567,89 EUR', '5,5 %', '2026-11-04']);
  assert.deepEqual(written('hi'), ['EUR −12,34,567.89', '5.5%', '04/11/2026']);
  assert.deepEqual(written('ja'), ['EUR −1,234,567.89', '5.5%', '2026年11月4日']);
  assert.deepEqual(written('tr'), ['EUR −1.234.567,89', '%5,5', '04.11.2026']);
  assert.deepEqual(written('hu'), ['−1 234 567,89 EUR', '5,5%', '2026. 11. 04.']);
  assert.deepEqual(written('hr'), ['−1.234.567,89 EUR', '5,5 %', '04. 11. 2026.']);
  // Among words that run from right to left each figure is set apart, or its sign and its parts would change places.
  assert.deepEqual(written('he'), [
    '\u2068−1,234,567.89\u2069 EUR',
    '\u20685.5%\u2069',
    '\u206804.11.2026\u2069',
  ]);
});
