// What a credit note may be: never more than the invoice it corrects, together with the credit notes before it. Pure.

import type { GivenMatter } from '#approvals/matter.ts';
import { isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, InvoiceId, ItemId } from '#kernel/id.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import type { Wanted } from '#ledger/settlement.ts';
import { type Extras, type NewLine, type Priced, priceLines } from './document.ts';

/** An invoice as crediting sees it. */
export type Creditable = {
  readonly id: InvoiceId;
  readonly kind: 'invoice' | 'credit_note';
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly voidedOn: PlainDate | null;
  /** What it says, line by line. */
  readonly priced: Priced;
  /** Credit notes that correct it and stand, together; positive. */
  readonly credited: Money;
};

/** What can still be credited. */
export function creditableOf(invoice: Pick<Creditable, 'priced' | 'credited'>): Money {
  return money(invoice.priced.total.minor - invoice.credited.minor, invoice.credited.currency);
}

/** Why an invoice cannot be credited at all, if so. */
export function creditRefusal(
  invoice: Pick<Creditable, 'kind' | 'voidedOn' | 'priced' | 'credited'>,
): 'not_an_invoice' | 'invoice_voided' | 'exceeds_invoice' | undefined {
  if (invoice.kind !== 'invoice') return 'not_an_invoice';
  if (invoice.voidedOn !== null) return 'invoice_voided';
  return creditableOf(invoice).minor <= 0n ? 'exceeds_invoice' : undefined;
}

/**
 * What a credit note for an invoice says: the lines given, or the invoice itself when none are.
 *
 * Refuses: what `creditRefusal` says, `credit_before_invoice`, `invoice_credited_in_part` (no lines given, but part of it was
 * credited before), `exceeds_invoice`, what pricing refuses.
 */
export function decideCredit(
  invoice: Creditable,
  wanted: Extras & { readonly lines?: readonly NewLine[] | undefined },
  issuedOn: PlainDate,
): Priced {
  const refusal = creditRefusal(invoice);
  const facts = {
    invoice: invoice.number,
    creditable: toDecimal(creditableOf(invoice)),
    currency: invoice.credited.currency,
  };
  if (refusal) throw new Refusal(refusal, facts);
  if (isBefore(issuedOn, invoice.issuedOn)) {
    throw new Refusal('credit_before_invoice', {
      invoice: invoice.number,
      issuedOn: invoice.issuedOn.toString(),
    });
  }
  const { lines } = wanted;
  if (lines === undefined) {
    if (invoice.credited.minor !== 0n) throw new Refusal('invoice_credited_in_part', facts);
    return invoice.priced;
  }
  const priced = priceLines(lines, invoice.credited.currency, wanted);
  if (priced.total.minor > creditableOf(invoice).minor)
    throw new Refusal('exceeds_invoice', { ...facts, wanted: toDecimal(priced.total) });
  return priced;
}

/** What others have to approve where the rules say so: the whole credit note, named by what it is for. */
export function creditMatter(
  note: { readonly customerId: CustomerId; readonly priced: Priced },
  label: string,
): GivenMatter {
  return {
    kind: 'credit_note',
    customerIds: [note.customerId],
    parts: [{ label, amount: note.priced.total }],
  };
}

/** What a credit note gives to the items of its own invoice: the oldest due first, as far as they are open. */
export function creditToOwnInvoice(
  creditItem: OpenItem,
  invoiceItems: readonly OpenItem[],
): readonly Wanted[] {
  let rest = left(creditItem);
  const wanted: Wanted[] = [];
  const oldestFirst = [...invoiceItems].sort(
    (a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn) || a.instalment - b.instalment,
  );
  for (const item of oldestFirst) {
    const part = left(item) < rest ? left(item) : rest;
    if (part === 0n) continue;
    wanted.push({
      debitItemId: item.id,
      creditItemId: creditItem.id,
      amount: money(part, creditItem.amount.currency),
      method: 'credit',
    });
    rest -= part;
  }
  return wanted;
}

/** This much of a credit note for that item. */
export type CreditAllocation = { readonly itemId: ItemId; readonly amount: Money };

/**
 * Turns allocations of a credit note into settlements; a credit note in several parts gives them one after the other.
 *
 * Refuses: `nothing_to_apply`, `item_named_twice`, `wrong_customer`, `exceeds_unapplied`.
 */
export function creditsWanted(
  own: readonly OpenItem[],
  items: readonly OpenItem[],
  allocations: readonly CreditAllocation[],
): readonly Wanted[] {
  if (allocations.length === 0) throw new Refusal('nothing_to_apply');
  if (new Set(allocations.map((a) => a.itemId)).size !== allocations.length)
    throw new Refusal('item_named_twice');
  const stranger = items.find((item) => item.customerId !== own[0]?.customerId);
  if (stranger) throw new Refusal('wrong_customer', { item: stranger.reference });
  const rests = own.map((item) => ({ item, rest: left(item) }));
  const first = rests[0]?.item;
  return allocations.flatMap(({ itemId, amount }) => {
    let open = amount.minor;
    const parts: Wanted[] = [];
    for (const source of rests) {
      const part = source.rest < open ? source.rest : open;
      if (part <= 0n) continue;
      source.rest -= part;
      open -= part;
      parts.push(wish(itemId, source.item.id, money(part, amount.currency)));
    }
    // What is not covered, or is nothing at all, is asked for as it stands: the rules of settling say no to it.
    if ((open > 0n || parts.length === 0) && first)
      parts.push(wish(itemId, first.id, money(open, amount.currency)));
    return parts;
  });
}

function wish(debitItemId: ItemId, creditItemId: ItemId, amount: Money): Wanted {
  return { debitItemId, creditItemId, amount, method: 'credit' };
}
