// What the API offers on answering: a draft with the rows it cites, sending an answer, and words that are said again and again.

import { z } from 'zod';
import { day, dayText, idText, may, moneyText, operation, textLine } from '#http/contract.ts';
import { companyIdIn } from '#parties/contract.ts';
import { ENCLOSED_MAX } from './reply.ts';

const TAG = 'Inbox';
const CONVERSATION = {
  conversation_not_found: [404, 'There is no such conversation. See the inbox.'],
} as const;
const params = z.object({ conversationId: idText });

/** A draft of an answer. */
export const readReplyDraft = operation({
  id: 'read-reply-draft',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/inbox/:conversationId/draft',
  summary:
    'A draft of an answer to the latest mail, from what it seems to want: its words are fixed, each of its figures is cited with the row of the ledger it was read from. Nothing is sent by it.',
  tag: TAG,
  permission: 'message.read',
  params,
  reply: z.object({
    /** Who is answered; null where nobody can be. */
    recipient: z.string().nullable(),
    /** Whether this is the address of a contact of the customer; anybody can write that they are one. */
    isContact: z.boolean(),
    subject: z.string(),
    words: z.string(),
    language: z.string(),
    /** Where in the words each figure stands, and the open items it was read from. */
    figures: z.array(
      z.object({
        from: z.number().int(),
        to: z.number().int(),
        text: z.string(),
        kind: z.enum(['item', 'sum', 'day']),
        itemIds: z.array(z.string()),
        /** Stands for these items, however many they are, where the figure is cited. */
        fingerprint: z.string(),
      }),
    ),
    /** The rows of the ledger that are cited. */
    rows: z.array(
      z.object({
        itemId: z.string(),
        documentId: z.string(),
        reference: z.string(),
        dueOn: dayText,
        open: moneyText,
      }),
    ),
    /** Invoices of the customer that are open: copies of them can go with the answer. */
    invoices: z.array(z.object({ invoiceId: z.string(), number: z.string() })),
    /** Those that the mail seems to ask for. */
    enclosedIds: z.array(z.string()),
    snippets: z.array(z.object({ name: z.string(), words: z.string() })),
    companies: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Who speaks; null where there are several and none is known. */
    companyId: z.string().nullable(),
    today: dayText,
    may: z.object({ send: may }),
  }),
  refusals: CONVERSATION,
});

/** Sends an answer. */
export const sendReply = operation({
  id: 'send-inbox-reply',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/inbox/:conversationId/replies',
  summary:
    'Answers the latest mail of a conversation: to whoever wrote it, in its thread, from the company. It leaves once.',
  tag: TAG,
  permission: 'reminder.send',
  params,
  body: z.object({
    /** The version of the conversation you saw. */
    seen: z.number().int().min(1),
    words: z.string().trim().min(1).max(20_000),
    subject: textLine(500).optional(),
    companyId: companyIdIn.optional(),
    /** Copies of these go with it. */
    invoiceIds: z.array(idText).max(ENCLOSED_MAX).default([]),
    /** A statement of what was open on this day goes with it. */
    statementOn: day.optional(),
    /** The conversation is done with it. */
    isDone: z.boolean().default(false),
    /** Figures of a draft that you took over; where one stands in the words and the ledger says otherwise by now, nothing is sent. */
    cited: z
      .array(z.object({ text: z.string().min(1).max(200), fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }))
      .max(200)
      .default([]),
  }),
  reply: z.object({
    replyId: z.string(),
    messageId: z.string(),
    recipient: z.string(),
    version: z.number().int(),
  }),
  refusals: {
    ...CONVERSATION,
    conversation_moved_on: [
      409,
      'Something happened in this conversation since you saw it, perhaps an answer. Look at it again before you send yours.',
    ],
    conversation_without_customer: [409, 'Say first whose conversation this is.'],
    conversation_without_mail: [409, 'Nobody wrote in this conversation whom you could answer.'],
    conversation_without_company: [400, 'There are several companies. Say which one speaks.'],
    company_not_found: [404, 'There is no such company.'],
    address_stopped: [
      409,
      'Nothing is sent to this address any more. Lift that first, if its owner wants it.',
    ],
    invoice_not_found: [404, 'There is no such invoice of this customer.'],
    statement_day_in_future: [400, 'The day of the statement is in the future.'],
    draft_outdated: [409, 'The ledger moved on since this was drafted. Draft it again, then send.'],
  },
});

/** Keeps words. */
export const putSnippet = operation({
  id: 'put-inbox-snippet',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/inbox-snippets',
  summary: 'Keeps words that are said again and again under a name; null takes them away.',
  tag: TAG,
  permission: 'hold.place',
  body: z.object({ name: textLine(80), words: z.string().trim().min(1).max(8000).nullable() }),
  reply: z.object({ name: z.string() }),
});
