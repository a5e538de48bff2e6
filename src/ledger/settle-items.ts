// Settling and taking back, as acts: lock the items, decide, save. Payments, credit notes, write-offs and imports all
// settle through here, so that items, applications and books change together or not at all.

import type { Act } from '#command/command.ts';
import { assert, present } from '#kernel/assert.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, CustomerId, ItemId } from '#kernel/id.ts';
import { BULK_ROWS } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from './open-item.ts';
import { postEntries } from './post-entries.ts';
import type { Application, Settlement, Wanted } from './settlement.ts';
import { type Posted, type SettlementOccasion, type SettlementWish, Settling } from './settling.ts';
import {
  findImportedApplications,
  findImportedSides,
  findStandingApplications,
  insertApplications,
} from './store.ts';
import { findMovedSince, lockItems, lockOpenItemsOf, updateItems } from './store-items.ts';

/**
 * Reads and locks items, in id order; the command's moment is then after what was done to them before, or it begins anew where
 * it has written already and something was. Refuses: `item_not_found`.
 */
export async function takeItems(act: Act, ids: readonly ItemId[]): Promise<readonly OpenItem[]> {
  const wanted = [...new Set(ids)];
  const items = await lockItems(act, wanted);
  const movedAt = act.moveOn() ? undefined : await findMovedSince(act, wanted, act.now);
  if (movedAt) act.beginAnew(movedAt);
  if (items.length !== wanted.length) {
    const found = new Set(items.map((item) => item.id));
    throw new Refusal('item_not_found', { items: wanted.filter((id) => !found.has(id)) });
  }
  return items;
}

/**
 * Holds what is open of customers until the transaction ends, so that it is what it was read as; the command's moment is then
 * after that, for which it holds before it writes.
 */
export async function holdOpenItems(act: Act, customerIds: readonly CustomerId[]): Promise<void> {
  await lockOpenItemsOf(act, customerIds);
  assert(act.moveOn(), 'what is open is held before anything is written');
}

/**
 * The business day of a change: as asked, else the first day it can have from today on. A day after that is a slip, which
 * would hide the change from every report until then, and could not be taken back before. Refuses: `dated_in_future`.
 */
export function businessDay(asked: PlainDate | undefined, first: PlainDate): PlainDate {
  if (asked !== undefined && isAfter(asked, first))
    throw new Refusal('dated_in_future', { on: asked.toString(), last: first.toString() });
  return asked ?? first;
}

/**
 * Settles items that the caller has locked (or has just made, in this transaction) and saves what follows. The entry is
 * the occasion's, in the company of the items; each company has its own.
 *
 * Refuses what `decideSettlement` refuses.
 */
export function settleItems(
  act: Act,
  items: readonly OpenItem[],
  wanted: readonly Wanted[],
  occasion: SettlementOccasion,
): Settlement {
  const settling = new Settling(items);
  const settlement = settling.settle({ wanted, occasion });
  saveSettling(act, settling);
  return { ...settlement, items: items.map((item) => settling.itemNow(item.id)) };
}

/**
 * Settles many times over the same locked items, one after the other, and saves all of it in few statements: what imports do.
 * Each wish gets entries of its own. With it go entries that bring new items about, which are settled at once: they are written
 * as they stand in the end, not wholly open first and changed right after.
 *
 * A posting into a locked period surfaces as the refusal `period_locked`. Refuses what `decideSettlement` refuses.
 */
export function postAndSettle(
  act: Act,
  posted: readonly Posted[],
  items: readonly OpenItem[],
  wishes: readonly SettlementWish[],
): readonly Settlement[] {
  const settling = new Settling(items);
  settling.post(posted);
  const settlements = wishes.map((wish) => settling.settle(wish));
  saveSettling(act, settling);
  return settlements;
}

/** Writes what was decided, and the items as they stand in the end. */
export function saveSettling(act: Act, settling: Settling): void {
  saveFacts(act, settling);
  updateItems(act, settling.moved);
}

/** Writes what was decided so far: new items first, of which entries speak, then the entries, which applications name. */
function saveFacts(act: Act, settling: Settling): void {
  const { added, entries, applications } = settling.takeFacts();
  postEntries(act, entries, added);
  insertApplications(act, applications);
}

/** Writes what was decided so far once it is much, and waits for that: it need not be kept until the end of a large one. */
export async function saveIfMuch(act: Act, settling: Settling): Promise<void> {
  if (settling.rowCount < BULK_ROWS) return;
  saveFacts(act, settling);
  await act.settle();
}

/**
 * Takes applications back on a day, restoring the items of both sides and the books.
 *
 * Refuses: `application_not_found` (unknown, or taken back already), `reversed_too_early`.
 */
export async function unsettleItems(
  act: Act,
  by: { readonly ids: readonly ApplicationId[] } | { readonly itemIds: readonly ItemId[] },
  occasion: SettlementOccasion,
): Promise<readonly Application[]> {
  const before = await findStandingApplications(act, by);
  const items = await takeItems(
    act,
    before.flatMap((a) => [a.debitItemId, a.creditItemId]),
  );
  // Read again now that the items are locked: nobody can settle or take back any more what we are about to take back.
  const standing = await findStandingApplications(act, by);
  if ('ids' in by && standing.length !== new Set(by.ids).size) {
    const found = new Set(standing.map((a) => a.id));
    throw new Refusal('application_not_found', { applications: by.ids.filter((id) => !found.has(id)) });
  }
  const known = new Set(items.map((item) => item.id));
  if (standing.some((a) => !known.has(a.debitItemId) || !known.has(a.creditItemId)))
    throw new Refusal('changed_meanwhile');
  if (standing.length === 0) return [];
  const settling = new Settling(items);
  settling.takeBack(standing, occasion);
  saveSettling(act, settling);
  return standing;
}

/** What an import applied and is still applied. */
export type ImportedApplications = {
  readonly applications: readonly Application[];
  /** The items of both sides of them, and those asked for besides. */
  readonly items: readonly OpenItem[];
};

/**
 * Reads what an import applied, and locks the items of both sides with others, in id order.
 *
 * Refuses: `item_not_found`, `changed_meanwhile`.
 */
export async function takeImported(
  act: Act,
  batchId: string,
  others: readonly ItemId[],
): Promise<ImportedApplications> {
  const sides = await findImportedSides(act, batchId);
  const items = await takeItems(act, [...others, ...sides]);
  const applications = await findImportedApplications(act, batchId);
  const known = new Set(items.map((item) => item.id));
  if (applications.some((a) => !known.has(a.debitItemId) || !known.has(a.creditItemId)))
    throw new Refusal('changed_meanwhile');
  return { applications, items };
}

/**
 * Takes back what an import applied, each on the day it was applied, so that the books of every day are as if it had not been;
 * what was known before stays known. To be ended by `saveSettling`, with what else is to be done with the items.
 */
export async function takeBackImported(
  act: Act,
  imported: ImportedApplications,
  batchId: string,
): Promise<Settling> {
  const settling = new Settling(imported.items);
  const byDay = Map.groupBy(imported.applications, (a) => `${a.companyId} ${a.appliedOn}`);
  for (const sameDay of byDay.values()) {
    const { appliedOn: on } = present(sameDay[0], 'a group of days has one');
    settling.takeBack(sameDay, { documentId: batchId, kind: 'unapplication', on });
    await saveIfMuch(act, settling);
  }
  return settling;
}
