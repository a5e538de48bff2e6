// What a line of a bank statement is. Money of customers is a receipt, a refund or a return; all else is of other books, and
// stands in ours so that the bank account in them is the bank account at the bank.

import type { CompanyId } from '#kernel/id.ts';
import { type Money, negate } from '#kernel/money.ts';
import type { Account } from '#ledger/chart.ts';
import { debit, type Entry, entry } from '#ledger/journal.ts';

/** Lines that no customer paid. A sweep is a transfer that the bank makes by itself. */
export const OTHER_KINDS = ['fee', 'interest', 'transfer', 'sweep', 'other'] as const;
export type OtherKind = (typeof OTHER_KINDS)[number];

/** Lines that show what was recorded by hand before: money in, money paid back, and payments that came back. */
export const SHOWN_KINDS = ['deposit', 'refund', 'return'] as const;
export type ShownKind = (typeof SHOWN_KINDS)[number];

/** All that a line can be. `receipt` is what an import makes of money in; `unexplained` waits for somebody to say. */
export const LINE_KINDS = ['receipt', ...SHOWN_KINDS, ...OTHER_KINDS, 'unexplained'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** The account that a line of other books is booked against. */
const ACCOUNTS: Readonly<Record<OtherKind, Account>> = {
  fee: 'bank-charges',
  interest: 'bank-interest',
  transfer: 'bank-transfers',
  sweep: 'bank-transfers',
  other: 'bank-other',
};

/** Whether a kind is of other books. */
export function isOther(kind: string): kind is OtherKind {
  return (OTHER_KINDS as readonly string[]).includes(kind);
}

/**
 * The entry of a line of other books: the bank has it (money in is positive), and the account of its kind gives it. Booked on
 * the day the bank booked it.
 */
export function otherEntry(line: {
  readonly explanationId: string;
  readonly companyId: CompanyId;
  readonly kind: OtherKind;
  readonly on: Temporal.PlainDate;
  readonly amount: Money;
  readonly functional: Money;
}): Entry {
  const { amount, functional } = line;
  return entry({
    companyId: line.companyId,
    postedOn: line.on,
    kind: 'bank_line',
    documentId: line.explanationId,
    lines: [
      debit('bank', amount, functional),
      debit(ACCOUNTS[line.kind], negate(amount), negate(functional)),
    ],
  });
}
