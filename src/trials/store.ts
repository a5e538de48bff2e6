// SQL of what sets of policies in the shadow would have said.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import type { CompanyId } from '#kernel/id.ts';
import { SHADOW_DAYS_SHOWN_MAX } from '#kernel/limits.ts';
import type { Comparison } from './read-comparison.ts';

/** A set by the file it has, a company and a day. */
export type ShadowDay = {
  readonly setId: string;
  readonly revision: number;
  readonly companyId: CompanyId;
  readonly on: PlainDate;
};

/** Whether a day was kept already. */
export async function hasDay(tx: Tx, { setId, revision, companyId, on }: ShadowDay): Promise<boolean> {
  const rows = await tx.run(sql`select from shadow_day
    where tenant_id = ${tx.tenantId} and set_id = ${setId} and company_id = ${companyId} and on_day = ${on}
      and revision = ${revision}`);
  return rows.length > 0;
}

/** Keeps what a set would have said on a day; once. */
export function insertDay(
  act: Act,
  { setId, revision, companyId, on }: ShadowDay,
  summary: Comparison,
): void {
  act.write(sql`insert into shadow_day (tenant_id, set_id, revision, company_id, on_day, summary, recorded_at)
    values (${act.tenantId}, ${setId}, ${revision}, ${companyId}, ${on}, ${jsonText(summary)}::jsonb, ${act.now})
    on conflict (tenant_id, set_id, company_id, on_day, revision) do nothing`);
}

export type DayRow = {
  readonly company_id: CompanyId;
  readonly company_code: string;
  readonly on_day: PlainDate;
  readonly recorded_at: Instant;
  readonly summary: Comparison;
  /** The set had another file then. */
  readonly earlier: boolean;
};

/** The days of a set, the newest first. */
export async function findDays(tx: Tx, setId: string): Promise<readonly DayRow[]> {
  return tx.run(sql<DayRow>`
    select d.company_id, c.code as company_code, d.on_day, d.recorded_at, d.summary,
      d.revision < s.revision as earlier
    from shadow_day d join company c on c.tenant_id = d.tenant_id and c.id = d.company_id
    join policy_set s on s.tenant_id = d.tenant_id and s.id = d.set_id
    where d.tenant_id = ${tx.tenantId} and d.set_id = ${setId}
    order by d.on_day desc, c.code, d.revision desc limit ${SHADOW_DAYS_SHOWN_MAX}`);
}
