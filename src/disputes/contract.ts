// The operations on disputes and deductions.

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
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { DISPUTE_ITEMS_MAX, DISPUTE_NOTE_CHARACTERS_MAX } from '#kernel/limits.ts';
import { itemIdIn } from '#ledger/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { DISPUTE_STATES, STATED_OUTCOMES } from './dispute.ts';

const TAG = 'Disputes';

const note = z.string().trim().min(1).max(DISPUTE_NOTE_CHARACTERS_MAX);
const reasonCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/, 'dispute_reason_not_valid')
  .meta({ examples: ['pricing'] });

const amounts = z
  .object({
    original: moneyText,
    /** Still disputed. */
    open: moneyText,
    paid: moneyText,
    credited: moneyText,
    writtenOff: moneyText,
    /** No more disputed, and owed as before. */
    released: moneyText,
  })
  .meta({ id: 'DisputeAmounts' });

/** What is said of a dispute by whoever opens it. */
export const disputeSaid = z.object({
  reason: reasonCode.optional(),
  note: note.optional(),
  claimNumber: textLine(100).optional(),
  claimCode: textLine(50).optional(),
});

/** A dispute as opened. */
export const disputeOpened = z.object({
  disputeId: z.string(),
  number: z.string(),
  amount: moneyText,
  reason: z.string(),
  duplicateOf: z.object({ disputeId: z.string(), number: z.string() }).nullable(),
});

const row = z.object({
  disputeId: z.string(),
  number: z.string(),
  kind: z.enum(['dispute', 'deduction']),
  state: z.enum(DISPUTE_STATES),
  outcome: z.string().nullable(),
  customer: z.object({ id: z.string(), number: z.string(), name: z.string() }),
  companyId: z.string(),
  reason: z.string(),
  reasonName: z.string(),
  claimNumber: z.string().nullable(),
  openedOn: dayText,
  daysOpen: z.number().int(),
  /** Numbers of the documents it is about. */
  references: z.array(z.string()),
  duplicateOf: z.object({ disputeId: z.string(), number: z.string() }).nullable(),
  amounts,
});

const NOT_FOUND: Readonly<Record<string, RefusalMeaning>> = {
  dispute_not_found: [404, 'There is no such dispute. See the list of disputes.'],
};

const CHANGING: Readonly<Record<string, RefusalMeaning>> = {
  ...NOT_FOUND,
  dispute_closed: [409, 'The dispute was decided. Reopen it first.'],
};

const REASONING: Readonly<Record<string, RefusalMeaning>> = {
  dispute_reason_unknown: [
    400,
    'There is no such reason. Choose one of those listed, or add it in the settings.',
  ],
  dispute_note_missing: [400, 'Something else says nothing by itself. Write a sentence about what it is.'],
};

/** What opening a dispute refuses, whichever way it is asked for. */
export const DISPUTING: Readonly<Record<string, RefusalMeaning>> = {
  ...REASONING,
  exceeds_undisputed: [409, 'No more can be disputed than is open and not in dispute yet.'],
  amount_not_positive: [400, 'The amount has to be above zero.'],
  series_not_found: [409, 'The company has no number series for this document. Add one in the settings.'],
};

const PARTS: Readonly<Record<string, RefusalMeaning>> = {
  wrong_currency: [400, 'The amount is in another currency than the item.'],
  amount_not_positive: [400, 'The amount has to be above zero.'],
  dated_in_future: [400, 'The day has not come yet. Use today or an earlier day.'],
};

/** A list of disputes. */
export const listDisputes = operation({
  id: 'list-disputes',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/disputes',
  summary: 'Disputes and deductions, the latest first, with what became of the disputed money.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery.extend({
    kind: z.enum(['dispute', 'deduction']).optional(),
    /** `open`: not decided yet. */
    state: z.enum(['open', 'closed']).optional(),
    companyId: companyIdIn.optional(),
    customerId: customerIdIn.optional(),
    itemId: itemIdIn.optional(),
    documentId: idText.optional(),
    paymentId: idText.optional(),
    reason: reasonCode.optional(),
    /** Part of the number, or how the customer's claim number begins. */
    search: textLine(100).optional(),
  }),
  reply: pageOf(row),
});

/** One dispute. */
export const readDispute = operation({
  id: 'read-dispute',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/disputes/:disputeId',
  summary: 'One dispute with its items, the documents made for it, and what happened.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ disputeId: idText }),
  reply: row.extend({
    source: z.string(),
    paymentId: z.string().nullable(),
    claimCode: z.string().nullable(),
    /** What the customer said first. */
    statedReason: z.string(),
    statedReasonName: z.string(),
    rootCause: z.string().nullable(),
    closedOn: dayText.nullable(),
    items: z.array(
      z.object({
        itemId: z.string(),
        kind: z.string(),
        documentId: z.string(),
        reference: z.string(),
        dueOn: dayText,
        amount: moneyText,
        open: moneyText,
        disputed: amounts,
      }),
    ),
    remedies: z.array(z.object({ documentId: z.string(), kind: z.string(), number: z.string() })),
    history: z.array(z.object({ type: z.string(), at: momentText, by: z.string(), data: z.unknown() })),
    may: z.object({ record: may, decide: may, credit: may, reopen: may }),
  }),
  refusals: NOT_FOUND,
});

/** Opens a dispute. */
export const openDispute = operation({
  id: 'open-dispute',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/disputes',
  summary:
    'Records that a customer disputes (part of) what is owed. From then on that part is not chased and bears no interest.',
  tag: TAG,
  permission: 'dispute.record',
  body: disputeSaid.extend({
    items: z
      .array(z.object({ itemId: itemIdIn, amount: amountIn.optional() }))
      .min(1)
      .max(DISPUTE_ITEMS_MAX),
    openedOn: day.optional(),
    acceptDuplicate: z.boolean().optional(),
  }),
  reply: disputeOpened,
  refusals: {
    ...DISPUTING,
    ...PARTS,
    item_not_found: [404, 'There is no such open item.'],
    item_named_twice: [400, 'An item is named twice. Name it once with the whole amount.'],
    not_a_debit: [409, 'Only what is owed to us can be disputed; this is a credit.'],
    item_without_customer: [409, 'Nobody knows whose item this is.'],
    dispute_of_several: [
      400,
      'A dispute is about items of one company, customer and currency. Open one for each.',
    ],
    claim_known: [
      409,
      'The customer made this claim before. Look at that dispute; open this one all the same only if it is another claim.',
    ],
  },
});

/** Gives up part of a dispute. */
export const releaseDispute = operation({
  id: 'release-dispute',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/disputes/:disputeId/releases',
  summary: 'Takes part of the amount out of a dispute: it is owed as before.',
  tag: TAG,
  permission: 'dispute.decide',
  params: z.object({ disputeId: idText }),
  body: z.object({
    items: z
      .array(z.object({ itemId: itemIdIn, amount: amountIn }))
      .min(1)
      .max(DISPUTE_ITEMS_MAX),
    note,
    on: day.optional(),
  }),
  reply: z.object({ disputeId: z.string(), open: moneyText }),
  refusals: {
    ...CHANGING,
    ...PARTS,
    item_not_disputed: [400, 'This item is not part of the dispute.'],
    exceeds_disputed: [409, 'No more can be taken out than is still disputed.'],
  },
});

/** Decides a dispute. */
export const closeDispute = operation({
  id: 'close-dispute',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/disputes/:disputeId/closing',
  summary: 'Decides a dispute. What is still disputed is owed as before, due as it always was.',
  tag: TAG,
  permission: 'dispute.decide',
  params: z.object({ disputeId: idText }),
  body: z.object({
    outcome: z.enum(STATED_OUTCOMES),
    rootCause: reasonCode.optional(),
    note: note.optional(),
  }),
  reply: z.object({
    disputeId: z.string(),
    number: z.string(),
    outcome: z.enum(STATED_OUTCOMES),
    released: moneyText,
  }),
  refusals: {
    ...CHANGING,
    dispute_reason_unknown: [
      400,
      'There is no such reason. Choose one of those listed, or add it in the settings.',
    ],
    dispute_still_open: [
      409,
      'Part of it is still disputed. Credit it, write it off or take it out first; or say that the customer was wrong.',
    ],
    changed_meanwhile: [409, 'Somebody else changed this at the same moment. Look again and repeat.'],
  },
});

/** Takes a decision back. */
export const reopenDispute = operation({
  id: 'reopen-dispute',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/disputes/:disputeId/closing',
  summary: 'Takes the decision about a dispute back.',
  tag: TAG,
  permission: 'dispute.decide',
  params: z.object({ disputeId: idText }),
  body: z.object({ note }),
  reply: z.object({ disputeId: z.string(), open: moneyText }),
  refusals: {
    ...NOT_FOUND,
    dispute_not_closed: [409, 'The dispute was not decided yet.'],
    dispute_undone: [
      409,
      'The payment that began this deduction was taken back, so there is nothing to dispute.',
    ],
  },
});

/** Says what it is really about. */
export const changeDisputeReason = operation({
  id: 'change-dispute-reason',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/disputes/:disputeId/reason',
  summary: 'Says what a dispute is really about; what the customer stated first stays known.',
  tag: TAG,
  permission: 'dispute.record',
  params: z.object({ disputeId: idText }),
  body: z.object({ reason: reasonCode, note: note.optional() }),
  reply: z.object({ disputeId: z.string() }),
  refusals: { ...CHANGING, ...REASONING },
});

/** Keeps words. */
export const noteDispute = operation({
  id: 'note-dispute',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/disputes/:disputeId/notes',
  summary: 'Keeps words about a dispute.',
  tag: TAG,
  permission: 'dispute.record',
  params: z.object({ disputeId: idText }),
  body: z.object({ note }),
  reply: z.object({ disputeId: z.string() }),
  refusals: NOT_FOUND,
});

/** A document was made for it. */
export const recordDisputeRemedy = operation({
  id: 'record-dispute-remedy',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/disputes/:disputeId/remedies',
  summary:
    'Says that a credit note or write-off was made for a dispute: it is taken off the disputed part first.',
  tag: TAG,
  permission: 'dispute.record',
  params: z.object({ disputeId: idText }),
  body: z.object({ documentId: idText }),
  reply: z.object({ disputeId: z.string(), open: moneyText }),
  refusals: {
    ...CHANGING,
    remedy_not_found: [404, 'There is no such credit note or write-off.'],
    remedy_taken: [409, 'This document was made for a dispute already.'],
    remedy_of_other_items: [409, 'This document settles nothing of the items in this dispute.'],
  },
});

/** The reasons. */
export const listDisputeReasons = operation({
  id: 'list-dispute-reasons',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/dispute-reasons',
  summary: 'The reasons that can be chosen, and what customers’ own codes mean.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    reasons: z.array(
      z.object({ code: z.string(), name: z.string(), inUse: z.boolean(), isBuiltIn: z.boolean() }),
    ),
    codes: z.array(z.object({ customerId: z.string().nullable(), code: z.string(), reason: z.string() })),
    may: z.object({ change: may }),
  }),
});

/** Adds or changes a reason. */
export const putDisputeReason = operation({
  id: 'put-dispute-reason',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/dispute-reasons',
  summary: 'Adds a reason, renames one, or takes it out of use.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({ code: reasonCode, name: textLine(80), inUse: z.boolean().default(true) }),
  reply: z.object({ code: z.string() }),
  refusals: { dispute_reason_needed: [409, 'This reason has to stay: it is taken where no other fits.'] },
});

/** Says what a code means. */
export const putClaimCode = operation({
  id: 'put-claim-code',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/claim-codes',
  summary: 'Says which reason a customer’s own code means; null takes that back.',
  tag: TAG,
  permission: 'customer.edit',
  body: z.object({ code: textLine(50), customerId: customerIdIn.optional(), reason: reasonCode.nullable() }),
  reply: z.object({ code: z.string() }),
  refusals: {
    customer_not_found: [404, 'There is no such customer.'],
    claim_code_empty: [400, 'The code has no letters or digits.'],
    dispute_reason_unknown: [
      400,
      'There is no such reason. Choose one of those listed, or add it in the settings.',
    ],
  },
});
