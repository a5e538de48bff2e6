// What receipts that wait could be for, many at once, for lists of them.

import type { Tx } from '#db/transaction.ts';
import type { Money } from '#kernel/money.ts';
import { arrivedOf, matchReceipts } from './match-receipts.ts';
import type { Match } from './receipt.ts';
import { findReceipts } from './store-matching.ts';

/** What is left of receipts, each as it would be matched now, by payment. */
export async function matchWaiting(
  tx: Tx,
  left: ReadonlyMap<string, Money>,
): Promise<ReadonlyMap<string, Match>> {
  const rows = await findReceipts(tx, [...left.keys()]);
  const arrived = rows.map((row) => {
    const one = arrivedOf(row);
    return { ...one, amount: left.get(row.id) ?? one.amount };
  });
  const matches = await matchReceipts(tx, arrived);
  return new Map(
    rows.flatMap((row, index) => {
      const match = matches[index];
      return match === undefined ? [] : [[row.id, match] as const];
    }),
  );
}
