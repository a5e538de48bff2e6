// How amounts, days and moments are written for the reader. Amounts are formatted from their decimal text, never by way
// of a float.

import { decimalsOf, isCurrency } from '#kernel/money.ts';
import { dayWordsIn, typedDayIn } from './day.ts';

/** The reader's own way of writing; some systems name one that is none (`en-US@posix`). */
function readerLocale(): string {
  const wanted = typeof navigator === 'undefined' ? 'en' : navigator.language;
  try {
    return Intl.getCanonicalLocales(wanted)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

const locale = readerLocale();
const amountFormats = new Map<string, Intl.NumberFormat>();

/** `1,234.50`: an amount without its currency, all decimals of the currency. */
export function amountText(amount: string, currency: string): string {
  let format = amountFormats.get(currency);
  if (!format) {
    const digits = isCurrency(currency) ? decimalsOf(currency) : 2;
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    amountFormats.set(currency, format);
  }
  return format.format(amount as Intl.StringNumericLiteral);
}

/** Decimals of a price that are kept at most: as many as the server takes. */
const PRICE_DECIMALS_MAX = 12;

/** `18.90`, `0.0375`: a price with the decimals of its currency at least, and all it has. */
export function priceText(price: string, currency: string): string {
  const digits = isCurrency(currency) ? decimalsOf(currency) : 2;
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: PRICE_DECIMALS_MAX,
  });
  return format.format(price as Intl.StringNumericLiteral);
}

const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

/** `1.2M`: for axes and small places; the full figure stands elsewhere. */
export function compactText(amount: string): string {
  return compact.format(amount as Intl.StringNumericLiteral);
}

/** An amount without its sign: where words say which way it goes. */
export function withoutSign<Value extends { readonly amount: string }>(value: Value): Value {
  return { ...value, amount: value.amount.replace('-', '') };
}

/** A decimal text as a number for drawing only: bar heights and axis positions. */
export function drawingValue(amount: string): number {
  return Number(amount);
}

const whole = new Intl.NumberFormat(locale);

/** `12,345`: a count. */
export function countText(count: number): string {
  return whole.format(count);
}

const momentFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** A calendar day such as `2026-11-24`, written for the reader. */
export function dayWords(day: string): string {
  return dayWordsIn(locale, day);
}

/** The day that a reader typed, in their own writing or as `2026-11-24`; undefined where it is none. */
export function typedDay(text: string): string | undefined {
  return typedDayIn(locale, text);
}

/** A moment, in the reader's time zone. */
export function momentWords(moment: string): string {
  return momentFormat.format(Date.parse(moment));
}

/** `12 days late`, `due today`, `in 5 days`. */
export function lateWords(daysLate: number): string {
  if (daysLate === 0) return 'due today';
  const days = Math.abs(daysLate);
  const unit = days === 1 ? 'day' : 'days';
  return daysLate > 0 ? `${countText(days)} ${unit} late` : `in ${countText(days)} ${unit}`;
}
