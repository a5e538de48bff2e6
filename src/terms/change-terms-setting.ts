// What a company says on terms: which ones customers get who have none of their own, and how it treats discounts.

import type { Command } from '#command/command.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { DiscountPolicy } from './discount-policy.ts';
import { takeTerms } from './read-terms.ts';
import type { DiscountBase } from './schedule.ts';
import { replaceSetting } from './store.ts';

export type ChangeTermsSetting = {
  readonly companyId: CompanyId;
  readonly paymentTermsId: string | null;
  readonly policy: DiscountPolicy;
  /** Countries of customers for which base and tax are other than the company's. */
  readonly countries: readonly {
    readonly country: string;
    readonly base: DiscountBase;
    readonly correctsTax: boolean;
  }[];
};

/**
 * Says all of it anew, for invoices to come; issued ones keep their discounts.
 *
 * Refuses: `company_not_found`, `payment_terms_not_found`.
 */
export const changeTermsSetting: Command<ChangeTermsSetting, { readonly companyId: string }> = {
  name: 'change-terms-setting',
  permission: 'company.manage',
  async run(act, input) {
    await takeCompany(act, input.companyId);
    if (input.paymentTermsId !== null) await takeTerms(act, input.paymentTermsId);
    const countries = [...new Map(input.countries.map((c) => [c.country, c])).values()];
    replaceSetting(act, { ...input, countries });
    act.record({
      type: 'terms_setting.changed',
      subjectId: input.companyId,
      data: {
        paymentTermsId: input.paymentTermsId,
        policy: input.policy as unknown as Json,
        countries: countries as unknown as Json,
      },
    });
    return { companyId: input.companyId };
  },
};
