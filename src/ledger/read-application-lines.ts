// Reading how applications were booked, each by itself: the entry of an act has the lines of all of them.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { ApplicationId } from '#kernel/id.ts';
import type { Line } from './journal.ts';
import { bookedLines } from './settlement.ts';
import { findApplications } from './store.ts';
import { findItems } from './store-items.ts';

/** The lines that applications were booked with, by application; those that took others back have theirs. */
export async function readApplicationLines(
  tx: Tx,
  ids: readonly ApplicationId[],
): Promise<ReadonlyMap<ApplicationId, readonly Line[]>> {
  const applications = await findApplications(tx, ids);
  const itemIds = applications.flatMap((one) => [one.debitItemId, one.creditItemId]);
  const items = new Map((await findItems(tx, [...new Set(itemIds)])).map((item) => [item.id, item]));
  return new Map(
    applications.map((one) => {
      const debitItem = present(items.get(one.debitItemId), 'an application has its items');
      const creditItem = present(items.get(one.creditItemId), 'an application has its items');
      return [one.id, bookedLines(one, debitItem, creditItem)];
    }),
  );
}
