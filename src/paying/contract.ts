// What the API offers on how far the machine may go with receipts: thresholds of a company, the method of a customer.

import { z } from 'zod';
import { day, dayText, idText, momentText, operation, pageOf, pageQuery, textLine } from '#http/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { ALIAS_KINDS } from './alias.ts';
import { GROUP_PAYMENTS, METHODS, UNKNOWN_PAYERS } from './matching-rules.ts';

export { GROUP_PAYMENTS, METHODS, START_RULES, UNKNOWN_PAYERS } from './matching-rules.ts';

const TAG = 'Matching';

const COMPANY = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
} as const;
const CUSTOMER = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
} as const;

const rules = z.object({
  /** Percent: from which probability on a receipt is applied without a person. */
  applyFrom: z.number().int().min(50).max(100),
  /** Percent: from which probability on it is suggested. */
  suggestFrom: z.number().int().min(1).max(100),
  /** What may become of a receipt where nothing but its amount says who paid. */
  unknownPayers: z.enum(UNKNOWN_PAYERS),
  /**
   * What may become of a receipt that pays for several customers of one group (below one parent): it waits for a person (`never`),
   * is applied to what they owe, each less its own credits (`debts`), or also less credits of one another (`net`).
   */
  groupPayments: z.enum(GROUP_PAYMENTS).default('never'),
});

const matching = z.object({
  /**
   * By all signs (`engine`), only where documents are named (`by_reference`), what nobody can tell to the oldest
   * (`oldest_first`) or to all alike (`proportional`), or by people (`manual`).
   */
  method: z.enum(METHODS),
  /** Whether money for the oldest, or for all alike, pays what is disputed too. */
  withDisputed: z.boolean(),
});

export const getMatchingRules = operation({
  id: 'get-matching-rules',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/matching-rules',
  summary: 'From which probability on receipts of a company are applied, and suggested.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: companyIdIn }),
  reply: rules.extend({ isStated: z.boolean() }),
  refusals: COMPANY,
});

export const replaceMatchingRules = operation({
  id: 'replace-matching-rules',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/matching-rules',
  summary: 'States from which probability on receipts of a company are applied, and suggested.',
  tag: TAG,
  permission: 'company.manage',
  params: z.object({ companyId: companyIdIn }),
  body: rules,
  reply: z.object({ rulesId: z.string() }),
  refusals: {
    ...COMPANY,
    thresholds_crossed: [400, 'A suggestion cannot need more than an application. Lower suggestFrom.'],
  },
});

export const getCustomerMatching = operation({
  id: 'get-customer-matching',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/matching',
  summary: 'How receipts of a customer are applied.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ customerId: customerIdIn }),
  reply: matching,
  refusals: CUSTOMER,
});

export const replaceCustomerMatching = operation({
  id: 'replace-customer-matching',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/matching',
  summary: 'States how receipts of a customer are applied from now on.',
  tag: TAG,
  permission: 'customer.edit',
  params: z.object({ customerId: customerIdIn }),
  body: matching,
  reply: z.object({ matchingId: z.string() }),
  refusals: CUSTOMER,
});

// — what was learnt of payers —

const customerRef = z.object({ id: z.string(), number: z.string(), name: z.string() });
const learnt = z.object({
  /** A name or an account that payments come with. */
  kind: z.enum(ALIAS_KINDS),
  written: z.string(),
  customer: customerRef,
  /** The latest receipt that says so. */
  paymentId: z.string().nullable(),
  /** Of so many past receipts with it whose customer is known (`asked`), so many were of this customer. */
  right: z.number().int(),
  asked: z.number().int(),
});

/** What could be learnt. */
export const listAliasProposals = operation({
  id: 'list-payer-alias-proposals',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payer-alias-proposals',
  summary:
    'Names and accounts that could be taken for customers, with how often that would have been right on past receipts.',
  tag: TAG,
  permission: 'book.read',
  /** With a payment: only what its own name and account say of the customer it is with. */
  query: z.object({ paymentId: idText.optional() }),
  reply: z.object({ rows: z.array(learnt) }),
});

/** What was learnt. */
export const listAliases = operation({
  id: 'list-payer-aliases',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/payer-aliases',
  summary: 'Names and accounts that people accepted for customers, the latest first, revoked ones too.',
  tag: TAG,
  permission: 'book.read',
  query: pageQuery,
  reply: pageOf(
    learnt.extend({
      aliasId: z.string(),
      /** The last value date on which it counts; null for always. */
      untilOn: dayText.nullable(),
      acceptedBy: z.string(),
      acceptedAt: momentText,
      revokedBy: z.string().nullable(),
      revokedAt: momentText.nullable(),
    }),
  ),
});

/** A name or account is taken for a customer. */
export const acceptAlias = operation({
  id: 'accept-payer-alias',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/payer-aliases',
  summary: 'Takes money under a name, or from an account, for a customer’s from now on.',
  tag: TAG,
  permission: 'payment.apply',
  body: z.object({
    kind: z.enum(ALIAS_KINDS),
    written: textLine(200),
    customerId: customerIdIn,
    untilOn: day.optional(),
  }),
  reply: z.object({ aliasId: z.string(), right: z.number().int(), asked: z.number().int() }),
  refusals: {
    ...CUSTOMER,
    alias_not_supported: [
      409,
      'Past receipts do not speak for this: more than half of those with this name or account have to be of the customer.',
    ],
    alias_known: [409, 'This is taken for the customer already.'],
    alias_ends_before_today: [400, 'The last day is past. Give a day to come, or none.'],
  },
});

/** It is not taken for the customer any more. */
export const revokeAlias = operation({
  id: 'revoke-payer-alias',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/payer-aliases/:aliasId',
  summary: 'Takes a name or account for a customer’s no longer. What was applied stays.',
  tag: TAG,
  permission: 'payment.apply',
  params: z.object({ aliasId: idText }),
  reply: z.object({ aliasId: z.string() }),
  refusals: {
    alias_not_found: [404, 'There is nothing learnt with this id.'],
    alias_revoked: [409, 'This was revoked before.'],
  },
});
