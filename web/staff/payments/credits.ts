// Credits that are taken off together with a payment: they go to items of their own customer, what is due first, and the money pays the rest. The server decides;
// this says what is asked for.

import { type Money, money, subtract, zero } from '#kernel/money.ts';
import type { MoneyValue } from '../../ui/Money.tsx';
import { smaller, toMoney, toValue } from './amounts.ts';
import type { Suggested } from './Suggestions.tsx';

/** When an item is due, and whose it is. */
export type About = { readonly dueOn: string; readonly customerId?: string | undefined };

/** So much of an item, or of a credit: both above zero. */
export type Part = About & { readonly itemId: string; readonly amount: Money };

/** This much of a credit for that item, as it is asked for. */
export type Netting = { readonly creditItemId: string; readonly itemId: string; readonly amount: MoneyValue };

/** Whether an open item is a credit: owed by us, or money on account. */
export function isCredit({ open }: { readonly open: MoneyValue }): boolean {
  return open.amount.startsWith('-');
}

/** What is known of items to choose from, by item. */
export function aboutOf(
  choices: readonly (About & { readonly itemId: string })[],
): (itemId: string) => About {
  return (itemId) => {
    const found = choices.find((one) => one.itemId === itemId);
    return { dueOn: found?.dueOn ?? '', customerId: found?.customerId };
  };
}

/**
 * How credits go to items, to those of their own customer before those of another of its group, and of these to what is due first;
 * and what is left of each item for the money.
 */
export function splitCredits(
  debits: readonly Part[],
  credits: readonly Part[],
): { readonly nettings: readonly Netting[]; readonly money: ReadonlyMap<string, Money> } {
  const leftOf = (part: Part): Left => ({ part, left: part.amount.minor });
  const [open, given] = [debits.toSorted(dueFirst).map(leftOf), credits.toSorted(dueFirst).map(leftOf)];
  const nettings = [
    ...takeOff(given, open, (credit, debit) => credit.customerId === debit.customerId),
    ...takeOff(given, open, () => true),
  ];
  return {
    nettings,
    money: new Map(open.map(({ part, left }) => [part.itemId, money(left, part.amount.currency)])),
  };
}

type Left = { readonly part: Part; left: bigint };

/** Takes credits off items that they may go to, one after the other, as much of both as there is left. */
function takeOff(
  credits: readonly Left[],
  debits: readonly Left[],
  mayGo: (credit: Part, debit: Part) => boolean,
): readonly Netting[] {
  return credits.flatMap((credit) =>
    debits.flatMap((debit): readonly Netting[] => {
      const part = credit.left < debit.left ? credit.left : debit.left;
      if (part <= 0n || !mayGo(credit.part, debit.part)) return [];
      credit.left -= part;
      debit.left -= part;
      const amount = toValue(money(part, credit.part.amount.currency));
      return [{ creditItemId: credit.part.itemId, itemId: debit.part.itemId, amount }];
    }),
  );
}

function dueFirst(a: Part, b: Part): number {
  return a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.itemId < b.itemId ? -1 : 1;
}

type Asked = { readonly itemId: string; readonly amount: MoneyValue };
type Extra = { readonly discount?: MoneyValue | undefined; readonly difference?: MoneyValue | undefined };

/**
 * Allocations of whole amounts, with credits taken off: what money is left to pay of each, and the credits. Where credits pay all
 * of an item, no money is asked of it.
 */
export function lessCreditsOf<A extends Asked & Extra>(
  allocations: readonly A[],
  about: (itemId: string) => About,
  credits: readonly Part[],
): { readonly allocations: readonly A[]; readonly credits?: readonly Netting[] } {
  if (credits.length === 0) return { allocations };
  const debits = allocations.map(({ itemId, amount }) => ({
    itemId,
    ...about(itemId),
    amount: toMoney(amount),
  }));
  const split = splitCredits(debits, credits);
  return {
    allocations: allocations.flatMap((one): readonly A[] => {
      const left = split.money.get(one.itemId) ?? toMoney(one.amount);
      const isOver = left.minor === 0n && one.discount === undefined && one.difference === undefined;
      return isOver ? [] : [{ ...one, amount: toValue(left) }];
    }),
    credits: split.nettings,
  };
}

/** Credits as typed: how much there is of them in all. */
export function sumOf(parts: readonly Part[], currency: string): Money {
  return parts.reduce((sum, { amount }) => money(sum.minor + amount.minor, currency), zero(currency));
}

/**
 * Amounts that take a suggestion, by item and by credit, as far as the money goes. Of an item it is what money and credits come to
 * together.
 */
export function amountsOf(
  { allocations, nettings }: Pick<Suggested, 'allocations' | 'nettings'>,
  unapplied: Money,
): { readonly items: ReadonlyMap<string, Money>; readonly credits: ReadonlyMap<string, Money> } {
  const { currency } = unapplied;
  const items = new Map<string, Money>();
  const credits = new Map<string, Money>();
  const put = (to: Map<string, Money>, id: string, amount: Money): void => {
    to.set(id, money((to.get(id)?.minor ?? 0n) + amount.minor, currency));
  };
  let left = unapplied;
  for (const one of allocations) {
    const amount = smaller(toMoney(one.amount), left);
    left = subtract(left, amount);
    put(items, one.itemId, amount);
  }
  for (const { creditItemId, itemId, amount } of nettings) {
    put(items, itemId, toMoney(amount));
    put(credits, creditItemId, toMoney(amount));
  }
  return { items, credits };
}
