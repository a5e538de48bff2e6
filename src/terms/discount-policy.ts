// How a company treats discounts for paying early: what the percentage is taken of, whether the tax falls with the price,
// whether a part payment earns its part, and what becomes of a discount that was not earned.

import type { DiscountBase } from './schedule.ts';

export type DiscountPolicy = {
  readonly base: DiscountBase;
  /** Whether a discount takes off net and tax in proportion; else it is all net, and the tax stays as invoiced. */
  readonly correctsTax: boolean;
  /** Whether paying half of an item in time earns half of the discount; else only paying all of it earns any. */
  readonly proRata: boolean;
  /** What happens when somebody grants more than was earned: it is marked as granted without right, or refused. */
  readonly unearned: 'mark' | 'refuse';
};

/** What holds while a company says nothing: the amount with tax, tax corrected, only whole payments, marked. */
export const DISCOUNT_POLICY: DiscountPolicy = {
  base: 'gross',
  correctsTax: true,
  proRata: false,
  unearned: 'mark',
};

/** The built-in policy with what was said otherwise. */
export function discountPolicy(said: Partial<DiscountPolicy>): DiscountPolicy {
  return { ...DISCOUNT_POLICY, ...said };
}
