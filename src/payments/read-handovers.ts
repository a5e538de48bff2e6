// Reading which companies receive money for which.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import { findHandoverSettings } from './store-handovers.ts';

/** Whose receipts may settle what a company is owed: its own, and those of companies that may receive money for it, as both allow. */
export async function readReceiversFor(tx: Tx, companyId: CompanyId): Promise<readonly CompanyId[]> {
  const settings = await findHandoverSettings(tx, { toCompanyId: companyId });
  return [companyId, ...settings.filter((one) => one.from && one.to).map((one) => one.fromCompanyId)];
}
