// SQL of aging. Totals are sums of what moved day by day. Customers are ranked, and their columns made, by what is open now
// less the journal's movements posted after the day asked for or recorded after the moment asked for, so that the cost
// follows what changed since. Two ways to the same figures, which the proof of the books compares.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { OpenSum } from '#ledger/aging.ts';

/** As of which day, as known at which moment (undefined: all that is known). */
export type When = { readonly asOf: PlainDate; readonly knownAt?: Instant | undefined };

/** Which open items a report is about. */
export type Scope = When & {
  readonly companyId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly currency?: string | undefined;
};

/** Open sums of one customer; null for money of somebody not identified yet. */
export type CustomerOpenSum = OpenSum & { readonly customerId: string | null };

/** Lets reports sort and hash in memory, and spares them the compiling of plans. Sent along with the first query. */
export function prepareReport(tx: Tx): void {
  tx.write(sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`);
}

const FRESH = { plan: 'fresh' } as const;

/** Conditions joined by `and`. */
export function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` and `);
}

/** The scope as conditions on a table that has these columns; `table` is its name in the query. */
export function within(tx: Tx, scope: Scope, table: string): readonly RawBuilder<unknown>[] {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const conditions = [sql`${column('tenant_id')} = ${tx.tenantId}`];
  if (scope.companyId !== undefined) conditions.push(sql`${column('company_id')} = ${scope.companyId}`);
  if (scope.customerId !== undefined) conditions.push(sql`${column('customer_id')} = ${scope.customerId}`);
  if (scope.currency !== undefined) conditions.push(sql`${column('currency')} = ${scope.currency}`);
  return conditions;
}

/**
 * The two kinds of movements to take off, each by an index of its own: posted after the day; and posted by then but
 * learned after the moment.
 */
export function movedSince(when: When): readonly RawBuilder<unknown>[] {
  const later = sql`l.item_id is not null and l.posted_on > ${when.asOf}`;
  if (when.knownAt === undefined) return [later];
  return [
    later,
    sql`l.item_id is not null and l.posted_on <= ${when.asOf} and l.recorded_at > ${when.knownAt}`,
  ];
}

/** Joins the item of a line `l` as `c` where it is a credit note or its like. */
export const CREDIT_OF_LINE = sql`left join open_item c on c.tenant_id = l.tenant_id and c.id = l.item_id
  and c.amount_minor < 0 and c.account = 'receivables'`;

/** Open sums as they come from the database. */
export type SumRow = {
  readonly customer_id: string | null;
  readonly company_id: string;
  readonly currency: string;
  readonly account: string;
  readonly due_on: PlainDate;
  readonly is_credit: boolean;
  readonly minor: bigint;
  readonly functional_minor: bigint;
};

/** A row of sums as a domain value. */
export function toOpenSum(row: SumRow): CustomerOpenSum {
  return {
    customerId: row.customer_id,
    companyId: row.company_id,
    currency: row.currency,
    account: row.account,
    dueOn: row.due_on,
    isCredit: row.is_credit,
    minor: row.minor,
    functionalMinor: row.functional_minor,
  };
}

/** Open sums over all customers of the scope, by company, currency, account and due date; several may speak of the same. */
export async function readOpenSums(tx: Tx, scope: Scope): Promise<readonly OpenSum[]> {
  if (scope.customerId !== undefined) return readOpenSumsOfOne(tx, scope, scope.customerId);
  const days = tx.run(
    sql<SumRow>`
      select null as customer_id, company_id, currency, account, due_on, is_credit,
        sum(amount_minor)::bigint as minor, sum(functional_minor)::bigint as functional_minor
      from ledger_day where ${allOf(within(tx, scope, 'ledger_day'))} and posted_on <= ${scope.asOf}
      group by 2, 3, 4, 5, 6 having sum(amount_minor) <> 0 or sum(functional_minor) <> 0`,
    FRESH,
  );
  // What was posted by the day and learned only later is in the days, and not known yet at the moment.
  const [, learned] = movedSince(scope);
  if (learned === undefined) return (await days).map(toOpenSum);
  const [known, later] = await Promise.all([
    days,
    tx.run(movedQuery(tx, scope, { customer: sql`null::uuid`, since: learned, linesOf: sql`true` }), FRESH),
  ]);
  return [...known, ...later].map(toOpenSum);
}

/** The same by customer, for the customers of a page. */
export async function readOpenSumsOf(
  tx: Tx,
  scope: Scope,
  customerIds: readonly string[],
): Promise<readonly CustomerOpenSum[]> {
  if (scope.customerId !== undefined) return readOpenSumsOfOne(tx, scope, scope.customerId);
  const theirs = (table: string): RawBuilder<unknown> => {
    const column = sql.ref(`${table}.customer_id`);
    const unidentified = customerIds.includes(NOBODY) ? sql` or ${column} is null` : sql``;
    return sql`(${column} = any(${arrayLiteral(customerIds)}::uuid[])${unidentified})`;
  };
  const items = tx.run(
    sql<SumRow>`
      select i.customer_id, i.company_id, i.currency, i.account, i.due_on, i.open_minor < 0 as is_credit,
        sum(i.open_minor)::bigint as minor, sum(i.open_functional_minor)::bigint as functional_minor
      from open_item i where ${allOf(within(tx, scope, 'i'))} and i.open_minor <> 0 and ${theirs('i')}
      group by 1, 2, 3, 4, 5, 6`,
    FRESH,
  );
  const moved = movedSince(scope).map((since) =>
    tx.run(movedQuery(tx, scope, { customer: sql.ref('customer_id'), since, linesOf: theirs('l') }), FRESH),
  );
  const rows = await Promise.all([items, ...moved]);
  return rows.flat().map(toOpenSum);
}

/** What to take off: the movements of some lines, with the sign changed. */
function movedQuery(
  tx: Tx,
  scope: Scope,
  what: {
    readonly customer: RawBuilder<unknown>;
    readonly since: RawBuilder<unknown>;
    readonly linesOf: RawBuilder<unknown>;
  },
): RawBuilder<SumRow> {
  return sql<SumRow>`
    select ${what.customer} as customer_id, company_id, currency, account, due_on, is_credit,
      -sum(amount_minor)::bigint as minor, -sum(functional_minor)::bigint as functional_minor
    from (select l.customer_id, l.company_id, l.currency, l.account, l.due_on, c.id is not null as is_credit,
        l.amount_minor, l.functional_minor
      from journal_line l ${CREDIT_OF_LINE}
      where ${allOf(within(tx, scope, 'l'))} and ${what.since} and ${what.linesOf}) as moved
    group by 1, 2, 3, 4, 5, 6`;
}

/** Open sums of one customer, found by their items: the customer's history bounds the cost, not everybody's. */
async function readOpenSumsOfOne(
  tx: Tx,
  scope: Scope,
  customerId: string,
): Promise<readonly CustomerOpenSum[]> {
  const theirs = customerId === NOBODY ? sql`i.customer_id is null` : sql`i.customer_id = ${customerId}`;
  const scoped = allOf([...within(tx, { ...scope, customerId: undefined }, 'i'), theirs]);
  const since =
    scope.knownAt === undefined
      ? sql`l.posted_on > ${scope.asOf}`
      : sql`(l.posted_on > ${scope.asOf} or l.recorded_at > ${scope.knownAt})`;
  const [items, moved] = await Promise.all([
    tx.run(
      sql<SumRow>`
        select i.customer_id, i.company_id, i.currency, i.account, i.due_on, i.open_minor < 0 as is_credit,
          sum(i.open_minor)::bigint as minor, sum(i.open_functional_minor)::bigint as functional_minor
        from open_item i where ${scoped} and i.open_minor <> 0
        group by 1, 2, 3, 4, 5, 6`,
      FRESH,
    ),
    tx.run(
      sql<SumRow>`
        select i.customer_id, i.company_id, i.currency, i.account, i.due_on, i.amount_minor < 0 as is_credit,
          -sum(l.amount_minor)::bigint as minor, -sum(l.functional_minor)::bigint as functional_minor
        from open_item i join journal_line l on l.tenant_id = i.tenant_id and l.item_id = i.id
        where ${scoped} and l.tenant_id = ${tx.tenantId} and l.item_id is not null and ${since}
        group by 1, 2, 3, 4, 5, 6`,
      FRESH,
    ),
  ]);
  return [...items, ...moved].map(toOpenSum);
}

/** The orders in which customers can come. */
export type AgingSort = 'net' | 'overdue' | 'number' | 'name';

/** A place in that order: the sort key as text, and the customer. */
export type AgingPlace = { readonly key: string; readonly customerId: string };

export type Ranking = {
  /** How many customers there are in all. */
  readonly customers: number;
  /** One more than the limit where more follow. */
  readonly page: readonly (AgingPlace & { readonly number: string | null; readonly name: string | null })[];
};

/** Stands for money of somebody not identified yet, where an order needs an id. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

export type RankingOptions = {
  readonly sort: AgingSort;
  /** Companies whose amounts sort, where not all do: amounts of two functional currencies are not compared. */
  readonly sortCompanies?: readonly string[] | undefined;
  readonly after?: AgingPlace | undefined;
  readonly limit: number;
};

type RankingRow = {
  readonly customer_id: string | null;
  readonly key: string;
  readonly number: string | null;
  readonly name: string | null;
  readonly customers: bigint;
};

/** One page of the customers who have anything open, in order. */
export async function rankCustomers(tx: Tx, scope: Scope, options: RankingOptions): Promise<Ranking> {
  const byAmount = options.sort === 'net' || options.sort === 'overdue';
  // A hundred thousand names are fetched at once, not one by one, which the planner cannot foresee.
  if (!byAmount) tx.write(sql`select set_config('enable_nestloop', 'off', true)`);
  const rows = await tx.run(
    byAmount ? byAmountQuery(tx, scope, options) : byTextQuery(tx, scope, options),
    FRESH,
  );
  return {
    customers: Number(rows[0]?.customers ?? 0n),
    page: rows.map((row) => ({
      key: row.key,
      customerId: row.customer_id ?? NOBODY,
      number: row.number,
      name: row.name,
    })),
  };
}

/**
 * Who has anything open, and the amount that sorts. `weight` is what is open without regard to sides, so that an invoice
 * and a credit note of the same amount do not hide each other. What is open now and what moved since are added up in one
 * go, which PostgreSQL shares between its workers.
 */
function owingQuery(tx: Tx, scope: Scope, options: RankingOptions): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [];
  if (options.sortCompanies !== undefined)
    conditions.push(sql`company_id = any(${arrayLiteral(options.sortCompanies)}::uuid[])`);
  if (options.sort === 'overdue')
    conditions.push(sql`due_on < ${scope.asOf} and account = 'receivables' and not is_credit`);
  const filter = conditions.length === 0 ? sql`` : sql`filter (where ${allOf(conditions)})`;
  const moved = movedSince(scope).map(
    (since) => sql`
      select l.customer_id, l.company_id, l.account, l.due_on, c.id is not null as is_credit,
        case when l.account = 'receivables' and c.id is null then -l.amount_minor else l.amount_minor end as weight,
        -l.functional_minor as functional_minor
      from journal_line l ${CREDIT_OF_LINE} where ${allOf(within(tx, scope, 'l'))} and ${since}`,
  );
  const items = sql`
      select customer_id, company_id, account, due_on, open_minor < 0 as is_credit,
        case when account = 'receivables' and open_minor > 0 then open_minor else -open_minor end as weight,
        open_functional_minor as functional_minor
      from open_item where ${allOf(within(tx, scope, 'open_item'))} and open_minor <> 0`;
  return sql`select customer_id, coalesce(sum(functional_minor) ${filter}, 0) as measure
    from (${sql.join([items, ...moved], sql` union all `)}) as parts group by customer_id having sum(weight) <> 0`;
}

function byAmountQuery(tx: Tx, scope: Scope, options: RankingOptions): RawBuilder<RankingRow> {
  const id = sql`coalesce(o.customer_id, ${NOBODY}::uuid)`;
  const after = options.after
    ? sql`where (o.measure < ${options.after.key}::numeric
        or (o.measure = ${options.after.key}::numeric and ${id} > ${options.after.customerId}::uuid))`
    : sql``;
  return sql<RankingRow>`
    with owing as (${owingQuery(tx, scope, options)})
    select page.customer_id, page.measure::text as key, c.number, c.name, (select count(*) from owing) as customers
    from (select o.customer_id, o.measure from owing o ${after} order by o.measure desc, ${id}
      limit ${options.limit + 1}) as page
    left join customer c on c.tenant_id = ${tx.tenantId} and c.id = page.customer_id
    order by page.measure desc, coalesce(page.customer_id, ${NOBODY}::uuid)`;
}

function byTextQuery(tx: Tx, scope: Scope, options: RankingOptions): RawBuilder<RankingRow> {
  const text = sql`coalesce(${sql.ref(`c.${options.sort}`)}, '')`;
  const id = sql`coalesce(o.customer_id, ${NOBODY}::uuid)`;
  const after = options.after
    ? sql`where (${text}, ${id}) > (${options.after.key}::text, ${options.after.customerId}::uuid)`
    : sql``;
  return sql<RankingRow>`
    with owing as (${owingQuery(tx, scope, options)})
    select o.customer_id, ${text} as key, c.number, c.name, (select count(*) from owing) as customers
    from owing o left join customer c on c.tenant_id = ${tx.tenantId} and c.id = o.customer_id
    ${after} order by ${text}, ${id} limit ${options.limit + 1}`;
}
