// A company is a legal entity of the creditor: it has its own books, functional currency, numbers and bank accounts.

import { endpointProblem } from '#einvoice/endpoint.ts';
import type { ReferenceScheme } from '#formats/payment-reference.ts';
import type { CompanyId } from '#kernel/id.ts';
import { isCurrency } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isBic, isIban } from './iban.ts';

export type Company = {
  readonly id: CompanyId;
  /** Short code people use in commands and files, e.g. `MAIN`. */
  readonly code: string;
  readonly name: string;
  readonly functionalCurrency: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly language: string;
  readonly timeZone: string;
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly taxId: string | null;
  readonly registrationNo: string | null;
  readonly bankName: string | null;
  readonly iban: string | null;
  readonly bic: string | null;
  /** Where there are no IBANs: the number of the account, and the code of its bank. */
  readonly accountNumber: string | null;
  readonly routingNumber: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** In which structured form payers are to quote its invoices; null for the number as it is. */
  readonly referenceScheme: ReferenceScheme | null;
  /** Its electronic address for e-invoices, with the scheme: `9930:DE123456789`. */
  readonly networkAddress: string | null;
};

/**
 * Refuses what no company can be: `company_code_not_valid`, `unknown_currency`, `country_not_valid`, `time_zone_not_valid`,
 * `iban_not_valid`, `bic_not_valid`, `network_address_not_valid`. A wrong IBAN on our invoices would send customers' money elsewhere.
 */
export function checkCompany(
  company: Pick<
    Company,
    'code' | 'functionalCurrency' | 'country' | 'timeZone' | 'iban' | 'bic' | 'networkAddress'
  >,
): void {
  if (!/^[A-Z0-9][A-Z0-9_-]{0,19}$/.test(company.code))
    throw new Refusal('company_code_not_valid', { code: company.code });
  if (!isCurrency(company.functionalCurrency))
    throw new Refusal('unknown_currency', { currency: company.functionalCurrency });
  checkCountry(company.country);
  checkTimeZone(company.timeZone);
  if (company.iban !== null && !isIban(company.iban))
    throw new Refusal('iban_not_valid', { iban: company.iban });
  if (company.bic !== null && !isBic(company.bic)) throw new Refusal('bic_not_valid', { bic: company.bic });
  const why = company.networkAddress === null ? undefined : endpointProblem(company.networkAddress);
  if (why !== undefined)
    throw new Refusal('network_address_not_valid', { address: company.networkAddress, why });
}

/** Refuses: `country_not_valid` for what is not two capital letters. */
export function checkCountry(country: string): void {
  if (!/^[A-Z]{2}$/.test(country)) throw new Refusal('country_not_valid', { country });
}

/** Refuses: `time_zone_not_valid` for what is not an IANA time zone. */
export function checkTimeZone(timeZone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  } catch {
    throw new Refusal('time_zone_not_valid', { timeZone });
  }
}
