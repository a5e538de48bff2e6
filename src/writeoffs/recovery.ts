// Money that comes for what was written off. The write-off stays as it is: what comes is an income of its own, for which the
// customer has an item that the payment settles at once, so that nothing is owed by it, before or after.

import { assert } from '#kernel/assert.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type ItemId, newId } from '#kernel/id.ts';
import { type Money, money, negate, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { credit, debit, type Entry, entry } from '#ledger/journal.ts';
import { left, lineItem, type OpenItem, openItem, takePart } from '#ledger/open-item.ts';
import type { Wanted } from '#ledger/settlement.ts';

/** What of an item was written off and not recovered yet, without sign. */
export type Recoverable = {
  readonly writeOffId: string;
  readonly number: string;
  readonly writtenOffOn: PlainDate;
  readonly item: OpenItem;
  readonly writtenOff: bigint;
  readonly recovered: bigint;
};

/** What somebody says money is for: so much of that item that was written off. Without an amount: all that is left of it. */
export type RecoveryWish = {
  readonly writeOffId: string;
  readonly itemId: ItemId;
  readonly amount?: Money | undefined;
};

/** A recovery ready to be posted: of which write-off and item, the item that the payment settles, and the entry for it. */
export type ReadyRecovery = {
  readonly id: string;
  readonly of: Recoverable;
  readonly amount: Money;
  readonly item: OpenItem;
  readonly entry: Entry;
};

/**
 * Decides what a payment recovers. What comes is worth what it came in at, so that recovering gains and loses
 * nothing by exchange rates; `own` are the payment's items, used up in their order.
 *
 * Refuses: `not_written_off`, `item_named_twice`, `wrong_company`, `dated_before_write_off`, `wrong_currency`,
 * `amount_not_positive`, `exceeds_written_off`, `exceeds_unapplied`.
 */
export function decideRecoveries(
  own: readonly OpenItem[],
  recoverables: readonly Recoverable[],
  wishes: readonly RecoveryWish[],
  on: PlainDate,
): readonly ReadyRecovery[] {
  const [first] = own;
  assert(first !== undefined, 'a payment has its item');
  let rest = own;
  const seen = new Set<string>();
  return wishes.map((wish) => {
    const of = recoverables.find((one) => one.writeOffId === wish.writeOffId && one.item.id === wish.itemId);
    if (!of) throw new Refusal('not_written_off', { writeOffId: wish.writeOffId, itemId: wish.itemId });
    const key = `${wish.writeOffId} ${wish.itemId}`;
    if (seen.has(key)) throw new Refusal('item_named_twice', { item: of.item.reference });
    seen.add(key);
    if (of.item.companyId !== first.companyId)
      throw new Refusal('wrong_company', { item: of.item.reference, credit: first.reference });
    refuseBeforeWriteOff(on, of.writtenOffOn);
    const amount = amountOf(wish, of, first.amount.currency);
    const taken = takeFrom(rest, amount);
    rest = taken.rest;
    return ready(of, amount, money(taken.functional, first.functional.currency), on);
  });
}

/** What follows a write-off is not dated before it. Refuses: `dated_before_write_off`. */
export function refuseBeforeWriteOff(on: PlainDate, writtenOffOn: PlainDate): void {
  if (isBefore(on, writtenOffOn))
    throw new Refusal('dated_before_write_off', { on: on.toString(), first: writtenOffOn.toString() });
}

function amountOf(wish: RecoveryWish, of: Recoverable, currency: string): Money {
  const facts = { item: of.item.reference };
  const most = money(of.writtenOff - of.recovered, of.item.amount.currency);
  const amount = wish.amount ?? most;
  for (const given of [amount.currency, currency])
    if (given !== most.currency)
      throw new Refusal('wrong_currency', { ...facts, wanted: most.currency, given });
  if (amount.minor > most.minor || most.minor <= 0n)
    throw new Refusal('exceeds_written_off', { ...facts, given: toDecimal(amount), most: toDecimal(most) });
  if (amount.minor <= 0n) throw new Refusal('amount_not_positive', { ...facts, amount: toDecimal(amount) });
  return amount;
}

/** Takes an amount off a payment's items in their order, and says what it is worth in the books. */
function takeFrom(own: readonly OpenItem[], amount: Money) {
  let wanted = amount.minor;
  let functional = 0n;
  const rest = own.map((item) => {
    const part = wanted < left(item) ? wanted : left(item);
    const taken = takePart(item, part);
    wanted -= part;
    functional += taken.functional;
    return taken.after;
  });
  if (wanted > 0n)
    throw new Refusal('exceeds_unapplied', {
      credit: own[0]?.reference ?? '',
      unapplied: toDecimal(money(amount.minor - wanted, amount.currency)),
      wanted: toDecimal(amount),
      currency: amount.currency,
    });
  return { rest, functional };
}

function ready(of: Recoverable, amount: Money, functional: Money, on: PlainDate): ReadyRecovery {
  const id = newId();
  const item = openItem({
    id: newId(),
    companyId: of.item.companyId,
    customerId: of.item.customerId,
    kind: 'recovery',
    documentId: id,
    instalment: 1,
    reference: of.item.reference,
    account: 'receivables',
    amount,
    functional,
    postedOn: on,
    dueOn: on,
  });
  return {
    id,
    of,
    amount,
    item,
    entry: entry({
      companyId: item.companyId,
      postedOn: on,
      kind: 'recovery',
      documentId: id,
      lines: [
        debit('receivables', amount, functional, lineItem(item)),
        credit('bad-debt-recovered', amount, functional),
      ],
    }),
  };
}

/** What undoes the part of a recovery that no payment settles any more: a counter-item, and the income taken back. */
export function undoneRecovery(
  item: OpenItem,
  given: { readonly instalment: number; readonly on: PlainDate },
): { readonly item: OpenItem; readonly entry: Entry; readonly wanted: Wanted } {
  const counter = openItem({
    ...item,
    id: newId(),
    kind: 'void',
    instalment: given.instalment,
    amount: negate(item.open),
    functional: negate(item.openFunctional),
    postedOn: given.on,
    dueOn: given.on,
  });
  return {
    item: counter,
    entry: entry({
      companyId: item.companyId,
      postedOn: given.on,
      kind: 'void',
      documentId: item.documentId,
      lines: [
        debit('receivables', counter.amount, counter.functional, lineItem(counter)),
        credit('bad-debt-recovered', counter.amount, counter.functional),
      ],
    }),
    wanted: {
      debitItemId: item.id,
      creditItemId: counter.id,
      amount: money(left(item), item.open.currency),
      method: 'void',
    },
  };
}
