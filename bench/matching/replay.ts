// The replay: payments in the order of days, each with the documents that were open when it came. What is seen of a day is
// only what happened before it.

import type { Ledger, Row } from './rows.ts';

/** One payment: all that a customer paid on one day. */
export type Payment = {
  readonly customer: string;
  readonly day: number;
  readonly amount: number;
  /** The customer's documents that are issued and not paid before the day, by due date, then issue date, then as listed. */
  readonly open: readonly Row[];
  /** What was paid in truth. */
  readonly paid: readonly Row[];
  /** Whether the payment is in the window that is judged. */
  readonly isJudged: boolean;
};

/**
 * All payments of a ledger by day, then by customer. A day on which a customer's documents add up to nothing or less is no
 * payment; its documents are gone afterwards all the same.
 */
export function paymentsOf(ledger: Ledger): readonly Payment[] {
  const byCustomer = Map.groupBy(ledger.rows, (row) => row.customer);
  const payments = [...byCustomer].flatMap(([customer, rows]) => paymentsOfCustomer(customer, rows, ledger));
  return payments.sort((a, b) => a.day - b.day || (a.customer < b.customer ? -1 : 1));
}

function paymentsOfCustomer(customer: string, rows: readonly Row[], ledger: Ledger): readonly Payment[] {
  const sorted = rows.toSorted((a, b) => a.due - b.due || a.issued - b.issued);
  return [...Map.groupBy(sorted, (row) => row.paid)].flatMap(([day, paid]) => {
    const amount = paid.reduce((sum, row) => sum + row.amount, 0);
    if (amount <= 0) return [];
    const open = sorted.filter((row) => row.issued <= day && row.paid >= day);
    return [{ customer, day, amount, open, paid, isJudged: day >= ledger.from && day <= ledger.to }];
  });
}

/** Identical twins (one amount, one due date) are interchangeable. */
export function twinKey(row: Pick<Row, 'amount' | 'due'>): string {
  return `${row.amount}@${row.due}`;
}

/** Whether the documents are the ones that were paid, twins taken for each other. */
export function isRight(chosen: readonly Row[], payment: Payment): boolean {
  if (chosen.length !== payment.paid.length) return false;
  const left = new Map<string, number>();
  for (const row of payment.paid) left.set(twinKey(row), (left.get(twinKey(row)) ?? 0) + 1);
  for (const row of chosen) {
    const count = left.get(twinKey(row)) ?? 0;
    if (count === 0) return false;
    left.set(twinKey(row), count - 1);
  }
  return true;
}
