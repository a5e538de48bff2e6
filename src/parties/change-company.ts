// Changing how a company presents itself. Its code, functional currency and country are what its books rest on and stay.

import type { Command } from '#command/command.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { changeOf } from './changes.ts';
import { type Company, checkCompany } from './company.ts';
import { checkLanguage, isEmail } from './customer.ts';
import { compactAccount } from './iban.ts';
import { lockCompany, updateCompany } from './store.ts';

type Changeable = Omit<Company, 'id' | 'code' | 'functionalCurrency' | 'country'>;

export type ChangeCompany = {
  readonly companyId: CompanyId;
  /** Fields left out stay; `null` empties one. */
  readonly wanted: { readonly [K in keyof Changeable]?: Changeable[K] | undefined };
};

/**
 * Changes name, address, bank and contact details of a company. Documents printed later show the new ones.
 *
 * Refuses: `company_not_found`, `email_not_valid`, `language_not_valid`, what `checkCompany` refuses.
 */
export const changeCompany: Command<
  ChangeCompany,
  { readonly companyId: string; readonly changed: readonly string[] }
> = {
  name: 'change-company',
  permission: 'company.manage',
  async run(act, input) {
    const company = await lockCompany(act, input.companyId);
    if (!company) throw new Refusal('company_not_found', { companyId: input.companyId });

    const { iban } = input.wanted;
    const { after, fields, changes } = changeOf(company, {
      ...input.wanted,
      iban: iban ? compactAccount(iban) : iban,
    });
    if (fields.length === 0) return { companyId: company.id, changed: [] };
    checkCompany(after);
    checkLanguage(after.language);
    if (after.email !== null && !isEmail(after.email))
      throw new Refusal('email_not_valid', { email: after.email });

    updateCompany(act, after);
    act.record({ type: 'company.changed', subjectId: company.id, data: { changes } });
    return { companyId: company.id, changed: fields };
  },
};
