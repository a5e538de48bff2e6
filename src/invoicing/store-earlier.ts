// SQL of what a customer was invoiced before: what looks the same, and what is usual.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, InvoiceId } from '#kernel/id.ts';
import { ALIKE_COMPARED_MAX, USUAL_INVOICES } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';

/** An invoice over the same total, with what tells it apart. */
export type SameTotal = {
  readonly id: InvoiceId;
  readonly number: string;
  readonly issued_on: PlainDate;
  readonly purchase_order: string | null;
  readonly buyer_reference: string | null;
  readonly period_from: PlainDate | null;
  readonly period_to: PlainDate | null;
};

/**
 * Lets nobody else issue to this customer under this reference before this transaction ends, so that of two who issue the same
 * at once the second sees the first. The lock is of a name, not of a row: others who invoice the customer do not wait.
 */
export async function lockReference(tx: Tx, customerId: CustomerId, reference: string): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`issue\n${tx.tenantId}\n${customerId}\n${reference}`}, 0))`,
  );
}

/** Invoices of a customer over the same total issued between two days, the latest first; voided ones asked for nothing. */
export async function findSameTotals(
  tx: Tx,
  customerId: CustomerId,
  total: Money,
  issued: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<readonly SameTotal[]> {
  return tx.run(
    sql<SameTotal>`select i.id, i.number, i.issued_on, i.purchase_order, c.buyer_reference, c.period_from, c.period_to
      from invoice i left join invoice_content c on c.tenant_id = ${tx.tenantId} and c.invoice_id = i.id
      where i.tenant_id = ${tx.tenantId} and i.customer_id = ${customerId} and i.total_minor = ${total.minor}
        and i.currency = ${total.currency} and i.kind = 'invoice' and i.voided_on is null and i.issued_on between ${issued.from} and ${issued.to}
      order by i.issued_on desc, i.id desc limit ${ALIKE_COMPARED_MAX}`,
  );
}

/** Totals of the latest invoices of a customer in a currency. */
export async function findUsualTotals(
  tx: Tx,
  customerId: CustomerId,
  currency: string,
): Promise<readonly bigint[]> {
  const rows = await tx.run(
    sql<{ total_minor: bigint }>`select total_minor from invoice
      where tenant_id = ${tx.tenantId} and customer_id = ${customerId} and kind = 'invoice' and voided_on is null
        and currency = ${currency}
      order by issued_on desc limit ${USUAL_INVOICES}`,
  );
  return rows.map((row) => row.total_minor);
}
