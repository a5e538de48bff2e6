// What becomes of an offer: the customer accepts it by naming the day on which it pays, or we withdraw it.

import type { Act, Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { readDiscountPolicy } from '#terms/read-terms.ts';
import { recordOfferedDiscount } from '#terms/record-item-discounts.ts';
import { decideAcceptance, offerState } from './offer.ts';
import { findOffer, insertAnswer, type KnownOffer } from './store.ts';

/** An offer in hand with its item, which is locked: of two that answer at once, one waits and then is told so. */
async function takeOffer(act: Act, offerId: string): Promise<KnownOffer & { readonly item: OpenItem }> {
  const before = await findOffer(act, offerId);
  if (!before) throw new Refusal('offer_not_found', { offerId });
  const item = present((await takeItems(act, [before.offer.itemId]))[0], 'an offer has its item');
  const known = present(await findOffer(act, offerId), 'offers are not taken away');
  return { ...known, item };
}

export type AcceptOffer = { readonly offerId: string; readonly payOn: PlainDate };

/** What was agreed: so much less if all is paid by that day. */
export type OfferAccepted = {
  readonly offerId: string;
  readonly payOn: string;
  readonly discount: { readonly amount: string; readonly currency: string };
  readonly pay: { readonly amount: string; readonly currency: string };
};

/**
 * Accepts an offer: the item carries the right from now on, and a payment by that day earns it.
 *
 * Refuses: `offer_not_found`, what `decideAcceptance` refuses.
 */
export const acceptOffer: Command<AcceptOffer, OfferAccepted> = {
  name: 'accept-discount-offer',
  permission: 'invoice.credit',
  constraints: { discount_offer_answered: 'offer_answered' },
  async run(act, input) {
    const { offer, answer, item } = await takeOffer(act, input.offerId);
    const customer = await takeCustomer(act, offer.customerId);
    const policy = await readDiscountPolicy(act, offer.companyId, customer.country);

    const quote = decideAcceptance(offer, { answer, item, today: act.today }, input.payOn);

    const { discount, pay, payOn } = quote;
    insertAnswer(act, offer.id, { answer: 'accepted', answeredOn: act.today, payOn, discount });
    recordOfferedDiscount(act, offer, { untilOn: payOn, discount, correctsTax: policy.correctsTax });
    const { currency } = discount;
    const accepted: OfferAccepted = {
      offerId: offer.id,
      payOn: payOn.toString(),
      discount: { amount: toDecimal(discount), currency },
      pay: { amount: toDecimal(pay), currency },
    };
    act.record({
      type: 'discount_offer.accepted',
      subjectId: item.documentId,
      customerId: offer.customerId,
      data: accepted,
    });
    return accepted;
  },
};

/** Withdraws an offer that nobody accepted yet. Refuses: `offer_not_found`, `offer_answered`, `offer_expired`. */
export const withdrawOffer: Command<{ readonly offerId: string }, { readonly offerId: string }> = {
  name: 'withdraw-discount-offer',
  permission: 'invoice.credit',
  constraints: { discount_offer_answered: 'offer_answered' },
  async run(act, input) {
    const { offer, answer, item } = await takeOffer(act, input.offerId);

    const state = offerState(offer, answer, act.today);
    if (state === 'expired') throw new Refusal('offer_expired', { expiresOn: offer.expiresOn.toString() });
    if (state !== 'open') throw new Refusal('offer_answered', { state });

    insertAnswer(act, offer.id, { answer: 'withdrawn', answeredOn: act.today, payOn: null, discount: null });
    act.record({
      type: 'discount_offer.withdrawn',
      subjectId: item.documentId,
      customerId: offer.customerId,
      data: { offerId: offer.id, item: item.reference },
    });
    return { offerId: offer.id };
  },
};
