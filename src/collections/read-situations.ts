// What reminding has to know of customers: what is open, held and covered, and what of it they dispute.

import type { Tx } from '#db/transaction.ts';
import { readDisputedOf } from '#disputes/read-amounts.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, MessageId } from '#kernel/id.ts';
import { type Situation, withDisputes, withPromises, withUnposted } from '#policies/reminder.ts';
import { readPromisedOf } from '#promises/read-standings.ts';
import { readUnposted } from '#uploads/read-unposted.ts';
import { findLastTold, findSituations } from './store.ts';

/**
 * Customers of a company as far as reminding goes, see `findSituations`; what is in dispute now, waits to be posted or is
 * promised, is not asked for. `sending`: the message that is about to leave, which is not asked to wait for itself.
 */
export async function readSituations(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  days: {
    readonly on: PlainDate;
    readonly dueUpTo: PlainDate;
    readonly sending?: { readonly messageId: MessageId; readonly runOn: PlainDate };
  },
): Promise<ReadonlyMap<CustomerId, Situation>> {
  const [situations, disputed, unposted, promised, told] = await Promise.all([
    findSituations(tx, companyId, customerIds, days),
    readDisputedOf(tx, customerIds),
    readUnposted(tx, customerIds),
    readPromisedOf(tx, customerIds, days.on),
    findLastTold(tx, companyId, customerIds, days.sending),
  ]);
  return new Map(
    [...situations].map(([id, situation]) => {
      const last = told.get(id);
      const whole = { ...situation, lastToldOn: last?.toldOn, lastMessage: last?.message };
      return [id, withPromises(withUnposted(withDisputes(whole, disputed), unposted), promised)];
    }),
  );
}
