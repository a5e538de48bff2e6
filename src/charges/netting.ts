// Money and credit that a customer has with us and nobody has applied yet: it lowers what bears interest from the day it came,
// the oldest debt first, so that nobody pays interest on what they have paid already.

import { later, type PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import type { LateItem, Reduction } from './accrual.ts';
import type { Terms } from './policy.ts';

/** Credit not applied, and since when it is there. */
export type Waiting = {
  readonly on: PlainDate;
  readonly cause: 'money' | 'credit_note';
  readonly amount: Money;
};

/**
 * Items as if what waits had been applied to them, the oldest due first, as far as each is open. Items whose terms do not
 * net credit are passed over. Credit counts on an item from the day it came, or from the day of issue where that is later.
 */
export function netCredits<
  T extends LateItem & { readonly policy: { readonly terms: Pick<Terms, 'netCredits'> } | undefined },
>(items: readonly T[], credits: readonly Waiting[]): readonly T[] {
  const waiting = credits.map((credit) => ({ ...credit, left: credit.amount.minor }));
  return items.map((item) => {
    if (!item.policy?.terms.netCredits) return item;
    let open = item.reductions.reduce((left, r) => left - r.minor, item.amount.minor);
    const added: Reduction[] = [];
    for (const credit of waiting) {
      const part = credit.left < open ? credit.left : open;
      if (part <= 0n) continue;
      credit.left -= part;
      open -= part;
      added.push({ on: later(credit.on, item.issuedOn), minor: part, cause: credit.cause });
    }
    return added.length === 0 ? item : { ...item, reductions: [...item.reductions, ...added] };
  });
}
