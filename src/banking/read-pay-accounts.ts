// The accounts of companies by currency, for whoever prints or writes.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { PayAccount } from './pay-account.ts';
import { findPayAccounts } from './store.ts';

/** The accounts that companies have for a currency, by company and currency; the usual one stands with the company. */
export function readPayAccounts(tx: Tx, companyIds: readonly CompanyId[]): Promise<readonly PayAccount[]> {
  return findPayAccounts(tx, companyIds);
}
