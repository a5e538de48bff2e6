// Which rows of a payment file make one payment, and what each payment settles. One transfer often pays several invoices,
// less the credits taken up; so the rows of a customer's day belong together unless the file names its payments.

import { later, type PlainDate } from '#kernel/calendar.ts';
import { absolute, type Money, money } from '#kernel/money.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { isDebit, left } from '#ledger/open-item.ts';
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
  return [...groups].map(([key, members]) => {
    const first = members[0] as PaymentRow;
    const currency = first.amount.currency;
    return {
      externalId: key,
      customerNumber: first.customerNumber,
      paidOn: first.paidOn,
      currency,
      net: money(
        members.reduce((total, row) => total + row.amount.minor, 0n),
        currency,
      ),
      rows: members,
    };
  });
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

/** This much of that item is settled, on the earliest day that both sides exist. */
export type GroupSettlement = { readonly on: PlainDate; readonly wanted: Wanted };

/** What a row asks of an item: without sign. */
export type Claim = { readonly item: OpenItem; readonly minor: bigint };

/**
 * Spreads a group's money and credits over what it pays: credits first, then the money, items in the order of the rows.
 * `payment` is the item of the money (a credit when received, a debit when paid back), or nothing when the net is zero.
 * What is left of either side stays open. Amounts never exceed what the claims and the payment hold.
 */
export function spread(
  group: PaymentGroup,
  claims: readonly Claim[],
  payment: OpenItem | undefined,
  batchId: string,
): readonly GroupSettlement[] {
  type Side = { item: OpenItem; rest: bigint };
  const side = (item: OpenItem, minor: bigint): Side => ({ item, rest: minor });
  const debits = claims.filter((c) => isDebit(c.item)).map((c) => side(c.item, c.minor));
  const credits = claims.filter((c) => !isDebit(c.item)).map((c) => side(c.item, c.minor));
  if (payment) (isDebit(payment) ? debits : credits).push(side(payment, left(payment)));
  const settlements: GroupSettlement[] = [];
  let d = 0;
  let c = 0;
  while (d < debits.length && c < credits.length) {
    const debit = debits[d] as Side;
    const credit = credits[c] as Side;
    const part = debit.rest < credit.rest ? debit.rest : credit.rest;
    if (part > 0n) {
      settlements.push({
        on: [debit.item.postedOn, credit.item.postedOn].reduce(later, group.paidOn),
        wanted: {
          debitItemId: debit.item.id,
          creditItemId: credit.item.id,
          amount: money(part, group.currency),
          method: 'import',
          evidence: { batch: batchId, payment: group.externalId },
        },
      });
    }
    debit.rest -= part;
    credit.rest -= part;
    if (debit.rest === 0n) d += 1;
    if (credit.rest === 0n) c += 1;
  }
  return settlements;
}

/** How much of its items a row claims, oldest instalment first; undefined when they have not that much open in all. */
export function claimItems(
  row: PaymentRow,
  items: readonly OpenItem[],
  openOf: (item: OpenItem) => bigint,
): readonly Claim[] | undefined {
  let rest = absolute(row.amount.minor);
  const wantsDebit = row.amount.minor > 0n;
  const claims: Claim[] = [];
  const fitting = items
    .filter((item) => isDebit(item) === wantsDebit)
    .sort((a, b) => a.instalment - b.instalment);
  for (const item of fitting) {
    const open = openOf(item);
    const part = open < rest ? open : rest;
    if (part > 0n) claims.push({ item, minor: part });
    rest -= part;
    if (rest === 0n) return claims;
  }
  return undefined;
}
