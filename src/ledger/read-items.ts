// Reading open items for other modules, without locking them.

import type { Tx } from '#db/transaction.ts';
import type { ApplicationId, CustomerId, ItemId } from '#kernel/id.ts';
import type { OpenItem } from './open-item.ts';
import type { Application } from './settlement.ts';
import { findStandingApplications } from './store.ts';
import {
  findItemIdsOfDocuments,
  findItems,
  findItemsOfDocuments,
  findOpenItemsOfCustomer,
  type ItemOfDocument,
} from './store-items.ts';

/** The items of documents (invoices, payments …), by document and instalment. */
export async function readItemsOfDocuments(
  tx: Tx,
  documentIds: readonly string[],
): Promise<readonly OpenItem[]> {
  return findItemsOfDocuments(tx, documentIds);
}

/** Which items documents have, for who locks them before looking at them. */
export async function readItemIdsOfDocuments(
  tx: Tx,
  documentIds: readonly string[],
): Promise<readonly ItemOfDocument[]> {
  return findItemIdsOfDocuments(tx, documentIds);
}

/** Items by id, in no order, as far as they exist. */
export async function readItems(tx: Tx, ids: readonly ItemId[]): Promise<readonly OpenItem[]> {
  return findItems(tx, ids);
}

/** What is open for a customer, oldest due first: debts and credits alike. */
export async function readOpenItems(tx: Tx, customerId: CustomerId): Promise<readonly OpenItem[]> {
  return findOpenItemsOfCustomer(tx, customerId);
}

/** Applications that stand (neither taken back nor taking back): of items, or with given ids. */
export async function readStandingApplications(
  tx: Tx,
  by: { readonly itemIds: readonly ItemId[] } | { readonly ids: readonly ApplicationId[] },
): Promise<readonly Application[]> {
  return findStandingApplications(tx, by);
}

/** What of debit items was written off and stands, in minor units of their one currency. */
export async function readWrittenOff(tx: Tx, itemIds: readonly ItemId[]): Promise<bigint> {
  const standing = await findStandingApplications(tx, { itemIds });
  return standing
    .filter((application) => application.method === 'write_off' && itemIds.includes(application.debitItemId))
    .reduce((total, application) => total + application.amount.minor, 0n);
}
