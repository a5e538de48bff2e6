// To which account of a company customers pay: the one of the currency, else the one that stands with the company.

import type { CompanyId } from '#kernel/id.ts';
import { isCurrency } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { isBic, isIban } from '#parties/iban.ts';

/** Where money is sent: an IBAN, or a number and the code of its bank where payers know no IBANs; some countries write both. */
export type AccountDetails = Pick<Company, 'bankName' | 'iban' | 'bic' | 'accountNumber' | 'routingNumber'>;

/** The account of a company for one currency. */
export type PayAccount = AccountDetails & { readonly companyId: CompanyId; readonly currency: string };

/**
 * Refuses what nobody can pay to: `unknown_currency`, `account_missing` (neither IBAN nor number), `account_number_missing` (a
 * bank code without a number), `iban_not_valid`, `bic_not_valid`.
 */
export function checkPayAccount(currency: string, account: AccountDetails): void {
  const { iban, bic, accountNumber, routingNumber } = account;
  if (!isCurrency(currency)) throw new Refusal('unknown_currency', { currency });
  if (routingNumber !== null && accountNumber === null)
    throw new Refusal('account_number_missing', { routingNumber });
  if (iban === null && accountNumber === null) throw new Refusal('account_missing', { currency });
  if (iban !== null && !isIban(iban)) throw new Refusal('iban_not_valid', { iban });
  if (bic !== null && !isBic(bic)) throw new Refusal('bic_not_valid', { bic });
}

/** The account alone, without whose it is and for what. */
export function detailsOf(account: AccountDetails): AccountDetails {
  const { bankName, iban, bic, accountNumber, routingNumber } = account;
  return { bankName, iban, bic, accountNumber, routingNumber };
}

/**
 * A company as those see it who pay in a currency: with the account of that currency, whole, in the place of the usual one.
 * Where it has none for the currency, the usual one stays.
 */
export function paidIn(company: Company, accounts: readonly PayAccount[], currency: string): Company {
  const own = accounts.find((account) => account.companyId === company.id && account.currency === currency);
  return own ? { ...company, ...detailsOf(own) } : company;
}

/**
 * A company as those see it who pay in several currencies at once: with the account where all of them go to the same, else
 * with none, since the usual one would be wrong for some.
 */
export function paidInAll(
  company: Company,
  accounts: readonly PayAccount[],
  currencies: Iterable<string>,
): Company {
  const each = [...new Set(currencies)].map((currency) => paidIn(company, accounts, currency));
  const [first = company] = each;
  const isSame = each.every((other) => sameAccount(first, other));
  const none = { bankName: null, iban: null, bic: null, accountNumber: null, routingNumber: null };
  return isSame ? first : { ...company, ...none };
}

/** Whether two are one account at one bank, whatever the bank is called. */
function sameAccount(one: AccountDetails, other: AccountDetails): boolean {
  return (
    one.iban === other.iban &&
    one.accountNumber === other.accountNumber &&
    one.routingNumber === other.routingNumber
  );
}

/** Whether there is an account that can be paid to. */
export function hasAccount(company: Pick<Company, 'iban' | 'accountNumber'>): boolean {
  return company.iban !== null || company.accountNumber !== null;
}

/** The account of a company in the words of letters and messages; nothing where it has none. */
export function bankOf(
  company: Pick<Company, 'name'> & {
    readonly [K in keyof AccountDetails]?: AccountDetails[K] | undefined;
  },
) {
  const { iban, bic, bankName, accountNumber, routingNumber } = company;
  if (!iban && !accountNumber) return undefined;
  return {
    holder: company.name,
    iban: iban ?? undefined,
    bic: bic ?? undefined,
    bankName: bankName ?? undefined,
    accountNumber: accountNumber ?? undefined,
    routingNumber: routingNumber ?? undefined,
  };
}
