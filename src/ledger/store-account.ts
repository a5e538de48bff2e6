// SQL of what customers' accounts looked like: items open on a day, balances at two days, and what moved between them. One
// past day is today less what was posted or learned since, so that no history is replayed for it.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { AccountBalance, AccountItem, AccountMovement, CustomerEntryKind } from './account.ts';
import type { ControlAccount } from './chart.ts';
import type { ItemKind } from './open-item.ts';

/** Whose accounts, with which company (left out: all), as known at which moment (left out: all that is known). */
export type AccountScope = {
  readonly customerIds: readonly CustomerId[];
  readonly companyId?: CompanyId | undefined;
  readonly knownAt?: Instant | undefined;
};

const FRESH = { plan: 'fresh' } as const;

/** The items of the scope, as conditions on `i`. */
function itemsOf(tx: Tx, scope: AccountScope): RawBuilder<unknown> {
  const company = scope.companyId === undefined ? sql`` : sql` and i.company_id = ${scope.companyId}`;
  return sql`i.tenant_id = ${tx.tenantId} and i.customer_id = any(${arrayLiteral(scope.customerIds)}::uuid[])${company}`;
}

const linesOfItems = sql`open_item i join journal_line l on l.tenant_id = i.tenant_id and l.item_id = i.id`;

type ItemRow = {
  readonly id: string;
  readonly company_id: string;
  readonly customer_id: string;
  readonly kind: string;
  readonly document_id: string;
  readonly instalment: number;
  readonly reference: string;
  readonly account: string;
  readonly currency: string;
  readonly functional_currency: string;
  readonly amount_minor: bigint;
  readonly open_minor: bigint;
  readonly open_functional_minor: bigint;
  readonly posted_on: PlainDate;
  readonly due_on: PlainDate;
};

/**
 * What was open of the accounts at the end of a day, the oldest due first; at most so many. What moved since is summed up once:
 * where PostgreSQL takes a large account for a small one, it would do so again for each item.
 */
export async function findAccountItems(
  tx: Tx,
  scope: AccountScope & { readonly asOf: PlainDate },
  limit: number,
): Promise<readonly AccountItem[]> {
  const since =
    scope.knownAt === undefined
      ? sql`l.posted_on > ${scope.asOf}`
      : sql`(l.posted_on > ${scope.asOf} or l.recorded_at > ${scope.knownAt})`;
  const rows = await tx.run(
    sql<ItemRow>`
      with moved as materialized (
        select l.item_id, sum(l.amount_minor)::bigint as minor, sum(l.functional_minor)::bigint as functional_minor
        from ${linesOfItems} where ${itemsOf(tx, scope)} and l.tenant_id = ${tx.tenantId} and ${since} group by 1)
      select i.id, i.company_id, i.customer_id, i.kind, i.document_id, i.instalment, i.reference, i.account, i.currency,
        c.functional_currency, i.amount_minor, i.open_minor - coalesce(m.minor, 0) as open_minor,
        i.open_functional_minor - coalesce(m.functional_minor, 0) as open_functional_minor, i.posted_on, i.due_on
      from open_item i join company c on c.tenant_id = i.tenant_id and c.id = i.company_id
        left join moved m on m.item_id = i.id
      where ${itemsOf(tx, scope)} and i.open_minor <> coalesce(m.minor, 0)
      order by i.due_on, i.posted_on, i.reference, i.instalment, i.id limit ${limit}`,
    FRESH,
  );
  return rows.map((row) => ({
    id: row.id as ItemId,
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId,
    kind: row.kind as ItemKind,
    documentId: row.document_id,
    instalment: row.instalment,
    reference: row.reference,
    account: row.account as ControlAccount,
    amount: money(row.amount_minor, row.currency),
    open: money(row.open_minor, row.currency),
    openFunctional: money(row.open_functional_minor, row.functional_currency),
    postedOn: row.posted_on,
    dueOn: row.due_on,
  }));
}

type BalanceRow = {
  readonly company_id: string;
  readonly customer_id: string;
  readonly currency: string;
  readonly opening: bigint;
  readonly closing: bigint;
};

/** Balances of the accounts before the first day and at the end of the last, from all their lines in the journal. */
export async function findAccountBalances(
  tx: Tx,
  scope: AccountScope & { readonly from: PlainDate; readonly to: PlainDate },
): Promise<readonly AccountBalance[]> {
  const rows = await tx.run(
    sql<BalanceRow>`
      select i.company_id, i.customer_id, i.currency,
        coalesce(sum(l.amount_minor) filter (where l.posted_on < ${scope.from}), 0)::bigint as opening,
        sum(l.amount_minor)::bigint as closing
      from ${linesOfItems}
      where ${itemsOf(tx, scope)} and l.tenant_id = ${tx.tenantId} and l.posted_on <= ${scope.to} ${known(scope)}
      group by 1, 2, 3`,
    FRESH,
  );
  return rows.map((row) => ({
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId,
    opening: money(row.opening, row.currency),
    closing: money(row.closing, row.currency),
  }));
}

function known(scope: AccountScope): RawBuilder<unknown> {
  return scope.knownAt === undefined ? sql`` : sql`and l.recorded_at <= ${scope.knownAt}`;
}

type MovementRow = {
  readonly entry_id: string;
  readonly kind: string;
  readonly document_id: string;
  readonly company_id: string;
  readonly customer_id: string;
  readonly currency: string;
  readonly posted_on: PlainDate;
  readonly references: readonly string[];
  readonly minor: bigint;
  readonly discount_minor: bigint;
  readonly difference_minor: bigint;
};

/**
 * What moved the accounts from one day to another, entry by entry in the order they were posted and learned; at most so many.
 * Entries that only moved amounts between items of the same account are left out: they change no balance. Discounts and
 * differences are told apart from what else an entry moved. Money received for another company names
 * the other of the two.
 */
export async function findAccountMovements(
  tx: Tx,
  scope: AccountScope & { readonly from: PlainDate; readonly to: PlainDate },
  limit: number,
): Promise<readonly AccountMovement[]> {
  const rows = await tx.run(
    sql<MovementRow>`
      with moved as (
        select l.entry_id, i.company_id, i.customer_id, i.currency, l.posted_on, max(l.recorded_at) as recorded_at,
          array_agg(distinct i.reference) filter (where i.amount_minor > 0) as debits,
          array_agg(distinct i.reference) as every, sum(l.amount_minor)::bigint as minor
        from ${linesOfItems}
        where ${itemsOf(tx, scope)} and l.tenant_id = ${tx.tenantId}
          and l.posted_on between ${scope.from} and ${scope.to} ${known(scope)}
        group by 1, 2, 3, 4, 5),
      granted as materialized (
        select a.entry_id, i.customer_id, i.currency, sum(a.discount_minor)::bigint as discount_minor,
          sum(a.difference_minor)::bigint as difference_minor
        from open_item i join application a on a.tenant_id = i.tenant_id and a.debit_item_id = i.id
        where ${itemsOf(tx, scope)} and a.tenant_id = ${tx.tenantId} and (a.discount_minor <> 0 or a.difference_minor <> 0)
        group by 1, 2, 3)
      select m.entry_id, e.kind, e.document_id, m.company_id, m.customer_id, m.currency, m.posted_on,
        to_jsonb(case when e.kind in ('application', 'unapplication') then coalesce(m.debits, m.every)
          when h.name is not null then array[m.every[1] || ' (' || h.name || ')'] else m.every end) as references,
        m.minor, coalesce(g.discount_minor, 0) as discount_minor, coalesce(g.difference_minor, 0) as difference_minor
      from moved m join journal_entry e on e.tenant_id = ${tx.tenantId} and e.id = m.entry_id
        left join granted g on g.entry_id = m.entry_id and g.customer_id = m.customer_id and g.currency = m.currency
        left join lateral (select c.name from company_handover o join company c on c.tenant_id = o.tenant_id
            and c.id = case m.company_id when o.from_company_id then o.to_company_id else o.from_company_id end
          where e.kind = 'handover' and o.tenant_id = ${tx.tenantId}
            and m.entry_id in (o.from_entry_id, o.to_entry_id)) h on true
      where m.minor <> 0 or g.discount_minor <> 0 or g.difference_minor <> 0
      order by m.posted_on, m.recorded_at, m.entry_id limit ${limit}`,
    FRESH,
  );
  return rows.map((row) => ({
    entryId: row.entry_id,
    kind: row.kind as CustomerEntryKind,
    documentId: row.document_id,
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId,
    postedOn: row.posted_on,
    references: row.references,
    amount: money(row.minor, row.currency),
    discount: money(row.discount_minor, row.currency),
    difference: money(row.difference_minor, row.currency),
  }));
}

/** Whose accounts are sought: with one company or (left out) any; with `groups`, whoever stands above all others and has one, or somebody below. */
export type HoldersAmong = { readonly companyId: CompanyId | undefined; readonly groups: boolean };

/** Customers that have had an account by a day, by id, from after one. */
export async function findAccountHolders(
  tx: Tx,
  { companyId, groups }: HoldersAmong,
  page: { readonly to: PlainDate; readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  const after = page.after === undefined ? sql`` : sql`and c.id > ${page.after}`;
  const company = companyId === undefined ? sql`` : sql`and i.company_id = ${companyId}`;
  const hasOne = (customer: RawBuilder<unknown>) => sql`exists (
    select from open_item i where i.tenant_id = ${tx.tenantId} and i.customer_id = ${customer} ${company}
      and i.posted_on <= ${page.to})`;
  const hasOneBelow = sql`exists (
    with recursive below (id) as (
      select k.id from customer k where k.tenant_id = ${tx.tenantId} and k.parent_id = c.id
      union
      select k.id from customer k join below b on k.parent_id = b.id where k.tenant_id = ${tx.tenantId}
    ) select from below b where ${hasOne(sql`b.id`)})`;
  const condition = groups
    ? sql`c.parent_id is null and (${hasOne(sql`c.id`)} or ${hasOneBelow})`
    : hasOne(sql`c.id`);
  const rows = await tx.run(
    sql<{ readonly id: string }>`
      select c.id from customer c where c.tenant_id = ${tx.tenantId} ${after} and ${condition}
      order by c.id limit ${page.limit}`,
    FRESH,
  );
  return rows.map((row) => row.id as CustomerId);
}
