// A new legal entity. Its books are opened with it by the ledger's `open-company`.

import type { Act } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { type Company, checkCompany } from './company.ts';
import { insertCompany } from './store.ts';

export type NewCompany = Pick<Company, 'code' | 'name' | 'functionalCurrency' | 'country'> &
  Partial<Omit<Company, 'id' | 'code' | 'name' | 'functionalCurrency' | 'country'>>;

/** Adds a company, inside a command. Refuses what `checkCompany` refuses. */
export function addCompany(act: Act, given: NewCompany): Company {
  const company: Company = {
    id: newId(),
    code: given.code,
    name: given.name,
    functionalCurrency: given.functionalCurrency,
    country: given.country,
    language: given.language ?? 'en',
    timeZone: given.timeZone ?? 'UTC',
    street: given.street ?? null,
    postalCode: given.postalCode ?? null,
    city: given.city ?? null,
    taxId: given.taxId ?? null,
    registrationNo: given.registrationNo ?? null,
    bankName: given.bankName ?? null,
    iban: given.iban ?? null,
    bic: given.bic ?? null,
    email: given.email ?? null,
    phone: given.phone ?? null,
  };
  checkCompany(company);
  insertCompany(act, company);
  return company;
}
