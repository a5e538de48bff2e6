// Which amounts of a file cannot be booked, because nobody recorded what their currency is worth.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { takeRate } from '#ledger/take-rate.ts';

/** An amount of a row and the day it is booked on. */
export type DatedAmount = { readonly line: number; readonly amount: Money; readonly on: PlainDate };

/** Looks up whether rates are there, each currency and day once. */
export class RateFinder {
  readonly #tx: Tx;
  readonly #functionalCurrency: string;
  readonly #known = new Map<string, boolean>();

  constructor(tx: Tx, functionalCurrency: string) {
    this.#tx = tx;
    this.#functionalCurrency = functionalCurrency;
  }

  /** A problem for each amount without a rate on its day or before. */
  async problemsOf(amounts: readonly DatedAmount[]): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    for (const { line, amount, on } of amounts) {
      if (amount.currency === this.#functionalCurrency || (await this.#isKnown(amount.currency, on)))
        continue;
      problems.push({
        code: 'exchange_rate_missing',
        message: `There is no rate from ${amount.currency} to ${this.#functionalCurrency} for that day or before. Record one first.`,
        line,
        column: 'currency',
        value: `${amount.currency} ${on}`,
      });
    }
    return problems;
  }

  async #isKnown(currency: string, on: PlainDate): Promise<boolean> {
    const key = `${currency} ${on}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = await takeRate(this.#tx, currency, this.#functionalCurrency, on).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal && error.code === 'exchange_rate_missing') return false;
        throw error;
      },
    );
    this.#known.set(key, found);
    return found;
  }
}
