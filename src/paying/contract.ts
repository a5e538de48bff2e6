// What the API offers on how far the machine may go with receipts: thresholds of a company, the method of a customer.

import { z } from 'zod';
import { operation } from '#http/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';
import { METHODS, UNKNOWN_PAYERS } from './matching-rules.ts';

export { METHODS, START_RULES, UNKNOWN_PAYERS } from './matching-rules.ts';

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
