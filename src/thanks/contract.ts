// What the API offers on thank-yous: their words looked at on a real payment, and sent to oneself.

import { z } from 'zod';
import { TEST_REFUSALS, testAsked } from '#delivery/contract.ts';
import { idText, operation, type RefusalMeaning } from '#http/contract.ts';
import { draftWords, NOT_RENDERED, previewed } from '#wording/contract.ts';

const TAG = 'Reminders';

const thanksWords = draftWords.extend({ companyId: idText });

const REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  company_not_found: [404, 'There is no company with this id.'],
  customer_not_found: [404, 'There is no customer with this id.'],
  nothing_paid: [
    409,
    'No payment of this customer has settled an invoice of the company. Choose another customer.',
  ],
  template_not_rendered: NOT_RENDERED,
};

/** Looks at a thank-you in words that need not be kept. */
export const previewThanks = operation({
  id: 'preview-thanks-words',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/customers/:customerId/thanks-previews',
  summary:
    'A thank-you for the latest payment of a customer that settled an invoice, in words that need not be kept, whether its policy thanks or not. Nothing is sent.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ customerId: idText }),
  body: thanksWords,
  reply: previewed,
  refusals: REFUSALS,
});

/** Sends such a thank-you to oneself. */
export const testThanks = operation({
  id: 'test-thanks',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customers/:customerId/thanks-test-mails',
  summary: 'Sends a thank-you, marked as a test, to the person who asks, never to the customer.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ customerId: idText }),
  body: thanksWords,
  reply: testAsked,
  refusals: { ...TEST_REFUSALS, ...REFUSALS },
});
