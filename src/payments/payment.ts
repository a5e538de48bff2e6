// A payment is money that moved: received from a customer, or refunded to one. It stands in "unapplied cash" as an open
// item of its own until it is applied, so that no money is ever without a place in the books. When it comes back, or is
// found to be another customer's, a counter-item closes what is left of it; nothing is changed or taken away.

import { assert } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId, type PaymentId, type StatementLineId } from '#kernel/id.ts';
import { type Money, money, negate, toDecimal } from '#kernel/money.ts';
import { credit, debit, type Entry, entry } from '#ledger/journal.ts';
import { isDebit, left, lineItem, type OpenItem, openItem } from '#ledger/open-item.ts';
import type { Wanted } from '#ledger/settlement.ts';

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

/** An amount as it is shown outside: decimal text with its currency. */
export type ShownMoney = { readonly amount: string; readonly currency: string };

/** Writes an amount for a reply. */
export function shown(amount: Money): ShownMoney {
  return { amount: toDecimal(amount), currency: amount.currency };
}

/** What is left of items of one currency together, without sign. */
export function leftOf(items: readonly OpenItem[], currency: string): Money {
  return money(
    items.reduce((total, item) => total + left(item), 0n),
    currency,
  );
}

/** Closing what is left of a payment's items: new items, the entry that brings them about, and what they settle. */
export type Closing = {
  readonly items: readonly OpenItem[];
  readonly entry: Entry;
  readonly wanted: readonly Wanted[];
};

/** How a payment's own items are closed. */
type ClosingKind = 'return' | 'transfer' | 'handover';

/** The counter-item to what is left of an item: as much the other way, in both currencies, so that nothing is over. */
export function counterItem(
  item: OpenItem,
  given: { readonly kind: ClosingKind; readonly instalment: number; readonly on: PlainDate },
): OpenItem {
  return openItem({
    ...item,
    id: newId(),
    kind: given.kind,
    instalment: given.instalment,
    amount: negate(item.open),
    functional: negate(item.openFunctional),
    postedOn: given.on,
    dueOn: given.on,
  });
}

/** Settles an item with its counter-item, as far as that goes. */
export function pair(item: OpenItem, counter: OpenItem, method: ClosingKind): Wanted {
  const [debitItem, creditItem] = isDebit(item) ? [item, counter] : [counter, item];
  return {
    debitItemId: debitItem.id,
    creditItemId: creditItem.id,
    amount: money(left(counter), item.open.currency),
    method,
  };
}

/** What the bank took on top of a payment that came back, and what that is worth on the day. */
export type ReturnFee = { readonly amount: Money; readonly functional: Money };

/**
 * Books that a payment came back: each of its items that has something left gets a counter-item of kind `return`, and the
 * bank has that much less, at the exchange rate of the receipt, so that a return gains and loses nothing. What the bank took
 * on top is its charge, in the same entry.
 *
 * Applications have been taken back before, so that what is left is the whole payment.
 */
export function returnPosting(own: readonly OpenItem[], on: PlainDate, fee?: ReturnFee): Closing {
  const open = own.filter((item) => left(item) > 0n);
  const [first] = open;
  assert(first !== undefined, 'a payment that comes back has something left once nothing is applied');
  const items = open.map((item, index) => counterItem(item, { kind: 'return', instalment: index + 1, on }));
  return {
    items,
    entry: entry({
      companyId: first.companyId,
      postedOn: on,
      kind: 'return',
      documentId: first.documentId,
      lines: [
        ...items.flatMap((item) => [
          debit(item.account, item.amount, item.functional, lineItem(item)),
          credit('bank', item.amount, item.functional),
        ]),
        ...(fee
          ? [debit('bank-charges', fee.amount, fee.functional), credit('bank', fee.amount, fee.functional)]
          : []),
      ],
    }),
    wanted: open.map((item, index) => pair(item, items[index] ?? item, 'return')),
  };
}

/**
 * Moves what is left of a payment's items to a customer: each gets a counter-item of kind `transfer` that closes it, and the
 * customer gets a new item for as much. Both are written on the day of the move: before it the money stood where it stood.
 *
 * `taken` counts the transfer items the payment has already. Nothing to move gives undefined.
 */
export function transferPosting(
  own: readonly OpenItem[],
  to: CustomerId | null,
  given: { readonly on: PlainDate; readonly taken: number },
): Closing | undefined {
  const open = own.filter((item) => left(item) > 0n && item.customerId !== to);
  const [first] = open;
  if (first === undefined) return undefined;
  const moves = open.map((item, index) => {
    const instalment = given.taken + 2 * index + 1;
    const counter = counterItem(item, { kind: 'transfer', instalment, on: given.on });
    const arrived = openItem({
      ...counter,
      id: newId(),
      customerId: to,
      instalment: instalment + 1,
      amount: negate(counter.amount),
      functional: negate(counter.functional),
    });
    return { item, counter, arrived };
  });
  return {
    items: moves.flatMap((m) => [m.counter, m.arrived]),
    entry: entry({
      companyId: first.companyId,
      postedOn: given.on,
      kind: 'transfer',
      documentId: first.documentId,
      lines: moves.flatMap(({ counter, arrived }) =>
        [counter, arrived].map((item) => debit(item.account, item.amount, item.functional, lineItem(item))),
      ),
    }),
    wanted: moves.map(({ item, counter }) => pair(item, counter, 'transfer')),
  };
}

/** What is known of a payment when it is asked what may be done with it. */
export type PaymentStanding = {
  readonly direction: PaymentDirection;
  readonly isReturned: boolean;
  readonly customerId: string | null;
  readonly unapplied: bigint;
  /** How many applications stand, moves and returns left out. */
  readonly applied: number;
};

/** What may be done with a payment: `true`, or the code of the refusal that it would meet. */
export type May = true | string;

/** Whether something can be applied from it. */
export function mayApply(payment: Pick<PaymentStanding, 'isReturned' | 'unapplied'>): May {
  if (payment.isReturned) return 'payment_returned';
  return payment.unapplied > 0n ? true : 'exceeds_unapplied';
}

/** Whether something of it can be handed over to another company, for what that is owed. */
export function mayHandOver(payment: Pick<PaymentStanding, 'isReturned' | 'direction' | 'unapplied'>): May {
  return payment.direction === 'refunded' ? 'refund_not_movable' : mayApply(payment);
}

/** Whether applications of it can be taken back. */
export function mayUnapply(payment: Pick<PaymentStanding, 'isReturned' | 'applied'>): May {
  if (payment.isReturned) return 'payment_returned';
  return payment.applied > 0 ? true : 'nothing_to_unapply';
}

/** Whether it can be booked as come back: money received, or a refund that did not reach its account. */
export function mayReturn(payment: Pick<PaymentStanding, 'isReturned'>): May {
  return payment.isReturned ? 'payment_returned' : true;
}

/** Whether it can be moved to a customer (to another one, when it has one). */
export function mayIdentify(payment: Pick<PaymentStanding, 'isReturned' | 'direction'>): May {
  if (payment.direction === 'refunded') return 'refund_not_movable';
  return payment.isReturned ? 'payment_returned' : true;
}
