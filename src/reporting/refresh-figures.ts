// Keeping what reports read in order: the cache of what customers owe near to the truth, the days of the ledger few. Cheap
// enough to be done every minute.

import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { prepareReport } from './store-aging.ts';
import { claimFigures, findFiguresState, meltDays, renewFigures } from './store-figures.ts';

/**
 * A change is recorded with the moment its request came in and is seen only when it commits: looking back this far catches
 * those that took long. The day's first run looks at all customers, so that nothing stays missed.
 */
const LATE_COMMIT = { minutes: 15 } as const;

/**
 * Renews the cache of what customers owe, and melts the days of the ledger. A new day, or no cache yet, means all
 * customers, because due dates have passed;
 * else only those whose books changed. Gives how many rows of the cache were written.
 */
export async function refreshFigures(
  tx: Tx,
  at: { readonly now: Instant; readonly today: PlainDate },
): Promise<number> {
  prepareReport(tx);
  const before = await findFiguresState(tx);
  await claimFigures(tx, { as_of: at.today, refreshed_at: at.now });
  await meltDays(tx);
  const since = before?.as_of.equals(at.today) ? before.refreshed_at.subtract(LATE_COMMIT) : undefined;
  return renewFigures(tx, at.today, since);
}
