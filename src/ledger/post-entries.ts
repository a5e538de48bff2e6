// Posting: new entries and the open items they bring about, in one go. One invoice or a hundred thousand go this way.

import type { Act } from '#command/command.ts';
import type { Entry } from './journal.ts';
import type { OpenItem } from './open-item.ts';
import { insertEntries } from './store.ts';
import { insertItems } from './store-items.ts';

/**
 * Writes balanced entries and the new open items that their lines on control accounts speak of.
 *
 * A posting into a locked period fails at the database and surfaces as the refusal `period_locked`.
 */
export function postEntries(act: Act, entries: readonly Entry[], newItems: readonly OpenItem[]): void {
  insertItems(act, newItems);
  insertEntries(act, entries);
}
