// An open item is one thing that is owed: an instalment of an invoice, a credit, money not yet applied. It is the unit of
// due date, chasing, aging and settling. Positive is owed to us, negative is owed by us; what is left lies between
// nothing and the amount.

import { assert } from '#kernel/assert.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { absolute, type Money, money, proportional } from '#kernel/money.ts';
import type { ControlAccount } from './chart.ts';
import type { LineItem } from './journal.ts';

export type ItemKind =
  | 'invoice'
  | 'credit_note'
  | 'payment'
  | 'refund'
  | 'write_off'
  | 'void'
  | 'return'
  | 'transfer'
  | 'charge'
  | 'charge_credit'
  | 'recovery'
  | 'handover';

export type OpenItem = {
  readonly id: ItemId;
  readonly companyId: CompanyId;
  /** Null only while nobody knows who paid. */
  readonly customerId: CustomerId | null;
  readonly kind: ItemKind;
  readonly documentId: string;
  readonly instalment: number;
  /** The document's number, as people write it. */
  readonly reference: string;
  readonly account: ControlAccount;
  readonly amount: Money;
  readonly open: Money;
  readonly functional: Money;
  readonly openFunctional: Money;
  readonly postedOn: PlainDate;
  /**
   * Since when all that is left has been open without a break: since it was posted, or since more was given back on a later
   * day than was applied. Before this day it was taken by something else, and nothing can be settled with it.
   */
  readonly openSince: PlainDate;
  readonly dueOn: PlainDate;
};

/** A new item, wholly open. */
export function openItem(given: Omit<OpenItem, 'open' | 'openFunctional' | 'openSince'>): OpenItem {
  assert(given.amount.minor !== 0n, 'an item is about some money', given);
  const signs = given.amount.minor > 0n ? given.functional.minor >= 0n : given.functional.minor <= 0n;
  assert(signs, 'an item has one sign in both currencies', given);
  return { ...given, open: given.amount, openFunctional: given.functional, openSince: given.postedOn };
}

/** Whether the item is owed to us (an invoice, a refund paid out) rather than by us (a credit, money received). */
export function isDebit(item: OpenItem): boolean {
  return item.amount.minor > 0n;
}

/** How much is left, without the sign. */
export function left(item: OpenItem): bigint {
  return absolute(item.open.minor);
}

/** Days past the due date; 0 on the due date, negative before it. An item is overdue from 1. */
export function daysLate(item: Pick<OpenItem, 'dueOn'>, on: PlainDate): number {
  return daysBetween(item.dueOn, on);
}

/** How a journal line names the item. */
export function lineItem(item: OpenItem): LineItem {
  return { id: item.id, customerId: item.customerId, dueOn: item.dueOn };
}

/**
 * Takes a part off what is left and says what it is worth in functional currency: in proportion, the last part taking the
 * rest, so that an item closed in its own currency is closed in the functional one too. `part` is without sign.
 */
export function takePart(
  item: OpenItem,
  part: bigint,
): { readonly after: OpenItem; readonly functional: bigint } {
  assert(part >= 0n && part <= left(item), 'no more is taken off an item than is left', [
    item.id,
    part,
    item.open,
  ]);
  const functional = part === 0n ? 0n : proportional(absolute(item.openFunctional.minor), part, left(item));
  const sign = isDebit(item) ? 1n : -1n;
  const after: OpenItem = {
    ...item,
    open: money(item.open.minor - sign * part, item.open.currency),
    openFunctional: money(item.openFunctional.minor - sign * functional, item.openFunctional.currency),
  };
  return { after, functional };
}

/** Gives back what an application took: the exact inverse of taking a part. Amounts are without sign. */
export function giveBack(item: OpenItem, part: bigint, functional: bigint): OpenItem {
  const sign = isDebit(item) ? 1n : -1n;
  const after: OpenItem = {
    ...item,
    open: money(item.open.minor + sign * part, item.open.currency),
    openFunctional: money(item.openFunctional.minor + sign * functional, item.openFunctional.currency),
  };
  assert(
    absolute(after.open.minor) <= absolute(after.amount.minor),
    'an item never has more open than its amount',
    after,
  );
  return after;
}
