// Counting reminders: customers, messages, items, and amounts by currency.

import type { CustomerId } from '#kernel/id.ts';
import { add, type Currency, type Money, zero } from '#kernel/money.ts';
import type { ChasedItem } from '#policies/reminder.ts';

export type Count = {
  readonly customers: Set<CustomerId>;
  messages: number;
  items: number;
  readonly sums: Map<Currency, Money>;
};

/** Nothing yet. */
export function newCount(): Count {
  return { customers: new Set(), messages: 0, items: 0, sums: new Map() };
}

/** Adds what a customer is told, or is not. */
export function countIn(
  count: Count,
  customerId: CustomerId,
  items: readonly { readonly item: Pick<ChasedItem, 'open'> }[],
  messages: number,
): void {
  count.customers.add(customerId);
  count.messages += messages;
  count.items += items.length;
  for (const { item } of items) {
    const { currency } = item.open;
    count.sums.set(currency, add(count.sums.get(currency) ?? zero(currency), item.open));
  }
}

/** Sums in the order of their currencies' codes. */
export function sumsOf({ sums }: Count): readonly Money[] {
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
