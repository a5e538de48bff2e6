// What issuing a document does to the books: its items and its entry. An invoice debits receivables and
// credits revenue and tax; a credit note the other way round.

import { newId } from '#kernel/id.ts';
import { allocate, type Money, money, negate, proportional, subtract } from '#kernel/money.ts';
import { credit, debit, type Entry, entry, type Line } from '#ledger/journal.ts';
import { lineItem, type OpenItem, openItem } from '#ledger/open-item.ts';
import type { DiscountReversal } from './discount-reversal.ts';
import type { DocumentKind, Priced, ReadyDocument } from './document.ts';

/** What a document is worth in functional currency, split so that parts sum to the whole in both currencies. */
export type DocumentPosting = { readonly items: readonly OpenItem[]; readonly entry: Entry };

/**
 * The items and the entry of a document that gets `number`. `functional` is its total in functional currency; net, tax and
 * instalments share it in proportion, to the minor unit. What a credit note takes back of a discount is not given.
 */
export function documentPosting(document: ReadyDocument, number: string, functional: Money): DocumentPosting {
  const sign = document.kind === 'invoice' ? 1n : -1n;
  const { reversal } = document;
  const shares = allocate(
    reversal ? subtract(functional, reversal.functional) : functional,
    document.instalments.map((i) => i.amount.minor),
  );
  const items = document.instalments.map((instalment, index) =>
    openItem({
      id: newId(),
      companyId: document.companyId,
      customerId: document.customerId,
      kind: document.kind,
      documentId: document.id,
      instalment: index + 1,
      reference: number,
      account: 'receivables',
      amount: money(sign * instalment.amount.minor, instalment.amount.currency),
      functional: money(sign * (shares[index]?.minor ?? 0n), functional.currency),
      postedOn: document.issuedOn,
      dueOn: instalment.dueOn,
    }),
  );
  const posted = entry({
    companyId: document.companyId,
    postedOn: document.issuedOn,
    kind: document.kind,
    documentId: document.id,
    lines: [
      ...items.map((item) => debit('receivables', item.amount, item.functional, lineItem(item))),
      ...incomeLines(document, functional, sign),
      ...(reversal ? reversalLines(reversal) : []),
    ],
  });
  return { items, entry: posted };
}

/**
 * Net, tax and rounding in functional currency; they sum to `functional`. What tax comes to here is what the books and, where
 * they differ, the tax total in the seller's currency say (EN 16931 BT-111).
 */
export function functionalParts(
  priced: Pick<Priced, 'net' | 'tax' | 'rounding' | 'total'>,
  functional: Money,
): { readonly net: Money; readonly tax: Money; readonly rounding: Money } {
  const rounding = money(
    proportional(functional.minor, priced.rounding.minor, priced.total.minor),
    functional.currency,
  );
  const rest = subtract(functional, rounding);
  const [net = rest, tax = rest] = allocate(rest, [priced.net.minor, priced.tax.minor]);
  return { net, tax, rounding };
}

function incomeLines(document: ReadyDocument, functional: Money, sign: bigint): readonly Line[] {
  const { net, tax, rounding } = document.priced;
  const parts = functionalParts(document.priced, functional);
  const signed = (amount: Money): Money => (sign > 0n ? amount : negate(amount));
  return [
    credit('revenue', signed(net), signed(parts.net)),
    credit('tax', signed(tax), signed(parts.tax)),
    ...(rounding.minor === 0n ? [] : [credit('small-differences', signed(rounding), signed(parts.rounding))]),
  ];
}

/** A discount taken back is granted no more: its price and its tax go back where the discount was booked. */
function reversalLines({ discount, tax, functional }: DiscountReversal): readonly Line[] {
  const taxFunctional = money(proportional(functional.minor, tax.minor, discount.minor), functional.currency);
  return [
    credit('discounts', subtract(discount, tax), subtract(functional, taxFunctional)),
    credit('tax', tax, taxFunctional),
  ];
}

/** Which series a kind of document is numbered in when nobody says otherwise. */
export const DEFAULT_SERIES: Readonly<Record<DocumentKind, string>> = {
  invoice: 'main',
  credit_note: 'main',
};
