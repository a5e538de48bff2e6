// SQL of what is so of accounts: the customers of a company, a page of them with a fixed number of statements.

import { sql } from 'kysely';
import type { DebtorKind } from '#charges/policy.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { TermsRules } from '#terms/payment-terms.ts';

/** Whose accounts, and on which day. */
export type AccountsOf = {
  readonly companyId: CompanyId;
  readonly customerIds: readonly CustomerId[];
  readonly on: PlainDate;
};

export type AboutRow = {
  readonly id: CustomerId;
  readonly country: string | null;
  readonly language: string;
  readonly created_at: Instant;
  readonly kind: DebtorKind | null;
  readonly rules: TermsRules | null;
};

/** What is known of customers, with the terms that count for them: their own, or else the company's. */
export async function findAbout(
  tx: Tx,
  { companyId, customerIds }: AccountsOf,
): Promise<readonly AboutRow[]> {
  return tx.run(
    sql<AboutRow>`
    select c.id, c.country, c.language, c.created_at, v.rules,
      (select k.kind from debtor_kind k where k.tenant_id = c.tenant_id and k.customer_id = c.id
        order by k.recorded_at desc, k.id desc limit 1) as kind
    from customer c
    left join terms_setting s on s.tenant_id = c.tenant_id and s.company_id = ${companyId}
    left join payment_terms p on p.tenant_id = c.tenant_id and p.id = coalesce(c.payment_terms_id, s.payment_terms_id)
    left join payment_terms_version v on v.tenant_id = p.tenant_id and v.payment_terms_id = p.id and v.version = p.version
    where c.tenant_id = ${tx.tenantId} and c.id = any(${arrayLiteral(customerIds)}::uuid[])`,
    { plan: 'fresh' },
  );
}

export type OwedRow = {
  readonly customer_id: CustomerId;
  readonly currency: string;
  readonly open_minor: bigint;
  readonly overdue_minor: bigint;
  readonly oldest_due_on: PlainDate;
  readonly overdue_items: bigint;
};

/** What customers owe a company by invoices and charges, one row for each currency. */
export async function findOwed(
  tx: Tx,
  { companyId, customerIds, on }: AccountsOf,
): Promise<readonly OwedRow[]> {
  return tx.run(
    sql<OwedRow>`
    select customer_id, currency, sum(open_minor)::bigint as open_minor,
      coalesce(sum(open_minor) filter (where due_on < ${on}), 0)::bigint as overdue_minor,
      min(due_on) as oldest_due_on, count(*) filter (where due_on < ${on}) as overdue_items
    from open_item
    where tenant_id = ${tx.tenantId} and company_id = ${companyId} and customer_id = any(${arrayLiteral(customerIds)}::uuid[])
      and open_minor > 0 and kind in ('invoice', 'charge') and posted_on <= ${on}
    group by customer_id, currency`,
    { plan: 'fresh' },
  );
}

/**
 * What customers owe a company by invoices and charges that are posted by a day, by the day it is due and the day it was
 * posted.
 */
export type OwedByDay = {
  readonly customer_id: CustomerId;
  readonly currency: string;
  readonly due_on: PlainDate;
  readonly posted_on: PlainDate;
  readonly open_minor: bigint;
  readonly items: bigint;
};

/** What customers owe a company by invoices and charges, one row for each currency and pair of days. */
export async function findOwedByDay(
  tx: Tx,
  { companyId, customerIds, on }: AccountsOf,
): Promise<readonly OwedByDay[]> {
  return tx.run(
    sql<OwedByDay>`
    select customer_id, currency, due_on, posted_on, sum(open_minor)::bigint as open_minor, count(*) as items
    from open_item
    where tenant_id = ${tx.tenantId} and company_id = ${companyId} and customer_id = any(${arrayLiteral(customerIds)}::uuid[])
      and open_minor > 0 and kind in ('invoice', 'charge') and posted_on <= ${on}
    group by customer_id, currency, due_on, posted_on`,
    { plan: 'fresh' },
  );
}

/** Whose accounts are: the member each was last given to; those that are nobody's are left out. */
export async function findOwners(
  tx: Tx,
  { companyId, customerIds }: AccountsOf,
): Promise<readonly { readonly customer_id: CustomerId; readonly user_id: string }[]> {
  return tx.run(sql<{ customer_id: CustomerId; user_id: string }>`
    select customer_id, user_id from (
      select distinct on (w.customer_id) w.customer_id, w.user_id from worklist_owner w
      where w.tenant_id = ${tx.tenantId} and w.company_id = ${companyId}
        and w.customer_id = any(${arrayLiteral(customerIds)}::uuid[])
      order by w.customer_id, w.recorded_at desc, w.id desc) o
    where user_id is not null`);
}

/** Customers that owe a company something by invoices or charges, by id, from after one of them. */
export async function findDebtors(
  tx: Tx,
  companyId: CompanyId,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  const after = page.after === undefined ? sql`` : sql`and customer_id > ${page.after}`;
  const rows = await tx.run(
    sql<{ customer_id: CustomerId }>`
    select distinct customer_id from open_item
    where tenant_id = ${tx.tenantId} and company_id = ${companyId} and open_minor > 0 and kind in ('invoice', 'charge')
      and customer_id is not null ${after}
    order by customer_id limit ${page.limit}`,
    { plan: 'fresh' },
  );
  return rows.map((row) => row.customer_id);
}

/** The companies that a customer owes something by invoices or charges. */
export async function findCreditors(tx: Tx, customerId: CustomerId): Promise<readonly CompanyId[]> {
  const rows = await tx.run(sql<{ company_id: CompanyId }>`
    select distinct company_id from open_item
    where tenant_id = ${tx.tenantId} and customer_id = ${customerId} and open_minor > 0 and kind in ('invoice', 'charge')`);
  return rows.map((row) => row.company_id);
}
