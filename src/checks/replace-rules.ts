// Stating anew what is looked at before invoices are issued: of a company, or of one customer. Versions are kept.

import type { Command } from '#command/command.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { checkRules, type StatedRules } from './check-rules.ts';
import { findRules, insertRules } from './store.ts';

export type RulesReplaced = { readonly rulesId: string };

/**
 * States the rules of a company, for all it issues from now on.
 *
 * Refuses: `company_not_found`, what `checkRules` refuses.
 */
export const replaceCompanyRules: Command<
  { readonly companyId: CompanyId; readonly rules: StatedRules },
  RulesReplaced
> = {
  name: 'replace-company-check-rules',
  permission: 'company.manage',
  async run(act, { companyId, rules }) {
    checkRules(rules);
    const [company, before] = await Promise.all([
      takeCompany(act, companyId),
      findRules(act, companyId, null),
    ]);
    const rulesId = insertRules(act, { companyId: company.id }, rules);
    act.record({
      type: 'check_rules.replaced',
      subjectId: company.id,
      data: { before: before.company as Json, after: rules as Json },
    });
    return { rulesId };
  },
};

/**
 * States what one customer wants otherwise; no rules at all put it back to what the company looks at.
 *
 * Refuses: `customer_not_found`, what `checkRules` refuses.
 */
export const replaceCustomerRules: Command<
  { readonly customerId: CustomerId; readonly rules: StatedRules },
  RulesReplaced
> = {
  name: 'replace-customer-check-rules',
  permission: 'customer.edit',
  async run(act, { customerId, rules }) {
    checkRules(rules);
    const [customer, before] = await Promise.all([
      takeCustomer(act, customerId),
      findRules(act, null, customerId),
    ]);
    const rulesId = insertRules(act, { customerId: customer.id }, rules);
    act.record({
      type: 'check_rules.replaced',
      subjectId: customer.id,
      customerId: customer.id,
      data: { before: before.customer as Json, after: rules as Json },
    });
    return { rulesId };
  },
};
