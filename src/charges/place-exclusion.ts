// Leaving an item, or part of it, out of interest: because it is disputed, or was handed over to a court or an agency. What
// was charged for those days before is given back by the next run.

import type { Act, Command } from '#command/command.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type ItemId, newId } from '#kernel/id.ts';
import { type Money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { insertExclusion } from './store.ts';

export type PlaceExclusion = {
  readonly itemId: ItemId;
  /** Left out: all of it. */
  readonly amount?: Money | undefined;
  readonly from: PlainDate;
  /** The last day; left out, until it is released. */
  readonly to?: PlainDate | undefined;
  readonly reason: string;
};

/**
 * Leaves (part of) an invoice item out of interest for some days. For other modules as well: what is disputed is left out in
 * the same transaction.
 *
 * Refuses: `item_not_found`, `not_an_invoice`, `wrong_currency`, `amount_not_positive`, `exceeds_amount`,
 * `ends_before_start`.
 */
export async function excludeFromInterest(act: Act, input: PlaceExclusion): Promise<string> {
  const [item] = await takeItems(act, [input.itemId]);
  if (!item) throw new Refusal('item_not_found', { itemId: input.itemId });
  if (item.kind !== 'invoice') throw new Refusal('not_an_invoice', { item: item.reference });
  const { amount } = input;
  if (amount && amount.currency !== item.amount.currency)
    throw new Refusal('wrong_currency', { wanted: item.amount.currency, given: amount.currency });
  if (amount && amount.minor <= 0n) throw new Refusal('amount_not_positive', { amount: toDecimal(amount) });
  if (amount && amount.minor > item.amount.minor)
    throw new Refusal('exceeds_amount', { amount: toDecimal(amount), most: toDecimal(item.amount) });
  if (input.to && isBefore(input.to, input.from))
    throw new Refusal('ends_before_start', { from: input.from.toString(), to: input.to.toString() });

  const exclusionId = newId<'charge_exclusion'>();
  insertExclusion(act, {
    id: exclusionId,
    item_id: item.id,
    amount_minor: amount?.minor ?? null,
    from_on: input.from,
    to_on: input.to ?? null,
    reason: input.reason,
  });
  act.record({
    type: 'interest_exclusion.placed',
    subjectId: item.documentId,
    customerId: item.customerId,
    data: {
      exclusionId,
      reference: item.reference,
      amount: amount ? toDecimal(amount) : null,
      from: input.from.toString(),
      to: input.to?.toString() ?? null,
      reason: input.reason,
    },
  });
  return exclusionId;
}

/** The same as a command. */
export const placeExclusion: Command<PlaceExclusion, { readonly exclusionId: string }> = {
  name: 'place-interest-exclusion',
  permission: 'charge.waive',
  async run(act, input) {
    return { exclusionId: await excludeFromInterest(act, input) };
  },
};
