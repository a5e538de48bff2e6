// Counts as people see them.

import { type Count, sumsOf } from '#collections/reminder-count.ts';
import { shownMoney } from '#ledger/amount-text.ts';

/** How many customers, messages and items, and what they come to in each currency. */
export function shownCount(count: Count) {
  const { customers, messages, items } = count;
  return { customers: customers.size, messages, items, sums: sumsOf(count).map(shownMoney) };
}
