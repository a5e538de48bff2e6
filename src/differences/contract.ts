// What the API offers on differences: what is dropped by rule when a payment is short, and how much people may drop by hand.

import { z } from 'zod';
import {
  amountIn,
  currencyCode,
  day,
  dayText,
  idText,
  momentText,
  moneyText,
  operation,
} from '#http/contract.ts';
import { ROLES } from '#identity/permission.ts';
import { DIFFERENCE_KINDS } from '#ledger/settlement.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { STANCES } from './difference-rules.ts';

export { mostOf, readCeiling } from './difference-rules.ts';

const TAG = 'Differences';

const COMPANY = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
} as const;

const CEILING = {
  ceiling_missing: [400, 'State an amount, a percentage, or both; the smaller counts.'],
  amount_negative: [400, 'The amount is zero or more.'],
  percent_not_valid: [400, 'The percentage is between 0 and 100, with at most four decimals.'],
  wrong_currency: [400, 'The amount is in another currency than the rule is for.'],
} as const;

/** How much: the smaller of both counts. Percent of the amount of the item. */
const ceilingIn = {
  amountMax: amountIn.nullish(),
  percentMax: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,12})?$/, 'number_not_decimal')
    .nullish()
    .meta({ examples: ['0.5'] }),
};

const ceiling = { amountMax: moneyText.nullable(), percentMax: z.string().nullable() };

const version = {
  validFrom: dayText,
  recordedBy: z.string(),
  recordedAt: momentText,
  /** Whether it is the version that counts today. */
  isInForce: z.boolean(),
};

/** What counts, and all versions there were. */
export const getDifferenceRules = operation({
  id: 'get-difference-rules',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/difference-rules',
  summary:
    'What a company lets drop when payments are short: by rule, and by hand; all versions, newest first.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: z.object({
    tolerances: z.array(
      z.object({
        toleranceId: z.string(),
        kind: z.enum(DIFFERENCE_KINDS),
        /** Null: everybody of whom nothing else is said. */
        customer: z.object({ id: z.string(), number: z.string(), name: z.string() }).nullable(),
        currency: z.string().nullable(),
        stance: z.enum(STANCES),
        ...ceiling,
        ...version,
      }),
    ),
    limits: z.array(
      z.object({
        limitId: z.string(),
        role: z.string().nullable(),
        userId: z.string().nullable(),
        currency: z.string(),
        stance: z.enum(['limit', 'withdrawn']),
        ...ceiling,
        ...version,
      }),
    ),
  }),
  refusals: COMPANY,
});

/** What is dropped by rule. */
export const putTolerance = operation({
  id: 'put-tolerance',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/tolerances',
  summary:
    'States how much a receipt may be short so that the rest is dropped by rule, by currency; for all or one customer.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({
    /** What is dropped: a little that is missing, or what banks kept on the way (booked to bank charges). */
    kind: z.enum(DIFFERENCE_KINDS).default('small_balance'),
    customerId: customerIdIn.optional(),
    /** Currency of the receipt. Left out, all currencies: for a customer that is blocked, or goes by the company's rule again. */
    currency: currencyCode.optional(),
    stance: z.enum(STANCES),
    ...ceilingIn,
    /** The first value date it counts for. */
    validFrom: day,
  }),
  reply: z.object({ toleranceId: z.string() }),
  refusals: {
    ...COMPANY,
    ...CEILING,
    customer_not_found: [404, 'There is no such customer. Search by number or name.'],
    currency_missing: [400, 'Say for which currency of receipts the tolerance is.'],
    stance_of_customers: [
      400,
      'Only a customer can go by the company’s rule again. Say `blocked` to drop nothing.',
    ],
  },
});

/** What people may drop. */
export const putDifferenceLimit = operation({
  id: 'put-difference-limit',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/companies/:companyId/difference-limits',
  summary:
    'States how much of an item a role or one person may drop by hand, by currency; more needs an approval.',
  tag: TAG,
  permission: 'approval.manage',
  params: z.object({ companyId: companyIdIn }),
  body: z.object({
    role: z.enum(ROLES).optional(),
    userId: idText.optional(),
    currency: currencyCode,
    /** Withdrawn: the person goes by the role's limit again, the role by the usual one (5 % of the item). */
    stance: z.enum(['limit', 'withdrawn']),
    ...ceilingIn,
    /** The first day it counts on. */
    validFrom: day,
  }),
  reply: z.object({ limitId: z.string() }),
  refusals: {
    ...COMPANY,
    ...CEILING,
    limit_of_whom: [400, 'Name either a role or a person.'],
  },
});
