// SQL of skips.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';

/** A stored skip, and whether it was taken back. */
export type SkipRow = Selectable<DB['reminder_skip']> & {
  readonly ended_by: string | null;
  readonly ended_at: Instant | null;
};

/** A skip with what people call that which it is about. */
export type ShownSkip = SkipRow & { readonly reference: string | null };

/** Adds skips. */
export function insertSkips(act: Act, rows: readonly Omit<NewRow<'reminder_skip'>, 'recorded_at'>[]): void {
  act.insert(
    'reminder_skip',
    rows.map((row) => ({ ...row, recorded_at: act.now })),
  );
}

/** One skip; nobody else takes it back meanwhile. */
export async function lockSkip(tx: Tx, id: string): Promise<SkipRow | undefined> {
  // An update is what facts refuse, so that the lock is one on the name of the skip.
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`reminder skip ${tx.tenantId} ${id}`}, 0))`,
  );
  const [row] = await tx.run(sql<SkipRow>`
    select s.*, e.ended_by, e.recorded_at as ended_at from reminder_skip s
    left join reminder_skip_end e on e.tenant_id = s.tenant_id and e.skip_id = s.id
    where s.tenant_id = ${tx.tenantId} and s.id = ${id}`);
  return row;
}

/** Notes that a skip was taken back. */
export function insertSkipEnd(act: Act, row: Omit<NewRow<'reminder_skip_end'>, 'recorded_at'>): void {
  act.insert('reminder_skip_end', [{ ...row, recorded_at: act.now }]);
}

/** What customers of a company skip in the reminders of some days, the first and the last included. */
export async function findSkipped(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  days: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<
  readonly { readonly id: string; readonly customer_id: CustomerId; readonly item_id: ItemId | null }[]
> {
  return tx.run(sql<{ id: string; customer_id: CustomerId; item_id: ItemId | null }>`
    select s.id, s.customer_id, s.item_id from reminder_skip s
    where s.tenant_id = ${tx.tenantId} and s.customer_id = any(${arrayLiteral(customerIds)}::uuid[])
      and s.company_id = ${companyId} and s.from_on <= ${days.to} and s.until_on >= ${days.from}
      and not exists (select from reminder_skip_end e where e.tenant_id = s.tenant_id and e.skip_id = s.id)
    order by s.recorded_at, s.id`);
}

/** Which skips a list shows. */
export type SkipFilter = {
  readonly customerId?: CustomerId | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Not taken back, and not over by this day. */
  readonly standingOn?: PlainDate | undefined;
};

/** Skips, the newest first, from after a place in that order. */
export async function findSkips(
  tx: Tx,
  { customerId, ids, standingOn }: SkipFilter,
  page: { readonly after: readonly [string, string] | undefined; readonly limit: number },
): Promise<readonly ShownSkip[]> {
  const conditions = [
    sql`s.tenant_id = ${tx.tenantId}`,
    ...(customerId === undefined ? [] : [sql`s.customer_id = ${customerId}`]),
    ...(ids === undefined ? [] : [sql`s.id = any(${arrayLiteral(ids)}::uuid[])`]),
    ...(standingOn === undefined ? [] : [sql`s.until_on >= ${standingOn} and e.skip_id is null`]),
    ...(page.after === undefined
      ? []
      : [sql`(s.recorded_at, s.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`]),
  ];
  return tx.run(
    sql<ShownSkip>`
    select s.*, e.ended_by, e.recorded_at as ended_at, i.reference from reminder_skip s
    left join reminder_skip_end e on e.tenant_id = s.tenant_id and e.skip_id = s.id
    left join open_item i on i.tenant_id = s.tenant_id and i.id = s.item_id
    where ${sql.join(conditions, sql` and `)} order by s.recorded_at desc, s.id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
}
