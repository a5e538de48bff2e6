// A new version of what is asked for late payment: of everybody a company sells to, or of one customer. Versions are kept; what
// was charged by an earlier one stays as it is.

import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { readTerms, type Terms } from './policy.ts';
import { insertPolicy } from './store.ts';

export type ReplacePolicy = {
  readonly companyId: CompanyId;
  /** Left out: everybody without terms of their own. */
  readonly customerId?: CustomerId | undefined;
  /** The first day of issue it counts for. */
  readonly validFrom: PlainDate;
  /** Null: nothing is asked of everybody; of a customer, the company's terms count again. */
  readonly terms: Terms | null;
  /** Nothing is asked of this customer, whatever the company's terms. */
  readonly exempt?: boolean | undefined;
};

/**
 * Puts new terms in force for what is issued from a day on.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `exempt_without_customer`, `exempt_with_terms`, and what `readTerms`
 * refuses.
 */
export const replacePolicy: Command<ReplacePolicy, { readonly policyId: string }> = {
  name: 'replace-charge-policy',
  permission: 'charge.configure',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    if (input.customerId) await takeCustomer(act, input.customerId);
    const exempt = input.exempt ?? false;
    if (exempt && !input.customerId) throw new Refusal('exempt_without_customer');
    if (exempt && input.terms) throw new Refusal('exempt_with_terms');
    if (input.terms) readTerms(input.terms);

    const policyId = newId<'charge_policy'>();
    insertPolicy(act, company.id, {
      id: policyId,
      customerId: input.customerId ?? null,
      validFrom: input.validFrom,
      terms: input.terms,
      exempt,
    });
    act.record({
      type: 'charge_policy.replaced',
      subjectId: policyId,
      customerId: input.customerId,
      data: {
        companyId: company.id,
        name: input.terms?.name ?? null,
        exempt,
        validFrom: input.validFrom.toString(),
      },
    });
    return { policyId };
  },
};
