// Voiding: an issued document is taken back as if it had never been, by counter-items and a reversed entry. Only before
// anything was applied to it; afterwards a credit note is the way. Its number stays used. Pure.

import { present } from '#kernel/assert.ts';
import { isBefore, later, type PlainDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { absolute, money, negate } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Entry, entry, reversed } from '#ledger/journal.ts';
import { isDebit, lineItem, type OpenItem, openItem } from '#ledger/open-item.ts';
import type { Wanted } from '#ledger/settlement.ts';

/** A document as voiding sees it. */
export type Voidable = {
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly voidedOn: PlainDate | null;
  /** Its own items, counter-items left out. */
  readonly items: readonly OpenItem[];
  /** Whether a credit note that corrects it stands, and is not voided along with it. */
  readonly credited: boolean;
};

export type VoidRefusal = 'invoice_voided' | 'invoice_has_applications' | 'invoice_has_credit_notes';

/** Why a document cannot be voided, if so. */
export function voidRefusal(document: Omit<Voidable, 'number' | 'issuedOn'>): VoidRefusal | undefined {
  if (document.voidedOn !== null) return 'invoice_voided';
  if (document.items.some((item) => item.open.minor !== item.amount.minor)) return 'invoice_has_applications';
  return document.credited ? 'invoice_has_credit_notes' : undefined;
}

/** Refuses: what `voidRefusal` says, `voided_too_early`. */
export function checkVoiding(document: Voidable, on: PlainDate): void {
  const refusal = voidRefusal(document);
  if (refusal) throw new Refusal(refusal, { number: document.number });
  if (isBefore(on, voidableSince(document))) {
    throw new Refusal('voided_too_early', {
      number: document.number,
      issuedOn: document.issuedOn.toString(),
      on: on.toString(),
    });
  }
}

/** The first day a document can be voided on: when it was issued, or when the last that was applied to it was taken back. */
export function voidableSince(document: Pick<Voidable, 'issuedOn' | 'items'>): PlainDate {
  return document.items.map((item) => item.openSince).reduce(later, document.issuedOn);
}

/** What voiding brings about: counter-items, the reversed entry, and the settlement of each item with its counter-item. */
export type VoidPosting = {
  readonly items: readonly OpenItem[];
  readonly entry: Entry;
  readonly wanted: readonly Wanted[];
};

/** The posting that takes a document back on a day: the same lines with the sides changed, on counter-items. */
export function voidPosting(items: readonly OpenItem[], posted: Entry, on: PlainDate): VoidPosting {
  const counters = new Map(items.map((item) => [item.id, voidingItem(item, on)]));
  return {
    items: [...counters.values()],
    entry: entry({
      companyId: posted.companyId,
      postedOn: on,
      kind: 'void',
      documentId: posted.documentId,
      reversesId: posted.id,
      lines: reversed(posted.lines).map((line) =>
        line.item
          ? {
              ...line,
              item: lineItem(present(counters.get(line.item.id), 'a line moves an item of the document')),
            }
          : line,
      ),
    }),
    wanted: items.map((item) => {
      const counter = present(counters.get(item.id), 'each item has its counter-item');
      const [debitItem, creditItem] = isDebit(item) ? [item, counter] : [counter, item];
      return {
        debitItemId: debitItem.id,
        creditItemId: creditItem.id,
        amount: money(absolute(item.amount.minor), item.amount.currency),
        method: 'void',
      };
    }),
  };
}

/** The counter-item that voids an item: the same amount the other way, due the same day, settled with it at once. */
function voidingItem(item: OpenItem, on: PlainDate): OpenItem {
  return openItem({
    ...item,
    id: newId(),
    kind: 'void',
    amount: negate(item.amount),
    functional: negate(item.functional),
    postedOn: on,
  });
}
