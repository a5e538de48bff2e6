// SQL of thanks. It reads payments and what they settled by itself, and only reads them.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, PaymentId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import type { PaidItem } from './thanks.ts';

/** A payment as far as thanking for it goes. */
export type ThankedRow = {
  readonly id: PaymentId;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly method: string;
  readonly amount: Money;
  readonly receivedOn: PlainDate;
  readonly isReturned: boolean;
};

/**
 * Payments that came since a day, were last applied between two moments, and were not decided upon; by id, so many. Refunds
 * and money of nobody known are none of them.
 */
export async function findUndecided(
  tx: Tx,
  since: { readonly receivedFrom: PlainDate; readonly appliedFrom: Instant; readonly appliedTo: Instant },
  limit: number,
): Promise<readonly PaymentId[]> {
  const rows = await tx.run(sql<{ id: PaymentId }>`
    select p.id from payment p
    cross join lateral (select max(a.recorded_at) as last_at from open_item i
      join application a on a.tenant_id = i.tenant_id and a.credit_item_id = i.id
      where i.tenant_id = p.tenant_id and i.document_id = p.id) applied
    where p.tenant_id = ${tx.tenantId} and p.direction = 'received' and p.customer_id is not null
      and p.received_on >= ${since.receivedFrom}
      and applied.last_at >= ${since.appliedFrom} and applied.last_at <= ${since.appliedTo}
      and not exists (select from thanks t where t.tenant_id = p.tenant_id and t.payment_id = p.id)
    order by p.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** One payment; with `lock` it is not returned until the transaction ends. */
export async function findThanked(tx: Tx, id: PaymentId, lock?: 'lock'): Promise<ThankedRow | undefined> {
  const held = lock === undefined ? sql`` : sql`for share`;
  const row = await tx.find(sql<{
    company_id: CompanyId;
    customer_id: CustomerId | null;
    method: string;
    currency: string;
    amount_minor: bigint;
    received_on: PlainDate;
    returned_on: PlainDate | null;
  }>`select company_id, customer_id, method, currency, amount_minor, received_on, returned_on from payment
    where tenant_id = ${tx.tenantId} and id = ${id} ${held}`);
  if (!row?.customer_id) return undefined;
  return {
    id,
    companyId: row.company_id,
    customerId: row.customer_id,
    method: row.method,
    amount: money(row.amount_minor, row.currency),
    receivedOn: row.received_on,
    isReturned: row.returned_on !== null,
  };
}

/**
 * What a payment paid of invoices of its own company, less what was taken back, the oldest first; with `lock` none of them is
 * opened again until the transaction ends. It is read after the locks are there: read with them, what was opened meanwhile
 * would be missed.
 */
export async function findPaid(tx: Tx, paymentId: PaymentId, lock?: 'lock'): Promise<readonly PaidItem[]> {
  if (lock)
    await tx.run(sql`select d.id from open_item d where d.tenant_id = ${tx.tenantId} and d.id in (
        select a.debit_item_id from open_item c
        join application a on a.tenant_id = c.tenant_id and a.credit_item_id = c.id
        where c.tenant_id = ${tx.tenantId} and c.document_id = ${paymentId})
      order by d.id for share`);
  const rows = await tx.run(sql<{ reference: string; currency: string; paid: bigint; open_minor: bigint }>`
    select d.reference, d.currency, sum(a.amount_minor)::bigint as paid, d.open_minor
    from open_item c
    join payment p on p.tenant_id = c.tenant_id and p.id = c.document_id and p.company_id = c.company_id
    join application a on a.tenant_id = c.tenant_id and a.credit_item_id = c.id
    join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id and d.kind = 'invoice'
    where c.tenant_id = ${tx.tenantId} and c.document_id = ${paymentId}
    group by d.id, d.reference, d.currency, d.open_minor, d.due_on having sum(a.amount_minor) > 0
    order by d.due_on, d.reference`);
  return rows.map(({ reference, currency, paid, open_minor }) => ({
    reference,
    paid: money(paid, currency),
    isSettled: open_minor === 0n,
  }));
}

/** The latest payment of a customer that was not taken back and settled an invoice of a company. */
export async function findLastSettling(
  tx: Tx,
  companyId: CompanyId,
  customerId: CustomerId,
): Promise<PaymentId | undefined> {
  const row = await tx.find(sql<{ id: PaymentId }>`
    select p.id from payment p
    where p.tenant_id = ${tx.tenantId} and p.company_id = ${companyId} and p.customer_id = ${customerId}
      and p.direction = 'received' and p.returned_on is null
      and exists (select from open_item c
        join application a on a.tenant_id = c.tenant_id and a.credit_item_id = c.id
        join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id and d.kind = 'invoice' and d.open_minor = 0
        where c.tenant_id = p.tenant_id and c.document_id = p.id and c.company_id = p.company_id
        group by d.id having sum(a.amount_minor) > 0)
    order by p.received_on desc, p.id desc limit 1`);
  return row?.id;
}

/** Whether anything of a customer is overdue with a company on a day, an invoice or what was charged for a late one. */
export async function hasOverdue(
  tx: Tx,
  companyId: CompanyId,
  customerId: CustomerId,
  on: PlainDate,
): Promise<boolean> {
  const row = await tx.find(sql<{ found: boolean }>`
    select exists (select from open_item i where i.tenant_id = ${tx.tenantId} and i.company_id = ${companyId}
      and i.customer_id = ${customerId} and i.kind in ('invoice', 'charge') and i.open_minor > 0 and i.due_on < ${on}) as found`);
  return row?.found ?? false;
}

/** Keeps what was decided about a payment. */
export function insertThanks(act: Act, row: NewRow<'thanks'>): void {
  act.insert('thanks', [row]);
}
