// What reminding has to know of customers: what is open, held and covered, what of it they dispute or promised, and what a person
// skipped. What holds whatever the day is read once; holds, promises and skips are asked for by day.

import type { Tx } from '#db/transaction.ts';
import { readDisputedOf } from '#disputes/read-amounts.ts';
import { readHandedOver } from '#escalation/read-claims.ts';
import { type Held, readHeld } from '#holds/read-holds.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId, MessageId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import { readItems } from '#ledger/read-items.ts';
import { type Situation, withHandedOver, withHolds, withSkips, withUnposted } from '#policies/reminder.ts';
import { readPromisedOf } from '#promises/read-standings.ts';
import { readSkips } from '#skips/read-skips.ts';
import type { Skips } from '#skips/skip.ts';
import { readUnposted } from '#uploads/read-unposted.ts';
import { findLastTold, findSituations } from './store.ts';

/** What stops reminders on a day and may not on the next. */
export type OfDay = {
  readonly held: Held;
  readonly promised: ReadonlyMap<ItemId, Money>;
  /** Customers that promised something of the company, due or not. */
  readonly promising: ReadonlySet<CustomerId>;
  readonly skips: Skips;
};

/**
 * Customers of a company as far as reminding goes, see `findSituations`; with what is in dispute now or promised, and without
 * what waits to be posted or was skipped in the reminders of `said` to `on`. `sending`: the messages that are about to
 * leave, one to each customer, which are not asked to wait for themselves.
 */
export async function readSituations(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  days: {
    readonly said: PlainDate;
    readonly on: PlainDate;
    readonly dueUpTo: PlainDate;
    readonly sending?: { readonly messageIds: readonly MessageId[]; readonly runOn: PlainDate };
  },
): Promise<ReadonlyMap<CustomerId, Situation>> {
  const [standing, ofDay] = await Promise.all([
    readStanding(tx, companyId, customerIds, days),
    readOfDay(tx, companyId, customerIds, { from: days.said, to: days.on }),
  ]);
  return new Map([...standing].map(([id, situation]) => [id, onDay(situation, ofDay)]));
}

/** The same without what depends on the day: holds, promises and skips. */
export async function readStanding(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  days: {
    readonly on: PlainDate;
    readonly dueUpTo: PlainDate;
    readonly sending?: { readonly messageIds: readonly MessageId[]; readonly runOn: PlainDate };
  },
): Promise<ReadonlyMap<CustomerId, Situation>> {
  const [situations, handed, disputed, unposted, told] = await Promise.all([
    findSituations(tx, companyId, customerIds, days),
    readHandedOver(tx, customerIds),
    readDisputedOf(tx, customerIds),
    readUnposted(tx, customerIds),
    findLastTold(tx, companyId, customerIds, days.sending),
  ]);
  const disputing = await customersOf(tx, companyId, [...disputed.keys()]);
  return new Map(
    [...situations].map(([id, situation]) => {
      const last = told.get(id);
      const whole: Situation = {
        ...withUnposted(withHandedOver(situation, handed), unposted),
        disputed: { byItem: disputed, isAny: disputing.has(id) },
        lastToldOn: last?.toldOn,
        lastMessage: last?.message,
      };
      return [id, whole];
    }),
  );
}

/** What of customers is on hold, promised or skipped on a day: skipped in the reminders of any day from `from` to `to`. */
export async function readOfDay(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<OfDay> {
  const [held, promised, skips] = await Promise.all([
    readHeld(tx, companyId, customerIds, to),
    readPromisedOf(tx, customerIds, to),
    readSkips(tx, companyId, customerIds, { from, to }),
  ]);
  return { held, promised, skips, promising: await customersOf(tx, companyId, [...promised.keys()]) };
}

/** A customer with what is so on a day. */
export function onDay(situation: Situation, { held, promised, promising, skips }: OfDay): Situation {
  return {
    ...withSkips(withHolds(situation, held), skips),
    promised: { byItem: promised, isAny: promising.has(situation.customerId) },
  };
}

/** Whose items of a company these are, due or not. */
async function customersOf(
  tx: Tx,
  companyId: CompanyId,
  ids: readonly ItemId[],
): Promise<ReadonlySet<CustomerId>> {
  const items = ids.length === 0 ? [] : await readItems(tx, ids);
  return new Set(
    items.flatMap((item) =>
      item.companyId === companyId && item.customerId !== null ? [item.customerId] : [],
    ),
  );
}
