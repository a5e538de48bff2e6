// Reading tags: of customers, and all there are.

import type { Tx } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { countTags, findTagsOf } from './store.ts';
import { TAGS_LISTED_MAX } from './tag.ts';

/** The tags of customers, by name; those that have none are left out. */
export function readTagsOf(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly string[]>> {
  return findTagsOf(tx, customerIds);
}

/** Every tag with how many customers have it. */
export async function listTags(tx: Tx) {
  return { rows: [...(await countTags(tx, TAGS_LISTED_MAX))] };
}

/** The tags of one customer. Refuses: `customer_not_found`. */
export async function readCustomerTags(tx: Tx, customerId: CustomerId, permissions: ReadonlySet<string>) {
  const { id } = await takeCustomer(tx, customerId);
  const tags = (await findTagsOf(tx, [id])).get(id) ?? [];
  const may: true | string = permissions.has('customer.edit') ? true : 'not_permitted';
  return { tags: [...tags], may: { change: may } };
}
