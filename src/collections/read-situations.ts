// What reminding has to know of customers: what is open, held and covered, and what of it they dispute.

import type { Tx } from '#db/transaction.ts';
import { readDisputedOf } from '#disputes/read-amounts.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { readPromisedOf } from '#promises/read-standings.ts';
import { readUnposted } from '#uploads/read-unposted.ts';
import { type Situation, withDisputes, withPromises, withUnposted } from './reminder.ts';
import { findSituations } from './store.ts';

/** Customers of a company as far as reminding goes, see `findSituations`; what is in dispute now, waits to be posted or is promised, is not asked for. */
export async function readSituations(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  days: { readonly on: PlainDate; readonly dueUpTo: PlainDate },
): Promise<ReadonlyMap<CustomerId, Situation>> {
  const [situations, disputed, unposted, promised] = await Promise.all([
    findSituations(tx, companyId, customerIds, days),
    readDisputedOf(tx, customerIds),
    readUnposted(tx, customerIds),
    readPromisedOf(tx, customerIds, days.on),
  ]);
  if (disputed.size === 0 && unposted.size === 0 && promised.size === 0) return situations;
  return new Map(
    [...situations].map(([id, situation]) => [
      id,
      withPromises(withUnposted(withDisputes(situation, disputed), unposted), promised),
    ]),
  );
}
