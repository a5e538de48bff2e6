// What an agency says it collected and passes on: whether it adds up, whether it keeps what was agreed, and what each item
// loses by it. Pure.

import { assert } from '#kernel/assert.ts';
import type { ItemId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type AgencyFees, splitFee } from './agency-fee.ts';

/** What a debtor paid the agency of one item, what it keeps of that and the tax on it, and what it passes on. */
export type StatedAmounts = {
  readonly collected: Money;
  readonly fee: Money;
  readonly tax: Money;
  readonly remitted: Money;
};

/** A line of a statement, with the item it means. */
export type StatementLine = StatedAmounts & {
  readonly handOverId: string;
  readonly itemId: ItemId;
  readonly reference: string;
  readonly daysLate: number;
  readonly handed: Money;
  /** Whether nothing of the item was told before, on this statement or another. */
  readonly isFirst: boolean;
};

/** How an agency settles: with or without keeping its fee, and who bears that. */
export type AgencyTerms = { readonly remits: 'net' | 'gross'; readonly fees: AgencyFees };

/** What a statement says it comes to, as far as it does. */
export type StatedTotals = { readonly [Key in keyof StatedAmounts]?: StatedAmounts[Key] | undefined };

/** Sums of a statement, in minor units of its currency. */
export type StatementSums = {
  readonly collected: bigint;
  readonly fee: bigint;
  readonly tax: bigint;
  readonly remitted: bigint;
};

/** Adds the lines up. */
export function sumsOf(lines: readonly StatedAmounts[]): StatementSums {
  const sum = (of: (line: StatedAmounts) => Money) =>
    lines.reduce((total, line) => total + of(line).minor, 0n);
  return {
    collected: sum((line) => line.collected),
    fee: sum((line) => line.fee),
    tax: sum((line) => line.tax),
    remitted: sum((line) => line.remitted),
  };
}

/**
 * Makes sure that a line adds up: of an agency that keeps its fee what was collected is fee, tax and what is passed on; of
 * one that asks for it, all is passed on.
 *
 * Refuses: `agency_line_not_valid` (with the line, and what it should come to).
 */
export function checkLine(stated: StatedAmounts & { readonly reference: string }, terms: AgencyTerms): void {
  const { collected, fee, tax, remitted } = stated;
  const kept = terms.remits === 'net' ? fee.minor + tax.minor : 0n;
  const isSigned = fee.minor >= 0n && tax.minor >= 0n && remitted.minor >= 0n && collected.minor > 0n;
  if (!isSigned || collected.minor !== remitted.minor + kept)
    throw new Refusal('agency_line_not_valid', {
      reference: stated.reference,
      collected: toDecimal(collected),
      comesTo: toDecimal(money(remitted.minor + kept, collected.currency)),
    });
}

/** What an item loses by a line: money, and beside it what the agency kept, with the tax of that which we may deduct. */
export type LineEffect = { readonly money: Money; readonly kept: Money; readonly keptTax: Money };

/**
 * What a line does to its item. What the agency keeps of our money is our cost; what the debtor pays on top for it never was
 * of the item. Of an agency that asks for its fee nothing is kept: its invoice is in other books.
 */
export function effectOf(line: StatedAmounts, terms: AgencyTerms, isTaxDeducted: boolean): LineEffect {
  const none = money(0n, line.collected.currency);
  if (terms.remits === 'gross' || terms.fees.bearer === 'debtor')
    return { money: line.remitted, kept: none, keptTax: none };
  const kept = money(line.fee.minor + line.tax.minor, line.collected.currency);
  assert(line.remitted.minor + kept.minor === line.collected.minor, 'money and fee are what was collected');
  return { money: line.remitted, kept, keptTax: isTaxDeducted ? line.tax : none };
}

/** What was agreed of a line, and by how much the fee with its tax is above it; below nothing where less was taken. */
export function agreedOf(
  line: StatementLine,
  { fees }: AgencyTerms,
): { readonly fee: Money; readonly tax: Money; readonly over: Money } {
  const split = splitFee(line.collected.minor, line, fees);
  const { currency } = line.collected;
  return {
    fee: money(split.fee, currency),
    tax: money(split.tax, currency),
    over: money(line.fee.minor + line.tax.minor - split.fee - split.tax, currency),
  };
}

/** Their cent of rounding on a fee and one on its tax; more than that is another fee than the one agreed. */
const ROUNDING_MINOR = 2n;

/** Whether so much above or below what was agreed is more than rounding. */
export function isOtherFee(over: Money): boolean {
  return over.minor > ROUNDING_MINOR || over.minor < -ROUNDING_MINOR;
}
