// The list of discounts that customers took after their day.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { daysBetween, parseDate } from '#kernel/calendar.ts';
import { type CustomerId, isId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type { listLateDiscounts } from './contract.ts';
import { shown } from './payment.ts';
import { findLateDiscounts } from './store-discounts.ts';

/** A page of them, the latest payment first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readLateDiscountPage(
  tx: Tx,
  query: z.output<typeof listLateDiscounts.query>,
): Promise<z.input<typeof listLateDiscounts.reply>> {
  const { state, customerId, after, limit } = query;
  const rows = await findLateDiscounts(tx, {
    isOpen: state === 'open',
    customerId,
    after: readCursor(after, [parseDate, idIn]),
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.paid_on, last.application_id]);
  const ids = [...new Set(page.rows.flatMap((row) => row.customer_id ?? []))] as CustomerId[];
  const customers = ids.length === 0 ? new Map() : await readCustomers(tx, ids);
  return {
    rows: page.rows.map((row) => {
      const customer = customers.get(row.customer_id as CustomerId);
      return {
        itemId: row.item_id,
        documentId: row.document_id,
        reference: row.reference,
        paymentId: row.payment_id,
        paymentNumber: row.payment_number,
        customer: customer ? { id: customer.id, number: customer.number, name: customer.name } : null,
        discount: shown(money(row.discount_minor, row.currency)),
        open: shown(money(row.open_minor, row.currency)),
        untilOn: row.until_on.toString(),
        paidOn: row.paid_on.toString(),
        daysLate: daysBetween(row.until_on, row.paid_on),
        takenBack: row.taken_back,
      };
    }),
    next: page.next,
  };
}

function idIn(text: string): string {
  if (!isId(text)) throw new Refusal('bad_input');
  return text;
}
