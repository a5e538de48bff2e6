// What the API offers on calls: noting, correcting and listing them, numbers that were wrong, and the address that dials.

import { z } from 'zod';
import { disputeOpened, openDispute } from '#disputes/contract.ts';
import { CALL_BARS } from '#gate/call-gate.ts';
import {
  amountIn,
  currencyCode,
  day,
  dayText,
  idText,
  may,
  momentText,
  operation,
  pageOf,
  pageQuery,
  textLine,
} from '#http/contract.ts';
import type { ItemId } from '#kernel/id.ts';
import { CALL_ITEMS_MAX, CALL_NEXT_DAYS_MAX, PROMISE_ITEMS_MAX } from '#kernel/limits.ts';
import { companyIdIn, customerBrief, customerIdIn } from '#parties/contract.ts';
import { takePromise } from '#promises/contract.ts';
import { CALL_DIRECTIONS, CALL_OUTCOMES, CALL_WAYS, isOurs, isSpoken } from './call.ts';
import { dialLink } from './phone.ts';

export { CALL_DIRECTIONS, CALL_OUTCOMES, CALL_WAYS, dialLink, isOurs, isSpoken };

const TAG = 'Calls';

const itemIdIn = idText.transform((text) => text as ItemId);

/** Lines of a note are kept. */
const words = z.string().trim().min(1).max(2000);

/** What is noted of a call. */
const noted = z.object({
  direction: z.enum(CALL_DIRECTIONS).default('out'),
  way: z.enum(CALL_WAYS).default('phone'),
  contactId: idText.optional(),
  spokeWith: textLine(200).optional(),
  number: textLine(50).optional(),
  outcome: z.enum(CALL_OUTCOMES),
  note: words.optional(),
  nextOn: day.optional(),
  on: day.optional(),
  itemIds: z.array(itemIdIn).max(CALL_ITEMS_MAX).optional(),
});

/** Why it was made although a rule pack speaks against it; only by whoever may do so. */
const despite = textLine(500).optional();

const NOTING = {
  call_not_allowed: [
    409,
    'A rule on calls speaks against calling this customer before `notBefore`; `bars` says which. Whoever may pass over it notes the call with the reason.',
  ],
  contact_not_found: [404, 'There is no such contact at this customer.'],
  item_not_found: [404, 'One of the items is not of this customer.'],
  call_in_future: [400, 'The day is still to come. Note a call once it was made.'],
  number_missing: [400, 'Say which number was wrong.'],
  next_day_missing: [400, 'Say on which day to call back.'],
  next_day_past: [400, 'The day to look again is past. Choose today or later.'],
  next_day_too_far: [400, `The day to look again is more than ${CALL_NEXT_DAYS_MAX} days ahead.`],
} as const;

/** Notes a call. */
export const recordCall = operation({
  id: 'record-call',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/calls',
  summary:
    'Notes a call or visit: who was spoken to, what came of it, when to look again; a promise or dispute is taken in the same act.',
  tag: TAG,
  permission: 'call.record',
  body: noted.extend({
    customerId: customerIdIn,
    companyId: companyIdIn.optional(),
    despite,
    /**
     * With the outcome `promised`: items by days, or a day by which everything open of the company comes, or what of it is
     * overdue or in one currency.
     */
    promise: z
      .object({
        on: day.optional(),
        items: z
          .array(z.object({ itemId: itemIdIn, on: day, amount: amountIn.optional() }))
          .min(1)
          .max(PROMISE_ITEMS_MAX)
          .optional(),
        onlyOverdue: z.boolean().optional(),
        currency: currencyCode.optional(),
      })
      .optional(),
    /** With the outcome `disputed`. */
    dispute: openDispute.body.omit({ openedOn: true }).optional(),
  }),
  reply: z.object({
    callId: z.string(),
    promise: takePromise.reply.nullable(),
    dispute: disputeOpened.nullable(),
  }),
  refusals: {
    ...openDispute.refusals,
    ...takePromise.refusals,
    ...NOTING,
    customer_not_found: [404, 'There is no such customer. Search by number or name.'],
    company_not_found: [404, 'There is no such company. See the list of companies.'],
    company_missing: [400, 'Say of which company everything is promised.'],
    promise_missing: [400, 'Say what was promised: by which day at least.'],
    promise_not_outcome: [400, 'Something is promised, but the outcome is another one.'],
    dispute_missing: [400, 'Say what is disputed.'],
    dispute_not_outcome: [400, 'Something is disputed, but the outcome is another one.'],
    taken_of_other_customer: [409, 'What is promised or disputed belongs to another customer.'],
  },
});

/** What speaks against a call by the rule packs that are kept, and until when. */
const callBar = z.object({
  reason: z.enum(CALL_BARS),
  pack: z.string(),
  until: momentText,
  /** Of caps: how many were counted of how many in how many days. */
  counted: z.number().int().nullable(),
  max: z.number().int().nullable(),
  days: z.number().int().nullable(),
});

/** May they be called? */
export const readCalling = operation({
  id: 'read-calling',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/calling',
  summary:
    'Whether a customer may be called now by the rule packs that are kept: what speaks against it, and until when.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    /** Null: now. */
    notBefore: momentText.nullable(),
    bars: z.array(callBar),
    /** Time zones the customer may be in. */
    zones: z.array(z.string()),
    may: z.object({ override: may }),
  }),
  refusals: { customer_not_found: [404, 'There is no such customer. Search by number or name.'] },
});

/** Corrects one. */
export const correctCall = operation({
  id: 'correct-call',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/calls/:callId/correction',
  summary:
    'Corrects a call that was noted wrongly: another stands in its place, or none. What was noted first stays known.',
  tag: TAG,
  permission: 'call.record',
  params: z.object({ callId: idText }),
  body: z.object({ note: textLine(1000), instead: noted.optional(), despite }),
  reply: z.object({ callId: z.string().nullable() }),
  refusals: {
    ...NOTING,
    call_not_found: [404, 'There is no such call.'],
    call_corrected: [409, 'This call was corrected already. Correct the one in its place.'],
    call_took_more: [
      409,
      'A promise was taken or a dispute opened with this call. Withdraw or close that; the outcome of the call stays.',
    ],
    promise_missing: [409, 'Only a new call can take a promise.'],
    dispute_missing: [409, 'Only a new call can open a dispute.'],
    promise_not_outcome: [409, 'A promise was taken with this call.'],
    dispute_not_outcome: [409, 'A dispute was opened with this call.'],
  },
});

/** The log. */
export const listCalls = operation({
  id: 'list-calls',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/calls',
  summary: 'Calls and visits, the newest first.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    customerId: customerIdIn.optional(),
    /** `true`: those that were corrected, too. */
    withCorrected: z.enum(['true', 'false']).default('false'),
  }),
  reply: pageOf(
    z.object({
      callId: z.string(),
      customer: customerBrief,
      companyId: z.string().nullable(),
      direction: z.enum(CALL_DIRECTIONS),
      way: z.enum(CALL_WAYS),
      contactId: z.string().nullable(),
      /** Who was spoken to. */
      with: z.string().nullable(),
      number: z.string().nullable(),
      outcome: z.enum(CALL_OUTCOMES),
      note: z.string().nullable(),
      nextOn: dayText.nullable(),
      on: dayText,
      promiseId: z.string().nullable(),
      disputeId: z.string().nullable(),
      items: z.array(z.object({ itemId: z.string(), reference: z.string(), documentId: z.string() })),
      by: z.string(),
      recordedAt: momentText,
      /** Why it was made although a rule on calls spoke against it. */
      despite: z.string().nullable(),
      correctedNote: z.string().nullable(),
      replacedBy: z.string().nullable(),
      may: z.object({ correct: may }),
    }),
  ).extend({ may: z.object({ record: may }) }),
});

/** Numbers to mend. */
export const listWrongNumbers = operation({
  id: 'list-wrong-numbers',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/wrong-numbers',
  summary:
    'Contacts whose number was wrong when it was called, and was not changed and reached nobody since.',
  tag: TAG,
  permission: 'book.read',
  query: z.object({ customerId: customerIdIn.optional() }),
  reply: z.object({
    rows: z.array(
      z.object({
        contactId: z.string(),
        contactName: z.string(),
        customerId: z.string(),
        customerName: z.string(),
        number: z.string(),
        callId: z.string(),
        calledOn: dayText,
      }),
    ),
  }),
});

/** What dials. */
export const readSoftPhone = operation({
  id: 'read-soft-phone',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/soft-phone',
  summary: 'The address that a click on a number opens, with {number} where the number goes.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ template: z.string(), may: z.object({ set: may }) }),
});

export const setSoftPhone = operation({
  id: 'set-soft-phone',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/soft-phone',
  summary: 'States the address that a click on a number opens, for the soft phone in use.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({ template: textLine(300) }),
  reply: z.object({ template: z.string() }),
  refusals: {
    dial_template_not_valid: [
      400,
      'Begin with tel:, callto:, sip:, sips:, msteams:, zoomphonecall:, webexphone: or https://host/, and put {number} once where the number goes.',
    ],
  },
});
