// What companies and customers have chosen for printed documents, for whoever prints them.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { SecondLanguage } from './language.ts';
import { NO_EXTRAS } from './print-extras.ts';
import { type CompanyLook, usualStyle } from './print-style.ts';
import { findCustomerLanguages, findExtras, findLooks } from './store-look.ts';

/** What each company has chosen; where it has not, the look that is usual in its country, without a picture or additions. */
export async function readLooks(
  tx: Tx,
  companies: readonly Pick<Company, 'id' | 'country'>[],
): Promise<ReadonlyMap<CompanyId, CompanyLook>> {
  const ids = companies.map(({ id }) => id);
  const [looks, extras] = await Promise.all([findLooks(tx, ids), findExtras(tx, ids)]);
  return new Map(
    companies.map(({ id, country }) => [
      id,
      {
        ...(looks.get(id) ?? { style: usualStyle(country), logo: null }),
        extras: extras.get(id) ?? NO_EXTRAS,
      },
    ]),
  );
}

/** The second languages of customers that want another than their company's documents have. */
export function readCustomerLanguages(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, SecondLanguage>> {
  return findCustomerLanguages(tx, customerIds);
}
