// SQL of the list of customers: found, filtered and sorted by what is stored of them or by what they owe, a page at a time,
// with figures computed for the customers of the page alone.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { allOf } from './store-aging.ts';
import { owedQuery } from './store-figures.ts';

export type CustomerFilter = {
  readonly today: PlainDate;
  /** The beginning of a number as typed, or any part of a name, folded. */
  readonly search?: { readonly number: string; readonly text: string } | undefined;
  readonly hasOpen?: boolean | undefined;
  readonly hasOverdue?: boolean | undefined;
  readonly hasCredit?: boolean | undefined;
  readonly isArchived: boolean;
  readonly companyId?: string | undefined;
};

export type ListedCustomer = {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly country: string | null;
  readonly is_archived: boolean;
  /** What sorts, as text. */
  readonly key: string;
};

const FRESH = { plan: 'fresh' } as const;

const CUSTOMER_COLUMNS = sql`c.id, c.number, c.name, c.country, c.archived_at is not null as is_archived`;

/** What is stored about customers and their items, as conditions on `c`. */
function conditionsOf(tx: Tx, filter: CustomerFilter): readonly RawBuilder<unknown>[] {
  const conditions = [
    sql`c.tenant_id = ${tx.tenantId}`,
    filter.isArchived ? sql`c.archived_at is not null` : sql`c.archived_at is null`,
  ];
  if (filter.search) {
    const { number, text } = filter.search;
    conditions.push(sql`(c.number ^@ ${number}::text or strpos(c.search_text, ${text}::text) > 0)`);
  }
  const company = filter.companyId === undefined ? sql`` : sql`and i.company_id = ${filter.companyId}`;
  const has = (wanted: boolean | undefined, what: RawBuilder<unknown>) => {
    if (wanted === undefined) return;
    const found = sql`exists (select 1 from open_item i where i.tenant_id = ${tx.tenantId} and i.customer_id = c.id ${company} and ${what})`;
    conditions.push(wanted ? found : sql`not ${found}`);
  };
  has(filter.companyId === undefined ? undefined : true, sql`true`);
  has(filter.hasOpen, sql`i.open_minor <> 0`);
  has(
    filter.hasOverdue,
    sql`i.open_minor <> 0 and i.open_minor > 0 and i.account = 'receivables' and i.due_on < ${filter.today}`,
  );
  has(filter.hasCredit, sql`i.open_minor <> 0 and i.open_minor < 0`);
  return conditions;
}

/** A page in order of number or name; one more than the limit where more follow. */
export async function listByText(
  tx: Tx,
  filter: CustomerFilter,
  page: {
    readonly sort: 'number' | 'name';
    readonly limit: number;
    readonly after?: { readonly key: string; readonly id: string } | undefined;
  },
): Promise<readonly ListedCustomer[]> {
  const column = sql.ref(`c.${page.sort}`);
  const after = page.after
    ? sql`and (${column}, c.id) > (${page.after.key}::text, ${page.after.id}::uuid)`
    : sql``;
  return tx.run(
    sql<ListedCustomer>`
      select ${CUSTOMER_COLUMNS}, ${column} as key from customer c
      where ${allOf(conditionsOf(tx, filter))} ${after} order by ${column}, c.id limit ${page.limit + 1}`,
    FRESH,
  );
}

export type ByAmountPage = {
  readonly sort: 'open' | 'overdue';
  /** Whose amounts sort: companies of one functional currency. */
  readonly companyIds: readonly string[];
  /** Whether the cache is there; else the open items are added up, which takes longer. */
  readonly isCached: boolean;
  readonly limit: number;
  readonly after?: { readonly key: string; readonly id: string } | undefined;
};

/** A page of those who have anything open, the largest amount first, as it was when the cache was made. */
export async function listByAmount(
  tx: Tx,
  filter: CustomerFilter,
  page: ByAmountPage,
): Promise<readonly ListedCustomer[]> {
  const amount = sql.ref(`f.${page.sort}_minor`);
  const after = page.after
    ? sql`and (${amount}, c.id) < (${page.after.key}::bigint, ${page.after.id}::uuid)`
    : sql``;
  return tx.run(
    sql<ListedCustomer>`
      select ${CUSTOMER_COLUMNS}, ${amount}::text as key
      from ${figuresOfCompanies(tx, filter, page)} as f join customer c on c.tenant_id = ${tx.tenantId} and c.id = f.customer_id
      where ${allOf(conditionsOf(tx, filter))} ${after}
      order by ${amount} desc, f.customer_id desc limit ${page.limit + 1}`,
    FRESH,
  );
}

/**
 * The same among customers who were searched for: found first, since they are few, then put in order. Those who have
 * nothing open come last, with an empty key.
 */
export async function listSearchedByAmount(
  tx: Tx,
  filter: CustomerFilter,
  page: ByAmountPage,
): Promise<readonly ListedCustomer[]> {
  const amount = sql.ref(`f.${page.sort}_minor`);
  const { key, id } = page.after ?? { key: '', id: '' };
  const after =
    page.after === undefined
      ? sql``
      : key === ''
        ? sql`where ${amount} is null and c.id < ${id}::uuid`
        : sql`where (${amount} is null or (${amount}, c.id) < (${key}::bigint, ${id}::uuid))`;
  return tx.run(
    sql<ListedCustomer>`
      with found as materialized (select ${CUSTOMER_COLUMNS} from customer c where ${allOf(conditionsOf(tx, filter))})
      select c.*, coalesce(${amount}::text, '') as key
      from found c left join ${figuresOfCompanies(tx, filter, page)} as f on f.customer_id = c.id
      ${after} order by ${amount} desc nulls last, c.id desc limit ${page.limit + 1}`,
    FRESH,
  );
}

function figuresOfCompanies(
  tx: Tx,
  filter: CustomerFilter,
  page: Pick<ByAmountPage, 'companyIds' | 'isCached'>,
): RawBuilder<unknown> {
  const [only, ...more] = page.companyIds;
  const source = page.isCached
    ? sql`(select company_id, customer_id, open_minor, overdue_minor from customer_figures where tenant_id = ${tx.tenantId})`
    : sql`(${owedQuery(tx, filter.today)})`;
  if (only !== undefined && more.length === 0)
    return sql`(select customer_id, open_minor, overdue_minor from ${source} as s where company_id = ${only})`;
  return sql`(select customer_id, sum(open_minor)::bigint as open_minor, sum(overdue_minor)::bigint as overdue_minor
    from ${source} as s where company_id = any(${arrayLiteral(page.companyIds)}::uuid[]) group by customer_id)`;
}

/** Those who have nothing open, which come after all who have; in order of their ids. */
export async function listWithoutFigures(
  tx: Tx,
  filter: CustomerFilter,
  page: Omit<ByAmountPage, 'after' | 'sort'> & { readonly after?: string | undefined },
): Promise<readonly ListedCustomer[]> {
  const after = page.after === undefined ? sql`` : sql`and c.id < ${page.after}::uuid`;
  return tx.run(
    sql<ListedCustomer>`
      select ${CUSTOMER_COLUMNS}, '' as key from customer c
      where ${allOf(conditionsOf(tx, filter))} ${after} and not exists (
        select 1 from ${figuresOfCompanies(tx, filter, page)} as f where f.customer_id = c.id)
      order by c.id desc limit ${page.limit + 1}`,
    FRESH,
  );
}

/** What a customer has open in one company, in functional currency. */
export type Position = {
  readonly customer_id: string;
  readonly company_id: string;
  readonly items: number;
  readonly open_minor: bigint;
  readonly overdue_minor: bigint;
  readonly credit_minor: bigint;
  /** Of open invoices. */
  readonly oldest_due_on: PlainDate | null;
};

/** What customers have open now: exact, for those asked for. */
export async function readPositions(
  tx: Tx,
  customerIds: readonly string[],
  filter: Pick<CustomerFilter, 'today' | 'companyId'>,
): Promise<readonly Position[]> {
  const company = filter.companyId === undefined ? sql`` : sql`and i.company_id = ${filter.companyId}`;
  const isDebt = sql`i.account = 'receivables' and i.open_minor > 0`;
  return tx.run(
    sql<Position>`
      select i.customer_id, i.company_id, count(*)::integer as items,
        coalesce(sum(i.open_functional_minor) filter (where ${isDebt}), 0)::bigint as open_minor,
        coalesce(sum(i.open_functional_minor) filter (where ${isDebt} and i.due_on < ${filter.today}), 0)::bigint
          as overdue_minor,
        coalesce(sum(i.open_functional_minor) filter (where not (${isDebt})), 0)::bigint as credit_minor,
        min(i.due_on) filter (where ${isDebt}) as oldest_due_on
      from open_item i
      where i.tenant_id = ${tx.tenantId} and i.customer_id = any(${arrayLiteral(customerIds)}::uuid[])
        and i.open_minor <> 0 ${company}
      group by i.customer_id, i.company_id`,
    FRESH,
  );
}

/** Which of the customers are on hold as a whole. */
export async function findHeld(
  tx: Tx,
  customerIds: readonly string[],
  today: PlainDate,
): Promise<ReadonlySet<string>> {
  const rows = await tx.run(
    sql<{ customer_id: string }>`
      select distinct customer_id from hold
      where tenant_id = ${tx.tenantId} and customer_id = any(${arrayLiteral(customerIds)}::uuid[]) and scope = 'customer'
        and released_at is null and starts_on <= ${today} and ends_on >= ${today}`,
    FRESH,
  );
  return new Set(rows.map((row) => row.customer_id));
}
