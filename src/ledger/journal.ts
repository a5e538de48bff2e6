// Double entry: every entry balances, in the functional currency and in each other currency by itself. Lines are signed,
// debit positive; `debit` and `credit` are the only way to make them, so that nobody thinks about signs.

import { assert } from '#kernel/assert.ts';
import type { CompanyId, CustomerId, EntryId, ItemId } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import { type Money, negate } from '#kernel/money.ts';
import type { Account } from './chart.ts';

/** The open item that a line on a control account moves. */
export type LineItem = {
  readonly id: ItemId;
  readonly customerId: CustomerId | null;
  readonly dueOn: Temporal.PlainDate;
};

export type Line = {
  readonly account: Account;
  /** In the document's currency; debit positive. */
  readonly amount: Money;
  /** The same in the company's functional currency. */
  readonly functional: Money;
  readonly item?: LineItem | undefined;
};

/** What brings an entry about. */
export const ENTRY_KINDS = [
  'invoice',
  'credit_note',
  'void',
  'payment',
  'refund',
  'return',
  'application',
  'unapplication',
  'write_off',
  'transfer',
  'charge',
  'charge_credit',
  'bank_line',
  'tax_relief',
  'recovery',
  'handover',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

export type Entry = {
  readonly id: EntryId;
  readonly companyId: CompanyId;
  readonly postedOn: Temporal.PlainDate;
  readonly kind: EntryKind;
  readonly documentId: string;
  readonly reversesId?: EntryId | undefined;
  readonly lines: readonly Line[];
};

/** A debit line. Amounts are given as they are, positive for an ordinary debit. */
export function debit(account: Account, amount: Money, functional: Money, item?: LineItem): Line {
  return { account, amount, functional, item };
}

/** A credit line. Amounts are given positive for an ordinary credit. */
export function credit(account: Account, amount: Money, functional: Money, item?: LineItem): Line {
  return { account, amount: negate(amount), functional: negate(functional), item };
}

/** The same lines with the sides changed: what undoes them. */
export function reversed(lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => ({ ...line, amount: negate(line.amount), functional: negate(line.functional) }));
}

/** Makes an entry out of lines that balance; lines that move nothing are left out. */
export function entry(given: Omit<Entry, 'id'>): Entry {
  const lines = given.lines.filter((line) => line.amount.minor !== 0n || line.functional.minor !== 0n);
  assert(lines.length >= 2, 'an entry has two lines or more', given);
  const functional = lines.reduce((total, line) => total + line.functional.minor, 0n);
  assert(functional === 0n, 'an entry balances in the functional currency', lines);
  for (const currency of new Set(lines.map((line) => line.amount.currency))) {
    const left = lines
      .filter((l) => l.amount.currency === currency)
      .reduce((total, l) => total + l.amount.minor, 0n);
    assert(left === 0n, 'an entry balances in each currency', lines);
  }
  return { ...given, id: newId(), lines };
}
