// What the API offers on tags of customers.

import { z } from 'zod';
import { may, operation, textLine } from '#http/contract.ts';
import { customerIdIn } from '#parties/contract.ts';
import { TAGGED_AT_ONCE_MAX } from './tag.ts';

const TAG = 'Customers';

/** Every tag. */
export const listTags = operation({
  id: 'list-tags',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customer-tags',
  summary: 'Every tag of customers with how many have it.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({ rows: z.array(z.object({ tag: z.string(), customers: z.number().int() })) }),
});

/** The tags of one customer. */
export const readCustomerTags = operation({
  id: 'read-customer-tags',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/tags',
  summary: 'The tags of a customer.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({ tags: z.array(z.string()), may: z.object({ change: may }) }),
  refusals: { customer_not_found: [404, 'There is no customer with this id.'] },
});

const tags = z.array(textLine(60)).max(30).optional();

/** Changes tags of customers. */
export const changeTags = operation({
  id: 'change-tags',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/customer-tags',
  summary:
    'Adds tags to customers and takes others away, of one or of many at once, by their ids or numbers.',
  tag: TAG,
  permission: 'customer.edit',
  body: z.object({
    customerIds: z.array(customerIdIn).max(TAGGED_AT_ONCE_MAX).optional(),
    customerNumbers: z.array(textLine(60)).max(TAGGED_AT_ONCE_MAX).optional(),
    add: tags,
    take: tags,
  }),
  reply: z.object({
    /** Customers whose tags are others now. */
    changed: z.number().int(),
  }),
  refusals: {
    customer_not_found: [404, 'Some of these numbers or ids are nobody’s: see which. Nothing was changed.'],
    tag_not_valid: [409, 'A tag has 1 to 40 characters, without commas and semicolons.'],
    too_many_tags: [409, 'A customer has 30 tags at most. Take some away first.'],
  },
});
