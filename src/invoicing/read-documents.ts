// Reading issued documents for other modules.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import { findByExternalIds, findByNumbers, type InvoiceRow } from './store.ts';

export type { InvoiceRow } from './store.ts';

/** Documents of a company that still stand, by the id they have in another system. */
export async function readDocumentsByExternalId(
  tx: Tx,
  companyId: CompanyId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, InvoiceRow>> {
  const rows = await findByExternalIds(tx, companyId, ids);
  return new Map(rows.map((row) => [row.external_id ?? '', row]));
}

/** Documents of a company that still stand, by their printed number; an invoice and a credit note may share one. */
export async function readDocumentsByNumber(
  tx: Tx,
  companyId: CompanyId,
  numbers: readonly string[],
): Promise<readonly InvoiceRow[]> {
  return findByNumbers(tx, companyId, numbers);
}
