// Keeping the rights to discounts with the items they are for.

import type { Act } from '#command/command.ts';
import type { ItemId } from '#kernel/id.ts';
import { type Money, subtract } from '#kernel/money.ts';
import type { DiscountRight } from './discount.ts';
import type { DiscountPolicy } from './discount-policy.ts';
import type { PlannedDiscount } from './schedule.ts';
import { insertItemDiscounts } from './store.ts';

/** An item made in this command, with what its terms promise. */
export type PromisedDiscounts = {
  readonly itemId: ItemId;
  readonly discounts: readonly PlannedDiscount[];
  readonly graceDays: number;
  readonly policy: DiscountPolicy;
};

/** Fixes what terms promise on items, as the company's policy is today. */
export function recordItemDiscounts(act: Act, promised: readonly PromisedDiscounts[]): void {
  insertItemDiscounts(
    act,
    promised.flatMap(({ itemId, discounts, graceDays, policy }) =>
      discounts.map(({ untilOn, percent, discount, pay }) => ({
        itemId,
        source: 'terms' as const,
        untilOn,
        graceDays,
        percent,
        discount,
        pay,
        correctsTax: policy.correctsTax,
        proRata: policy.proRata,
        offerId: null,
      })),
    ),
  );
}

/** Fixes the right that comes of an accepted offer: so much less on all of the item. */
export function recordOfferedDiscount(
  act: Act,
  offer: { readonly id: string; readonly itemId: ItemId; readonly amount: Money },
  right: Pick<DiscountRight, 'untilOn' | 'discount' | 'correctsTax'>,
): void {
  insertItemDiscounts(act, [
    {
      ...right,
      itemId: offer.itemId,
      source: 'offer',
      graceDays: 0,
      percent: null,
      proRata: false,
      pay: subtract(offer.amount, right.discount),
      offerId: offer.id,
    },
  ]);
}
