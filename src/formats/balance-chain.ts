// Running balances: each entry leads from the balance before it to the balance after it. Files are sorted either
// way round; the chain itself tells which, and where a link is missing.

import type { Problem } from '#kernel/refusal.ts';
import type { StatementAmount, StatementBalance, StatementEntry } from './bank-statement-shape.ts';
import { amountsEqual, minusAmount, plusAmount } from './statement-tally.ts';

/** Balances around one entry, as far as the file tells them; one that is told makes the other known. */
type Link = {
  readonly line: number;
  readonly date: StatementEntry['bookingDate'];
  readonly before: StatementAmount;
  readonly after: StatementAmount;
};

/** Follows the balances of a file and says what it opened and closed with. */
export class BalanceChain {
  #first: Link | undefined;
  #last: Link | undefined;
  #isWhole = true;
  #brokenAscending: number | undefined;
  #brokenDescending: number | undefined;

  /** `before` is the balance before the entry, where the file has a column of it. */
  add(entry: StatementEntry, before: StatementAmount | undefined): void {
    const link = linkOf(entry, before);
    if (
      link === undefined ||
      (this.#last !== undefined && link.after.currency !== this.#last.after.currency)
    ) {
      this.#isWhole = false;
      return;
    }
    if (this.#last !== undefined) {
      if (!amountsEqual(this.#last.after, link.before)) this.#brokenAscending ??= link.line;
      if (!amountsEqual(link.after, this.#last.before)) this.#brokenDescending ??= link.line;
    }
    this.#first ??= link;
    this.#last = link;
  }

  /** Opening and closing balance, none when not every entry has one; and the first place where the chain breaks. */
  balances(): { readonly balances: readonly StatementBalance[]; readonly problem?: Problem | undefined } {
    const [first, last] = [this.#first, this.#last];
    if (first === undefined || last === undefined || !this.#isWhole) return { balances: [] };
    const ascends = this.#ascends(first, last);
    const [oldest, newest] = ascends ? [first, last] : [last, first];
    const broken = ascends ? this.#brokenAscending : this.#brokenDescending;
    const balances: StatementBalance[] = [
      { type: 'OPBD', amount: oldest.before, date: oldest.date },
      { type: 'CLBD', amount: newest.after, date: newest.date },
    ];
    if (broken === undefined) return { balances };
    const message = 'The balance on this line does not follow from the line before. Are entries missing?';
    return { balances, problem: { code: 'statement_balance_chain_broken', message, line: broken } };
  }

  #ascends(first: Link, last: Link): boolean {
    if (this.#brokenAscending === undefined) return true;
    if (this.#brokenDescending === undefined) return false;
    if (first.date === undefined || last.date === undefined) return true;
    return Temporal.PlainDate.compare(first.date, last.date) <= 0;
  }
}

function linkOf(entry: StatementEntry, before: StatementAmount | undefined): Link | undefined {
  const after = entry.balanceAfter;
  const { line, bookingDate: date, amount } = entry;
  if (after !== undefined) return { line, date, before: before ?? minusAmount(after, amount), after };
  return before === undefined ? undefined : { line, date, before, after: plusAmount(before, amount) };
}
