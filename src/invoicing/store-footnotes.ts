// SQL of the footnotes of companies.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { Footnote } from './footnote.ts';

/** The footnotes of a company in all languages, in order. */
export async function findFootnotes(tx: Tx, companyId: CompanyId): Promise<readonly Footnote[]> {
  return tx.run(sql<Footnote>`
    select language, text from company_footnote where tenant_id = ${tx.tenantId} and company_id = ${companyId}
    order by language, position`);
}

/** Puts these footnotes in place of all that the company had. */
export function replaceFootnoteRows(act: Act, companyId: CompanyId, footnotes: readonly Footnote[]): void {
  act.write(
    sql`delete from company_footnote where tenant_id = ${act.tenantId} and company_id = ${companyId}`,
  );
  const seen = new Map<string, number>();
  act.insert(
    'company_footnote',
    footnotes.map(({ language, text }) => {
      const position = (seen.get(language) ?? 0) + 1;
      seen.set(language, position);
      return { company_id: companyId, language, position, text };
    }),
  );
}
