// Money is a whole number of minor units and a currency. It is never a float, is rounded only in named places,
// and amounts of two currencies never meet.

import { assert } from './assert.ts';
import { Refusal } from './refusal.ts';

/** A three-letter ISO 4217 code of a currency we know the minor unit of. */
export type Currency = string;

/** An amount of one currency in its minor units (cents); negative where money is owed the other way. */
export type Money = { readonly minor: bigint; readonly currency: Currency };

/** Currencies whose minor unit is not a hundredth: ISO 4217 table A.1 (2026). All others listed below have two decimals. */
const OTHER_DECIMALS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Active currencies of ISO 4217 (2026) in which an invoice can be issued; funds codes, metals and test codes are left out. */
const CODES =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG';
const KNOWN: ReadonlySet<string> = new Set(CODES.split(' '));

/** Every currency an amount may be in, in alphabetical order. */
export const CURRENCIES: readonly Currency[] = [...KNOWN].sort();

/** The largest amount the books hold: what fits a PostgreSQL bigint with room for sums over a ledger. */
export const MINOR_MAX = 1_000_000_000_000_000n;

/** Whether the text is the code of a currency we can keep books in. */
export function isCurrency(code: string): boolean {
  return KNOWN.has(code);
}

/** How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: Currency): number {
  assert(KNOWN.has(currency), 'a currency is one of ISO 4217', currency);
  return OTHER_DECIMALS[currency] ?? 2;
}

/** Makes an amount from minor units. The only way to make one besides reading decimal text. */
export function money(minor: bigint, currency: Currency): Money {
  assert(KNOWN.has(currency), 'a currency is one of ISO 4217', currency);
  return { minor, currency };
}

/** No money, in a currency. */
export function zero(currency: Currency): Money {
  return money(0n, currency);
}

const DECIMAL = /^(-?)(\d{1,16})(?:\.(\d+))?$/;

/**
 * Reads a decimal text such as `-1234.50`: a point, no thousands separators, no more decimals than the currency has
 * (trailing zeros beyond them are harmless and taken).
 *
 * Refuses: `unknown_currency`, `amount_not_decimal`, `amount_too_many_decimals`, `amount_too_large`.
 */
export function parseMoney(text: string, currency: string): Money {
  if (!isCurrency(currency)) throw new Refusal('unknown_currency', { currency: currency.slice(0, 20) });
  const parts = DECIMAL.exec(text);
  if (!parts) throw new Refusal('amount_not_decimal', { amount: text.slice(0, 40) });
  const decimals = decimalsOf(currency);
  const fraction = (parts[3] ?? '').replace(/0+$/, '');
  if (fraction.length > decimals) {
    throw new Refusal('amount_too_many_decimals', {
      amount: text.slice(0, 40),
      currency,
      decimalsMax: decimals,
    });
  }
  const units = BigInt(parts[2] + fraction.padEnd(decimals, '0'));
  if (units > MINOR_MAX) throw new Refusal('amount_too_large', { amount: text.slice(0, 40), currency });
  return { minor: parts[1] === '-' ? -units : units, currency };
}

/** Writes the amount as decimal text with all decimals of its currency: `1234.50`, `-0.05`, JPY `1200`. */
export function toDecimal(amount: Money): string {
  const decimals = decimalsOf(amount.currency);
  const negative = amount.minor < 0n;
  const digits = (negative ? -amount.minor : amount.minor).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return negative ? `-${text}` : text;
}

function sameCurrency(a: Money, b: Money): void {
  assert(a.currency === b.currency, 'amounts of two currencies never meet', [a.currency, b.currency]);
}

/** The sum of two amounts of one currency. */
export function add(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return { minor: a.minor + b.minor, currency: a.currency };
}

/** The first amount less the second. */
export function subtract(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return { minor: a.minor - b.minor, currency: a.currency };
}

/** The same amount owed the other way. */
export function negate(a: Money): Money {
  return { minor: -a.minor, currency: a.currency };
}

/** Below zero, zero or above zero as the first is smaller than, equal to or larger than the second. */
export function compare(a: Money, b: Money): number {
  sameCurrency(a, b);
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0;
}

/** The sum of a list that may be empty, hence the currency. */
export function sum(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(add, zero(currency));
}

/** The number without its sign. */
export function absolute(n: bigint): bigint {
  return n < 0n ? -n : n;
}

/**
 * Divides and rounds half away from zero, the way invoices and EN 16931 round. The one place where integers are rounded
 * outside splitting.
 */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  assert(denominator !== 0n, 'nothing is divided by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const n = absolute(numerator);
  const d = absolute(denominator);
  const quotient = (n * 2n + d) / (d * 2n);
  return negative ? -quotient : quotient;
}

/**
 * Splits an amount by weights so that the parts sum to the whole, to the minor unit (largest remainder; on a tie the
 * earlier part gets the unit). Weights are not negative and not all zero. Signs are kept: splitting the negated amount
 * gives the negated parts.
 */
export function allocate(total: Money, weights: readonly bigint[]): readonly Money[] {
  const whole = weights.reduce((a, b) => a + b, 0n);
  assert(weights.every((w) => w >= 0n) && whole > 0n, 'weights are not negative and not all zero', weights);
  const sign = total.minor < 0n ? -1n : 1n;
  const size = absolute(total.minor);
  const parts = weights.map((w, index) => ({ index, floor: (size * w) / whole, rest: (size * w) % whole }));
  let left = size - parts.reduce((a, p) => a + p.floor, 0n);
  const byRest = [...parts].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  );
  const extra = new Set<number>();
  for (const part of byRest) {
    if (left === 0n) break;
    extra.add(part.index);
    left -= 1n;
  }
  return parts.map((p) => ({
    minor: sign * (p.floor + (extra.has(p.index) ? 1n : 0n)),
    currency: total.currency,
  }));
}

/**
 * The part of `whole` that belongs to `taken` out of `of`: how much functional value goes with a partial settlement.
 * The last piece (taken equals what is left) must be given the remainder by passing the current remainders, so that a
 * position that is closed in its own currency is closed in the functional one too.
 */
export function proportional(whole: bigint, taken: bigint, of: bigint): bigint {
  if (taken === of) return whole;
  return divideHalfUp(whole * taken, of);
}
