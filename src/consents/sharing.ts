// How money on account goes to an invoice: the oldest money first, to what is due first, and never what is promised back.

import type { ItemId, PaymentId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';

/** What a payment has left of a customer's, in minor units above zero. */
export type OnAccount = { readonly paymentId: PaymentId; readonly minor: bigint };
/** What is open of an instalment, in minor units above zero. */
export type Due = { readonly itemId: ItemId; readonly minor: bigint };
/** What goes from a payment to which items. */
export type Share = {
  readonly paymentId: PaymentId;
  readonly allocations: readonly { readonly itemId: ItemId; readonly amount: Money }[];
};

/**
 * Shares money on account out to items, both in the order given. `kept` is promised back to the customer, and stays.
 */
export function shareOut(
  credits: readonly OnAccount[],
  items: readonly Due[],
  { kept, currency }: { readonly kept: bigint; readonly currency: string },
): readonly Share[] {
  const all = credits.reduce((sum, one) => sum + one.minor, 0n);
  let free = all > kept ? all - kept : 0n;
  const room = items.map((item) => ({ ...item }));
  return credits.flatMap((credit): readonly Share[] => {
    let left = credit.minor < free ? credit.minor : free;
    const allocations = room.flatMap((item) => {
      const taken = left < item.minor ? left : item.minor;
      if (taken <= 0n) return [];
      left -= taken;
      free -= taken;
      item.minor -= taken;
      return [{ itemId: item.itemId, amount: money(taken, currency) }];
    });
    return allocations.length > 0 ? [{ paymentId: credit.paymentId, allocations }] : [];
  });
}
