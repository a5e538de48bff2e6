// An amount as people read it: right-aligned figures, quiet currency.

import { amountText } from '../lib/format.ts';

export type MoneyValue = { readonly amount: string; readonly currency: string };

export function Money({
  value,
  bare = false,
  quietZero = false,
}: {
  readonly value: MoneyValue;
  readonly bare?: boolean;
  /** Nothing is a dash: for tables full of amounts, where zeros are noise. */
  readonly quietZero?: boolean;
}) {
  if (quietZero && /^-?[0.]*$/.test(value.amount)) return <span className="amount-currency">–</span>;
  return (
    <span className="amount">
      {amountText(value.amount, value.currency)}
      {bare ? null : <span className="amount-currency">{value.currency}</span>}
    </span>
  );
}
