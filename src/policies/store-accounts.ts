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

/**
 * Days late of the newest invoices of customers that were paid by money, the newest first; so many of each customer. It is
 * late by the day the last of the money came, however long it waited to be applied; what came before the invoice paid it on
 * its own day. Days on which it was in dispute are not days late, as they bear no interest, unless the customer was wrong
 * (`invalid`) or the dispute was undone; it is no more in dispute once all that was disputed of it is given up or credited, though
 * nobody closed the dispute.
 */
export async function findPaidDaysLate(
  tx: Tx,
  { companyId, customerIds, on }: AccountsOf,
  limit: number,
): Promise<readonly { readonly customer_id: CustomerId; readonly days_late: number }[]> {
  return tx.run(
    sql<{ customer_id: CustomerId; days_late: number }>`
    select c.id as customer_id, paid.days_late from unnest(${arrayLiteral(customerIds)}::uuid[]) as c(id)
    cross join lateral (
      select i.id, i.posted_on, paid.on_day - i.due_on - disputed.days as days_late from open_item i
      cross join lateral (
        select max(greatest(coalesce(y.received_on, a.applied_on), i.posted_on)) as on_day from application a
        join open_item k on k.tenant_id = a.tenant_id and k.id = a.credit_item_id and k.kind in ('payment', 'transfer', 'handover')
        left join payment y on y.tenant_id = k.tenant_id and y.id = k.document_id
        where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and a.amount_minor > 0 and a.applied_on <= ${on}
          and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
      ) paid
      cross join lateral (
        select coalesce(sum(upper(span) - lower(span)), 0)::int as days from unnest((
          select range_agg(daterange(greatest(d.opened_on, i.due_on), least(z.closed_on, settled.on_day, paid.on_day)))
          from dispute_item t join dispute d on d.tenant_id = t.tenant_id and d.id = t.dispute_id
          left join dispute_closing z on z.tenant_id = d.tenant_id and z.dispute_id = d.id and z.reopened_at is null
          left join lateral (
            select min(g.on_day) as on_day from (
              select n.on_day, sum(n.minor) over (order by n.on_day) as so_far from (
                select r.released_on as on_day, r.amount_minor as minor from dispute_release r
                where r.tenant_id = t.tenant_id and r.dispute_id = t.dispute_id and r.item_id = t.item_id
                union all
                select a.applied_on, a.amount_minor from dispute_remedy m
                join open_item k on k.tenant_id = m.tenant_id and k.document_id = m.document_id
                join application a on a.tenant_id = k.tenant_id and a.credit_item_id = k.id and a.debit_item_id = t.item_id
                where m.tenant_id = t.tenant_id and m.dispute_id = t.dispute_id and a.amount_minor > 0
                  and not exists (select from application u where u.tenant_id = a.tenant_id and u.reverses_id = a.id)
              ) n
            ) g where g.so_far >= t.amount_minor
          ) settled on true
          where t.tenant_id = i.tenant_id and t.item_id = i.id
            and (z.outcome is null or z.outcome not in ('invalid', 'undone'))
            and greatest(d.opened_on, i.due_on) < least(z.closed_on, settled.on_day, paid.on_day)
        )) as span
      ) disputed
      where i.tenant_id = ${tx.tenantId} and i.customer_id = c.id and i.company_id = ${companyId} and i.kind = 'invoice'
        and i.open_minor = 0 and i.posted_on <= ${on} and paid.on_day is not null
      order by i.posted_on desc, i.id desc limit ${limit}
    ) paid
    order by c.id, paid.posted_on desc, paid.id desc`,
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
