// Which items money that came, and was not applied yet, could pay. Whom it could pay for is not chased for that. Pure.

import type { ItemId } from '#kernel/id.ts';
import type { Currency, Money } from '#kernel/money.ts';
import { matchKey } from '#ledger/match-key.ts';
import { referenceTokens } from '#payments/reference.ts';
import { type DiscountRight, discountOnOpen } from '#terms/discount.ts';

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
export type AskedItem = {
  readonly id: ItemId;
  readonly reference: string;
  /** What is asked for: without what is in dispute or promised. */
  readonly open: Money;
  /** All that is open of it, where that is more. */
  readonly whole?: Money | undefined;
  /** As it was issued. */
  readonly amount?: Money | undefined;
  readonly documentId?: string | undefined;
};

/** Keys of the payment references that are printed on documents of items, where they have one. */
export type PrintedKeys = ReadonlyMap<ItemId, string>;

/** Sums that could settle items, in minor units of their currency, the least first; what is not named, its open amount alone. */
export type Settling = ReadonlyMap<ItemId, readonly [bigint, ...bigint[]]>;

/**
 * The sums by which somebody may have paid an item: what is asked for, that less a discount (also one that is too late: whether
 * it is granted is for a person to say), and all that is open, where a part is in dispute or promised and was paid all the same.
 */
export function settlingSums(
  item: AskedItem,
  rights: readonly DiscountRight[],
): readonly [bigint, ...bigint[]] {
  const { open, whole = open, amount = whole } = item;
  const sums = new Set([open.minor, whole.minor]);
  for (const right of rights)
    for (const asked of [open, whole])
      sums.add(asked.minor - discountOnOpen(right, { open: asked, amount }).minor);
  const [least = open.minor, ...more] = [...sums]
    .filter((minor) => minor > 0n)
    .sort((a, b) => (a < b ? -1 : 1));
  return [least, ...more];
}

/** Why money could be for an item. */
export const COVER_REASONS = ['customers_money', 'exact_amount', 'whole_balance', 'named'] as const;
export type CoverReason = (typeof COVER_REASONS)[number];

export type Cover = { readonly itemId: ItemId; readonly money: WaitingMoney; readonly reason: CoverReason };

/**
 * What waiting money could pay, each item with the first money that fits. Money of the customer, or of whoever has its name or
 * account, could pay each item that is no more than all of it together. Money of nobody known could pay an item that it names, or
 * whose amount it has exactly, or everything that is asked for, if it comes to that. Less a discount counts like the whole.
 */
export function coversOf(
  items: readonly AskedItem[],
  waiting: readonly WaitingMoney[],
  settling: Settling = new Map(),
  printed: PrintedKeys = new Map(),
): readonly Cover[] {
  const sumsOf = ({ id, open }: AskedItem) => settling.get(id) ?? ([open.minor] as const);
  const own = waiting.filter(({ of }) => of !== 'nobody');
  const others = waiting.filter(({ of }) => of === 'nobody');
  const named = namedBy(items, waiting, printed);
  const totals = wholeSums(items, settling);
  const owned = sums(own.map(({ left }) => left));
  return items.flatMap((item): readonly Cover[] => {
    const { currency } = item.open;
    const fitting = sumsOf(item);
    const same = (money: WaitingMoney): boolean => money.left.currency === currency;
    const cover = (money: WaitingMoney | undefined, reason: CoverReason): readonly Cover[] =>
      money ? [{ itemId: item.id, money, reason }] : [];
    const naming = named.get(item.id);
    if (naming) return cover(naming, 'named');
    if (fitting[0] <= (owned.get(currency) ?? 0n)) return cover(own.find(same), 'customers_money');
    const exact = others.find((money) => same(money) && fitting.includes(money.left.minor));
    if (exact) return cover(exact, 'exact_amount');
    const whole = others.find((money) => same(money) && totals.get(currency)?.includes(money.left.minor));
    return cover(whole, 'whole_balance');
  });
}

/** Items whose numbers, or payment references, stand in what was written with money of their currency. */
function namedBy(
  items: readonly AskedItem[],
  waiting: readonly WaitingMoney[],
  printed: PrintedKeys,
): ReadonlyMap<ItemId, WaitingMoney> {
  const named = new Map<ItemId, WaitingMoney>();
  for (const money of waiting) {
    const written = referenceTokens(money.texts).map(({ key }) => key);
    // Banks fill references of figures up with noughts.
    const keys = new Set(written.flatMap((key) => [key, key.replace(/^0+(?=\d{4,}$)/, '')]));
    const isNamed = ({ id, reference }: AskedItem): boolean =>
      keys.has(matchKey(reference)) || keys.has(printed.get(id) ?? '');
    for (const item of items)
      if (item.open.currency === money.left.currency && !named.has(item.id) && isNamed(item))
        named.set(item.id, money);
  }
  return named;
}

/** What all that is asked for comes to, by currency: as it stands, and with every discount taken. */
export function wholeSums(
  items: readonly AskedItem[],
  settling: Settling,
): ReadonlyMap<Currency, readonly bigint[]> {
  const whole = sums(items.map(({ open }) => open));
  const least = sums(items.map(({ id, open }) => ({ ...open, minor: settling.get(id)?.[0] ?? open.minor })));
  return new Map([...whole].map(([currency, minor]) => [currency, [minor, least.get(currency) ?? minor]]));
}

function sums(amounts: readonly Money[]): ReadonlyMap<Currency, bigint> {
  const sum = new Map<Currency, bigint>();
  for (const { currency, minor } of amounts) sum.set(currency, (sum.get(currency) ?? 0n) + minor);
  return sum;
}
