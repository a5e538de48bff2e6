// Reading refunds for people: each with where it stands and what who looks may do with it.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { isId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import { shown } from '#payments/payment.ts';
import type { listRefunds } from './contract.ts';
import type { RefundState } from './refund.ts';
import { findFile, findRefunds } from './store.ts';
import { stateOfRow } from './take-refund.ts';

/** A page of refunds, newest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readRefundPage(
  tx: Tx,
  context: Context,
  query: z.output<typeof listRefunds.query>,
): Promise<z.input<typeof listRefunds.reply>> {
  const { companyId, customerId, open, after, limit } = query;
  const rows = await findRefunds(tx, {
    companyId,
    customerId,
    isOpen: open === 'true',
    after: readCursor(after, [momentIn, idIn]),
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.recorded_at.toString(), last.id]);
  const customers = await readCustomers(
    tx,
    page.rows.map((row) => row.customer_id),
  );
  return {
    rows: page.rows.map((row) => {
      const customer = customers.get(row.customer_id);
      const state = stateOfRow(row, context.today);
      return {
        refundId: row.id,
        companyId: row.company_id,
        customer: customer ? { id: customer.id, number: customer.number, name: customer.name } : null,
        amount: shown(money(row.amount_minor, row.currency)),
        account: row.account,
        reason: row.reason,
        state,
        accountSince: row.account_since.toString(),
        payableFrom: row.payable_from.toString(),
        shortenedBecause: row.shortened_reason,
        withdrawnBecause: row.withdrawn_reason,
        payment:
          row.payment_id === null ? null : { paymentId: row.payment_id, number: row.payment_number ?? '' },
        fileId: row.file_id,
        grantedBy: row.granted_by,
        grantedOn: row.granted_on.toString(),
        recordedAt: row.recorded_at.toString(),
        may: mayOf(state, context.permissions),
      };
    }),
    next: page.next,
  };
}

function mayOf(state: RefundState, permissions: ReadonlySet<string>) {
  const open = state === 'waiting' || state === 'payable';
  const allowed = (is: boolean, code: string): true | string => {
    if (!permissions.has('refund.pay')) return 'not_permitted';
    return is ? true : code;
  };
  return {
    shorten: allowed(state === 'waiting', open ? 'refund_not_waiting' : 'refund_ended'),
    withdraw: allowed(open, 'refund_ended'),
    order: allowed(state === 'payable', open ? 'refund_waiting' : 'refund_ended'),
  };
}

/** A file for the bank. Refuses: `refund_file_not_found`. */
export async function readRefundFile(tx: Tx, id: string) {
  const file = await findFile(tx, id);
  if (!file) throw new Refusal('refund_file_not_found', { fileId: id });
  return {
    fileName: `refunds-${file.ordered_on}-${file.message_id.slice(-8)}.xml`,
    contentType: 'application/xml',
    body: file.content,
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
