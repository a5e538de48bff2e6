// SQL of the look that companies have chosen for their documents.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { CompanyLook } from './print-style.ts';

/** The looks of companies; one that has chosen nothing is left out. */
export async function findLooks(
  tx: Tx,
  companyIds: readonly CompanyId[],
): Promise<ReadonlyMap<CompanyId, CompanyLook>> {
  const rows = await tx.run(sql<CompanyLook & { companyId: CompanyId }>`
    select company_id "companyId", json_build_object('paper', paper, 'window', address_window, 'accent', accent,
      'font', font, 'marks', marks) style, logo
    from company_look where tenant_id = ${tx.tenantId} and company_id = any(${companyIds}::uuid[])`);
  return new Map(rows.map(({ companyId, style, logo }) => [companyId, { style, logo }]));
}

/** Puts a look in place of the one that was there. */
export function saveLook(act: Act, companyId: CompanyId, { style, logo }: CompanyLook): void {
  const { paper, window, accent, font, marks } = style;
  act.write(sql`
    insert into company_look (tenant_id, company_id, paper, address_window, accent, font, marks, logo)
    values (${act.tenantId}, ${companyId}, ${paper}, ${window}, ${accent}, ${font}, ${marks}, ${logo && Buffer.from(logo)})
    on conflict (tenant_id, company_id) do update set paper = excluded.paper, address_window = excluded.address_window,
      accent = excluded.accent, font = excluded.font, marks = excluded.marks, logo = excluded.logo`);
}
