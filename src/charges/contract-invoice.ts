// The interest that one invoice bears, and what of it bears none.

import { z } from 'zod';
import {
  amountIn,
  day,
  dayText,
  idText,
  may,
  momentText,
  moneyText,
  operation,
  textLine,
} from '#http/contract.ts';
import type { ItemId } from '#kernel/id.ts';
import { spanReply, TAG } from './contract-shapes.ts';

const exclusionReply = z.object({
  exclusionId: z.string(),
  itemId: z.string(),
  /** Null: all of the item. */
  amount: moneyText.nullable(),
  from: dayText,
  to: dayText.nullable(),
  reason: z.string(),
  releasedAt: momentText.nullable(),
  annulled: z.boolean(),
});

export const readInvoiceInterest = operation({
  id: 'read-invoice-interest',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/invoices/:invoiceId/interest',
  summary: 'The interest an invoice has borne through a day, charged or not, with its sheet and how it grew.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ invoiceId: idText }),
  query: z.object({ on: day.optional() }),
  reply: z.object({
    on: dayText,
    /** Null where nothing is asked. */
    terms: z.object({ name: z.string(), legalSource: z.string() }).nullable(),
    accrued: moneyText,
    charged: moneyText,
    /** One day of interest now, rounded; the whole is rounded once and may differ from days times this. */
    daily: moneyText,
    /** The fixed sum charged for the invoice. */
    fixedSum: moneyText,
    /** Set where a rate is missing: interest is shown through the last day that can be reckoned. */
    problem: z.string().nullable(),
    facts: z.record(z.string(), z.unknown()),
    items: z.array(
      z.object({
        itemId: z.string(),
        instalment: z.number().int(),
        dueOn: dayText,
        accrued: moneyText,
        spans: z.array(spanReply),
      }),
    ),
    /** How the interest grew, for a picture: sums on days. */
    growth: z.array(z.object({ on: dayText, accrued: z.string() })),
    exclusions: z.array(exclusionReply),
    may: z.object({ exclude: may }),
  }),
  refusals: { invoice_not_found: [404, 'There is no such invoice.'] },
});

export const placeExclusion = operation({
  id: 'place-interest-exclusion',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/interest-exclusions',
  summary:
    'Leaves an item, or part of it, out of interest for some days: it is disputed, or was handed over.',
  tag: TAG,
  permission: 'charge.waive',
  body: z.object({
    itemId: idText.transform((text) => text as ItemId),
    /** Left out: all of it. */
    amount: amountIn.optional(),
    from: day,
    /** Left out: until it is released. */
    to: day.optional(),
    reason: textLine(500),
  }),
  reply: z.object({ exclusionId: z.string() }),
  refusals: {
    item_not_found: [404, 'There is no such open item.'],
    not_an_invoice: [409, 'Only items of invoices bear interest.'],
    wrong_currency: [400, 'The amount is in another currency than the item.'],
    amount_not_positive: [400, 'The amount is above zero.'],
    exceeds_amount: [409, 'This is more than the item.'],
    ends_before_start: [400, 'The last day is before the first.'],
  },
});

export const releaseExclusion = operation({
  id: 'release-interest-exclusion',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/interest-exclusions/:exclusionId/release',
  summary: 'Ends an exclusion from interest, from a day on or as if it had never been.',
  tag: TAG,
  permission: 'charge.waive',
  params: z.object({ exclusionId: idText }),
  body: z.object({
    /** The last day left out; left out, today. */
    to: day.optional(),
    /** Interest is caught up for its days. */
    annul: z.boolean().optional(),
  }),
  reply: z.object({ exclusionId: z.string() }),
  refusals: {
    exclusion_not_found: [404, 'There is no such exclusion.'],
    exclusion_released: [409, 'It was released before.'],
    ends_before_start: [400, 'The last day is before the first.'],
  },
});
