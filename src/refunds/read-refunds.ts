// Reading refunds for people: each with where it stands and what who looks may do with it.

import type { z } from 'zod';
import { actorText, type Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { dayIn } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { idKey, momentKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomer } from '#parties/read-customer.ts';
import { readCustomers, takeCompany } from '#parties/take-party.ts';
import { shown } from '#payments/payment.ts';
import type { getRefundable, listRefundLines, listRefunds } from './contract.ts';
import { payableFrom, type RefundState } from './refund.ts';
import {
  findCreditPlaces,
  findFile,
  findGranted,
  findLinesOf,
  findRefunds,
  findWaitingDays,
} from './store.ts';
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
    after: readCursor(after, [momentKey, idKey]),
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
        returned:
          row.returned_on === null
            ? null
            : { on: row.returned_on.toString(), reason: row.returned_reason ?? '' },
        payment:
          row.payment_id === null ? null : { paymentId: row.payment_id, number: row.payment_number ?? '' },
        fileId: row.file_id,
        grantedBy: row.granted_by,
        grantedOn: row.granted_on.toString(),
        recordedAt: row.recorded_at.toString(),
        may: mayOf(state, context.permissions),
        grantedByMe: row.granted_by === actorText(context.actor),
      };
    }),
    next: page.next,
  };
}

function mayOf(state: RefundState, permissions: ReadonlySet<string>) {
  const open = state === 'waiting' || state === 'payable';
  const allowed = (is: boolean, code: string, permission = 'refund.pay'): true | string => {
    if (!permissions.has(permission)) return 'not_permitted';
    return is ? true : code;
  };
  return {
    shorten: allowed(state === 'waiting', open ? 'refund_not_waiting' : 'refund_ended'),
    withdraw: allowed(open, 'refund_ended'),
    order: allowed(state === 'payable', open ? 'refund_waiting' : 'refund_ended'),
    return: allowed(state === 'ordered' || state === 'paid', 'refund_not_paid', 'payment.return'),
  };
}

/** The bank lines that may show a refund, or its return. Refuses: `refund_not_found`. */
export async function readRefundLines(
  tx: Tx,
  refundId: string,
  side: 'in' | 'out',
): Promise<z.input<typeof listRefundLines.reply>> {
  const [refund] = await findRefunds(tx, { ids: [refundId], limit: 1 });
  if (!refund) throw new Refusal('refund_not_found', { refundId });
  const lines = await findLinesOf(tx, refund, side);
  return {
    rows: lines.map((line) => ({
      lineId: line.id,
      bookedOn: line.booked_on.toString(),
      payerName: line.payer_name,
      account: line.payer_account,
      text: line.remittance,
      kept: shown(money(line.kept_minor, refund.currency)),
      isApplied: line.is_applied,
    })),
  };
}

/**
 * What could be refunded to a customer: where credit stands that nothing was applied of, and to which accounts from when on.
 *
 * Refuses: `customer_not_found`.
 */
export async function readRefundable(
  tx: Tx,
  context: Context,
  customerId: CustomerId,
): Promise<z.input<typeof getRefundable.reply>> {
  const [customer, places] = await Promise.all([
    readCustomer(tx, customerId),
    findCreditPlaces(tx, customerId),
  ]);
  const credits = await Promise.all(
    places.map(async (place) => {
      const [company, waitingDays] = await Promise.all([
        takeCompany(tx, place.company_id),
        findWaitingDays(tx, place.company_id),
      ]);
      const shownIn = (minor: bigint) => shown(money(minor, place.currency));
      return {
        company: { id: company.id, name: company.name },
        credit: shownIn(place.credit_minor),
        granted: shownIn(place.granted_minor),
        free: shownIn(place.credit_minor - place.granted_minor),
        oldestOn: place.oldest_on.toString(),
        accounts: customer.bankAccounts.map((account) => ({
          bankAccountId: account.id,
          account: account.account,
          payableFrom: payableFrom(
            dayIn(company.timeZone, account.addedAt),
            context.today,
            waitingDays,
          ).toString(),
        })),
      };
    }),
  );
  return { credits };
}

/** What is granted to a customer and not paid yet, in minor units: credit that is promised already. */
export function readGranted(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: string },
): Promise<bigint> {
  return findGranted(tx, of);
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
