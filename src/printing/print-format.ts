// How amounts, numbers, days and account numbers are written for a reader of a language.
// Figures go from whole numbers to text without ever becoming floating point.

import { never } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { decimalsOf, type Money, toDecimal } from '#kernel/money.ts';
import type { Language } from './language.ts';

/** The regional habits we follow for a language: day before month everywhere, so that no date reads two ways. */
const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', cs: 'cs-CZ' };

/** Formatters are costly to make and never change, so they are kept: a few dozen in all. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, decimalsMin: number, decimalsMax: number): Intl.NumberFormat {
  const key = `${language} ${decimalsMin} ${decimalsMax}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE[language], {
      minimumFractionDigits: decimalsMin,
      maximumFractionDigits: decimalsMax,
      // Four digits are grouped too (Czech and others leave them alone): figures stand in columns.
      useGrouping: 'always',
    });
    numberFormats.set(key, format);
  }
  return format;
}

/** Decimal text through Intl, which reads it exactly; with a true minus sign, as wide as the digits beside it. */
function localDecimal(text: string, format: Intl.NumberFormat): string {
  return format.format(text as Intl.StringNumericLiteral).replace('-', '\u2212');
}

/** The figure of an amount without its currency, with all decimals of the currency: `1,234.50`, JPY `1,200`. */
export function formatFigure(amount: Money, language: Language): string {
  const decimals = decimalsOf(amount.currency);
  return localDecimal(toDecimal(amount), numberFormat(language, decimals, decimals));
}

/**
 * An amount with the code of its currency, on the side where the language puts it: `EUR 1,234.50`, `1.234,50 EUR`.
 * Codes, not signs, because `$` is a score of currencies; and never broken over two lines.
 */
export function formatMoney(amount: Money, language: Language): string {
  const figure = formatFigure(amount, language);
  return language === 'en' ? `${amount.currency}\u00a0${figure}` : `${figure}\u00a0${amount.currency}`;
}

/**
 * A quantity or unit price given as decimal text, with the decimals it has (at least `decimalsMin`): `0.075`,
 * `2`.
 */
export function formatDecimal(text: string, language: Language, decimalsMin = 0): string {
  const decimals = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
  return localDecimal(text, numberFormat(language, decimalsMin, Math.max(decimals, decimalsMin)));
}

/** A percentage given as decimal text, trailing zeros left out: `21 %`, `5.5%`. */
export function formatPercent(text: string, language: Language): string {
  const figure = formatDecimal(text.includes('.') ? text.replace(/\.?0+$/, '') : text, language);
  return language === 'en' ? `${figure}%` : `${figure}\u00a0%`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/**
 * A calendar day: `4 Nov 2026` (a month in letters reads one way on both sides of the ocean), `04.11.2026`,
 * `04/11/2026`, `4. 11. 2026`.
 */
export function formatDate(day: PlainDate, language: Language): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  switch (language) {
    case 'en':
      return `${day.day}\u00a0${MONTHS[day.month - 1]}\u00a0${day.year}`;
    case 'de':
      return `${two(day.day)}.${two(day.month)}.${day.year}`;
    case 'fr':
      return `${two(day.day)}/${two(day.month)}/${day.year}`;
    case 'cs':
      return `${day.day}.\u00a0${day.month}.\u00a0${day.year}`;
    default:
      return never(language);
  }
}

/** An IBAN (or a creditor reference) in the groups of four in which people read it aloud. */
export function formatIban(iban: string): string {
  return iban
    .replace(/\s+/g, '')
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1\u00a0');
}
