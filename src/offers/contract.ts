// What the API offers on discount offers: what one would give, making one, what became of it.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  may,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
} from '#http/contract.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { customerIdIn } from '#parties/contract.ts';

const TAG = 'Discount offers';

/** A yearly rate in percent, and of how many days a year is made. */
const rate = {
  apr: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,4})?$/, 'number_not_decimal')
    .meta({ examples: ['18'] })
    .transform(parseDecimal),
  yearDays: z
    .union([z.literal(360), z.literal(365)])
    .default(360)
    .meta({ examples: [360] }),
};

const OFFERING: Readonly<Record<string, RefusalMeaning>> = {
  item_not_found: [404, 'There is no such open item.'],
  not_a_debit: [409, 'Only what is owed to us can be paid early for less; this is a credit.'],
  item_without_customer: [409, 'Nobody knows whose item this is.'],
  item_touched: [409, 'Part of the item is settled already. Offers are for items that are wholly open.'],
  item_due: [409, 'The item is due; there is no early any more.'],
  offer_rate_not_valid: [400, 'The yearly rate is above 0 and at most 100 percent.'],
  offer_too_large: [
    409,
    'Paid today, more than a fifth would be saved. Offer a lower rate, or credit the invoice.',
  ],
};

const OFFER_NOT_FOUND: Readonly<Record<string, RefusalMeaning>> = {
  offer_not_found: [404, 'There is no such offer.'],
};

const ANSWERING: Readonly<Record<string, RefusalMeaning>> = {
  ...OFFER_NOT_FOUND,
  offer_answered: [409, 'This offer was accepted or withdrawn before.'],
  offer_expired: [409, 'This offer is past its day and gives nothing. Make a new one.'],
};

export const quoteDiscountOffer = operation({
  id: 'quote-discount-offer',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/discount-offer-quotes',
  summary: 'What an offer on an item would give, by the day on which it is paid: the sooner, the more.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({ itemId: itemIdIn, ...rate }),
  reply: z.object({
    reference: z.string(),
    amount: moneyText,
    dueOn: dayText,
    quotes: z.array(
      z.object({
        payOn: dayText,
        daysEarly: z.number().int(),
        discount: moneyText,
        pay: moneyText,
        /** What it costs us in a year, in percent, of 365 and of 360 days; null where nothing is gained. */
        costOn365: z.string().nullable(),
        costOn360: z.string().nullable(),
      }),
    ),
  }),
  refusals: OFFERING,
});

export const makeDiscountOffer = operation({
  id: 'make-discount-offer',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/discount-offers',
  summary:
    'Offers to take less for an item that is paid early: amount × yearly rate × days ÷ days of the year.',
  tag: TAG,
  permission: 'invoice.credit',
  body: z.object({ itemId: itemIdIn, ...rate, expiresOn: day }),
  reply: z.object({ offerId: z.string() }),
  refusals: {
    ...OFFERING,
    expiry_not_valid: [400, 'The offer ends today or later, and not after the item is due.'],
  },
});

export const listDiscountOffers = operation({
  id: 'list-discount-offers',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/discount-offers',
  summary:
    'Offers to take less from whoever pays early, the newest first; of an item, a document or a customer.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    itemId: itemIdIn.optional(),
    documentId: idText.optional(),
    customerId: customerIdIn.optional(),
  }),
  reply: pageOf(
    z.object({
      offerId: z.string(),
      itemId: z.string(),
      documentId: z.string(),
      reference: z.string(),
      state: z.enum(['open', 'accepted', 'withdrawn', 'expired']),
      amount: moneyText,
      apr: z.string(),
      yearDays: z.number().int(),
      dueOn: dayText,
      offeredOn: dayText,
      expiresOn: dayText,
      /** What was agreed, where it was accepted. */
      payOn: dayText.nullable(),
      discount: moneyText.nullable(),
      may: z.object({ accept: may, withdraw: may }),
    }),
  ),
});

export const acceptDiscountOffer = operation({
  id: 'accept-discount-offer',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/discount-offers/:offerId/acceptance',
  summary:
    'Accepts an offer for a day on which all is paid: the item then carries that discount, and a payment by then earns it.',
  tag: TAG,
  permission: 'invoice.credit',
  params: z.object({ offerId: idText }),
  body: z.object({ payOn: day }),
  reply: z.object({ offerId: z.string(), payOn: dayText, discount: moneyText, pay: moneyText }),
  refusals: {
    ...ANSWERING,
    item_touched: [409, 'Part of the item was settled since. Make a new offer.'],
    pay_day_not_valid: [400, 'The day to pay is today or later, and before the item is due.'],
    nothing_saved: [409, 'Paid on that day nothing would be saved.'],
  },
});

export const withdrawDiscountOffer = operation({
  id: 'withdraw-discount-offer',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/discount-offers/:offerId/withdrawal',
  summary: 'Withdraws an offer that nobody accepted yet.',
  tag: TAG,
  permission: 'invoice.credit',
  params: z.object({ offerId: idText }),
  reply: z.object({ offerId: z.string() }),
  refusals: ANSWERING,
});
