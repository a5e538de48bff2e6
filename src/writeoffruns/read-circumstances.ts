// What is so around items that somebody wants written off.

import type { Tx } from '#db/transaction.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import { readHandedOver } from '#escalation/read-claims.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { readPromisedOf } from '#promises/read-standings.ts';
import { type Circumstances, creditKey } from './obstacle.ts';
import { findInRuns, findWithCredit } from './store.ts';

/** What is disputed, promised, handed over or waits in a run (other than `runId`) of items on a day, and whose credit waits. */
export async function readCircumstances(
  tx: Tx,
  items: readonly OpenItem[],
  today: PlainDate,
  runId?: string | undefined,
): Promise<Circumstances> {
  const itemIds = items.map((item) => item.id);
  const customerIds = [
    ...new Set(items.flatMap((item): CustomerId[] => (item.customerId ? [item.customerId] : []))),
  ];
  const companyIds = [...new Set(items.map((item) => item.companyId))];
  const [inRun, disputed, promised, handedOver, credits] = await Promise.all([
    findInRuns(tx, itemIds, runId),
    readDisputed(tx, itemIds),
    readPromisedOf(tx, customerIds, today),
    readHandedOver(tx, customerIds),
    findWithCredit(tx, companyIds, customerIds),
  ]);
  return {
    inRun,
    disputed: new Set(disputed.keys()),
    promised: new Set(promised.keys()),
    handedOver,
    withCredit: new Set(credits.map((one) => creditKey(one.customer_id, one.currency))),
  };
}
