// Offering a customer to pay early for less.

import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { earlier, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type ItemId, newId } from '#kernel/id.ts';
import { toDecimal } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { checkOffer, type Offer, type OfferRate } from './offer.ts';
import { insertOffer } from './store.ts';

export type MakeOffer = OfferRate & {
  readonly itemId: ItemId;
  /** The last day on which it can be accepted. */
  readonly expiresOn: PlainDate;
};

/**
 * Makes an offer on an item that is wholly open and not due yet.
 *
 * Refuses: `item_not_found`, `expiry_not_valid` (past, or after the due date), what `checkOffer` refuses.
 */
export const makeOffer: Command<MakeOffer, { readonly offerId: string }> = {
  name: 'make-discount-offer',
  permission: 'invoice.credit',
  async run(act, input) {
    const item = present((await takeItems(act, [input.itemId]))[0], 'an item taken is there');

    checkOffer(item, input, act.today);
    if (isBefore(input.expiresOn, act.today) || isAfter(input.expiresOn, item.dueOn))
      throw new Refusal('expiry_not_valid', {
        expiresOn: input.expiresOn.toString(),
        from: act.today.toString(),
        to: item.dueOn.toString(),
      });
    const offer: Offer = {
      id: newId(),
      itemId: item.id,
      companyId: item.companyId,
      customerId: present(item.customerId, 'a debt offered on has its customer'),
      amount: item.amount,
      apr: input.apr,
      yearDays: input.yearDays,
      dueOn: item.dueOn,
      offeredOn: act.today,
      expiresOn: earlier(input.expiresOn, item.dueOn),
    };

    insertOffer(act, offer);
    act.record({
      type: 'discount_offer.made',
      subjectId: item.documentId,
      customerId: offer.customerId,
      data: {
        offerId: offer.id,
        item: item.reference,
        amount: toDecimal(offer.amount),
        currency: offer.amount.currency,
        apr: decimalText(offer.apr),
        yearDays: offer.yearDays,
        expiresOn: offer.expiresOn.toString(),
      },
    });
    return { offerId: offer.id };
  },
};
