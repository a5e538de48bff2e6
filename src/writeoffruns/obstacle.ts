// Which items a run may write off: what somebody disputes, promised or collects for us is left alone, and so is whom we still
// owe a credit. Pure.

import type { CustomerId, ItemId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';

/** Why a run leaves an item out, the one that counts most first. */
export const OBSTACLES = ['changed', 'in_run', 'disputed', 'promised', 'handed_over', 'money_waits'] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** What is so around items. */
export type Circumstances = {
  /** What waits in another run. */
  readonly inRun: ReadonlySet<ItemId>;
  readonly disputed: ReadonlySet<ItemId>;
  /** Promised for a day that can still be kept. */
  readonly promised: ReadonlySet<ItemId>;
  readonly handedOver: ReadonlySet<ItemId>;
  /** Who has money or credit that is not applied, by `creditKey`. */
  readonly withCredit: ReadonlySet<string>;
};

/** Under which key a customer's credit in a currency stands. */
export function creditKey(customerId: CustomerId | null, currency: string): string {
  return `${customerId} ${currency}`;
}

/** An obstacle with what it is about. */
export type KeptObstacle = { readonly code: string; readonly facts: { readonly [key: string]: string } };

/**
 * Why an item is left out, or nothing. `looked` is what was open when somebody looked at it: where more or less is open by then,
 * nobody decided about that.
 */
export function obstacleOf(
  item: OpenItem,
  circumstances: Circumstances,
  looked: Money,
): KeptObstacle | undefined {
  const open = money(left(item), item.open.currency);
  if (open.minor !== looked.minor)
    return { code: 'changed', facts: { open: toDecimal(open), looked: toDecimal(looked) } };
  const found: Readonly<Record<Exclude<Obstacle, 'changed'>, boolean>> = {
    in_run: circumstances.inRun.has(item.id),
    disputed: circumstances.disputed.has(item.id),
    promised: circumstances.promised.has(item.id),
    handed_over: circumstances.handedOver.has(item.id),
    money_waits: circumstances.withCredit.has(creditKey(item.customerId, item.open.currency)),
  };
  const code = OBSTACLES.find((one) => one !== 'changed' && found[one]);
  return code === undefined ? undefined : { code, facts: {} };
}
