// Money between companies as the accounting system of either books it: by account, debit positive.

import { type Money, money } from '#kernel/money.ts';
import type { Account } from '#ledger/chart.ts';
import { credit, debit, type Line } from '#ledger/journal.ts';
import { isHandedOver, type PostingPart } from './posting.ts';

/** What an account moves by, in the currency of the receipt and in the company's own. */
export type Booked = { readonly account: Account; readonly amount: Money; readonly functional: Money };

/** Money that went from one company to another, or came back: then it is negative. */
export type Between = {
  readonly amount: Money;
  readonly fromFunctional: Money;
  readonly toFunctional: Money;
};

/**
 * What one company books of money between two, by account. The one that received it owes it to the other, and has as much less on
 * account; for the other it is due from the first, and settles what `applied` says: there nothing is left on account.
 */
export function bookedBetween(
  part: PostingPart,
  { amount, fromFunctional, toFunctional }: Between,
  applied: readonly Line[],
): readonly Booked[] {
  const lines: readonly Line[] = isHandedOver(part)
    ? [debit('unapplied-cash', amount, fromFunctional), credit('due-to-companies', amount, fromFunctional)]
    : [
        debit('due-from-companies', amount, toFunctional),
        credit('unapplied-cash', amount, toFunctional),
        ...applied,
      ];
  return byAccount(lines).filter((one) => one.amount.minor !== 0n || one.functional.minor !== 0n);
}

function byAccount(lines: readonly Line[]): readonly Booked[] {
  return [...Map.groupBy(lines, (line) => line.account)].map(([account, own]) => ({
    account,
    amount: sum(own.map((line) => line.amount)),
    functional: sum(own.map((line) => line.functional)),
  }));
}

/** Amounts of one currency; there is one at least. */
function sum(amounts: readonly Money[]): Money {
  const minor = amounts.reduce((total, one) => total + one.minor, 0n);
  return money(minor, amounts[0]?.currency ?? '');
}
