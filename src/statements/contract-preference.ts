// What a customer wants of statements: whether, which kind, how often.

import { z } from 'zod';
import { may, operation } from '#http/contract.ts';
import { DELIVERY_COPIES_MAX } from '#kernel/limits.ts';
import { CUSTOMER_NOT_FOUND, customerParams, TAG } from './contract-shapes.ts';
import { STATEMENT_CHANNELS } from './schedule.ts';
import { STATEMENT_KINDS } from './statement.ts';

const preference = {
  /** Null: as the schedule says. */
  kind: z.enum(['none', ...STATEMENT_KINDS]).nullable(),
  emailTo: z.string().trim().max(254).nullable(),
  copies: z.array(z.string().trim().max(254)).max(DELIVERY_COPIES_MAX),
  /** Tried first; null: as for all messages. */
  channel: z.enum(STATEMENT_CHANNELS).nullable().default(null),
};

export const readStatementPreference = operation({
  id: 'read-statement-preference',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/statement-preference',
  summary: 'Which statements a customer wants, and where to.',
  tag: TAG,
  permission: 'book.read',
  params: customerParams,
  reply: z.object({ ...preference, may: z.object({ change: may }) }),
  refusals: { customer_not_found: CUSTOMER_NOT_FOUND },
});

export const changeStatementPreference = operation({
  id: 'change-statement-preference',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/statement-preference',
  summary: 'Says which statements a customer wants, and where to.',
  tag: TAG,
  permission: 'customer.edit',
  params: customerParams,
  body: z.object(preference),
  reply: z.object({ customerId: z.string() }),
  refusals: {
    customer_not_found: CUSTOMER_NOT_FOUND,
    delivery_address_not_valid: [409, 'This is no e-mail address. Mend it.'],
    too_many_copies: [409, 'These are more copies than a mail may have. Take some out.'],
  },
});
