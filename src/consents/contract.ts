// What the API offers on consents: what customers said of their money on account.

import { z } from 'zod';
import { day, dayText, momentText, operation, textLine } from '#http/contract.ts';
import { customerIdIn } from '#parties/contract.ts';

const TAG = 'Consents';

const CUSTOMER = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
} as const;

/** What counts, and what was said before. */
export const getConsent = operation({
  id: 'get-credit-consent',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/credit-consent',
  summary:
    'Whether a customer lets its money on account be applied to its next invoice by itself; who said so, and when.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    isGiven: z.boolean(),
    /** All that was said, the latest first. */
    said: z.array(
      z.object({
        consentId: z.string(),
        isGiven: z.boolean(),
        saidBy: z.string(),
        saidOn: dayText,
        note: z.string().nullable(),
        recordedBy: z.string(),
        recordedAt: momentText,
      }),
    ),
  }),
  refusals: CUSTOMER,
});

/** Records what a customer said. */
export const putConsent = operation({
  id: 'put-credit-consent',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/credit-consent',
  summary:
    'Records that a customer lets its money on account be applied to its next invoice by itself, or does not any more.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: z.object({
    isGiven: z.boolean(),
    /** Who said so at the customer. */
    saidBy: textLine(200),
    /** Left out, today. */
    saidOn: day.optional(),
    note: textLine(500).optional(),
  }),
  reply: z.object({ consentId: z.string() }),
  refusals: { ...CUSTOMER, dated_in_future: [409, 'The day is after today.'] },
});
