// The look of companies' documents, for whoever prints them.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { type CompanyLook, usualStyle } from './print-style.ts';
import { findLooks } from './store-look.ts';

/** The look each company has chosen; where it has not, the one that is usual in its country, without a picture. */
export async function readLooks(
  tx: Tx,
  companies: readonly Pick<Company, 'id' | 'country'>[],
): Promise<ReadonlyMap<CompanyId, CompanyLook>> {
  const chosen = await findLooks(
    tx,
    companies.map(({ id }) => id),
  );
  return new Map(
    companies.map(({ id, country }) => [id, chosen.get(id) ?? { style: usualStyle(country), logo: null }]),
  );
}
