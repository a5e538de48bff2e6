// Reading offers, and what an offer would give before it is made.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { decimalText } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { readItems } from '#ledger/read-items.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { annualCostOfAmounts } from '#terms/discount-cost.ts';
import type * as contract from './contract.ts';
import { checkOffer, offerState, type Quote, quotesUntilDue } from './offer.ts';
import { findOffers, type KnownOffer } from './store.ts';

function quoteReply({ payOn, daysEarly, discount, pay }: Quote) {
  const cost = (yearDays: 360 | 365): string | null => {
    const found = annualCostOfAmounts(discount, pay, { daysEarlier: daysEarly, yearDays });
    return found ? decimalText(found) : null;
  };
  return {
    payOn: payOn.toString(),
    daysEarly,
    discount: shownMoney(discount),
    pay: shownMoney(pay),
    costOn365: cost(365),
    costOn360: cost(360),
  };
}

/** What an offer on an item would give, day by day until it is due. Refuses: `item_not_found`, what `checkOffer` refuses. */
export async function readQuotes(
  tx: Tx,
  context: Context,
  input: z.output<typeof contract.quoteDiscountOffer.body>,
): Promise<z.input<typeof contract.quoteDiscountOffer.reply>> {
  const [item] = await readItems(tx, [input.itemId]);
  if (!item) throw new Refusal('item_not_found', { items: [input.itemId] });
  checkOffer(item, input, context.today);
  const quotes = quotesUntilDue(item.amount, input, { from: context.today, dueOn: item.dueOn });
  return {
    reference: item.reference,
    amount: shownMoney(item.amount),
    dueOn: item.dueOn.toString(),
    quotes: quotes.map(quoteReply),
  };
}

/** A page of offers, the newest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readOfferPage(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listDiscountOffers.query>,
): Promise<z.input<typeof contract.listDiscountOffers.reply>> {
  const { limit, after, ...filter } = query;
  const rows = await findOffers(tx, {
    ...filter,
    after: readCursor(after, [idKey])?.[0],
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.offer.id]);
  return { rows: page.rows.map((known) => offerReply(known, context)), next: page.next };
}

function offerReply({ offer, answer, reference, documentId }: KnownOffer, context: Context) {
  const state = offerState(offer, answer, context.today);
  const refusal = state === 'open' ? undefined : state === 'expired' ? 'offer_expired' : 'offer_answered';
  return {
    offerId: offer.id,
    itemId: offer.itemId,
    documentId,
    reference,
    state,
    amount: shownMoney(offer.amount),
    apr: decimalText(offer.apr),
    yearDays: offer.yearDays,
    dueOn: offer.dueOn.toString(),
    offeredOn: offer.offeredOn.toString(),
    expiresOn: offer.expiresOn.toString(),
    payOn: answer?.payOn?.toString() ?? null,
    discount: answer?.discount ? shownMoney(answer.discount) : null,
    may: {
      accept: mayDo(context, 'invoice.credit', refusal),
      withdraw: mayDo(context, 'invoice.credit', refusal),
    },
  };
}
