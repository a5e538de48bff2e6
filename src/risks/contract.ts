// What the API offers on the risk classes of customers.

import { z } from 'zod';
import { may, momentText, operation, textLine } from '#http/contract.ts';
import { customerIdIn } from '#parties/contract.ts';
import { RISK_CLASSES } from './risk-class.ts';

export { RISK_CLASSES };

const TAG = 'Customers';

const NOT_FOUND = { customer_not_found: [404, 'There is no customer with this id.'] } as const;

const riskClass = z.enum(RISK_CLASSES).nullable();

/** What was stated of one customer. */
export const readRiskClass = operation({
  id: 'read-risk-class',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/risk-class',
  summary:
    'The risk class that is stated of a customer, with what was stated before and by which rule it is reckoned.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: z.object({
    /** Null where none is: it is reckoned from how each account of the customer paid. */
    stated: riskClass,
    /** The latest first. */
    history: z.array(z.object({ riskClass, note: z.string(), statedBy: z.string(), statedAt: momentText })),
    rule: z.string(),
    may: z.object({ change: may }),
  }),
  refusals: NOT_FOUND,
});

/** States one. */
export const changeRiskClass = operation({
  id: 'change-risk-class',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/risk-class',
  summary:
    'States the risk class of a customer with why, or leaves it to be reckoned from how the customer pays.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: z.object({
    /** Null: it is reckoned. */
    riskClass,
    /** Why: an insurer's word, a report, a talk. */
    note: textLine(500),
  }),
  reply: z.null(),
  refusals: NOT_FOUND,
});
