// Which rows of a payment file make one payment, and what each payment settles. One transfer often pays several invoices,
// less the credits taken up; so the rows of a customer's day belong together unless the file names its payments. What is
// settled never exceeds what a row claims, what an item has open, or what was paid.

import { present } from '#kernel/assert.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { absolute, type Money, money } from '#kernel/money.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import type { Wanted } from '#ledger/settlement.ts';
import type { Mapping } from './mapping.ts';
import type { PaymentRow } from './row.ts';

/** Rows that are one movement of money, or one day's netting of invoices and credits. */
export type PaymentGroup = {
  /** What the payment is known by in the other system, so that it is taken over once. */
  readonly externalId: string;
  readonly customerNumber: string;
  readonly paidOn: PlainDate;
  readonly currency: string;
  /** Money received when positive, paid back when negative; zero when credits cover everything. */
  readonly net: Money;
  readonly rows: readonly PaymentRow[];
};

/** Groups rows in the order their first row stands in the file. */
export function groupPayments(rows: readonly PaymentRow[], group: Mapping['group']): readonly PaymentGroup[] {
  const groups = new Map<string, PaymentRow[]>();
  const ordinals = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row, group, ordinals);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, members]) => groupOf(key, members));
}

function groupOf(externalId: string, rows: readonly PaymentRow[]): PaymentGroup {
  const first = present(rows[0], 'a group has a row');
  const { currency } = first.amount;
  const net = rows.reduce((total, row) => total + row.amount.minor, 0n);
  const { customerNumber, paidOn } = first;
  return { externalId, customerNumber, paidOn, currency, net: money(net, currency), rows };
}

function keyOf(row: PaymentRow, group: Mapping['group'], ordinals: Map<string, number>): string {
  const day = `${row.customerNumber}/${row.paidOn}/${row.amount.currency}`;
  if (group === 'payment_id' && row.paymentId !== undefined) return `${row.paymentId}/${day}`;
  if (group !== 'row') return day;
  // Truly equal rows are different payments: the how-manieth of its kind a row is belongs to its name.
  const name = `${day}/${row.documentNumber ?? ''}/${row.amount.minor}`;
  const ordinal = (ordinals.get(name) ?? 0) + 1;
  ordinals.set(name, ordinal);
  return `${name}/${ordinal}`;
}

/** What a row asks of an item: without sign. */
export type Claim = { readonly item: OpenItem; readonly minor: bigint };

/** How much of its items a row claims, oldest instalment first; undefined when they have not that much open in all. */
export function claimItems(
  row: PaymentRow,
  items: readonly OpenItem[],
  openOf: (item: OpenItem) => bigint,
): readonly Claim[] | undefined {
  let rest = absolute(row.amount.minor);
  const claims: Claim[] = [];
  for (const item of claimable(row, items)) {
    const open = openOf(item);
    const part = open < rest ? open : rest;
    if (part > 0n) claims.push({ item, minor: part });
    rest -= part;
    if (rest === 0n) return claims;
  }
  return undefined;
}

/** The items of the side a row is about: debts when it pays, credits when it takes up or pays back. */
export function claimable(row: PaymentRow, items: readonly OpenItem[]): readonly OpenItem[] {
  const wantsDebit = row.amount.minor > 0n;
  return items
    .filter((item) => isDebit(item) === wantsDebit && item.amount.currency === row.amount.currency)
    .sort((a, b) => a.instalment - b.instalment);
}

/** One side of a settlement: an item, and how much of it there is to settle. */
export type Side = {
  readonly itemId: ItemId;
  readonly isDebit: boolean;
  readonly minor: bigint;
  readonly openSince: PlainDate;
};

/** An item as a side, all that is left of it or a part. */
export function sideOf(item: OpenItem, minor: bigint = left(item)): Side {
  return { itemId: item.id, isDebit: isDebit(item), minor, openSince: item.openSince };
}

/** This much of that item is settled, on the earliest day that both sides are open. */
export type GroupSettlement = { readonly on: PlainDate; readonly wanted: Wanted };

/**
 * Spreads a group's money and credits over what it pays: credits first, then the money, items in the order of the rows.
 * `payment` is the item of the money (a credit when received, a debit when paid back), or nothing when the net is zero.
 * What is left of either side stays open.
 */
export function spread(
  group: PaymentGroup,
  claims: readonly Claim[],
  payment: Side | undefined,
  batchId: string,
): readonly GroupSettlement[] {
  const sides = [...claims.map((c) => sideOf(c.item, c.minor)), ...(payment ? [payment] : [])];
  const debits = sides.filter((side) => side.isDebit).map((side) => ({ ...side, rest: side.minor }));
  const credits = sides.filter((side) => !side.isDebit).map((side) => ({ ...side, rest: side.minor }));
  const settlements: GroupSettlement[] = [];
  let [debit, credit] = [debits.shift(), credits.shift()];
  while (debit && credit) {
    const part = debit.rest < credit.rest ? debit.rest : credit.rest;
    if (part > 0n) {
      settlements.push({
        on: [debit.openSince, credit.openSince].reduce(later, group.paidOn),
        wanted: {
          debitItemId: debit.itemId,
          creditItemId: credit.itemId,
          amount: money(part, group.currency),
          method: 'import',
          evidence: { batch: batchId, payment: group.externalId },
        },
      });
    }
    debit.rest -= part;
    credit.rest -= part;
    if (debit.rest === 0n) debit = debits.shift();
    if (credit.rest === 0n) credit = credits.shift();
  }
  return settlements;
}
