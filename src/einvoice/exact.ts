// Decimals as they stand in e-invoices, exact: amounts, quantities and rates of any number of decimals. Unlike the amounts of
// our own books they come from elsewhere, so reading one never refuses; what is no number is nothing.

import { powerOfTen } from '#kernel/percent.ts';

/** An exact decimal number: `digits` × 10^−`scale`. */
export type Exact = { readonly digits: bigint; readonly scale: number };

/** Zero. */
export const NOTHING: Exact = { digits: 0n, scale: 0 };

/** Characters a decimal may have: more than any amount of money needs, and a bound for what computing it costs. */
const CHARACTERS_MAX = 40;
const DECIMAL = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/;

/** Reads a decimal as XML Schema writes it: `12`, `-0.50`, `+.5`, `7.`. Nothing where the text is no such number. */
export function readExact(text: string | undefined): Exact | undefined {
  if (text === undefined || text.length > CHARACTERS_MAX) return undefined;
  const parts = DECIMAL.exec(text);
  if (!parts) return undefined;
  const fraction = parts[3] ?? '';
  const all = (parts[2] ?? '') + fraction;
  if (all === '') return undefined;
  const digits = BigInt(all);
  return { digits: parts[1] === '-' ? -digits : digits, scale: fraction.length };
}

/** The sum. */
export function plus(a: Exact, b: Exact): Exact {
  if (a.scale === b.scale) return { digits: a.digits + b.digits, scale: a.scale };
  const scale = Math.max(a.scale, b.scale);
  return { digits: atScale(a, scale) + atScale(b, scale), scale };
}

/** The difference. */
export function minus(a: Exact, b: Exact): Exact {
  return plus(a, { digits: -b.digits, scale: b.scale });
}

/** The product. */
export function times(a: Exact, b: Exact): Exact {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

/** The number without its sign. */
export function size(a: Exact): Exact {
  return a.digits < 0n ? { digits: -a.digits, scale: a.scale } : a;
}

/** Less than zero, zero or more than zero, as the first number is less than, equal to or more than the second. */
export function compare(a: Exact, b: Exact): number {
  const difference = minus(a, b).digits;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether both are the same number, however many zeros they are written with. */
export function isSame(a: Exact, b: Exact): boolean {
  return minus(a, b).digits === 0n;
}

/**
 * Rounds to some decimals; what lies in the middle goes up, for negative numbers too: −0.125 becomes −0.12. So does the
 * function `round` of XPath, in which the published rules are written.
 */
export function roundUpHalf(a: Exact, decimals: number): Exact {
  if (a.scale <= decimals) return a;
  const unit = powerOfTen(a.scale - decimals);
  const doubled = 2n * a.digits + unit;
  return { digits: floorOf(doubled, 2n * unit), scale: decimals };
}

/** A percentage of an amount, exact. */
export function shareOf(amount: Exact, percent: Exact): Exact {
  const product = times(amount, percent);
  return { digits: product.digits, scale: product.scale + 2 };
}

/** Whether the first number is less than `distance` away from the second, and not exactly so far. */
export function isWithin(a: Exact, b: Exact, distance: Exact): boolean {
  return compare(size(minus(a, b)), distance) < 0;
}

/** How many decimals a number is written with, zeros and all, which is what the standard counts. */
export function decimalsOfText(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.trim().length - text.trimStart().indexOf('.') - 1;
}

/** Writes the number plainly: `-1234.5` as `-1234.50` with two decimals at least. */
export function textOf(a: Exact): string {
  const scale = Math.max(a.scale, 2);
  const digits = atScale(size(a), scale)
    .toString()
    .padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/(\d\d)0+$/, '$1');
  return `${a.digits < 0n ? '-' : ''}${whole}.${fraction}`;
}

function atScale(a: Exact, scale: number): bigint {
  return a.scale === scale ? a.digits : a.digits * powerOfTen(scale - a.scale);
}

function floorOf(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
