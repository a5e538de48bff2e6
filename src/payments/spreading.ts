// Money of a known customer that nobody can tell what it is for, where the customer's method says what to do with it: the oldest
// first, or all alike. Principal comes before interest and fees; what is disputed is left alone unless the method includes it.

import { allocate, type Money, money } from '#kernel/money.ts';
import type { CustomerMatching } from '#paying/matching-rules.ts';
import type { Allocation } from './allocation.ts';
import type { Found, MatchItem } from './receipt.ts';

/** Debts that money may be spread over, in the order in which they are paid. */
export function payableDebts(
  debts: readonly MatchItem[],
  { withDisputed }: CustomerMatching,
  disputed: Found['disputed'],
): readonly MatchItem[] {
  return debts.filter((item) => withDisputed || !disputed.has(item.id)).toSorted(paidBefore);
}

function paidBefore(a: MatchItem, b: MatchItem): number {
  return (
    rank(a) - rank(b) ||
    Temporal.PlainDate.compare(a.dueOn, b.dueOn) ||
    Temporal.PlainDate.compare(a.postedOn, b.postedOn) ||
    (a.id < b.id ? -1 : 1)
  );
}

function rank(item: MatchItem): number {
  return item.kind === 'charge' ? 1 : 0;
}

/** The oldest are paid wholly, the last as far as the money goes; nothing is lost, and what is left stays on account. */
export function spreadOldestFirst(debts: readonly MatchItem[], amount: Money): readonly Allocation[] {
  let left = amount.minor;
  return debts.flatMap((item): readonly Allocation[] => {
    const given = left < item.open.minor ? left : item.open.minor;
    left -= given;
    return given > 0n ? [{ itemId: item.id, amount: money(given, amount.currency) }] : [];
  });
}

/** Every debt is paid in proportion to what is open of it, to the cent; whoever pays more than all pays all. */
export function spreadAlike(debts: readonly MatchItem[], amount: Money): readonly Allocation[] {
  const total = debts.reduce((sum, item) => sum + item.open.minor, 0n);
  if (total <= amount.minor) return debts.map((item) => ({ itemId: item.id, amount: item.open }));
  const parts = allocate(
    amount,
    debts.map((item) => item.open.minor),
  );
  return debts.flatMap((item, index): readonly Allocation[] => {
    const part = parts[index];
    return part !== undefined && part.minor > 0n ? [{ itemId: item.id, amount: part }] : [];
  });
}
