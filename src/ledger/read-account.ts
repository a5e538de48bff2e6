// Reading customers' accounts for statements: open items, balances and movements, as of days and as known at a moment.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { AccountBalance, AccountItem, AccountMovement } from './account.ts';
import {
  type AccountScope,
  findAccountBalances,
  findAccountHolders,
  findAccountItems,
  findAccountMovements,
  type HoldersAmong,
} from './store-account.ts';

export type { AccountScope } from './store-account.ts';

/** What was open of accounts at the end of a day, the oldest due first; at most so many. */
export function readAccountItems(
  tx: Tx,
  scope: AccountScope & { readonly asOf: PlainDate },
  limit: number,
): Promise<readonly AccountItem[]> {
  return findAccountItems(tx, scope, limit);
}

/** The balances of accounts before a first day and at the end of a last; those without any line are left out. */
export function readAccountBalances(
  tx: Tx,
  scope: AccountScope & { readonly from: PlainDate; readonly to: PlainDate },
): Promise<readonly AccountBalance[]> {
  return findAccountBalances(tx, scope);
}

/** What moved accounts from a first day to a last, both counted, in the order of the books; at most so many. */
export function readAccountMovements(
  tx: Tx,
  scope: AccountScope & { readonly from: PlainDate; readonly to: PlainDate },
  limit: number,
): Promise<readonly AccountMovement[]> {
  return findAccountMovements(tx, scope, limit);
}

/** Who has had an account by a day, by id, from after one. */
export function readAccountHolders(
  tx: Tx,
  among: HoldersAmong,
  page: { readonly to: PlainDate; readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  return findAccountHolders(tx, among, page);
}
