// What reporting answers on one customer's timeline: everything that happened, each contact with its proof.

import { z } from 'zod';
import { dayText, idText, momentText, moneyText, operation, pageOf, pageQuery } from '#http/contract.ts';
import { TIMELINE_KINDS, type TimelineKind } from './timeline.ts';

export { TIMELINE_KINDS };

const REFUSALS = {
  customer_not_found: [404, 'There is no such customer.'],
  item_not_found: [404, 'There is no such item at this customer.'],
} as const;

const params = z.object({ customerId: idText });

const isKind = (text: string): text is TimelineKind => (TIMELINE_KINDS as readonly string[]).includes(text);

/** Which part of a timeline; nothing given, all of it. */
const part = z.object({
  /** Kinds to tell, divided by commas. */
  kinds: z
    .string()
    .max(300)
    .meta({ examples: ['message,mail,call'] })
    .transform((text, context): readonly TimelineKind[] => {
      const kinds = text.split(',').map((kind) => kind.trim());
      if (kinds.every(isKind)) return kinds;
      context.addIssue({
        code: 'custom',
        message: 'timeline_kind_unknown',
        params: { kinds: [...TIMELINE_KINDS] },
      });
      return z.NEVER;
    })
    .optional(),
  /** Only what is about this open item or its document. */
  itemId: idText.optional(),
  /** Only what is between the customer and this company. */
  companyId: idText.optional(),
});

const timelineEntry = z.object({
  kind: z.enum(TIMELINE_KINDS),
  id: z.string(),
  /** The day it counts for. */
  on: dayText,
  /** When we learned it. */
  at: momentText,
  /** The document's number, the message's subject, the outcome of a call, the event's type. */
  title: z.string(),
  amount: moneyText.nullable(),
  /** What the reader opens: the invoice, payment, message, conversation, dispute or hand-over. */
  subjectId: z.string(),
  /** Words that depend on the kind: direction, state, reason, what was settled, who did it. */
  details: z.record(z.string(), z.string().nullable()),
  /** What mail servers, carriers and readers said of a message. */
  proofs: z.array(
    z.object({
      kind: z.string(),
      at: momentText,
      /** How bad it is that it came back: `hard`, `soft` or `policy`. */
      severity: z.string().nullable(),
      /** In the words of who said it. */
      detail: z.string(),
    }),
  ),
});

export const readCustomerTimeline = operation({
  id: 'read-customer-timeline',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/timeline',
  summary:
    'All that happened with a customer, newest first: documents, money, contacts with their proof, promises, work.',
  tag: 'Customers',
  permission: 'book.read',
  params,
  query: pageQuery.extend(part.shape),
  reply: pageOf(timelineEntry),
  refusals: REFUSALS,
});

export const exportCustomerTimeline = operation({
  id: 'export-customer-timeline',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/timeline.csv',
  summary: 'What happened with a customer as delimited text, all rows, newest first.',
  tag: 'Customers',
  permission: 'book.read',
  params,
  query: part,
  produces: ['text/csv'],
  refusals: REFUSALS,
});
