// Which amounts of a file cannot be booked, because nobody recorded what their currency is worth.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import type { Problem } from '#kernel/refusal.ts';
import { readRate } from '#ledger/take-rate.ts';

/** An amount of a row and the day it is booked on. */
export type DatedAmount = { readonly line: number; readonly amount: Money; readonly on: PlainDate };

/** Looks up whether rates are there, each currency and day once, those of rows taken together at once. */
export class RateFinder {
  readonly #tx: Tx;
  readonly #functionalCurrency: string;
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(tx: Tx, functionalCurrency: string) {
    this.#tx = tx;
    this.#functionalCurrency = functionalCurrency;
  }

  /** A problem for each amount without a rate on its day or before. */
  async problemsOf(amounts: readonly DatedAmount[]): Promise<readonly Problem[]> {
    const areThere = await Promise.all(amounts.map(({ amount, on }) => this.#isThere(amount.currency, on)));
    return amounts
      .filter((_, index) => !areThere[index])
      .map(({ line, amount, on }) => ({
        code: 'exchange_rate_missing',
        message: `There is no rate from ${amount.currency} to ${this.#functionalCurrency} for that day or before. Record one first.`,
        line,
        column: 'currency',
        value: `${amount.currency} ${on}`,
      }));
  }

  #isThere(currency: string, on: PlainDate): Promise<boolean> {
    return this.#asked.getOrInsertComputed(`${currency} ${on}`, async () => {
      return (await readRate(this.#tx, currency, this.#functionalCurrency, on)) !== undefined;
    });
  }
}
