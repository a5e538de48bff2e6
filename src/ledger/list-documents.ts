// Listing documents by how their items stand, and how much of them was settled by what; for the modules whose documents
// they are.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { absolute } from '#kernel/money.ts';
import type { ItemKind } from './open-item.ts';
import {
  type DocumentFilter,
  type DocumentKey,
  findOpenDocuments,
  findSettledDocuments,
} from './store-documents.ts';
import { type AppliedRow, findApplied, findSettledByKind } from './store-journal.ts';

export type { DocumentFilter, DocumentKey, DocumentSought } from './store-documents.ts';
export type { AppliedRow } from './store-journal.ts';

/**
 * A page of documents: open ones by due date, oldest first; `overdue` ones are those with an instalment due before `today`;
 * settled ones by day of issue, newest first. `after` is the place of the last row before.
 */
export async function listDocuments(
  tx: Tx,
  wanted: {
    readonly standing: 'open' | 'overdue' | 'settled';
    readonly filter: DocumentFilter;
    readonly today: PlainDate;
  },
  page: { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number },
): Promise<readonly DocumentKey[]> {
  if (wanted.standing === 'settled') return findSettledDocuments(tx, wanted.filter, page);
  const dueBefore = wanted.standing === 'overdue' ? wanted.today : undefined;
  return findOpenDocuments(tx, { ...wanted.filter, dueBefore }, page);
}

/** How much of documents was settled by which kind of item, without signs; what was taken back does not count. */
export async function readSettledByKind(
  tx: Tx,
  itemIds: readonly ItemId[],
): Promise<ReadonlyMap<string, ReadonlyMap<ItemKind, bigint>>> {
  const settled = new Map<string, Map<ItemKind, bigint>>();
  if (itemIds.length === 0) return settled;
  for (const row of await findSettledByKind(tx, itemIds)) {
    const kinds = settled.get(row.document_id) ?? new Map<ItemKind, bigint>();
    kinds.set(row.other_kind, absolute(row.settled_minor));
    settled.set(row.document_id, kinds);
  }
  return settled;
}

/** What was applied to items and taken back, both ways, with what stands on the other side; the latest first. */
export async function readApplied(
  tx: Tx,
  itemIds: readonly ItemId[],
  limit: number,
): Promise<readonly AppliedRow[]> {
  return findApplied(tx, itemIds, limit);
}
