// How charges and their credits stand in the books: an open item of their own on receivables against interest income and late
// fees. Neither touches the invoice, and neither bears tax: interest and compensation for late payment are outside its scope.

import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { type Money, negate, subtract } from '#kernel/money.ts';
import { credit, debit, type Entry, entry } from '#ledger/journal.ts';
import { lineItem, type OpenItem, openItem } from '#ledger/open-item.ts';
import type { Part } from './charging.ts';

/** Charges ask, charge credits give back (a correction, a waiver). */
export type ChargeKind = 'charge' | 'charge_credit';

/** A charge or credit ready to be posted, all but its number. Amounts are positive for both. */
export type ReadyCharge = {
  readonly id: string;
  readonly kind: ChargeKind;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly chargedOn: PlainDate;
  readonly through: PlainDate;
  readonly dueOn: PlainDate;
  readonly interest: Money;
  readonly fees: Money;
  readonly total: Money;
  readonly reason: string | null;
  readonly because: 'correction' | 'waiver' | null;
  readonly correctsId: string | null;
  readonly parts: readonly Part[];
};

/** What a total is worth in the currency of the books: the whole, and the interest in it. */
export type FunctionalWorth = { readonly total: Money; readonly interest: Money };

/** The open item of a charge and the entry that brings it about. */
export function chargePosting(
  charge: ReadyCharge,
  number: string,
  worth: FunctionalWorth,
): { readonly item: OpenItem; readonly entry: Entry } {
  const sign = (amount: Money): Money => (charge.kind === 'charge' ? amount : negate(amount));
  const item = openItem({
    id: newId(),
    companyId: charge.companyId,
    customerId: charge.customerId,
    kind: charge.kind,
    documentId: charge.id,
    instalment: 1,
    reference: number,
    account: 'receivables',
    amount: sign(charge.total),
    functional: sign(worth.total),
    postedOn: charge.chargedOn,
    dueOn: charge.dueOn,
  });
  return {
    item,
    entry: entry({
      companyId: charge.companyId,
      postedOn: charge.chargedOn,
      kind: charge.kind,
      documentId: charge.id,
      lines: [
        debit('receivables', item.amount, item.functional, lineItem(item)),
        credit('interest-income', sign(charge.interest), sign(worth.interest)),
        credit('late-fees', sign(charge.fees), sign(subtract(worth.total, worth.interest))),
      ],
    }),
  };
}

/** The counter-item that closes a waiver taken back, wholly open again by then, and its entry. */
export function undonePosting(
  waiver: { readonly id: string; readonly interest: Money },
  item: OpenItem,
  worth: FunctionalWorth,
  on: PlainDate,
): { readonly item: OpenItem; readonly entry: Entry } {
  const counter = openItem({
    ...item,
    id: newId(),
    kind: 'void',
    amount: negate(item.amount),
    functional: negate(item.functional),
    postedOn: on,
    dueOn: on,
  });
  return {
    item: counter,
    entry: entry({
      companyId: item.companyId,
      postedOn: on,
      kind: 'void',
      documentId: waiver.id,
      lines: [
        debit('receivables', counter.amount, counter.functional, lineItem(counter)),
        credit('interest-income', waiver.interest, worth.interest),
        credit('late-fees', subtract(counter.amount, waiver.interest), subtract(worth.total, worth.interest)),
      ],
    }),
  };
}
