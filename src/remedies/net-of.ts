// What a disputed amount is without its tax. What is disputed is owed with tax in it; a credit note is written without.

import { divideHalfUp, type Money, money } from '#kernel/money.ts';
import { type Decimal, percentOf, powerOfTen } from '#kernel/percent.ts';

/**
 * The net amount that comes to a gross one together with its tax, both rounded half up to the minor unit. Not every gross
 * amount can be reached (three cents with 19 %): then the largest net amount that does not exceed it, so that no more is
 * credited than was disputed.
 */
export function netOf(gross: Money, percent: Decimal): Money {
  const one = powerOfTen(percent.scale);
  const start = divideHalfUp(gross.minor * 100n * one, 100n * one + percent.digits);
  const grossOf = (minor: bigint): bigint => minor + percentOf(money(minor, gross.currency), percent).minor;
  let net = start;
  while (net > 0n && grossOf(net) > gross.minor) net -= 1n;
  while (grossOf(net + 1n) <= gross.minor) net += 1n;
  return money(net, gross.currency);
}
