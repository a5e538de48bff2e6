// A write-off takes off the books what will not be paid: a document with its own number that credits receivables, item by
// item, and is settled with what it writes off at once. Undone, its items are open again as they were.

import { assert } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { type Money, money, negate, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Account } from '#ledger/chart.ts';
import { credit, debit, type Entry, entry } from '#ledger/journal.ts';
import { left, lineItem, type OpenItem, openItem, takePart } from '#ledger/open-item.ts';
import type { Wanted } from '#ledger/settlement.ts';

/** Why something is written off. */
export const WRITE_OFF_KINDS = ['bad_debt', 'small_balance', 'dispute', 'goodwill', 'fx_rounding'] as const;
export type WriteOffKind = (typeof WRITE_OFF_KINDS)[number];

/** What somebody wants written off: an item, wholly or in part. */
export type WriteOffWish = { readonly itemId: ItemId; readonly amount?: Money | undefined };

/** One part of a write-off: so much of that item, and what that is worth in the currency of the books. */
export type WriteOffPart = { readonly item: OpenItem; readonly amount: Money; readonly functional: Money };

/** A write-off ready to be posted, all but its number: parts of items of one company, customer and currency. */
export type ReadyWriteOff = {
  readonly id: string;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly kind: WriteOffKind;
  readonly on: PlainDate;
  readonly amount: Money;
  readonly functional: Money;
  readonly parts: readonly WriteOffPart[];
};

/** Which account bears the loss. */
export function accountOf(kind: WriteOffKind): Account {
  if (kind === 'small_balance') return 'small-differences';
  return kind === 'fx_rounding' ? 'fx-differences' : 'bad-debt';
}

/**
 * Decides what is written off: the wishes by company, customer and currency, each a write-off of its own.
 *
 * Refuses: `item_named_twice`, `not_an_invoice`, `nothing_open`, `amount_not_positive`, `wrong_currency`, `exceeds_open`.
 */
export function decideWriteOffs(
  items: readonly OpenItem[],
  wishes: readonly WriteOffWish[],
  kind: WriteOffKind,
  on: PlainDate,
): readonly ReadyWriteOff[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const seen = new Set<ItemId>();
  const parts = wishes.map((wish) => {
    const item = byId.get(wish.itemId);
    assert(item !== undefined, 'the items to write off were read');
    if (seen.has(item.id)) throw new Refusal('item_named_twice', { item: item.reference });
    seen.add(item.id);
    return partOf(item, wish.amount);
  });
  const groups = Map.groupBy(
    parts,
    ({ item }) => `${item.companyId} ${item.customerId} ${item.amount.currency}`,
  );
  return [...groups.values()].map((group) => joined(group, kind, on));
}

/** What can be written off: what customers owe by invoices, and by charges for paying late. */
export function isWrittenOff(item: Pick<OpenItem, 'kind'>): boolean {
  return item.kind === 'invoice' || item.kind === 'charge';
}

function partOf(item: OpenItem, asked: Money | undefined): WriteOffPart {
  if (!isWrittenOff(item)) throw new Refusal('not_an_invoice', { item: item.reference });
  const { currency } = item.amount;
  const open = left(item);
  if (open === 0n) throw new Refusal('nothing_open', { item: item.reference });
  const amount = asked ?? money(open, currency);
  if (amount.currency !== currency)
    throw new Refusal('wrong_currency', { item: item.reference, wanted: currency, given: amount.currency });
  if (amount.minor <= 0n)
    throw new Refusal('amount_not_positive', { item: item.reference, amount: toDecimal(amount) });
  if (amount.minor > open)
    throw new Refusal('exceeds_open', {
      item: item.reference,
      open: toDecimal(money(open, currency)),
      wanted: toDecimal(amount),
      currency,
    });
  return {
    item,
    amount,
    functional: money(takePart(item, amount.minor).functional, item.functional.currency),
  };
}

function joined(parts: readonly WriteOffPart[], kind: WriteOffKind, on: PlainDate): ReadyWriteOff {
  const [first] = parts;
  assert(first !== undefined && first.item.customerId !== null, 'an invoice is of a customer');
  const { item } = first;
  return {
    id: newId(),
    companyId: item.companyId,
    customerId: first.item.customerId,
    kind,
    on,
    amount: money(
      parts.reduce((total, p) => total + p.amount.minor, 0n),
      item.amount.currency,
    ),
    functional: money(
      parts.reduce((total, p) => total + p.functional.minor, 0n),
      item.functional.currency,
    ),
    parts,
  };
}

/** New items, the entry that brings them about, and what they settle. */
export type WriteOffPosting = {
  readonly items: readonly OpenItem[];
  readonly entry: Entry;
  readonly wanted: readonly Wanted[];
};

/**
 * The items and the entry of a write-off that gets `number`: one credit item for each part, worth exactly what the part is
 * worth in the books, so that writing off gains and loses nothing by exchange rates.
 */
export function writeOffPosting(writeOff: ReadyWriteOff, number: string): WriteOffPosting {
  const items = writeOff.parts.map(({ item, amount, functional }, index) =>
    openItem({
      ...item,
      id: newId(),
      kind: 'write_off',
      documentId: writeOff.id,
      instalment: index + 1,
      reference: number,
      amount: negate(amount),
      functional: negate(functional),
      postedOn: writeOff.on,
      dueOn: writeOff.on,
    }),
  );
  return {
    items,
    entry: entry({
      companyId: writeOff.companyId,
      postedOn: writeOff.on,
      kind: 'write_off',
      documentId: writeOff.id,
      lines: [
        debit(accountOf(writeOff.kind), writeOff.amount, writeOff.functional),
        ...items.map((item) => debit(item.account, item.amount, item.functional, lineItem(item))),
      ],
    }),
    wanted: writeOff.parts.map(({ item, amount }, index) => ({
      debitItemId: item.id,
      creditItemId: items[index]?.id ?? item.id,
      amount,
      method: 'write_off',
    })),
  };
}

/**
 * What undoes a write-off whose applications were taken back: its credit items, open again, each get a counter-item of kind
 * `void`, and the loss is taken back from the account that bore it.
 */
export function undoPosting(
  writeOff: { readonly id: string; readonly kind: WriteOffKind },
  credits: readonly OpenItem[],
  on: PlainDate,
): WriteOffPosting {
  const [first] = credits;
  assert(first !== undefined, 'a write-off has its items');
  const counters = credits.map((item) =>
    openItem({
      ...item,
      id: newId(),
      kind: 'void',
      amount: negate(item.open),
      functional: negate(item.openFunctional),
      postedOn: on,
      dueOn: on,
    }),
  );
  return {
    items: counters,
    entry: entry({
      companyId: first.companyId,
      postedOn: on,
      kind: 'void',
      documentId: writeOff.id,
      lines: counters.flatMap((item) => [
        debit(item.account, item.amount, item.functional, lineItem(item)),
        credit(accountOf(writeOff.kind), item.amount, item.functional),
      ]),
    }),
    wanted: credits.map((item, index) => ({
      debitItemId: counters[index]?.id ?? item.id,
      creditItemId: item.id,
      amount: money(left(item), item.open.currency),
      method: 'void',
    })),
  };
}

/** Whether a write-off can be taken back: `true`, or the refusal it would meet. */
export function mayUndo(writeOff: { readonly isUndone: boolean; readonly recovered: bigint }): true | string {
  if (writeOff.isUndone) return 'write_off_undone';
  return writeOff.recovered > 0n ? 'write_off_recovered' : true;
}
