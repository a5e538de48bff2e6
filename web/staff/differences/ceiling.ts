// What a tolerance or limit says, in words, and what a form says of one while it is typed.

import { mostOf, readCeiling } from '#differences/contract.ts';
import { type Money, parseMoney } from '#kernel/money.ts';
import { amountText } from '../../lib/format.ts';
import { typedDecimal } from '../../lib/typed.ts';
import type { MoneyValue } from '../../ui/Money.tsx';

/** As the server tells it. */
export type ShownCeiling = { readonly amountMax: MoneyValue | null; readonly percentMax: string | null };

/** `at most 5.00 EUR and 0.5 %`. */
export function ceilingWords({ amountMax, percentMax }: ShownCeiling): string {
  const amount = amountMax && `${amountText(amountMax.amount, amountMax.currency)} ${amountMax.currency}`;
  const percent = percentMax === null ? null : `${percentMax} % of the item`;
  if (amount && percent) return `up to ${amount}, and no more than ${percent}`;
  return `up to ${amount ?? percent ?? 'nothing'}`;
}

/** The two fields of a form, as they are sent. */
export function ceilingBody(typed: { readonly amount: string; readonly percent: string }, currency: string) {
  const amount = typedDecimal(typed.amount);
  const percent = typedDecimal(typed.percent);
  return {
    ...(amount === undefined ? {} : { amountMax: { amount, currency } }),
    ...(percent === undefined ? {} : { percentMax: percent }),
  };
}

/** The most that what is typed lets drop of an item; nothing while it says nothing that counts. */
export function mostTyped(
  typed: { readonly amount: string; readonly percent: string },
  of: Money,
): Money | undefined {
  const { amountMax, percentMax } = ceilingBody(typed, of.currency);
  try {
    const ceiling = readCeiling(
      {
        amountMax: amountMax && parseMoney(amountMax.amount, of.currency),
        percentMax,
      },
      of.currency,
    );
    return mostOf(ceiling, of);
  } catch {
    return undefined;
  }
}
