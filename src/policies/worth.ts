// What amounts in several currencies come to in one, for rules that speak of amounts whatever their currency.

import { type Currency, decimalsOf, type Money, money } from '#kernel/money.ts';
import { convertMinor, type Decimal } from '#kernel/percent.ts';

/** Rates by `FROM TO`: one unit of the first currency is worth that many of the second. */
export type Rates = ReadonlyMap<string, Decimal>;

/** How a rate is found. */
export function ratePair(from: Currency, to: Currency): string {
  return `${from} ${to}`;
}

/** What amounts come to in a currency, each rounded half up to its minor unit; undefined where a rate is missing. */
export function worthOf(amounts: readonly Money[], currency: Currency, rates: Rates): Money | undefined {
  let minor = 0n;
  for (const amount of amounts) {
    if (amount.currency === currency) {
      minor += amount.minor;
      continue;
    }
    const rate = rates.get(ratePair(amount.currency, currency));
    if (rate === undefined) return undefined;
    minor += convertMinor(amount.minor, rate, decimalsOf(amount.currency), decimalsOf(currency));
  }
  return money(minor, currency);
}
