// SQL of accounts that are given to customers. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import type { ReceivingDetails, ShownNumber } from './receiving-account.ts';

export type ReceivingRow = Selectable<DB['receiving_account']>;

/** A company's numbers in a currency. */
export type Pool = { readonly companyId: CompanyId; readonly currency: string };

/** Which of the numbers a company has in a currency already, with the customers they were given to. */
export async function findKnown(
  tx: Tx,
  { companyId, currency }: Pool,
  accounts: readonly string[],
): Promise<
  readonly { readonly id: string; readonly account: string; readonly customer_id: string | null }[]
> {
  return tx.run(
    sql<{ id: string; account: string; customer_id: string | null }>`
    select r.id, r.account, g.customer_id from receiving_account r
    left join receiving_account_given g on g.tenant_id = r.tenant_id and g.account_id = r.id
    where r.tenant_id = ${tx.tenantId} and r.company_id = ${companyId} and r.currency = ${currency}
      and r.account = any(${arrayLiteral(accounts)}::text[])`,
    { plan: 'fresh' },
  );
}

/** To whom numbers of a company were given, by number; also those that are printed no more. */
export async function findGiven(
  tx: Tx,
  { companyId, currency }: Pool,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, CustomerId>> {
  const rows = await findKnown(tx, { companyId, currency }, accounts);
  return new Map(
    rows.flatMap((row) =>
      row.customer_id === null ? [] : [[row.account, row.customer_id as CustomerId] as const],
    ),
  );
}

/** The numbers that customers are shown of companies; one in each currency. */
export async function findShown(
  tx: Tx,
  companyIds: readonly CompanyId[],
  customerIds: readonly CustomerId[],
): Promise<readonly ShownNumber[]> {
  return tx.run(sql<ShownNumber>`
    select g.company_id as "companyId", g.customer_id as "customerId", g.currency, r.account, r.bank_name as "bankName", r.bic, r.routing_number as "routingNumber"
    from receiving_account_given g join receiving_account r on r.tenant_id = g.tenant_id and r.id = g.account_id
    where g.tenant_id = ${tx.tenantId} and g.company_id = any(${companyIds}::uuid[])
      and g.customer_id = any(${customerIds}::uuid[]) and g.retired_at is null`);
}

/** Adds numbers to those a company can give; gives their ids in order. */
export function insertAccounts(act: Act, pool: Pool, all: readonly ReceivingDetails[]): readonly string[] {
  const rows = all.map((one) => ({
    id: newId<'receiving_account'>() as string,
    company_id: pool.companyId as string,
    currency: pool.currency,
    account: one.account,
    bank_name: one.bankName,
    bic: one.bic,
    routing_number: one.routingNumber,
    recorded_by: actorText(act.actor),
    recorded_at: act.now,
  }));
  act.insert('receiving_account', rows);
  return rows.map((row) => row.id);
}

/** Keeps to whom numbers are given. */
export function insertGiven(
  act: Act,
  pool: Pool,
  given: readonly { readonly accountId: string; readonly customerId: CustomerId }[],
): void {
  act.insert(
    'receiving_account_given',
    given.map(({ accountId, customerId }) => ({
      account_id: accountId,
      company_id: pool.companyId as string,
      currency: pool.currency,
      customer_id: customerId as string,
      given_by: actorText(act.actor),
      given_at: act.now,
      retired_by: null,
      retired_at: null,
    })),
  );
}

/** The next number that nobody was given, held until the commit; those that others are about to give are passed over. */
export async function lockNext(act: Act, { companyId, currency }: Pool): Promise<ReceivingRow | undefined> {
  return act.find(sql<ReceivingRow>`select r.* from receiving_account r
    where r.tenant_id = ${act.tenantId} and r.company_id = ${companyId} and r.currency = ${currency}
      and not exists (select from receiving_account_given g where g.tenant_id = r.tenant_id and g.account_id = r.id)
    order by r.account limit 1 for update skip locked`);
}

/** A number that was given and is shown, held until the commit. */
export async function lockGiven(
  act: Act,
  accountId: string,
): Promise<{ readonly customer_id: string; readonly retired: boolean } | undefined> {
  return act.find(sql<{ customer_id: string; retired: boolean }>`
    select customer_id, retired_at is not null as retired from receiving_account_given
    where tenant_id = ${act.tenantId} and account_id = ${accountId} for update`);
}

/** Shows a number no more. */
export function updateRetired(act: Act, accountId: string): void {
  act.write(
    sql`update receiving_account_given set retired_by = ${actorText(act.actor)}, retired_at = ${act.now}
      where tenant_id = ${act.tenantId} and account_id = ${accountId} and retired_at is null`,
    { rows: 1, rule: 'a number is retired once' },
  );
}

/** A number as lists show it. */
export type ListedAccount = ReceivingRow & {
  readonly company_name: string;
  readonly customer_id: string | null;
  readonly customer_name: string | null;
  readonly retired: boolean;
};

/** Numbers in their order. */
export async function findAccounts(
  tx: Tx,
  filter: {
    readonly companyId?: string | undefined;
    readonly customerId?: string | undefined;
    readonly after?: readonly [account: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<readonly ListedAccount[]> {
  const { companyId, customerId, after, limit } = filter;
  const ofCompany = companyId === undefined ? sql`` : sql`and r.company_id = ${companyId}`;
  const ofCustomer = customerId === undefined ? sql`` : sql`and g.customer_id = ${customerId}`;
  const further = after === undefined ? sql`` : sql`and (r.account, r.id) > (${after[0]}, ${after[1]}::uuid)`;
  return tx.run(
    sql<ListedAccount>`
    select r.*, o.name as company_name, g.customer_id, c.name as customer_name, g.retired_at is not null as retired
    from receiving_account r
    join company o on o.tenant_id = r.tenant_id and o.id = r.company_id
    left join receiving_account_given g on g.tenant_id = r.tenant_id and g.account_id = r.id
    left join customer c on c.tenant_id = g.tenant_id and c.id = g.customer_id
    where r.tenant_id = ${tx.tenantId} ${ofCompany} ${ofCustomer} ${further}
    order by r.account, r.id limit ${limit}::int`,
    { plan: 'fresh' },
  );
}

/** How many numbers of companies nobody was given yet, by company and currency. */
export async function countFree(
  tx: Tx,
): Promise<readonly { readonly companyId: string; readonly currency: string; readonly free: number }[]> {
  return tx.run(
    sql<{ companyId: string; currency: string; free: number }>`
    select r.company_id as "companyId", r.currency, count(*)::int as free from receiving_account r
    where r.tenant_id = ${tx.tenantId}
      and not exists (select from receiving_account_given g where g.tenant_id = r.tenant_id and g.account_id = r.id)
    group by 1, 2 order by 1, 2`,
    { plan: 'fresh' },
  );
}
