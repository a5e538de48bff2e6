// A hold stops chasing: a whole customer, or one item, until a day. Who placed it and why stays known after it is over.

import type { Command } from '#command/command.ts';
import { actorText } from '#command/command.ts';
import { addDays, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { HOLD_DAYS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { findItemReference, insertHold } from './store-holds.ts';

export type PlaceHold = {
  readonly customerId: CustomerId;
  /** Left out: everything of the customer. */
  readonly itemId?: ItemId | undefined;
  readonly reason: string;
  /** The last day it holds. */
  readonly until: PlainDate;
};

/**
 * Puts a customer or an item on hold from today on. Messages that are queued leave what is on hold out when they are sent.
 *
 * Refuses: `customer_not_found`, `item_not_found`, `hold_ends_before_start`, `hold_too_long`.
 */
export const placeHold: Command<PlaceHold, { readonly holdId: string }> = {
  name: 'place-hold',
  permission: 'hold.place',
  async run(act, input) {
    await takeCustomer(act, input.customerId);
    const reference = input.itemId && (await findItemReference(act, input.customerId, input.itemId));
    if (input.itemId !== undefined && reference === undefined)
      throw new Refusal('item_not_found', { itemId: input.itemId });
    checkEnd(input.until, act.today);

    const holdId = newId<'hold'>();
    insertHold(act, {
      id: holdId,
      customer_id: input.customerId,
      item_id: input.itemId ?? null,
      reason: input.reason,
      starts_on: act.today,
      ends_on: input.until,
      placed_by: actorText(act.actor),
    });
    act.record({
      type: 'hold.placed',
      subjectId: input.itemId ?? input.customerId,
      customerId: input.customerId,
      data: { holdId, reference, reason: input.reason, until: input.until.toString() },
    });
    return { holdId };
  },
};

function checkEnd(until: PlainDate, today: PlainDate): void {
  const facts = { until: until.toString(), today: today.toString() };
  if (isBefore(until, today)) throw new Refusal('hold_ends_before_start', facts);
  if (isAfter(until, addDays(today, HOLD_DAYS_MAX)))
    throw new Refusal('hold_too_long', { ...facts, daysMax: HOLD_DAYS_MAX });
}
