// What the API offers on promises to pay: taking, withdrawing, listing them, and how far a customer can be believed.

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
import { PROMISE_DAYS_MAX, PROMISE_ITEMS_MAX, PROMISE_TOLERANCE_DAYS_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { PROMISE_STATES, PROMISE_WAYS } from './promise.ts';

export { PROMISE_WAYS };

const TAG = 'Promises to pay';

/** What the list shows: those that can still be kept, those of them due today or before, those not kept, or all. */
export const PROMISE_VIEWS = ['open', 'due', 'broken', 'kept', 'all'] as const;

const itemIdIn = idText.transform((text) => text as ItemId);

const CUSTOMER = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
} as const;
const COMPANY = { company_not_found: [404, 'There is no such company. See the list of companies.'] } as const;

export const takePromise = operation({
  id: 'take-promise',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/promises',
  summary:
    'Takes a promise to pay: amounts of items by days, or the whole account by one day. It is not asked for until then.',
  tag: TAG,
  permission: 'hold.place',
  body: z.object({
    items: z
      .array(z.object({ itemId: itemIdIn, on: day, amount: amountIn.optional() }))
      .min(1)
      .max(PROMISE_ITEMS_MAX)
      .optional(),
    /** Instead of items: everything that is open and not disputed. */
    account: z.object({ companyId: companyIdIn, customerId: customerIdIn, on: day }).optional(),
    contactId: idText.optional(),
    saidBy: textLine(200).optional(),
    way: z.enum(PROMISE_WAYS).default('phone'),
    note: textLine(1000).optional(),
  }),
  reply: z.object({
    promiseId: z.string(),
    amount: moneyText,
    /** 1 for the first promise about these items; higher after promises that were not kept. */
    level: z.number().int(),
    /** Earlier promises that say nothing more of these items. About others they go on. */
    replaces: z.array(z.string()),
  }),
  refusals: {
    nothing_promised: [
      400,
      'Name at least one open item, or an account with something open that is not disputed.',
    ],
    promise_too_long: [
      400,
      `A promise is about ${PROMISE_ITEMS_MAX} items at most, each in ${PROMISE_DAYS_MAX} parts at most.`,
    ],
    item_not_found: [404, 'One of the items does not exist.'],
    not_a_debit: [409, 'Only what a customer owes can be promised.'],
    item_without_customer: [409, 'The item belongs to no customer.'],
    promise_of_several: [
      409,
      'A promise is about one customer, one company and one currency. Take one for each.',
    ],
    promised_day_past: [400, 'The day is past. A promise is for today or later.'],
    promised_too_far_ahead: [400, 'The day is more than a year ahead.'],
    promised_day_twice: [400, 'One item is promised twice for one day. Give one amount for each day.'],
    wrong_currency: [400, 'The amount is in another currency than the item.'],
    amount_not_positive: [400, 'The amount is above zero.'],
    exceeds_open: [409, 'More is promised of an item than is open and not disputed.'],
    contact_not_found: [404, 'There is no such contact at this customer.'],
  },
});

const part = z.object({
  itemId: z.string(),
  documentId: z.string(),
  reference: z.string(),
  on: dayText,
  amount: moneyText,
  /** Of it, what came in time. */
  kept: moneyText,
  /** A later promise speaks of the item: the amount is what had come of it by then, and what was missing of days that had passed. */
  isReplaced: z.boolean(),
});

export const listPromises = operation({
  id: 'list-promises',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/promises',
  summary:
    'Promises to pay, the newest first, as they stand today or stood on a day: kept or not follows from the money that came.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({
    show: z.enum(PROMISE_VIEWS).default('open'),
    customerId: customerIdIn.optional(),
    documentId: idText.optional(),
    asOf: day.optional(),
  }),
  reply: z.object({
    rows: z.array(
      z.object({
        promiseId: z.string(),
        companyId: z.string(),
        customer: z.object({ id: z.string(), number: z.string(), name: z.string() }),
        promisedOn: dayText,
        level: z.number().int(),
        way: z.enum(PROMISE_WAYS),
        /** Who promised: the contact, or who was named. */
        by: z.string().nullable(),
        note: z.string().nullable(),
        state: z.enum(PROMISE_STATES),
        amount: moneyText,
        kept: moneyText,
        /** What is missing of days that passed. */
        short: moneyText,
        /** The next day on which something is to come. */
        next: dayText.nullable(),
        endNote: z.string().nullable(),
        takenBy: z.string(),
        recordedAt: momentText,
        parts: z.array(part),
        may: z.object({ withdraw: may }),
      }),
    ),
    /** Of all that can be seen here, how many can still be kept, are due today or before, and were not kept. */
    counts: z.object({ open: z.number().int(), due: z.number().int(), broken: z.number().int() }),
    may: z.object({ take: may }),
  }),
});

export const listPromisable = operation({
  id: 'list-promisable-items',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/promisable-items',
  summary:
    'What a customer owes and can promise to pay, with what of it is in dispute, which is nothing to promise.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    rows: z.array(
      z.object({
        itemId: z.string(),
        documentId: z.string(),
        reference: z.string(),
        company: z.object({ id: z.string(), name: z.string() }),
        dueOn: dayText,
        disputed: moneyText,
        /** 0 where all of it is in dispute. */
        promisable: moneyText,
      }),
    ),
  }),
  refusals: CUSTOMER,
});

export const withdrawPromise = operation({
  id: 'withdraw-promise',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/promises/:promiseId/withdrawal',
  summary: 'Notes that a customer took a promise back: what it was about is asked for again.',
  tag: TAG,
  permission: 'hold.place',
  params: z.object({ promiseId: idText }),
  body: z.object({ note: textLine(1000) }),
  reply: z.object({ promiseId: z.string() }),
  refusals: {
    promise_not_found: [404, 'There is no such promise.'],
    promise_not_open: [409, 'This promise was kept, broken, replaced or withdrawn already.'],
    item_not_found: [404, 'One of the items does not exist.'],
  },
});

export const readReliability = operation({
  id: 'read-promise-reliability',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/promise-reliability',
  summary:
    'How many promises of a customer that came to an end were kept, and how much of their money came in time; by currency.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    currencies: z.array(
      z.object({
        ended: z.number().int(),
        kept: z.number().int(),
        promised: moneyText,
        cameInTime: moneyText,
      }),
    ),
  }),
  refusals: CUSTOMER,
});

export const readTolerance = operation({
  id: 'read-promise-tolerance',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/promise-tolerance',
  summary: 'How many days late money may come in a company and a promise is kept.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: z.object({ days: z.number().int() }),
  refusals: COMPANY,
});

export const setTolerance = operation({
  id: 'set-promise-tolerance',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/promise-tolerance',
  summary: 'States how many days late money may come in a company and a promise is kept.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({ days: z.number().int().min(0).max(PROMISE_TOLERANCE_DAYS_MAX) }),
  reply: z.object({ companyId: z.string() }),
  refusals: COMPANY,
});
