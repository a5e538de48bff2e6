// Sums for the running difference on the apply screen, in minor units. The server decides; this only shows while typing.

import { type Money, money, parseMoney, toDecimal, zero } from '#kernel/money.ts';
import type { MoneyValue } from '../../ui/Money.tsx';

/** Thousands are told apart by a comma or a point, and the other one stands before the decimals. */
const GROUPED = /^\d{1,3}((,\d{3})+\.|(\.\d{3})+,)\d*$/;

/**
 * Reads what was typed or copied; a comma alone is taken for a point. Nothing when it is no amount of the currency.
 */
export function typedAmount(text: string, currency: string): Money | undefined {
  const close = text.replace(/[\s'’]/g, '');
  const groups = close.indexOf(',') < close.indexOf('.') ? /,/g : /\./g;
  const plain = (GROUPED.test(close) ? close.replace(groups, '') : close).replace(',', '.');
  if (plain === '') return zero(currency);
  try {
    const amount = parseMoney(plain, currency);
    return amount.minor < 0n ? undefined : amount;
  } catch {
    return undefined;
  }
}

export function toMoney(value: MoneyValue): Money {
  return parseMoney(value.amount, value.currency);
}

export function toValue(amount: Money): MoneyValue {
  return { amount: toDecimal(amount), currency: amount.currency };
}

/** The smaller of two amounts of one currency. */
export function smaller(a: Money, b: Money): Money {
  return a.minor < b.minor ? a : b;
}

/** The size of an amount, whichever way it is owed. */
export function size(a: Money): Money {
  return money(a.minor < 0n ? -a.minor : a.minor, a.currency);
}

/** An amount in minor units as people write it: `1000` of EUR is `10.00`. */
export function minorText(minor: string, currency: string): string {
  return toDecimal(money(BigInt(minor), currency));
}
