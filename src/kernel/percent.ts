// Rates, percentages and unit prices are exact decimals: a whole number and a count of decimals. Never floats.

import { assert } from './assert.ts';
import { divideHalfUp, type Money, money } from './money.ts';
import { Refusal } from './refusal.ts';

/** An exact decimal number: `digits` × 10^−`scale`. */
export type Decimal = { readonly digits: bigint; readonly scale: number };

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/;

/** Reads an exact decimal such as `21`, `0.075` or `-3.5`. Refuses: `number_not_decimal`. */
export function parseDecimal(text: string): Decimal {
  const parts = DECIMAL.exec(text);
  if (!parts) throw new Refusal('number_not_decimal', { value: text.slice(0, 40) });
  const fraction = parts[3] ?? '';
  const digits = BigInt(parts[2] + fraction);
  return { digits: parts[1] === '-' ? -digits : digits, scale: fraction.length };
}

/** Writes the decimal without trailing zeros: `21`, `0.075`. */
export function decimalText(value: Decimal): string {
  const negative = value.digits < 0n;
  const digits = (negative ? -value.digits : value.digits).toString().padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The product, exact: scales add up. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

/** Below zero, zero or above zero as the first is smaller than, equal to or larger than the second. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = a.digits * powerOfTen(scale - a.scale) - b.digits * powerOfTen(scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** 10 to a power that is not negative. */
export function powerOfTen(exponent: number): bigint {
  assert(exponent >= 0, 'the power of ten is not negative', exponent);
  return 10n ** BigInt(exponent);
}

/** A percentage of an amount, rounded half up to the minor unit: 2 % of 100.25 is 2.01. */
export function percentOf(amount: Money, percent: Decimal): Money {
  return money(
    divideHalfUp(amount.minor * percent.digits, 100n * powerOfTen(percent.scale)),
    amount.currency,
  );
}

/**
 * Converts minor units at an exchange rate: how many units of the target one unit of the source is worth.
 * `decimalsFrom` and `decimalsTo` are the decimals of the two currencies. Rounds half up.
 */
export function convertMinor(minor: bigint, rate: Decimal, decimalsFrom: number, decimalsTo: number): bigint {
  const numerator = minor * rate.digits * powerOfTen(decimalsTo);
  return divideHalfUp(numerator, powerOfTen(rate.scale) * powerOfTen(decimalsFrom));
}
