// Which items money that came, and was not applied yet, could pay. Whom it could pay for is not chased for that. Pure.

import type { ItemId } from '#kernel/id.ts';
import type { Currency, Money } from '#kernel/money.ts';
import { matchKey } from '#ledger/match-key.ts';
import { referenceTokens } from '#payments/reference.ts';

/** Money that waits: a receipt not applied wholly, or a sum that a bank announced and no statement has booked yet. */
export type WaitingMoney = {
  readonly source: 'receipt' | 'announced';
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  readonly left: Money;
  /** `customer`: said to be this customer's. `payer`: name or account are those of this customer. `nobody`: nobody knows. */
  readonly of: 'customer' | 'payer' | 'nobody';
  /** What was written with it. */
  readonly texts: readonly string[];
};

/** An item that is about to be asked for. */
export type AskedItem = { readonly id: ItemId; readonly reference: string; readonly open: Money };

/** Why money could be for an item. */
export const COVER_REASONS = ['customers_money', 'exact_amount', 'whole_balance', 'named'] as const;
export type CoverReason = (typeof COVER_REASONS)[number];

export type Cover = { readonly itemId: ItemId; readonly money: WaitingMoney; readonly reason: CoverReason };

/**
 * What waiting money could pay, each item with the first money that fits. Money of the customer, or of whoever has its name or
 * account, could pay each item that is no more than all of it together. Money of nobody known could pay an item that it names, or
 * whose amount it has exactly, or everything that is asked for, if it comes to that.
 */
export function coversOf(items: readonly AskedItem[], waiting: readonly WaitingMoney[]): readonly Cover[] {
  const own = waiting.filter(({ of }) => of !== 'nobody');
  const others = waiting.filter(({ of }) => of === 'nobody');
  const named = namedBy(items, waiting);
  const totals = sums(items.map(({ open }) => open));
  const owned = sums(own.map(({ left }) => left));
  return items.flatMap((item): readonly Cover[] => {
    const { currency, minor } = item.open;
    const same = (money: WaitingMoney): boolean => money.left.currency === currency;
    const cover = (money: WaitingMoney | undefined, reason: CoverReason): readonly Cover[] =>
      money ? [{ itemId: item.id, money, reason }] : [];
    const naming = named.get(item.id);
    if (naming) return cover(naming, 'named');
    if (minor <= (owned.get(currency) ?? 0n)) return cover(own.find(same), 'customers_money');
    const exact = others.find((money) => same(money) && money.left.minor === minor);
    if (exact) return cover(exact, 'exact_amount');
    const whole = others.find((money) => same(money) && money.left.minor === totals.get(currency));
    return cover(whole, 'whole_balance');
  });
}

/** Items whose numbers stand in what was written with money of their currency. */
function namedBy(
  items: readonly AskedItem[],
  waiting: readonly WaitingMoney[],
): ReadonlyMap<ItemId, WaitingMoney> {
  const named = new Map<ItemId, WaitingMoney>();
  for (const money of waiting) {
    const keys = new Set(referenceTokens(money.texts).map(({ key }) => key));
    for (const item of items)
      if (
        item.open.currency === money.left.currency &&
        keys.has(matchKey(item.reference)) &&
        !named.has(item.id)
      )
        named.set(item.id, money);
  }
  return named;
}

function sums(amounts: readonly Money[]): ReadonlyMap<Currency, bigint> {
  const sum = new Map<Currency, bigint>();
  for (const { currency, minor } of amounts) sum.set(currency, (sum.get(currency) ?? 0n) + minor);
  return sum;
}
