// What the API offers to end a dispute in one act: credited or written off, with the decision.

import { z } from 'zod';
import { closeDispute, readDispute, recordDisputeRemedy } from '#disputes/contract.ts';
import { idText, moneyText, operation, textLine } from '#http/contract.ts';
import { creditInvoice, invoiceIdIn } from '#invoicing/contract.ts';
import { writeOffItems } from '#payments/contract.ts';

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
