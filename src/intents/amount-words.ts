// Amounts of money as people write them: `€ 1.250,00`, `1,250.00 EUR`, `CHF 1'250`, `1 250 €`. Only with a currency beside
// them: a number alone may be anything.

import { decimalsOf, isCurrency } from '#kernel/money.ts';
import type { Span } from './new-words.ts';

/** An amount found, in minor units; `isUncertain` where the mark in it could part thousands or cents. */
export type FoundAmount = Span & {
  readonly minor: bigint;
  readonly currency: string;
  readonly isUncertain: boolean;
};

const NUMBER = String.raw`\d{1,12}(?:[.,'’ \u00a0\u202f]\d{3}){0,4}(?:[.,]\d{1,2})?(?![\d])`;
const SIGN = String.raw`€|£|\$|[A-Z]{3}|[Ee]uros?|[Pp]ounds?|[Dd]ollars?|Fr\.`;
const BEFORE = new RegExp(`(?<![\\p{L}\\p{N}])(${SIGN}) ?(${NUMBER})`, 'gu');
const AFTER = new RegExp(`(?<![\\p{L}\\p{N}.,])(${NUMBER})[ \u00a0\u202f]?(${SIGN})(?![\\p{L}\\p{N}])`, 'gu');
const MINOR_MAX = 10n ** 15n;

const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '£': 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  'fr.': 'CHF',
};

/** The currency a sign means; a dollar is that of the account where it is one of several. */
function currencyOf(sign: string, own: string): string | undefined {
  const small = sign.toLowerCase();
  if (small === '$' || small.startsWith('dollar'))
    return ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD'].includes(own) ? own : 'USD';
  return SIGNS[small] ?? (isCurrency(sign) ? sign : undefined);
}

/** The amounts in a stretch of a text, in their order. `own` is the currency of the account. */
export function amountsIn(text: string, span: Span, own: string): readonly FoundAmount[] {
  const part = text.slice(span.from, span.to);
  const found: FoundAmount[] = [];
  const take = (index: number, all: string, number: string, sign: string) => {
    const from = span.from + index;
    const to = from + all.length;
    if (found.some((one) => one.from < to && from < one.to)) return;
    const currency = currencyOf(sign, own);
    const read = currency && readNumber(number, decimalsOf(currency));
    if (currency && read && read.minor > 0n && read.minor < MINOR_MAX)
      found.push({ from, to, currency, ...read });
  };
  for (const { 0: all, 1: sign, 2: number, index } of part.matchAll(BEFORE))
    take(index, all, number ?? '', sign ?? '');
  for (const { 0: all, 1: number, 2: sign, index } of part.matchAll(AFTER))
    take(index, all, number ?? '', sign ?? '');
  return found.toSorted((a, b) => a.from - b.from);
}

/** Reads a number whose last mark parts the cents if one or two digits follow it. */
function readNumber(text: string, decimals: number): { minor: bigint; isUncertain: boolean } {
  const cents = /[.,](\d{1,2})$/.exec(text);
  const whole = (cents ? text.slice(0, cents.index) : text).replace(/\D/g, '');
  const fraction = (cents?.[1] ?? '').padEnd(decimals, '0').slice(0, decimals);
  const marks = text.replace(/\d/g, '');
  return {
    minor: BigInt(`${whole}${fraction}`),
    isUncertain: !cents && (marks === '.' || marks === ',') && decimals !== 0,
  };
}
