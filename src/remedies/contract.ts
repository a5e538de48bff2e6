// What the API offers to end a dispute in one act, credited or written off with the decision, and to take the end back.

import { z } from 'zod';
import { closeDispute, readDispute, recordDisputeRemedy } from '#disputes/contract.ts';
import { day, idText, moneyText, operation, textLine } from '#http/contract.ts';
import { APPLY_CREDIT_REFUSALS, creditInvoice, TAG as INVOICES, invoiceIdIn } from '#invoicing/contract.ts';
import type { ApplicationId } from '#kernel/id.ts';
import { writeOffItems } from '#writeoffs/contract.ts';

const TAG = 'Disputes';

const params = z.object({ disputeId: idText });

/** The decision that goes with it; left out, the dispute stays undecided. */
const decision = closeDispute.body.omit({ outcome: true }).optional();

const NOT_PERMITTED = {
  not_permitted: [403, 'You may not record or decide disputes. Ask somebody who may.'],
} as const;

/** What a credit note would be. */
export const readDisputeCreditPlan = operation({
  id: 'read-dispute-credit-plan',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/disputes/:disputeId/credit-plan',
  summary: 'What is disputed of each invoice, and what that is without each of its taxes.',
  tag: TAG,
  permission: 'book.read',
  params,
  reply: z.object({
    invoices: z.array(
      z.object({
        invoiceId: z.string(),
        number: z.string(),
        disputed: moneyText,
        /** The net amount to credit where what is disputed bore this tax; at most what is disputed with the tax on it. */
        taxes: z.array(z.object({ category: z.string(), percent: z.string(), net: moneyText })),
      }),
    ),
  }),
  refusals: readDispute.refusals,
});

/** The customer was right. */
export const creditDispute = operation({
  id: 'credit-dispute',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/disputes/:disputeId/credit-notes',
  summary:
    'Credits an invoice for a dispute: the credit note takes the disputed part first, and the dispute is decided where that is asked for.',
  tag: TAG,
  permission: 'invoice.credit',
  params,
  body: creditInvoice.body.extend({ invoiceId: invoiceIdIn, decision }),
  reply: creditInvoice.reply.extend({
    disputeId: z.string(),
    stillDisputed: moneyText,
    /** False too where something is still disputed: then there is more to decide. */
    isDecided: z.boolean(),
  }),
  refusals: {
    ...creditInvoice.refusals,
    ...recordDisputeRemedy.refusals,
    ...closeDispute.refusals,
    ...NOT_PERMITTED,
  },
});

/** Given, or not worth a credit note. */
export const writeOffDispute = operation({
  id: 'write-off-dispute',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/disputes/:disputeId/write-offs',
  summary: 'Writes off exactly what is disputed, and decides the dispute where that is asked for.',
  tag: TAG,
  permission: 'write_off.post',
  params,
  body: z.object({ kind: z.enum(['goodwill', 'dispute']), reason: textLine(500), decision }),
  reply: z.object({
    disputeId: z.string(),
    writeOffId: z.string(),
    number: z.string(),
    amount: moneyText,
    isDecided: z.boolean(),
  }),
  refusals: {
    ...writeOffItems.refusals,
    ...recordDisputeRemedy.refusals,
    ...closeDispute.refusals,
    ...NOT_PERMITTED,
    nothing_disputed: [409, 'Nothing is disputed any more. Decide the dispute.'],
  },
});

/** What a credit note gave is taken off again. */
export const unapplyCredit = operation({
  id: 'unapply-credit',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/credit-notes/:creditNoteId/applications/:applicationId',
  summary:
    'Takes an application of a credit note back: both sides are open again as before, and a dispute that it had ended too.',
  tag: INVOICES,
  permission: 'payment.apply',
  params: z.object({
    creditNoteId: invoiceIdIn,
    applicationId: idText.transform((text) => text as ApplicationId),
  }),
  query: z.object({ on: day.optional() }),
  reply: z.object({
    creditNoteId: z.string(),
    open: z.string(),
    currency: z.string(),
    /** The dispute that it had ended, which is open again. */
    reopened: z.object({ disputeId: z.string(), number: z.string() }).nullable(),
  }),
  refusals: {
    ...APPLY_CREDIT_REFUSALS,
    application_not_found: [
      404,
      'There is no such application of this credit note, or it was taken back already.',
    ],
    changed_meanwhile: [409, 'Somebody else changed this at the same moment. Look again and repeat.'],
    dated_in_future: [409, 'The date is after today. Use today or an earlier date.'],
    reversed_too_early: [409, 'The date is before the application itself.'],
  },
});
