// Reading what a customer said of its money on account.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import { takeCustomer } from '#parties/take-party.ts';
import type { getConsent } from './contract.ts';
import { type ConsentRow, findConsents } from './store.ts';

/** What counts now, and all that was said before. Refuses: `customer_not_found`. */
export async function readConsent(tx: Tx, customerId: CustomerId): Promise<z.input<typeof getConsent.reply>> {
  const [rows] = await Promise.all([findConsents(tx, customerId), takeCustomer(tx, customerId)]);
  return { isGiven: rows[0]?.is_given ?? false, said: rows.map(saidOf) };
}

function saidOf(row: ConsentRow) {
  return {
    consentId: row.id,
    isGiven: row.is_given,
    saidBy: row.said_by,
    saidOn: row.said_on.toString(),
    note: row.note,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at.toString(),
  };
}
