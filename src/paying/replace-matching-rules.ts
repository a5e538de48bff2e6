// Stating how far the machine may go with receipts: of a company, or of one customer. Versions are kept.

import type { Command } from '#command/command.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import {
  type CustomerMatching,
  checkMatchingRules,
  type MatchingRules,
  START_MATCHING,
  START_RULES,
} from './matching-rules.ts';
import { findMatching, findRules, insertMatching, insertRules } from './store.ts';

/**
 * States the thresholds of a company, for all receipts that are looked at from now on. What was applied before stays.
 *
 * Refuses: `company_not_found`, `thresholds_crossed`.
 */
export const replaceMatchingRules: Command<
  { readonly companyId: CompanyId; readonly rules: MatchingRules },
  { readonly rulesId: string }
> = {
  name: 'replace-matching-rules',
  permission: 'company.manage',
  async run(act, { companyId, rules }) {
    checkMatchingRules(rules);
    const [company, before] = await Promise.all([takeCompany(act, companyId), findRules(act, [companyId])]);
    const rulesId = insertRules(act, company.id, rules);
    act.record({
      type: 'matching_rules.replaced',
      subjectId: company.id,
      data: { before: (before.get(company.id) ?? START_RULES) as Json, after: rules as Json },
    });
    return { rulesId };
  },
};

/**
 * States how the receipts of one customer are applied from now on.
 *
 * Refuses: `customer_not_found`.
 */
export const replaceCustomerMatching: Command<
  { readonly customerId: CustomerId; readonly matching: CustomerMatching },
  { readonly matchingId: string }
> = {
  name: 'replace-customer-matching',
  permission: 'customer.edit',
  async run(act, { customerId, matching }) {
    const [customer, before] = await Promise.all([
      takeCustomer(act, customerId),
      findMatching(act, [customerId]),
    ]);
    const matchingId = insertMatching(act, customer.id, matching);
    act.record({
      type: 'customer_matching.replaced',
      subjectId: customer.id,
      customerId: customer.id,
      data: { before: (before.get(customer.id) ?? START_MATCHING) as Json, after: matching as Json },
    });
    return { matchingId };
  },
};
