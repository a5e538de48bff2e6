// A new legal entity. Its books are opened with it by the ledger's `open-company`.

import type { Act } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Company, checkCompany } from './company.ts';
import { isEmail } from './customer.ts';
import { compactAccount } from './iban.ts';
import { insertCompany } from './store.ts';

type Needed = 'code' | 'name' | 'functionalCurrency' | 'country';

/** What is said of a new company; what is left out is empty, English and UTC. */
export type NewCompany = Pick<Company, Needed> & {
  readonly [K in Exclude<keyof Company, Needed | 'id'>]?: Company[K] | undefined;
};

/** Adds a company, inside a command. Refuses what `checkCompany` refuses, and `email_not_valid`. */
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
    iban: given.iban ? compactAccount(given.iban) : null,
    bic: given.bic ?? null,
    accountNumber: given.accountNumber ?? null,
    routingNumber: given.routingNumber ?? null,
    email: given.email ?? null,
    phone: given.phone ?? null,
    referenceScheme: given.referenceScheme ?? null,
    networkAddress: given.networkAddress ?? null,
  };
  checkCompany(company);
  if (company.email !== null && !isEmail(company.email))
    throw new Refusal('email_not_valid', { email: company.email });
  insertCompany(act, company);
  return company;
}
