// What companies and customers have chosen for printed documents, for whoever prints them.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { chooseDocumentLanguage, type SecondLanguage } from './language.ts';
import type { Letterhead } from './letterhead.ts';
import { NO_EXTRAS } from './print-extras.ts';
import { type CompanyLook, usualStyle } from './print-style.ts';
import {
  findCustomerLanguages,
  findExtras,
  findLetterheads,
  findLetterheadVersions,
  findLooks,
} from './store-look.ts';

/** What each company has chosen; where it has not, the look that is usual in its country, without a picture or additions. */
export async function readLooks(
  tx: Tx,
  companies: readonly Pick<Company, 'id' | 'country' | 'language'>[],
): Promise<ReadonlyMap<CompanyId, CompanyLook>> {
  const ids = companies.map(({ id }) => id);
  const [looks, extras, letterheads] = await Promise.all([
    findLooks(tx, ids),
    findExtras(tx, ids),
    findLetterheads(tx, ids),
  ]);
  return new Map(
    companies.map(({ id, country, language }) => [
      id,
      {
        ...(looks.get(id) ?? { style: usualStyle(country), logo: null }),
        extras: extras.get(id) ?? NO_EXTRAS,
        letterheads: {
          texts: letterheads.get(id)?.texts ?? [],
          ownLanguage: chooseDocumentLanguage([language]),
        },
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

/** Which version of its letterhead a company writes with now; none where it never said anything. */
export async function readLetterheadId(tx: Tx, companyId: CompanyId): Promise<string | null> {
  return (await findLetterheads(tx, [companyId])).get(companyId)?.id ?? null;
}

/** Versions of letterheads, as documents keep them. */
export function readLetterheadVersions(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Letterhead[]>> {
  return findLetterheadVersions(tx, ids);
}
