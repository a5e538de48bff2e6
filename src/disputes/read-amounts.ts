// Reading what became of disputed money, for commands, pages and other modules.

import type { Tx } from '#db/transaction.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { type Amounts, followItem, NOTHING, sumOf } from './standing.ts';
import { findDisputeItems, findHappenings, findItemsInDispute, type Past } from './store.ts';

/** What of items is in dispute, by item, without sign; items with nothing in dispute are left out. As of a past, else now. */
export async function readDisputed(
  tx: Tx,
  itemIds: readonly ItemId[],
  past: Past = {},
): Promise<ReadonlyMap<ItemId, Money>> {
  const followed = await findHappenings(tx, itemIds, past);
  return new Map(
    followed.flatMap(({ itemId, minor, currency, happened }) => {
      const open = sumOf([...followItem(minor, happened).values()]).open;
      return open === 0n ? [] : [[itemId, money(open, currency)] as const];
    }),
  );
}

/** What of the items of customers is in dispute now, by item. */
export async function readDisputedOf(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<ItemId, Money>> {
  return readDisputed(tx, await findItemsInDispute(tx, customerIds));
}

/** One item of a dispute with what became of its part. */
export type ItemAmounts = { readonly itemId: ItemId; readonly amounts: Amounts };

/** What became of disputes, item by item, as of a past, else now. */
export async function readAmounts(
  tx: Tx,
  disputeIds: readonly string[],
  past: Past = {},
): Promise<ReadonlyMap<string, readonly ItemAmounts[]>> {
  if (disputeIds.length === 0) return new Map();
  const items = await findDisputeItems(tx, disputeIds);
  const followed = await findHappenings(tx, [...new Set(items.map((item) => item.itemId))], past);
  const amountsOf = new Map(
    followed.map(({ itemId, minor, happened }) => [itemId, followItem(minor, happened)]),
  );
  return Map.groupBy(
    items.map(({ disputeId, itemId }) => ({
      disputeId,
      itemId,
      amounts: amountsOf.get(itemId)?.get(disputeId) ?? NOTHING,
    })),
    (one) => one.disputeId,
  );
}
