// What the API offers on sending invoices and credit notes.

import { z } from 'zod';
import { TEST_REFUSALS, testAsked } from '#delivery/contract.ts';
import { CHANNELS } from '#delivery/message.ts';
import { idText, operation } from '#http/contract.ts';
import type { MessageId } from '#kernel/id.ts';
import { DELIVER_INVOICES_MAX } from '#kernel/limits.ts';
import { draftWords, NOT_RENDERED, previewed } from '#wording/contract.ts';
import { invoiceIdIn, TAG } from './contract-shapes.ts';

// — delivering —

/** Sends documents. */
export const deliverInvoices = operation({
  id: 'deliver-invoices',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoice-deliveries',
  summary:
    'Sends invoices and credit notes, each by the way its customer wants, or all by one way. Tells what was queued, and why not.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.object({
    invoiceIds: z.array(invoiceIdIn).min(1).max(DELIVER_INVOICES_MAX),
    channel: z.enum(CHANNELS).optional(),
  }),
  reply: z.object({
    queued: z.number().int(),
    results: z.array(
      z.object({
        invoiceId: idText,
        number: z.string(),
        messageId: idText.nullable(),
        channel: z.enum(CHANNELS).nullable(),
        recipient: z.string().nullable(),
        /** Why it was not queued. Where the customer cannot be reached, a delivery problem is open. */
        reason: z.enum(['no_way', 'voided', 'already_on_its_way', 'by_portal']).nullable(),
      }),
    ),
  }),
  refusals: { invoice_not_found: [404, 'One of the documents does not exist. None was sent.'] },
});

/** Sends by another way what did not arrive. */
export const replaceMessage = operation({
  id: 'replace-message',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/messages/:messageId/replacements',
  summary: 'Sends the document of a message that did not arrive by the next way its customer allows.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ messageId: idText.transform((text) => text as MessageId) }),
  reply: z.object({
    messageId: idText.nullable(),
    channel: z.enum(CHANNELS).nullable(),
    reason: z.enum(['no_document', 'voided', 'replaced_already', 'no_other_way']).nullable(),
  }),
  refusals: {
    message_not_found: [404, 'There is no message with this id.'],
    message_replaced: [409, 'Another message took its place in this moment.'],
  },
});

/** Looks at the message a document would go with. */
export const previewMessage = operation({
  id: 'preview-message',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/message-previews',
  summary:
    'The mail or short notice this document would go with now, in words that need not be kept. Nothing is sent.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ invoiceId: invoiceIdIn }),
  body: draftWords.extend({ channel: z.enum(['email', 'sms']).default('email') }),
  reply: previewed,
  refusals: { invoice_not_found: [404, 'There is no such document.'], template_not_rendered: NOT_RENDERED },
});

/** Sends the mail of a document to oneself. */
export const testMessage = operation({
  id: 'test-message',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/invoices/:invoiceId/test-mails',
  summary:
    'Sends the mail of this document, marked as a test, to the person who asks, never to the customer. It counts as no sending.',
  tag: TAG,
  permission: 'reminder.send',
  params: z.object({ invoiceId: invoiceIdIn }),
  body: draftWords,
  reply: testAsked,
  refusals: {
    ...TEST_REFUSALS,
    invoice_not_found: [404, 'There is no such document.'],
    template_not_rendered: NOT_RENDERED,
  },
});
