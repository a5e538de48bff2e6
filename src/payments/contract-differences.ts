// The operations on late discounts and dropped differences.

import { z } from 'zod';
import { dayText, momentText, moneyText, operation, pageOf, pageQuery } from '#http/contract.ts';
import { customerIdIn } from '#parties/contract.ts';
import { customerRef, DIFFERENCE_BASES, PAYMENTS } from './contract-shapes.ts';

/** Discounts that customers took after their day. */
export const listLateDiscounts = operation({
  id: 'list-late-discounts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/late-discounts',
  summary:
    'Payments that were short by a discount whose day was past, the latest first; those still open, or all.',
  tag: PAYMENTS,
  permission: 'book.read',
  query: pageQuery.extend({
    state: z.enum(['open', 'all']).default('open'),
    customerId: customerIdIn.optional(),
  }),
  reply: pageOf(
    z.object({
      itemId: z.string(),
      documentId: z.string(),
      reference: z.string(),
      paymentId: z.string(),
      paymentNumber: z.string(),
      customer: customerRef.nullable(),
      discount: moneyText,
      /** What of the item is open now. */
      open: moneyText,
      /** The last day on which it would have been earned, days of grace counted in. */
      untilOn: dayText,
      paidOn: dayText,
      daysLate: z.number().int(),
      /** Whether the payment is applied no more. */
      takenBack: z.boolean(),
    }),
  ),
});

/** Differences that were dropped. */
export const listDroppedDifferences = operation({
  id: 'list-dropped-differences',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/dropped-differences',
  summary:
    'What payments were short by and was dropped, latest first: how much, of what, by whom and by which right.',
  tag: PAYMENTS,
  permission: 'book.read',
  query: pageQuery.extend({
    customerId: customerIdIn.optional(),
    basis: z.enum(DIFFERENCE_BASES).optional(),
  }),
  reply: pageOf(
    z.object({
      applicationId: z.string(),
      paymentId: z.string(),
      payment: z.string(),
      itemId: z.string(),
      documentId: z.string(),
      reference: z.string(),
      customer: customerRef.nullable(),
      difference: moneyText,
      basis: z.enum(DIFFERENCE_BASES),
      /** The rule as it was then, with what it allowed. */
      evidence: z.unknown(),
      droppedBy: z.string(),
      recordedAt: momentText,
      /** The application was taken back, and the difference with it. */
      isTakenBack: z.boolean(),
    }),
  ),
});
