// What customers' ways of writing are tried on: their latest receipts, those of a customer above that paid for them too, and documents.

import type { Tx } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import { readAbove } from '#parties/take-party.ts';
import type { PastDocument, PastReceipt } from './pattern.ts';
import { findPastDocuments, findPastReceipts } from './store.ts';

/** A customer's past, the latest first, and who is above it, the nearest first. */
export type Past = {
  readonly receipts: readonly PastReceipt[];
  readonly documents: readonly PastDocument[];
  readonly above: readonly CustomerId[];
};

/** The past of customers. What somebody above them paid counts where it settled documents of theirs. */
export async function readPast(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<(customerId: CustomerId) => Past> {
  const above = await readAbove(tx, customerIds);
  const payers = [...new Set([...customerIds, ...[...above.values()].flat()])];
  const [receipts, documents] = await Promise.all([
    findPastReceipts(tx, payers),
    findPastDocuments(tx, customerIds),
  ]);
  return (customerId) => {
    const own = documents.get(customerId) ?? [];
    const those = above.get(customerId) ?? [];
    const ids = new Set(own.map(({ id }) => id));
    const forIt = those
      .flatMap((id) => receipts.get(id) ?? [])
      .filter(({ paidIds }) => paidIds.some((id) => ids.has(id)));
    const all = [...(receipts.get(customerId) ?? []), ...forIt];
    return {
      receipts: all.toSorted((a, b) => Temporal.PlainDate.compare(b.receivedOn, a.receivedOn)),
      documents: own,
      above: those,
    };
  };
}
