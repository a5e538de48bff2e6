// Reading recorded payments for other modules.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findByExternalIds } from './store.ts';
import { findPayment } from './store-lists.ts';

/** What a payment was about, whichever way the money went. */
export type RecordedAmount = {
  readonly direction: 'received' | 'refunded';
  readonly amountMinor: bigint;
  readonly currency: string;
};

/** Amounts of payments of a company that still stand, by the id they have in another system. */
export async function readPaymentsByExternalId(
  tx: Tx,
  companyId: CompanyId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RecordedAmount>> {
  const rows = await findByExternalIds(tx, companyId, ids);
  return new Map(
    rows.map((row) => [
      row.external_id ?? '',
      {
        direction: row.direction === 'refunded' ? 'refunded' : 'received',
        amountMinor: row.amount_minor,
        currency: row.currency,
      },
    ]),
  );
}

/** Whose a payment is, in which company and currency; the customer is null while nobody knows. Refuses: `payment_not_found`. */
export async function readPaymentParties(tx: Tx, paymentId: string) {
  const row = await findPayment(tx, paymentId);
  if (!row) throw new Refusal('payment_not_found', { paymentId });
  return { companyId: row.company_id, customerId: row.customer_id, currency: row.currency };
}
