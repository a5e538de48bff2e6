// The operations of how customers write numbers of documents: what could be learnt, trying it on the past, accepting, taking back.

import { z } from 'zod';
import { day, dayText, idText, momentText, operation, pageOf, pageQuery } from '#http/contract.ts';
import { customerIdIn } from '#parties/contract.ts';
import { VERDICTS } from './pattern.ts';

const TAG = 'Matching';

const CUSTOMER = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
} as const;

/** As numbers are compared: capital letters and figures. */
const keyText = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Z0-9]*$/);

/**
 * `ending`: the last so many figures of our numbers. `series`: the customer's own letters (or none) in place of ours, zeros in front
 * or not. `order`: the purchase order of the customer that stands on our invoice.
 */
const form = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ending'), figures: z.number().int().min(3).max(40) }),
  z.object({ kind: z.literal('series'), theirs: keyText(40), ours: keyText(64).min(1) }),
  z.object({ kind: z.literal('order') }),
]);

const tally = z.object({
  /** Numbers written so that named nothing but what was paid. */
  right: z.number().int(),
  /** Numbers that named something else. */
  wrong: z.number().int(),
  /** Numbers that fitted several documents of which only some were paid: a person would have been asked. */
  tied: z.number().int(),
});

const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });

const shown = tally.extend({
  form,
  customer: customerRef,
  /** The latest receipt that says so. */
  paymentId: z.string().nullable(),
});

export const listPatternProposals = operation({
  id: 'list-writing-pattern-proposals',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/writing-pattern-proposals',
  summary:
    'Ways in which customers seem to write our numbers, from receipts that people applied or accepted of a customer above, with how often each would have been right.',
  tag: TAG,
  permission: 'book.read',
  /** With a payment: only of its customer. */
  query: z.object({ paymentId: idText.optional() }),
  reply: z.object({
    rows: z.array(
      shown.extend({
        /** The customer above it of whom this was accepted, and on whose word it was tried here. */
        from: customerRef.nullable(),
      }),
    ),
  }),
});

export const tryPattern = operation({
  id: 'try-writing-pattern',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/customers/:customerId/writing-pattern-trials',
  summary:
    'What a way of writing numbers would have made of a customer’s latest receipts, one by one. Nothing is changed.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  body: z.object({ form }),
  reply: tally.extend({
    rows: z.array(
      z.object({
        paymentId: z.string(),
        number: z.string(),
        receivedOn: dayText,
        /** The piece of the text, as numbers are compared. */
        written: z.string(),
        verdict: z.enum(VERDICTS),
        /** Numbers of the documents it would have named. */
        meant: z.array(z.string()),
        /** Numbers of the documents that were paid. */
        paid: z.array(z.string()),
      }),
    ),
  }),
  refusals: CUSTOMER,
});

export const listPatterns = operation({
  id: 'list-writing-patterns',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/writing-patterns',
  summary: 'Ways of writing numbers that people accepted for customers, the latest first, revoked ones too.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery,
  reply: pageOf(
    shown.extend({
      patternId: z.string(),
      /** The last value date on which it counts; null for always. */
      untilOn: dayText.nullable(),
      acceptedBy: z.string(),
      acceptedAt: momentText,
      revokedBy: z.string().nullable(),
      revokedAt: momentText.nullable(),
    }),
  ),
});

export const acceptPattern = operation({
  id: 'accept-writing-pattern',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/writing-patterns',
  summary:
    'Takes numbers that a customer writes in a way of its own for ours from now on, as far as that was right before.',
  tag: TAG,
  permission: 'payment.apply',
  body: z.object({ customerId: customerIdIn, form, untilOn: day.optional() }),
  reply: tally.extend({ patternId: z.string() }),
  refusals: {
    ...CUSTOMER,
    pattern_not_supported: [
      409,
      'Past receipts do not speak for this: numbers written so have to be right more often than wrong. Try it on the past first.',
    ],
    pattern_known: [409, 'This is taken for how the customer writes already.'],
    pattern_ends_before_today: [400, 'The last day is past. Give a day to come, or none.'],
  },
});

export const revokePattern = operation({
  id: 'revoke-writing-pattern',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/writing-patterns/:patternId',
  summary: 'Takes numbers written so for ours no longer. What was applied stays.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ patternId: idText }),
  reply: z.object({ patternId: z.string() }),
  refusals: {
    pattern_not_found: [404, 'There is no pattern with this id.'],
    pattern_revoked: [409, 'This was revoked before.'],
  },
});
