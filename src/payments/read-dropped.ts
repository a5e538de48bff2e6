// The list of differences that were dropped, for whoever looks after what becomes of small amounts.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { type CustomerId, isId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type { DIFFERENCE_BASES, listDroppedDifferences } from './contract.ts';
import { shown } from './payment.ts';
import { findDroppedPage } from './store-differences.ts';

/** A page of them, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readDroppedPage(
  tx: Tx,
  query: z.output<typeof listDroppedDifferences.query>,
): Promise<z.input<typeof listDroppedDifferences.reply>> {
  const { customerId, basis, after, limit } = query;
  const rows = await findDroppedPage(tx, {
    customerId,
    basis,
    after: readCursor(after, [momentIn, idIn]),
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.recorded_at.toString(), last.application_id]);
  const customers = await readCustomers(tx, [
    ...new Set(page.rows.flatMap((row) => row.customer_id ?? [])),
  ] as CustomerId[]);
  return {
    rows: page.rows.map((row) => {
      const customer = customers.get(row.customer_id as CustomerId);
      return {
        applicationId: row.application_id,
        paymentId: row.payment_id,
        payment: row.payment_number,
        itemId: row.item_id,
        documentId: row.document_id,
        reference: row.reference,
        customer: customer ? { id: customer.id, number: customer.number, name: customer.name } : null,
        difference: shown(money(row.difference_minor, row.currency)),
        basis: row.basis as (typeof DIFFERENCE_BASES)[number],
        evidence: row.evidence,
        droppedBy: row.dropped_by,
        recordedAt: row.recorded_at.toString(),
        isTakenBack: row.taken_back,
      };
    }),
    next: page.next,
  };
}

function momentIn(text: string): string {
  if (!/^\d{4}-\d\d-\d\dT[\d:.]{1,20}Z$/.test(text)) throw new Refusal('bad_input');
  return text;
}

function idIn(text: string): string {
  if (!isId(text)) throw new Refusal('bad_input');
  return text;
}
