// Settling and taking back, as acts: lock the items, decide, save. Payments, credit notes, write-offs and imports all
// settle through here, so that items, applications and books change together or not at all.

import type { Act } from '#command/command.ts';
import { assert, present } from '#kernel/assert.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, CustomerId, ItemId } from '#kernel/id.ts';
import { ENTRY_APPLICATIONS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Entry, entry } from './journal.ts';
import type { OpenItem } from './open-item.ts';
import {
  type Application,
  decideReversal,
  decideSettlement,
  type Settlement,
  type Wanted,
} from './settlement.ts';
import {
  findImportedApplications,
  findStandingApplications,
  insertApplications,
  insertEntries,
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

/** How a settlement appears in the books: what brought it about, and on which day. */
export type SettlementOccasion = {
  readonly documentId: string;
  readonly kind: Entry['kind'];
  readonly on: PlainDate;
};

/**
 * The business day of a change: as asked, else the first day it can have from today on. A day after that is a slip, which
 * would hide the change from every report until then, and could not be taken back before. Refuses: `dated_in_future`.
 */
export function businessDay(asked: PlainDate | undefined, first: PlainDate): PlainDate {
  if (asked !== undefined && isAfter(asked, first))
    throw new Refusal('dated_in_future', { on: asked.toString(), last: first.toString() });
  return asked ?? first;
}

/** One settlement among many: what is wanted, and the occasion it is booked under. */
export type SettlementWish = { readonly wanted: readonly Wanted[]; readonly occasion: SettlementOccasion };

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
  const settlement = decideSettlement(items, wanted, occasion.on);
  save(act, [{ settlement, occasion }], settlement.items);
  return settlement;
}

/**
 * Settles many times over the same locked items, one after the other, and saves all of it in few statements: what imports
 * do. Each wish gets entries of its own.
 *
 * Refuses what `decideSettlement` refuses.
 */
export function settleMany(
  act: Act,
  items: readonly OpenItem[],
  wishes: readonly SettlementWish[],
): readonly Settlement[] {
  const now = new Map(items.map((item) => [item.id, item]));
  const changed = new Set<ItemId>();
  const decided = wishes.map(({ wanted, occasion }) => {
    const ids = new Set(wanted.flatMap((w) => [w.debitItemId, w.creditItemId]));
    const involved = [...ids].map((id) => present(now.get(id), 'the items of a settlement were read'));
    const settlement = decideSettlement(involved, wanted, occasion.on);
    for (const item of settlement.items) {
      now.set(item.id, item);
      changed.add(item.id);
    }
    return { settlement, occasion };
  });
  save(
    act,
    decided,
    items.filter((item) => changed.has(item.id)).map((item) => present(now.get(item.id), 'no item is lost')),
  );
  return decided.map((d) => d.settlement);
}

type Decided = { readonly settlement: Settlement; readonly occasion: SettlementOccasion };

function save(act: Act, decided: readonly Decided[], items: readonly OpenItem[]): void {
  const booked = decided.flatMap(book);
  insertEntries(
    act,
    booked.map((b) => b.posted),
  );
  insertApplications(
    act,
    booked.flatMap((b) => b.applications),
  );
  updateItems(act, items);
}

/**
 * The entries of a settlement: one in each company, or where it has very many parts one for some of them each, so that none grows
 * too long.
 */
function book({ settlement: { applications, linesOf }, occasion }: Decided) {
  const { on: postedOn, kind, documentId } = occasion;
  const parts = applications.map((application, index) => ({
    application,
    lines: present(linesOf[index], 'every application has its lines'),
  }));
  return [...Map.groupBy(parts, ({ application }) => application.companyId)].flatMap(([companyId, own]) =>
    Array.from({ length: Math.ceil(own.length / ENTRY_APPLICATIONS_MAX) }, (_, index) => {
      const some = own.slice(index * ENTRY_APPLICATIONS_MAX, (index + 1) * ENTRY_APPLICATIONS_MAX);
      const lines = some.flatMap((part) => part.lines);
      const posted = entry({ companyId, postedOn, kind, documentId, lines });
      return { posted, applications: some.map(({ application }) => ({ application, entryId: posted.id })) };
    }),
  );
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
  const settlement = decideReversal(items, standing, occasion.on);
  save(act, [{ settlement, occasion }], settlement.items);
  return standing;
}

/**
 * Takes back all that an import applied, each on the day it was applied, so that the books of every day are as if it had
 * not been; what was known before stays known. Gives the applications that were taken back; their items are locked.
 */
export async function unsettleImported(act: Act, batchId: string): Promise<readonly ApplicationId[]> {
  const before = await findImportedApplications(act, batchId);
  const items = await takeItems(
    act,
    before.flatMap((a) => [a.debitItemId, a.creditItemId]),
  );
  const standing = await findImportedApplications(act, batchId);
  const now = new Map(items.map((item) => [item.id, item]));
  if (standing.some((a) => !now.has(a.debitItemId) || !now.has(a.creditItemId)))
    throw new Refusal('changed_meanwhile');
  const decided: Decided[] = [];
  for (const [, sameDay] of Map.groupBy(standing, (a) => `${a.companyId} ${a.appliedOn}`)) {
    const [first] = sameDay;
    if (!first) continue;
    const ids = new Set(sameDay.flatMap((a) => [a.debitItemId, a.creditItemId]));
    const involved = [...ids].map((id) => present(now.get(id), 'the items of a reversal were read'));
    const settlement = decideReversal(involved, sameDay, first.appliedOn);
    for (const item of settlement.items) now.set(item.id, item);
    decided.push({
      settlement,
      occasion: { documentId: batchId, kind: 'unapplication', on: first.appliedOn },
    });
  }
  const after = items.map((item) => present(now.get(item.id), 'no item is lost'));
  save(act, decided, after);
  return standing.map((application) => application.id);
}
