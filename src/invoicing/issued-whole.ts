// All that a document says, gathered from what is known of it: as it is about to be issued, and as it was stored.

import { type Money, money } from '#kernel/money.ts';
import type { Company } from '#parties/company.ts';
import type { DiscountReversal } from './discount-reversal.ts';
import type { NamedFile, Priced, ReadyDocument } from './document.ts';
import { lastDue } from './document.ts';
import type { DocumentContent } from './document-content.ts';
import type { IssuedWhole } from './e-invoice-of.ts';
import { functionalParts } from './posting.ts';
import type { OwnReason } from './reason-for-credit.ts';
import type { InvoiceRow } from './store.ts';

/** What a document is given when it is issued. */
export type Given = {
  readonly number: string;
  readonly paymentReference: string | null;
  /** Its total in the company's own currency, as it is booked. */
  readonly functional: Money;
};

/** A document about to be issued; nothing for one taken over, of which only the total is known. */
export function wholeToIssue(document: ReadyDocument, given: Given): IssuedWhole | undefined {
  const { priced, content, issuedOn } = document;
  if (!content || priced.lines.length === 0) return undefined;
  return {
    kind: document.kind,
    number: given.number,
    issuedOn,
    dueOn: lastDue(document.instalments),
    purchaseOrder: document.purchaseOrder ?? null,
    paymentReference: given.paymentReference,
    note: document.note ?? null,
    reason: document.reason ?? null,
    // What a reason of one's own is called stands nowhere that a rule looks at.
    ownReasons: [],
    reversal: document.reversal,
    files: (document.files ?? []).map(withoutBytes),
    priced,
    content,
    corrected: document.corrected,
    taxInFunctional: taxIn(given.functional, priced),
  };
}

/** A file as rules look at it: by its name and type. */
function withoutBytes({ name, mediaType }: NamedFile): IssuedWhole['files'][number] {
  return { name, mediaType, content: new Uint8Array() };
}

/** A document as it was stored, with what belongs to it; nothing for one taken over. */
export function wholeOfRow(
  row: InvoiceRow,
  parts: {
    readonly company: Company;
    readonly priced: Priced | undefined;
    readonly content: DocumentContent | undefined;
    readonly corrected: InvoiceRow | undefined;
    readonly ownReasons: readonly OwnReason[];
    readonly reversal: DiscountReversal | undefined;
    /** Files that go along in the data. */
    readonly files?: IssuedWhole['files'] | undefined;
  },
): IssuedWhole | undefined {
  const { company, priced, content, corrected } = parts;
  if (!content || !priced || priced.lines.length === 0) return undefined;
  return {
    kind: row.kind,
    number: row.number,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    purchaseOrder: row.purchase_order,
    paymentReference: row.payment_reference,
    note: row.note,
    reason: row.reason_code === null ? null : { code: row.reason_code, note: row.reason },
    ownReasons: parts.ownReasons,
    reversal: parts.reversal,
    files: parts.files ?? [],
    priced,
    content,
    corrected: corrected && { number: corrected.number, issuedOn: corrected.issued_on },
    taxInFunctional: taxIn(money(row.functional_minor, company.functionalCurrency), priced),
  };
}

/** The tax in the company's own currency, as booked, where the document is in another. */
export function taxIn(functional: Money, priced: Priced): Money | undefined {
  if (functional.currency === priced.total.currency) return undefined;
  return functionalParts(priced, functional).tax;
}
