// What is printed on a reminder letter: words around a table of the items it is about.

import type { PlainDate } from '#kernel/calendar.ts';
import { type ItemRow, itemsBlock, openTotals, openTotalsBlock } from './items-table.ts';
import { formatDate } from './print-format.ts';
import {
  type BankDetails,
  type Block,
  type Buyer,
  filledFacts,
  letterheadOf,
  type PrintPage,
  paymentBlock,
  printable,
  type Seller,
} from './print-page.ts';
import { labelsIn, type WrittenIn } from './second-language.ts';

/** What is printed on a letter about open items; the words come from a template. */
export type LetterDocument = WrittenIn & {
  readonly seller: Seller;
  readonly customer: Buyer;
  readonly date: PlainDate;
  readonly subject: string;
  /** Salutation and opening, one entry for each paragraph. */
  readonly opening: readonly string[];
  readonly rows: readonly ItemRow[];
  readonly closing: readonly string[];
  readonly contact?: string | undefined;
  readonly paymentReference?: string | undefined;
  /** Where each currency is paid to; left out, to the bank of the seller. */
  readonly banks?: ReadonlyMap<string, BankDetails | undefined> | undefined;
};

/** For each currency the table of its items, what they come to, and where to pay that. */
function itemBlocks(document: LetterDocument): Block[] {
  const { date, rows } = document;
  return openTotals(rows).flatMap((amount) => {
    const own = rows.filter((row) => row.open.currency === amount.currency);
    const bank = document.banks ? document.banks.get(amount.currency) : document.seller.bank;
    const seller = { ...document.seller, bank };
    return [
      itemsBlock(own, date, document),
      openTotalsBlock([amount], document),
      ...(bank && amount.minor > 0n
        ? [paymentBlock({ seller, written: document, amount, reference: document.paymentReference })]
        : []),
    ];
  });
}

/** Lays out a letter: the words before, the items with their totals, the bank details, the words after. */
export function letterPage(document: LetterDocument): PrintPage {
  const { language, seller, customer, date } = document;
  const labels = labelsIn(document);
  return {
    ...letterheadOf(seller, customer, document),
    title: printable(document.subject),
    date,
    facts: filledFacts([
      { label: labels.date, value: formatDate(date, language), strong: true },
      { label: labels.customerNumber, value: customer.customerNumber },
      { label: labels.contact, value: document.contact },
    ]),
    heading: printable(document.subject),
    blocks: [
      { type: 'text', paragraphs: document.opening.map(printable) },
      ...itemBlocks(document),
      { type: 'text', paragraphs: document.closing.map(printable) },
    ],
  };
}
