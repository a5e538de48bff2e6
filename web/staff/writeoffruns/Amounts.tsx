// Sums of several currencies in one line.

import { Fragment } from 'react';
import { add, zero } from '#kernel/money.ts';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { toMoney, toValue } from '../payments/amounts.ts';

/** Amounts added up, one for each currency, in the order of the alphabet. */
export function sumsOf(amounts: readonly MoneyValue[]): readonly MoneyValue[] {
  return [...Map.groupBy(amounts, (one) => one.currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, of]) => toValue(of.reduce((sum, one) => add(sum, toMoney(one)), zero(currency))));
}

export function Amounts({ sums }: { readonly sums: readonly MoneyValue[] }) {
  return (
    <>
      {sums.map((sum, index) => (
        <Fragment key={sum.currency}>
          {index > 0 ? ' and ' : ''}
          <Money value={sum} />
        </Fragment>
      ))}
    </>
  );
}
