// The accounts of companies by currency, for whoever prints or writes.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type PayAccount, paidIn } from './pay-account.ts';
import { findPayAccounts } from './store.ts';

/** The accounts that companies have for a currency, by company and currency; the usual one stands with the company. */
export function readPayAccounts(tx: Tx, companyIds: readonly CompanyId[]): Promise<readonly PayAccount[]> {
  return findPayAccounts(tx, companyIds);
}

/** A company with the account it is paid to in a currency. Refuses: `company_not_found`. */
export async function takePaidCompany(tx: Tx, companyId: CompanyId, currency: string): Promise<Company> {
  const [company, accounts] = await Promise.all([
    takeCompany(tx, companyId),
    findPayAccounts(tx, [companyId]),
  ]);
  return paidIn(company, accounts, currency);
}
