// Closing what is left of a payment's items, as an act: the counter-items and their entry, then settling them with what they
// close. Returns and moves go this way.

import type { Act } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { settleItems } from '#ledger/settle-items.ts';
import { type Closing, transferPosting } from './payment.ts';

/** Saves a closing of items that the caller has locked and gives them as they are afterwards, new ones included. */
export function postClosing(act: Act, own: readonly OpenItem[], closing: Closing): readonly OpenItem[] {
  const { documentId, kind, postedOn } = closing.entry;
  postEntries(act, [closing.entry], closing.items);
  const settlement = settleItems(act, [...own, ...closing.items], closing.wanted, {
    documentId,
    kind,
    on: postedOn,
  });
  return settlement.items;
}

/**
 * Moves what is left of a payment's locked items to a customer, or to nobody; what stands there already stays. Gives the payment's items
 * as they are afterwards, those that the move brought at the end.
 */
export function moveUnapplied(
  act: Act,
  own: readonly OpenItem[],
  to: CustomerId | null,
  given: { readonly on: PlainDate; readonly taken: number },
): readonly OpenItem[] {
  const closing = transferPosting(own, to, given);
  if (closing === undefined) return own;
  const sign = (own[0]?.amount.minor ?? 0n) > 0n;
  return postClosing(act, own, closing).filter((item) => item.amount.minor > 0n === sign);
}
