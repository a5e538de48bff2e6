// An open item as replies show it after something happened to it.

import { money } from '#kernel/money.ts';
import { type ShownMoney, shownMoney } from './amount-text.ts';
import { left, type OpenItem } from './open-item.ts';

/** An item after something happened to it, with what is left of it, without sign. */
export type ShownItem = { readonly itemId: string; readonly reference: string; readonly open: ShownMoney };

/** An item with what is left of it. */
export function shownItem(item: OpenItem): ShownItem {
  return {
    itemId: item.id,
    reference: item.reference,
    open: shownMoney(money(left(item), item.amount.currency)),
  };
}
