// SQL of consents: what customers said, what stands on account, and what was applied by it.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { ApplicationId, CompanyId, CustomerId, InvoiceId, PaymentId } from '#kernel/id.ts';
import type { OnAccount } from './sharing.ts';

/** What a customer said. */
export type ConsentRow = Selectable<DB['credit_consent']>;

/** Adds what a customer said. */
export function insertConsent(act: Act, row: NewRow<'credit_consent'>): void {
  act.insert('credit_consent', [row]);
}

/** Keeps by which consent applications were made. */
export function insertConsented(act: Act, consentId: string, ids: readonly ApplicationId[]): void {
  act.insert(
    'consented_application',
    ids.map((id) => ({ application_id: id, consent_id: consentId, recorded_at: act.now })),
  );
}

/** Consents kept of a customer and shown: the latest. */
const CONSENTS_SHOWN_MAX = 50;

/** All that a customer said, the latest first. */
export async function findConsents(tx: Tx, customerId: CustomerId): Promise<readonly ConsentRow[]> {
  return tx.run(sql<ConsentRow>`
    select * from credit_consent where tenant_id = ${tx.tenantId} and customer_id = ${customerId}
    order by recorded_at desc, id desc limit ${CONSENTS_SHOWN_MAX}::int`);
}

/** What counts of a customer now. */
export async function findConsent(tx: Tx, customerId: CustomerId): Promise<ConsentRow | undefined> {
  return tx.find(sql<ConsentRow>`
    select * from credit_consent where tenant_id = ${tx.tenantId} and customer_id = ${customerId}
    order by recorded_at desc, id desc limit 1`);
}

/** Whether the customer of an invoice consents now. */
export async function isConsented(tx: Tx, invoiceId: InvoiceId): Promise<boolean> {
  const row = await tx.find(sql<{ is_given: boolean }>`
    select c.is_given from invoice v
    join credit_consent c on c.tenant_id = v.tenant_id and c.customer_id = v.customer_id
    where v.tenant_id = ${tx.tenantId} and v.id = ${invoiceId} order by c.recorded_at desc, c.id desc limit 1`);
  return row?.is_given ?? false;
}

/** What payments of a customer have left, the oldest first. */
export async function findOnAccount(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: string },
): Promise<readonly OnAccount[]> {
  const rows = await tx.run(sql<{ payment_id: PaymentId; minor: bigint }>`
    select i.document_id as payment_id, -sum(i.open_minor)::bigint as minor from open_item i
    join payment p on p.tenant_id = i.tenant_id and p.id = i.document_id and p.direction = 'received'
    where i.tenant_id = ${tx.tenantId} and i.company_id = ${of.companyId} and i.customer_id = ${of.customerId}
      and i.currency = ${of.currency} and i.account = 'unapplied-cash' and i.open_minor < 0
    group by i.document_id order by min(i.posted_on), i.document_id`);
  return rows.map((row) => ({ paymentId: row.payment_id, minor: row.minor }));
}
