// All SQL of payments. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ItemId, PaymentId } from '#kernel/id.ts';

/** A stored payment, with the item it stands as. */
export type PaymentRow = Selectable<DB['payment']> & { readonly item_id: ItemId };

/** Adds payments. */
export function insertPayments(act: Act, payments: readonly NewRow<'payment'>[]): void {
  act.insert('payment', payments);
}

/** One payment with its item, locked against being returned or applied by another. */
export async function lockPayment(tx: Tx, id: PaymentId): Promise<PaymentRow | undefined> {
  return tx.find(sql<PaymentRow>`
    select p.*, i.id as item_id from payment p
    join open_item i on i.tenant_id = p.tenant_id and i.document_id = p.id and i.kind in ('payment', 'refund')
    where p.tenant_id = ${tx.tenantId} and p.id = ${id} for update of p`);
}

/** Payments by external id that still stand, in a company. */
export async function findByExternalIds(
  tx: Tx,
  companyId: string,
  externalIds: readonly string[],
): Promise<readonly Selectable<DB['payment']>[]> {
  return tx.run(
    q
      .selectFrom('payment')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('company_id', '=', companyId)
      .where('external_id', '=', sql<string>`any(${arrayLiteral(externalIds)}::text[])`)
      .where('returned_on', 'is', null),
  );
}

/** Notes on which day payments came back. */
export function updateReturned(act: Act, ids: readonly PaymentId[], on: PlainDate): void {
  act.write(
    sql`update payment set returned_on = ${on} where tenant_id = ${act.tenantId} and id = any(${arrayLiteral(ids)}::uuid[]) and returned_on is null`,
    { rows: ids.length, rule: 'every payment to return stands' },
  );
}

/** Notes who paid, once that is known. */
export function updateCustomer(act: Act, id: PaymentId, customerId: string): void {
  act.write(
    sql`update payment set customer_id = ${customerId} where tenant_id = ${act.tenantId} and id = ${id} and customer_id is null`,
    { rows: 1, rule: 'the payment had no customer' },
  );
}
