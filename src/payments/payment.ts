// A payment is money that moved: received from a customer, or refunded to one. It stands in "unapplied cash" as an open
// item of its own until it is applied, so that no money is ever without a place in the books.

import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId, type PaymentId, type StatementLineId } from '#kernel/id.ts';
import { type Money, negate } from '#kernel/money.ts';
import { credit, debit, type Entry, entry } from '#ledger/journal.ts';
import { lineItem, type OpenItem, openItem } from '#ledger/open-item.ts';

export type PaymentMethod = 'transfer' | 'direct_debit' | 'card' | 'cheque' | 'cash' | 'other';
export type PaymentDirection = 'received' | 'refunded';

/** A payment ready to be recorded: all but its number. The amount is positive in either direction. */
export type ReadyPayment = {
  readonly id: PaymentId;
  readonly companyId: CompanyId;
  /** Null while nobody knows who paid. */
  readonly customerId: CustomerId | null;
  readonly direction: PaymentDirection;
  /** Value date: the day the money was there. */
  readonly receivedOn: PlainDate;
  readonly amount: Money;
  readonly method: PaymentMethod;
  readonly reference: string;
  readonly payerName?: string | undefined;
  readonly payerAccount?: string | undefined;
  readonly externalId?: string | undefined;
  readonly statementLineId?: StatementLineId | undefined;
};

/**
 * The item and the entry of a payment that gets `number`. Received money debits the bank and stands as a credit item;
 * refunded money credits the bank and stands as a debit item, to be settled with the credit it pays back.
 */
export function paymentPosting(
  payment: ReadyPayment,
  number: string,
  functional: Money,
): { readonly item: OpenItem; readonly entry: Entry } {
  const received = payment.direction === 'received';
  const item = openItem({
    id: newId(),
    companyId: payment.companyId,
    customerId: payment.customerId,
    kind: received ? 'payment' : 'refund',
    documentId: payment.id,
    instalment: 1,
    reference: number,
    account: 'unapplied-cash',
    amount: received ? negate(payment.amount) : payment.amount,
    functional: received ? negate(functional) : functional,
    postedOn: payment.receivedOn,
    dueOn: payment.receivedOn,
  });
  const bank = received
    ? debit('bank', payment.amount, functional)
    : credit('bank', payment.amount, functional);
  const cash = received
    ? credit('unapplied-cash', payment.amount, functional, lineItem(item))
    : debit('unapplied-cash', payment.amount, functional, lineItem(item));
  return {
    item,
    entry: entry({
      companyId: payment.companyId,
      postedOn: payment.receivedOn,
      kind: received ? 'payment' : 'refund',
      documentId: payment.id,
      lines: [bank, cash],
    }),
  };
}
