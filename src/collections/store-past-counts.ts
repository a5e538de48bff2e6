// SQL of counts of past days.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { NO_COUNTS, type PastCounts } from './past-counts.ts';

/** A count of a past day of a company, and how far it is. */
export type PastCountRow = Omit<Selectable<DB['past_count']>, 'counts'> & { readonly counts: PastCounts };

/** The latest count of a past day of a company. */
export async function findPastCount(
  tx: Tx,
  companyId: CompanyId,
  on: PlainDate,
): Promise<PastCountRow | undefined> {
  return tx.find(sql<PastCountRow>`select * from past_count where tenant_id = ${tx.tenantId}
    and company_id = ${companyId} and on_day = ${on} order by begun_at desc, id desc limit 1`);
}

/** Begins a count; one that nobody goes on with any more begins anew, since what was told may have changed since. */
export function beginPastCount(act: Act, companyId: CompanyId, on: PlainDate): void {
  act.write(sql`insert into past_count
      (tenant_id, id, company_id, on_day, counts, looked, begun_at, looked_at)
    values (${act.tenantId}, ${newId<'past_count'>()}, ${companyId}, ${on}, ${jsonText(NO_COUNTS)}::jsonb, 0,
      ${act.now}, ${act.now})
    on conflict (tenant_id, company_id, on_day) where finished_at is null do update set
      counts = excluded.counts, looked = 0, after_id = null, begun_at = excluded.begun_at, looked_at = excluded.looked_at`);
}

/** Takes counts away that nobody is shown any more. */
export function deletePastCounts(act: Act, finishedBefore: Instant): void {
  act.write(
    sql`delete from past_count where tenant_id = ${act.tenantId} and finished_at < ${finishedBefore}`,
  );
}

/** Keeps how far a count is; nothing where another worker went on with it meanwhile. */
export function updatePastCount(
  tx: Tx,
  row: PastCountRow,
  further: {
    readonly counts: PastCounts;
    readonly looked: number;
    readonly after: CustomerId | undefined;
    readonly isWhole: boolean;
    readonly now: Instant;
  },
): void {
  const { counts, looked, after, isWhole, now } = further;
  tx.write(sql`update past_count set counts = ${jsonText(counts)}::jsonb, looked = ${looked}, after_id = ${after ?? null},
      looked_at = ${now}, finished_at = ${isWhole ? now : null}
    where tenant_id = ${tx.tenantId} and id = ${row.id} and begun_at = ${row.begun_at} and looked = ${row.looked}
      and finished_at is null`);
}
