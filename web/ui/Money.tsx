// An amount as people read it: right-aligned figures, quiet currency.

import { amountText } from '../lib/format.ts';

export type MoneyValue = { readonly amount: string; readonly currency: string };

export function Money({ value, bare = false }: { readonly value: MoneyValue; readonly bare?: boolean }) {
  return (
    <span className="amount">
      {amountText(value.amount, value.currency)}
      {bare ? null : <span className="amount-currency">{value.currency}</span>}
    </span>
  );
}
