// What a discount costs in a year: giving 2 % to be paid twenty days earlier is a loan at 37 %. People compare it with what
// their bank takes.

import { divideHalfUp, type Money } from '#kernel/money.ts';
import { type Decimal, powerOfTen } from '#kernel/percent.ts';

/** Days of a year for interest: actual/365, or the money market's 360. */
export type YearDays = 360 | 365;

/**
 * The yearly cost of a discount of `percent` for being paid `daysEarlier`, as a percentage with one decimal: p / (100 − p)
 * × year / days (trade-credit formula without compounding). Undefined where no day is gained or all is given away.
 */
export function annualCost(percent: Decimal, daysEarlier: number, yearDays: YearDays): Decimal | undefined {
  const left = 100n * powerOfTen(percent.scale) - percent.digits;
  if (daysEarlier <= 0 || left <= 0n) return undefined;
  const tenths = divideHalfUp(percent.digits * BigInt(yearDays) * 1_000n, left * BigInt(daysEarlier));
  return { digits: tenths, scale: 1 };
}

/** The same for a discount in money: discount ÷ payment × year ÷ days. Undefined where no day is gained or nothing is paid. */
export function annualCostOfAmounts(
  discount: Money,
  pay: Money,
  gained: { readonly daysEarlier: number; readonly yearDays: YearDays },
): Decimal | undefined {
  const { daysEarlier, yearDays } = gained;
  if (daysEarlier <= 0 || pay.minor <= 0n) return undefined;
  const tenths = divideHalfUp(discount.minor * BigInt(yearDays) * 1_000n, pay.minor * BigInt(daysEarlier));
  return { digits: tenths, scale: 1 };
}
