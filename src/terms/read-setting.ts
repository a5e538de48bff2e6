// Reading what a company says on terms and discounts.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { DISCOUNT_POLICY, type DiscountPolicy } from './discount-policy.ts';
import type { DiscountBase } from './schedule.ts';
import { findDiscountCountries, findSetting } from './store.ts';

/** What a company says, or the built-in rules where it says nothing. Refuses: `company_not_found`. */
export async function readTermsSetting(tx: Tx, companyId: CompanyId) {
  await takeCompany(tx, companyId);
  const [said, countries] = await Promise.all([
    findSetting(tx, companyId),
    findDiscountCountries(tx, companyId),
  ]);
  const policy: DiscountPolicy = said
    ? {
        base: said.discount_base as DiscountBase,
        correctsTax: said.corrects_tax,
        proRata: said.pro_rata,
        unearned: said.unearned as DiscountPolicy['unearned'],
      }
    : DISCOUNT_POLICY;
  return {
    paymentTermsId: said?.payment_terms_id ?? null,
    policy,
    countries: countries.map((c) => ({
      country: c.country,
      base: c.discount_base as DiscountBase,
      correctsTax: c.corrects_tax,
    })),
  };
}
