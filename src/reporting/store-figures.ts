// SQL of what reporting keeps in order: the cache of what each customer owes, kept so that a hundred thousand customers can be sorted by it.
// It is made again from the open items, wholly or for those whose books changed, and never counted on for a figure;
// and the days of the ledger, whose rows are melted together.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';

export type FiguresState = { readonly as_of: PlainDate; readonly refreshed_at: Instant };

/** When the cache was made, and for which day; undefined before the first time. */
export async function findFiguresState(tx: Tx): Promise<FiguresState | undefined> {
  return tx.find(
    sql<FiguresState>`select as_of, refreshed_at from customer_figures_state where tenant_id = ${tx.tenantId}`,
  );
}

/** Notes that the cache is being made; others that want to do the same wait here. */
export async function claimFigures(tx: Tx, state: FiguresState): Promise<void> {
  await tx.run(sql`
    insert into customer_figures_state (tenant_id, as_of, refreshed_at)
    values (${tx.tenantId}, ${state.as_of}, ${state.refreshed_at})
    on conflict (tenant_id) do update set as_of = excluded.as_of, refreshed_at = excluded.refreshed_at`);
}

/** What customers owe on a day, by company, in functional currency: the rows of the cache as they should be. */
export function owedQuery(
  tx: Tx,
  today: PlainDate,
  of: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`
    select i.company_id, i.customer_id,
      coalesce(sum(i.open_functional_minor) filter (where i.account = 'receivables' and i.open_minor > 0), 0)::bigint as open_minor,
      coalesce(sum(i.open_functional_minor) filter (where i.account = 'receivables' and i.open_minor > 0
        and i.due_on < ${today}), 0)::bigint as overdue_minor
    from open_item i where i.tenant_id = ${tx.tenantId} and i.open_minor <> 0 and i.customer_id is not null and ${of}
    group by i.company_id, i.customer_id`;
}

/**
 * Brings the cache up to date: for customers whose books changed since a moment, or, without one, for all. Gives how many
 * rows were written.
 */
export async function renewFigures(tx: Tx, today: PlainDate, since: Instant | undefined): Promise<number> {
  const changed = sql`(select distinct l.customer_id from journal_line l where l.tenant_id = ${tx.tenantId}
    and l.recorded_at >= ${since ?? null} and l.customer_id is not null)`;
  const theirs = (table: string) =>
    since === undefined ? sql`true` : sql`${sql.ref(`${table}.customer_id`)} in ${changed}`;
  const rows = await tx.run(
    sql<{ written: bigint }>`
      with owed as materialized (${owedQuery(tx, today, theirs('i'))}),
      gone as (delete from customer_figures f where f.tenant_id = ${tx.tenantId} and ${theirs('f')}
        and not exists (select 1 from owed o where o.company_id = f.company_id and o.customer_id = f.customer_id) returning 1),
      put as (insert into customer_figures as f (tenant_id, company_id, customer_id, open_minor, overdue_minor)
        select ${tx.tenantId}::uuid, company_id, customer_id, open_minor, overdue_minor from owed
        on conflict (tenant_id, company_id, customer_id) do update
          set open_minor = excluded.open_minor, overdue_minor = excluded.overdue_minor
          where (f.open_minor, f.overdue_minor) <> (excluded.open_minor, excluded.overdue_minor) returning 1)
      select (select count(*) from gone) + (select count(*) from put) as written`,
    { plan: 'fresh' },
  );
  return Number(rows[0]?.written ?? 0n);
}

/** Rows melted at a time; what is left over waits for the next time. */
const MELTED_ROWS = 100_000;

/**
 * Melts what postings added to the ledger's days into one row for each day, account and due date. Rows that are added
 * meanwhile are not seen and stay as they are, so nothing is lost or counted twice. Gives how many rows were melted.
 */
export async function meltDays(tx: Tx): Promise<number> {
  const key = sql`tenant_id, posted_on, company_id, account, currency, is_credit, due_on`;
  const rows = await tx.run(
    sql<{ melted: bigint }>`
      with fresh as (select posted_on, id from ledger_day where tenant_id = ${tx.tenantId} and not is_melted
        limit ${sql.lit(MELTED_ROWS)}),
      gone as (delete from ledger_day d using fresh f
        where d.tenant_id = ${tx.tenantId} and d.posted_on = f.posted_on and d.id = f.id returning d.*),
      put as (insert into ledger_day as d (${key}, amount_minor, functional_minor, is_melted)
        select ${key}, sum(amount_minor), sum(functional_minor), true from gone group by ${key} order by ${key}
        on conflict (${key}) where is_melted do update set amount_minor = d.amount_minor + excluded.amount_minor,
          functional_minor = d.functional_minor + excluded.functional_minor)
      select count(*) as melted from gone`,
    { plan: 'fresh' },
  );
  return Number(rows[0]?.melted ?? 0n);
}
