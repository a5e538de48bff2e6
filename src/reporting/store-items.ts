// SQL of open items as they were on a day: lists of them in order of due date, and scans of all of them for exports.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { EXPORT_ROWS } from '#kernel/limits.ts';
import { bucketsOf, type DueRange, type Edges } from '#ledger/aging.ts';
import type { ItemKind } from '#ledger/open-item.ts';
import {
  allOf,
  CREDIT_OF_LINE,
  type CustomerOpenSum,
  movedSince,
  NOBODY,
  type Scope,
  toOpenSum,
  within,
} from './store-aging.ts';

/** A column of the aging, or all of it. */
export type AgingColumn = 'gross' | 'overdue' | 'credits' | 'unapplied';

export type ItemFilter = Scope & {
  readonly column?: AgingColumn | undefined;
  readonly due?: DueRange | undefined;
};

/** A place in the order of due dates. */
export type ItemPlace = { readonly dueOn: PlainDate; readonly id: string };

/** An open item as it was; amounts are signed, in minor units. */
export type ItemRow = {
  readonly id: string;
  readonly kind: ItemKind;
  readonly document_id: string;
  readonly reference: string;
  readonly instalment: number;
  readonly company_id: string;
  readonly customer_id: string | null;
  readonly customer_number: string | null;
  readonly customer_name: string | null;
  readonly posted_on: PlainDate;
  readonly due_on: PlainDate;
  readonly currency: string;
  readonly functional_currency: string;
  readonly amount_minor: bigint;
  readonly open_minor: bigint;
  readonly open_functional_minor: bigint;
  readonly open_now_minor: bigint;
};

const FRESH = { plan: 'fresh' } as const;

/** What items of a column are, as conditions on `i`. */
function columnConditions(filter: ItemFilter): readonly RawBuilder<unknown>[] {
  switch (filter.column) {
    case 'gross':
      return [sql`i.account = 'receivables' and i.amount_minor > 0`];
    case 'overdue':
      return [sql`i.account = 'receivables' and i.amount_minor > 0`, sql`i.due_on < ${filter.asOf}`];
    case 'credits':
      return [sql`i.account = 'receivables' and i.amount_minor < 0`];
    case 'unapplied':
      return [sql`i.account = 'unapplied-cash'`];
    default:
      return [];
  }
}

/** Due dates wanted, as conditions on a table with a due date; a place bounds them too. */
function dueConditions(
  filter: ItemFilter,
  table: string,
  after: ItemPlace | undefined,
): readonly RawBuilder<unknown>[] {
  const dueOn = sql.ref(`${table}.due_on`);
  const conditions: RawBuilder<unknown>[] = [];
  if (filter.due?.from) conditions.push(sql`${dueOn} >= ${filter.due.from}`);
  if (filter.due?.to) conditions.push(sql`${dueOn} <= ${filter.due.to}`);
  if (filter.column === 'overdue') conditions.push(sql`${dueOn} < ${filter.asOf}`);
  if (after) conditions.push(sql`${dueOn} >= ${after.dueOn}`);
  return conditions;
}

const ITEM_COLUMNS = sql`i.id, i.kind, i.document_id, i.reference, i.instalment, i.company_id, i.customer_id, i.posted_on,
  i.due_on, i.currency, i.amount_minor, i.open_minor as open_now_minor`;

/** Items still open now, with what was open of them then. */
function stillOpen(tx: Tx, filter: ItemFilter, after: ItemPlace | undefined): RawBuilder<unknown> {
  const since =
    filter.knownAt === undefined
      ? sql`l.posted_on > ${filter.asOf}`
      : sql`(l.posted_on > ${filter.asOf} or l.recorded_at > ${filter.knownAt})`;
  const conditions = [
    ...within(tx, filter, 'i'),
    ...columnConditions(filter),
    ...dueConditions(filter, 'i', after),
    sql`i.open_minor <> 0`,
    sql`i.posted_on <= ${filter.asOf}`,
  ];
  if (filter.knownAt) conditions.push(sql`i.recorded_at <= ${filter.knownAt}`);
  if (after) conditions.push(sql`(i.due_on, i.id) > (${after.dueOn}::date, ${after.id}::uuid)`);
  return sql`select ${ITEM_COLUMNS}, i.open_minor - m.minor as open_minor,
      i.open_functional_minor - m.functional_minor as open_functional_minor
    from open_item i cross join lateral (
      select coalesce(sum(l.amount_minor), 0)::bigint as minor, coalesce(sum(l.functional_minor), 0)::bigint as functional_minor
      from journal_line l where l.tenant_id = ${tx.tenantId} and l.item_id = i.id and ${since}) as m
    where ${allOf(conditions)} and i.open_minor <> m.minor`;
}

/** Lines that took something from items or gave it since, with what the page wants of the items. */
function movedLines(tx: Tx, filter: ItemFilter, after: ItemPlace | undefined): RawBuilder<unknown> {
  const lines = [...within(tx, filter, 'l'), ...dueConditions(filter, 'l', after)];
  return sql.join(
    movedSince(filter).map(
      (since) => sql`select l.item_id, l.due_on, l.amount_minor, l.functional_minor from journal_line l
        where ${allOf(lines)} and ${since}`,
    ),
    sql` union all `,
  );
}

/**
 * The same, of items due by a day only: each day since is looked up by itself in the order of due dates, so that what a
 * month moved on items due later costs nothing.
 */
function movedLinesDueBy(
  tx: Tx,
  filter: ItemFilter,
  after: ItemPlace | undefined,
  lastDue: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const lines = allOf([
    ...within(tx, filter, 'l'),
    ...dueConditions(filter, 'l', after),
    sql`l.item_id is not null and l.due_on <= ${lastDue}`,
  ]);
  const columns = sql`l.item_id, l.due_on, l.amount_minor, l.functional_minor`;
  const later = sql`select l.* from generate_series(1, (
      select max(posted_on) - ${filter.asOf}::date from journal_line
      where tenant_id = ${tx.tenantId} and item_id is not null)) as days
    cross join lateral (select ${columns} from journal_line l
      where ${lines} and l.posted_on = ${filter.asOf}::date + days offset 0) as l`;
  const [, learned] = movedSince(filter);
  if (learned === undefined) return later;
  return sql`${later} union all select ${columns} from journal_line l where ${lines} and ${learned}`;
}

/** Items settled since: what was open then is what these lines of the journal took from them since. */
function settledSince(
  tx: Tx,
  filter: ItemFilter,
  after: ItemPlace | undefined,
  moved: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const place = after ? sql`where (m.due_on, m.item_id) > (${after.dueOn}::date, ${after.id}::uuid)` : sql``;
  return sql`select ${ITEM_COLUMNS}, -m.minor as open_minor, -m.functional_minor as open_functional_minor
    from (select m.item_id, m.due_on, sum(m.amount_minor)::bigint as minor, sum(m.functional_minor)::bigint as functional_minor
      from (${moved}) as m ${place} group by m.item_id, m.due_on having sum(m.amount_minor) <> 0
      order by m.due_on, m.item_id) as m
    join open_item i on i.tenant_id = ${tx.tenantId} and i.id = m.item_id
    where ${allOf([sql`i.open_minor = 0`, ...columnConditions(filter)])}`;
}

/** All items settled since, whatever their due date. */
function allSettledSince(tx: Tx, filter: ItemFilter): RawBuilder<unknown> {
  return settledSince(tx, filter, undefined, movedLines(tx, filter, undefined));
}

/** One page of items that were open, oldest due first; one more than the limit where more follow. */
export async function listItems(
  tx: Tx,
  filter: ItemFilter,
  page: { readonly limit: number; readonly after?: ItemPlace | undefined },
): Promise<readonly ItemRow[]> {
  const limit = page.limit + 1;
  // Where those still open fill the page by themselves, items settled since count only up to the last of their due dates:
  // few of the hundreds of thousands that a month may have settled.
  const lastDue = sql`coalesce((select due_on from still_open order by due_on, id offset ${limit - 1}), 'infinity'::date)`;
  const settled = settledSince(tx, filter, page.after, movedLinesDueBy(tx, filter, page.after, lastDue));
  return tx.run(
    sql<ItemRow>`
      with still_open as materialized (${stillOpen(tx, filter, page.after)} order by i.due_on, i.id limit ${limit})
      select i.*, c.number as customer_number, c.name as customer_name, co.functional_currency
      from (
        select * from (
          select * from still_open
          union all
          (${settled} order by m.due_on, m.item_id limit ${limit})) as both_kinds
        order by due_on, id limit ${limit}) as i
      join company co on co.tenant_id = ${tx.tenantId} and co.id = i.company_id
      left join customer c on c.tenant_id = ${tx.tenantId} and c.id = i.customer_id
      order by i.due_on, i.id`,
    FRESH,
  );
}

/** How many items were open. */
export async function countItems(tx: Tx, filter: ItemFilter): Promise<number> {
  const rows = await tx.run(
    sql<{ n: bigint }>`select count(*) as n from (${stillOpen(tx, filter, undefined)}
      union all ${allSettledSince(tx, filter)}) as i`,
    FRESH,
  );
  return Number(rows[0]?.n ?? 0n);
}

/** All items that were open, oldest due first, some thousands at a time. */
export function scanItems(tx: Tx, filter: ItemFilter): AsyncGenerator<readonly ItemRow[]> {
  return scan(
    tx,
    sql<ItemRow>`
      select i.*, c.number as customer_number, c.name as customer_name, co.functional_currency
      from (${stillOpen(tx, filter, undefined)} union all ${allSettledSince(tx, filter)}) as i
      join company co on co.tenant_id = ${tx.tenantId} and co.id = i.company_id
      left join customer c on c.tenant_id = ${tx.tenantId} and c.id = i.customer_id
      order by i.due_on, i.id`,
  );
}

export type CustomerSums = CustomerOpenSum & { readonly number: string | null; readonly name: string | null };

/**
 * The open sums of all customers in order of their numbers, some thousands at a time. Due dates are given as the latest of
 * their bucket, so that there are few rows of each customer.
 */
export async function* scanCustomerSums(
  tx: Tx,
  scope: Scope,
  edges: Edges,
): AsyncGenerator<readonly CustomerSums[]> {
  const buckets = bucketsOf(edges);
  const starts = sql.join(buckets.slice(1).map((b) => sql.lit(b.fromDays ?? 0)));
  const latest = sql.join(
    buckets.map((b) => sql`${b.fromDays === null ? scope.asOf : addDays(scope.asOf, -b.fromDays)}::date`),
  );
  const bucketed = (table: string) =>
    sql`(array[${latest}])[width_bucket(${scope.asOf}::date - ${sql.ref(`${table}.due_on`)}, array[${starts}]) + 1]`;
  const moved = movedSince(scope).map(
    (since) => sql`
      select l.customer_id, l.company_id, l.currency, l.account, ${bucketed('l')} as due_on, c.id is not null as is_credit,
        -sum(l.amount_minor) as minor, -sum(l.functional_minor) as functional_minor
      from journal_line l ${CREDIT_OF_LINE} where ${allOf(within(tx, scope, 'l'))} and ${since} group by 1, 2, 3, 4, 5, 6`,
  );
  const items = sql`
      select i.customer_id, i.company_id, i.currency, i.account, ${bucketed('i')} as due_on, i.open_minor < 0 as is_credit,
        sum(i.open_minor) as minor, sum(i.open_functional_minor) as functional_minor
      from open_item i where ${allOf(within(tx, scope, 'i'))} and i.open_minor <> 0 group by 1, 2, 3, 4, 5, 6`;
  const rows = scan(
    tx,
    sql<Parameters<typeof toOpenSum>[0] & { readonly number: string | null; readonly name: string | null }>`
      select s.customer_id, s.company_id, s.currency, s.account, s.due_on, s.is_credit, c.number, c.name,
        sum(s.minor)::bigint as minor, sum(s.functional_minor)::bigint as functional_minor
      from (${sql.join([items, ...moved], sql` union all `)}) as s
      left join customer c on c.tenant_id = ${tx.tenantId} and c.id = s.customer_id
      group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(s.minor) <> 0 or sum(s.functional_minor) <> 0
      order by coalesce(c.number, ''), coalesce(s.customer_id, ${NOBODY}::uuid)`,
  );
  for await (const part of rows) {
    yield part.map((row) => ({ ...toOpenSum(row), number: row.number, name: row.name }));
  }
}

/** Reads a query of any size part by part, through a cursor. */
async function* scan<Row>(tx: Tx, query: RawBuilder<Row>): AsyncGenerator<readonly Row[]> {
  await tx.run(sql`declare report no scroll cursor for ${query}`, FRESH);
  for (;;) {
    const rows = await tx.run(sql<Row>`fetch ${sql.lit(EXPORT_ROWS)} from report`, FRESH);
    if (rows.length > 0) yield rows;
    if (rows.length < EXPORT_ROWS) break;
  }
  await tx.run(sql`close report`, FRESH);
}
