// How amounts, numbers, days and account numbers are written for a reader of a language.
// Figures go from whole numbers to text without ever becoming floating point.

import type { PlainDate } from '#kernel/calendar.ts';
import { decimalsOf, type Money, toDecimal } from '#kernel/money.ts';
import { type DocumentLanguage, isRightToLeft } from './language.ts';

/** The regional habits we follow for a language where its name alone says another one: day before month everywhere. */
const LOCALE: Readonly<Partial<Record<DocumentLanguage, string>>> = {
  en: 'en-GB',
  pt: 'pt-PT',
  // The digits of the accounts they are paid to, and of the payment reference.
  ar: 'ar-u-nu-latn',
  hi: 'hi-IN-u-nu-latn',
};

/** Formatters are costly to make and never change, so they are kept: a few dozen in all. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(
  language: DocumentLanguage,
  decimalsMin: number,
  decimalsMax: number,
): Intl.NumberFormat {
  const key = `${language} ${decimalsMin} ${decimalsMax}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE[language] ?? language, {
      minimumFractionDigits: decimalsMin,
      maximumFractionDigits: decimalsMax,
      // Four digits are grouped too (Czech and others leave them alone): figures stand in columns.
      useGrouping: 'always',
    });
    numberFormats.set(key, format);
  }
  return format;
}

/** Marks that Intl puts around signs in languages that run from right to left; figures are set apart as a whole instead. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;

/** Decimal text through Intl, which reads it exactly; with a true minus sign, as wide as the digits beside it. */
function localDecimal(text: string, format: Intl.NumberFormat): string {
  return format
    .format(text as Intl.StringNumericLiteral)
    .replace(DIRECTION_MARKS, '')
    .replace('-', '\u2212');
}

/** A figure, day or number that keeps its own order among words that run from right to left. */
export function setApart(text: string, language: DocumentLanguage): string {
  return isRightToLeft(language) ? `\u2068${text}\u2069` : text;
}

/** Languages that write the code of a currency before the figure, and a percent sign right after it. */
const CODE_FIRST: ReadonlySet<DocumentLanguage> = new Set([
  'en',
  'hi',
  'zh-Hans',
  'zh-Hant',
  'ja',
  'ko',
  'tr',
  'nl',
]);
const PERCENT_CLOSE: ReadonlySet<DocumentLanguage> = new Set([
  ...(['en', 'it', 'pt', 'nl', 'pl', 'uk', 'hu', 'el', 'lv', 'bg'] as const),
  ...(['ar', 'he', 'hi', 'zh-Hans', 'zh-Hant', 'ja', 'ko'] as const),
]);

/** The figure of an amount without its currency, with all decimals of the currency: `1,234.50`, JPY `1,200`. */
export function formatFigure(amount: Money, language: DocumentLanguage): string {
  const decimals = decimalsOf(amount.currency);
  return setApart(localDecimal(toDecimal(amount), numberFormat(language, decimals, decimals)), language);
}

/**
 * An amount with the code of its currency, on the side where the language puts it: `EUR 1,234.50`, `1.234,50 EUR`.
 * Codes, not signs, because `$` is a score of currencies; and never broken over two lines.
 */
export function formatMoney(amount: Money, language: DocumentLanguage): string {
  const figure = formatFigure(amount, language);
  return CODE_FIRST.has(language) ? `${amount.currency}\u00a0${figure}` : `${figure}\u00a0${amount.currency}`;
}

/**
 * A quantity or unit price given as decimal text, with the decimals it has (at least `decimalsMin`): `0.075`,
 * `2`.
 */
export function formatDecimal(text: string, language: DocumentLanguage, decimalsMin = 0): string {
  const decimals = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
  return localDecimal(text, numberFormat(language, decimalsMin, Math.max(decimals, decimalsMin)));
}

/** A percentage given as decimal text, trailing zeros left out: `21 %`, `5.5%`. */
export function formatPercent(text: string, language: DocumentLanguage): string {
  const figure = formatDecimal(text.includes('.') ? text.replace(/\.?0+$/, '') : text, language);
  if (language === 'tr') return `%${figure}`;
  return setApart(PERCENT_CLOSE.has(language) ? `${figure}%` : `${figure}\u00a0%`, language);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/**
 * How days are written: `D` and `M` without a leading zero, `DD` and `MM` with it. In English the month is in letters,
 * since that reads one way on both sides of the ocean. The forms are those of CLDR's short numeric dates with the year whole.
 */
const DATE_FORMS: Readonly<Record<DocumentLanguage, string>> = {
  en: 'D MMM YYYY',
  ...{
    de: 'DD.MM.YYYY',
    fr: 'DD/MM/YYYY',
    cs: 'D. M. YYYY',
    es: 'DD/MM/YYYY',
    it: 'DD/MM/YYYY',
    pt: 'DD/MM/YYYY',
  },
  ...{
    ro: 'DD.MM.YYYY',
    nl: 'DD-MM-YYYY',
    sv: 'YYYY-MM-DD',
    da: 'DD.MM.YYYY',
    nb: 'DD.MM.YYYY',
    fi: 'D.M.YYYY',
  },
  ...{ et: 'DD.MM.YYYY', pl: 'DD.MM.YYYY', sk: 'D. M. YYYY', sl: 'D. M. YYYY', hr: 'DD. MM. YYYY.' },
  ...{ bg: 'DD.MM.YYYY г.', uk: 'DD.MM.YYYY', hu: 'YYYY. MM. DD.', el: 'DD/MM/YYYY', lv: 'DD.MM.YYYY' },
  ...{ lt: 'YYYY-MM-DD', tr: 'DD.MM.YYYY', ar: 'DD/MM/YYYY', he: 'DD.MM.YYYY', hi: 'DD/MM/YYYY' },
  ...{ 'zh-Hans': 'YYYY年M月D日', 'zh-Hant': 'YYYY年M月D日', ja: 'YYYY年M月D日', ko: 'YYYY년 M월 D일' },
};

/** Days as they were written: messages of a run repeat theirs over and over. */
const writtenDays = new WeakMap<PlainDate, Partial<Record<DocumentLanguage, string>>>();

/** A calendar day: `4 Nov 2026`, `04.11.2026`, `04/11/2026`, `4. 11. 2026`, `2026年11月4日`; never broken over two lines. */
export function formatDate(day: PlainDate, language: DocumentLanguage): string {
  const written = writtenDays.getOrInsertComputed(day, () => ({}));
  written[language] ??= writeDate(day, language);
  return written[language];
}

function writeDate(day: PlainDate, language: DocumentLanguage): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const parts: Readonly<Record<string, string>> = {
    YYYY: String(day.year),
    MMM: MONTHS[day.month - 1] ?? '',
    MM: two(day.month),
    M: String(day.month),
    DD: two(day.day),
    D: String(day.day),
  };
  const text = DATE_FORMS[language]
    .replace(/YYYY|M+|D+/g, (part) => parts[part] ?? part)
    .replaceAll(' ', '\u00a0');
  return setApart(text, language);
}

const dayFormats = new Map<DocumentLanguage, Intl.NumberFormat>();

/** A count of days in words, with the plural the language has for it: `1 day`, `12 days`, `2 dny`, `5 dnů`. */
export function formatDays(days: number, language: DocumentLanguage): string {
  const format =
    dayFormats.get(language) ??
    new Intl.NumberFormat(LOCALE[language] ?? language, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  dayFormats.set(language, format);
  return format.format(days).replaceAll(' ', '\u00a0');
}

/** An IBAN (or a creditor reference) in the groups of four in which people read it aloud. */
export function formatIban(iban: string): string {
  return iban
    .replace(/\s+/g, '')
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1\u00a0');
}
