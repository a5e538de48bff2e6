// What a contact is worth at most: money of an account that is likely past due and still unpaid two weeks on. Money that comes by itself is
// worth no call. Pure.

import { type CustomerDelays, unpaidChance } from '#prediction/delays.ts';

/** How far is looked ahead, in days: a contact now, and time to pay after it. */
export const AHEAD_DAYS = 14;

/** What can be asked for of an account, due on one day; days counted from 1 January 1970. */
export type DueAmount = { readonly due: number; readonly minor: bigint };

/** What an account is worth, in minor units. */
export type AccountValue = {
  /** Likely past due and unpaid when the days are over; an expectation, rounded to a whole minor unit for each due date. */
  readonly expectedMinor: bigint;
  /** Past due by then if nothing at all is paid. */
  readonly dueThenMinor: bigint;
};

/** The worth of an account as a day begins. */
export function worthOf(amounts: readonly DueAmount[], delays: CustomerDelays, today: number): AccountValue {
  const then = today + AHEAD_DAYS;
  let expectedMinor = 0n;
  let dueThenMinor = 0n;
  for (const { due, minor } of amounts) {
    if (due >= then || minor <= 0n) continue;
    expectedMinor += BigInt(Math.round(Number(minor) * unpaidChance(delays, { due, from: today }, then - 1)));
    dueThenMinor += minor;
  }
  return { expectedMinor, dueThenMinor };
}
