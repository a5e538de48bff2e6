// What a document amount is worth in the company's functional currency on a day.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import {
  absolute,
  type Currency,
  decimalsOf,
  MINOR_MAX,
  type Money,
  money,
  sum,
  toDecimal,
} from '#kernel/money.ts';
import { convertMinor, type Decimal, decimalText, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findRate } from './store.ts';

/** A rate of exchange: one unit of the document currency is worth that many of the functional one. */
export type Rate = { readonly rate: Decimal; readonly functionalCurrency: Currency };

/**
 * The rate from a document currency to the functional one on a day: 1 for the same currency, else the latest recorded for
 * that day or before, in whichever direction it was stated. The inverse is rounded to twelve decimals.
 *
 * Refuses: `exchange_rate_missing`.
 */
export async function takeRate(
  tx: Tx,
  from: Currency,
  functionalCurrency: Currency,
  on: PlainDate,
): Promise<Rate> {
  const rate = await readRate(tx, from, functionalCurrency, on);
  if (rate) return { rate, functionalCurrency };
  throw new Refusal('exchange_rate_missing', { from, to: functionalCurrency, on: on.toString() });
}

/** The rates of many days and currencies, each asked for once and all together; the answer gives that of one of them. */
export type RatesOf = (currency: Currency, on: PlainDate) => Rate;

/** Takes many rates as `takeRate` takes one. Refuses: `exchange_rate_missing`. */
export async function takeRates(
  tx: Tx,
  wanted: readonly { readonly currency: Currency; readonly on: PlainDate }[],
  functionalCurrency: Currency,
): Promise<RatesOf> {
  const asked = new Map<string, Promise<Rate>>();
  for (const { currency, on } of wanted)
    asked.getOrInsertComputed(`${currency} ${on}`, () => takeRate(tx, currency, functionalCurrency, on));
  const rates = new Map(await Promise.all([...asked].map(async ([key, rate]) => [key, await rate] as const)));
  return (currency, on) => present(rates.get(`${currency} ${on}`), 'every rate was read');
}

const ONE: Decimal = { digits: 1n, scale: 0 };

/** The rate that `takeRate` takes, or nothing where none was recorded. */
export async function readRate(
  tx: Tx,
  from: Currency,
  to: Currency,
  on: PlainDate,
): Promise<Decimal | undefined> {
  if (from === to) return ONE;
  const stated = await findRate(tx, { from, to, on });
  if (stated === undefined) return undefined;
  const rate = parseDecimal(stated.rate);
  return stated.base === from ? rate : invert(rate);
}

/** Twelve decimals, as the table of rates keeps. */
const RATE_SCALE = 12;

function invert(rate: Decimal): Decimal {
  const one = 10n ** BigInt(RATE_SCALE + rate.scale);
  return { digits: (one + rate.digits / 2n) / rate.digits, scale: RATE_SCALE };
}

/** The amount in functional currency, rounded half up to its minor unit. Refuses: `amount_too_large`. */
export function toFunctional(amount: Money, rate: Rate): Money {
  if (amount.currency === rate.functionalCurrency) return amount;
  const minor = convertMinor(
    amount.minor,
    rate.rate,
    decimalsOf(amount.currency),
    decimalsOf(rate.functionalCurrency),
  );
  if (absolute(minor) > MINOR_MAX)
    throw new Refusal('amount_too_large', {
      amount: toDecimal(amount),
      currency: amount.currency,
      rate: decimalText(rate.rate),
      functionalCurrency: rate.functionalCurrency,
    });
  return money(minor, rate.functionalCurrency);
}

/** The rate as it is stored with a document. */
export function rateText(rate: Rate): string {
  return decimalText(rate.rate);
}

/**
 * What amounts are worth together in a currency, at the rates of today: for rules that speak of amounts whatever their
 * currency. Refuses: `exchange_rate_missing`, `amount_too_large`.
 */
export async function takeWorth(act: Act, amounts: readonly Money[], currency: Currency): Promise<Money> {
  const worths = await Promise.all(
    amounts.map(async (amount) =>
      toFunctional(amount, await takeRate(act, amount.currency, currency, act.today)),
    ),
  );
  return sum(worths, currency);
}
