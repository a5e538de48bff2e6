// What is in dispute, by customer, company and currency: a part of what is open, shown beside the aging and not taken off it.

import type { Tx } from '#db/transaction.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import type { Scope } from './store-aging.ts';
import { findDisputedItems } from './store-disputed.ts';

/** What is disputed, in minor units. */
export type DisputedSums = {
  /** Of all customers of the scope. */
  readonly all: (companyId: string, currency: string) => bigint;
  readonly of: (customerId: string | null, companyId: string, currency: string) => bigint;
};

/** What was in dispute on the day of a scope, as known at its moment. */
export async function readDisputedSums(tx: Tx, scope: Scope): Promise<DisputedSums> {
  const items = await findDisputedItems(tx, scope);
  const amounts = await readDisputed(
    tx,
    items.map((item) => item.item_id),
    { asOf: scope.asOf, knownAt: scope.knownAt },
  );
  const sums = new Map<string, bigint>();
  const add = (key: string, minor: bigint) => sums.set(key, (sums.get(key) ?? 0n) + minor);
  for (const item of items) {
    const { minor } = amounts.get(item.item_id) ?? { minor: 0n };
    add(`${item.company_id} ${item.currency}`, minor);
    add(`${item.customer_id} ${item.company_id} ${item.currency}`, minor);
  }
  return {
    all: (companyId, currency) => sums.get(`${companyId} ${currency}`) ?? 0n,
    of: (customerId, companyId, currency) => sums.get(`${customerId} ${companyId} ${currency}`) ?? 0n,
  };
}
