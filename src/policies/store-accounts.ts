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

/** Days late of the newest invoices of customers that were paid by money, the newest first; so many of each customer. */
export async function findPaidDaysLate(
  tx: Tx,
  { companyId, customerIds, on }: AccountsOf,
  limit: number,
): Promise<readonly { readonly customer_id: CustomerId; readonly days_late: number }[]> {
  return tx.run(
    sql<{ customer_id: CustomerId; days_late: number }>`
    select c.id as customer_id, paid.days_late from unnest(${arrayLiteral(customerIds)}::uuid[]) as c(id)
    cross join lateral (
      select i.id, i.posted_on, paid.on_day - i.due_on as days_late from open_item i
      cross join lateral (
        select max(a.applied_on) as on_day from application a
        join open_item k on k.tenant_id = a.tenant_id and k.id = a.credit_item_id and k.kind = 'payment'
        where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and a.amount_minor > 0 and a.applied_on <= ${on}
          and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
      ) paid
      where i.tenant_id = ${tx.tenantId} and i.customer_id = c.id and i.company_id = ${companyId} and i.kind = 'invoice'
        and i.open_minor = 0 and i.posted_on <= ${on} and paid.on_day is not null
      order by i.posted_on desc, i.id desc limit ${limit}
    ) paid
    order by c.id, paid.posted_on desc, paid.id desc`,
    { plan: 'fresh' },
  );
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
