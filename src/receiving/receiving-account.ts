// Numbers of accounts that a company gives to its customers, so that what is paid to one names its payer (virtual accounts).

import { type AccountDetails, detailsOf, type PayAccount, paidIn } from '#banking/pay-account.ts';
import type { StatementDetail } from '#formats/bank-statement-shape.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { compactAccount, isBic, isIban } from '#parties/iban.ts';

/** A number with what payers need beside it. */
export type ReceivingDetails = {
  /** An IBAN, or the bank's own number. */
  readonly account: string;
  readonly bankName: string | null;
  readonly bic: string | null;
  readonly routingNumber: string | null;
};

/**
 * The number as it is kept and compared.
 *
 * Refuses: `receiving_account_not_valid` (not six to thirty-four letters and figures, or an IBAN whose check digits are wrong),
 * `bic_not_valid`.
 */
export function readyDetails(details: ReceivingDetails): ReceivingDetails {
  const account = compactAccount(details.account);
  const looksLikeIban = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(account);
  if (!/^[A-Z0-9]{6,34}$/.test(account) || (looksLikeIban && !isIban(account)))
    throw new Refusal('receiving_account_not_valid', { account: details.account.slice(0, 60) });
  if (details.bic !== null && !isBic(details.bic)) throw new Refusal('bic_not_valid', { bic: details.bic });
  return { ...details, account };
}

/** A number that a customer is shown. */
export type ShownNumber = ReceivingDetails & {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
};

/**
 * The accounts by currency that a customer pays to: its own numbers before the accounts of the companies. What a number does not
 * say of its bank is that of the company's account.
 */
export function accountsPaidBy(
  companies: readonly Company[],
  accounts: readonly PayAccount[],
  own: readonly ShownNumber[],
): readonly PayAccount[] {
  const numbers = own.flatMap((number) => {
    const { companyId, currency } = number;
    const company = companies.find(({ id }) => id === companyId);
    if (company === undefined) return [];
    return [{ companyId, currency, ...paidThrough(detailsOf(paidIn(company, accounts, currency)), number) }];
  });
  return [...numbers, ...accounts];
}

function paidThrough(company: AccountDetails, own: ReceivingDetails): AccountDetails {
  const { account, bankName, bic, routingNumber } = own;
  const iban = isIban(account) ? account : null;
  const bank = { bankName: bankName ?? company.bankName, bic: bic ?? company.bic };
  return {
    ...bank,
    iban,
    accountNumber: iban === null ? account : null,
    routingNumber: iban === null ? (routingNumber ?? company.routingNumber) : null,
  };
}

/** Words of a line that are looked up, at most. */
const WORDS_MAX = 60;

/**
 * Numbers that a bank line says it was paid to: the account of the creditor where the bank tells it, and words of its texts,
 * since many banks write the virtual account among them.
 */
export function numbersSaid(
  details: readonly StatementDetail[],
  texts: readonly string[],
): readonly string[] {
  const creditors = details.flatMap(({ creditor, ultimateCreditor }) =>
    [creditor, ultimateCreditor].flatMap((party) => [party?.iban ?? '', party?.otherAccount ?? '']),
  );
  const words = texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).slice(0, WORDS_MAX);
  const said = [...creditors, ...words].map(compactAccount).filter((text) => /^[A-Z0-9]{6,34}$/.test(text));
  return [...new Set(said)];
}

/** The customer whose number a line was paid to; nobody where it names the numbers of several. */
export function payerBy(
  said: readonly string[],
  given: ReadonlyMap<string, CustomerId>,
): { readonly customerId: CustomerId; readonly account: string } | undefined {
  const found = said.flatMap((account) => {
    const customerId = given.get(account);
    return customerId === undefined ? [] : [{ customerId, account }];
  });
  const [first] = found;
  return new Set(found.map(({ customerId }) => customerId)).size === 1 ? first : undefined;
}
