// Telling two invoices apart, or not: by the customer's reference, the period they are for, and their lines.

import type { PlainDate } from '#kernel/calendar.ts';
import type { DocumentContent } from './document-content.ts';

/** What an invoice is known by to the customer, and what it is for. */
export type Marks = {
  readonly purchaseOrder: string | undefined;
  readonly buyerReference: string | undefined;
  readonly periodFrom: PlainDate | undefined;
  readonly periodTo: PlainDate | undefined;
};

/** The marks of an invoice that is to be issued. */
export function marksOf(purchaseOrder: string | undefined, content: DocumentContent): Marks {
  return {
    purchaseOrder,
    buyerReference: content.references.buyerReference,
    periodFrom: content.delivery.periodFrom,
    periodTo: content.delivery.periodTo,
  };
}

/** The reference that would show that it is asked twice: the purchase order, else the buyer's own reference. */
export function referenceOf(marks: Pick<Marks, 'purchaseOrder' | 'buyerReference'>): string | undefined {
  return marks.purchaseOrder ?? marks.buyerReference;
}

/** Whether two invoices over one total stand under the same reference, for no period that tells them apart. */
export function isDuplicate(one: Marks, other: Marks): boolean {
  const reference = referenceOf(one);
  return reference !== undefined && reference === referenceOf(other) && isSamePeriod(one, other);
}

/** Whether two invoices are for one period, or for none that is told. */
export function isSamePeriod(one: Marks, other: Marks): boolean {
  return (
    String(one.periodFrom) === String(other.periodFrom) && String(one.periodTo) === String(other.periodTo)
  );
}

/** The lines of an invoice as one text: what is sold, what it comes to, for when. */
export function linesText(
  lines: readonly {
    readonly description: string;
    readonly netMinor: bigint;
    readonly periodFrom: PlainDate | undefined;
    readonly periodTo: PlainDate | undefined;
  }[],
): string {
  return JSON.stringify(
    lines.map((line) => [
      line.description,
      line.netMinor.toString(),
      line.periodFrom?.toString() ?? '',
      line.periodTo?.toString() ?? '',
    ]),
  );
}
