// A credit note while it is being written: what of an invoice is credited, or lines of its own, and how that becomes a request.

import type { creditInvoice, readInvoice } from '#invoicing/contract.ts';
import type { Input, Reply } from '../../lib/api.ts';
import { filled } from '../../lib/fields.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { type DraftFootnote, footnotesIn } from './draft.ts';

export type Invoice = Reply<typeof readInvoice>;
type LinesIn = NonNullable<NonNullable<Input<typeof creditInvoice>['body']>['lines']>;
type CreditBody = NonNullable<Input<typeof creditInvoice>['body']>;

/** How much of an invoice is credited. */
export type How = 'whole' | 'lines' | 'amount';

/** A line of the invoice, and how much of it is credited: empty for nothing. */
export type Chosen = { readonly quantity: string; readonly unitPrice: string };

export type Credit = {
  readonly how: How;
  readonly reason: string;
  readonly reasonNote: string;
  readonly issuedOn: string;
  readonly note: string;
  /** What stands under it; null for what the company says under all of its documents. */
  readonly footnotes: readonly DraftFootnote[] | null;
  /** By number of the line. */
  readonly chosen: Readonly<Record<number, Chosen>>;
  readonly net: string;
  /** Which of the invoice’s taxes an amount is credited with. */
  readonly tax: number;
};

export function newCredit(invoice: Invoice): Credit {
  const isUntouched = invoice.creditNotes.every((note) => note.voidedOn !== null);
  return {
    how: isUntouched ? 'whole' : invoice.lines.length > 0 ? 'lines' : 'amount',
    reason: '',
    reasonNote: '',
    issuedOn: '',
    note: '',
    footnotes: null,
    chosen: {},
    net: '',
    tax: 0,
  };
}

/** Why all of the invoice cannot be credited at once, if so. */
export function wholeRefusal(invoice: Invoice): string | undefined {
  return invoice.creditNotes.some((note) => note.voidedOn === null)
    ? 'Part of it was credited before. Choose lines, or an amount.'
    : undefined;
}

/** The taxes an amount can be credited with. */
export function taxesOf(
  invoice: Invoice,
): readonly { readonly category: string; readonly percent: string }[] {
  return invoice.taxes.length > 0
    ? invoice.taxes.map(({ category, percent }) => ({ category, percent }))
    : [{ category: 'Z', percent: '0' }];
}

/** The lines to credit; undefined for the whole invoice. What is no number goes as it was typed, so that the server names it. */
export function linesOf(credit: Credit, invoice: Invoice, reasonLabel: string): LinesIn | undefined {
  if (credit.how === 'whole') return undefined;
  if (credit.how === 'amount') {
    const tax = taxesOf(invoice)[credit.tax] ?? taxesOf(invoice)[0];
    if (credit.net.trim() === '') return [];
    return [
      {
        description: filled(credit.reasonNote) ?? (reasonLabel === '' ? '–' : reasonLabel),
        quantity: '1',
        unitPrice: typedDecimal(credit.net) ?? credit.net,
        taxCategory: (tax?.category ?? 'Z') as LinesIn[number]['taxCategory'],
        taxPercent: tax?.percent ?? '0',
      },
    ];
  }
  return invoice.lines.flatMap((line) => {
    const chosen = credit.chosen[line.lineNo];
    if (!chosen || chosen.quantity.trim() === '') return [];
    const percents = line.allowances.filter((allowance) => allowance.percent !== null);
    return [
      {
        description: line.description,
        quantity: typedDecimal(chosen.quantity) ?? chosen.quantity,
        unitPrice: typedDecimal(chosen.unitPrice) ?? chosen.unitPrice,
        taxCategory: line.taxCategory as LinesIn[number]['taxCategory'],
        taxPercent: line.taxPercent,
        ...(line.unit === null ? {} : { unit: line.unit }),
        ...(line.unitCode === null ? {} : { unitCode: line.unitCode }),
        ...(line.baseQuantity === null ? {} : { baseQuantity: line.baseQuantity }),
        ...(line.sellerItem === null ? {} : { sellerItem: line.sellerItem }),
        ...(line.buyerItem === null ? {} : { buyerItem: line.buyerItem }),
        ...(percents.length === 0
          ? {}
          : {
              allowances: percents.map(({ kind, percent, reason }) => ({
                kind,
                percent: percent ?? '0',
                reason: reason ?? 'As invoiced',
              })),
            }),
      },
    ];
  });
}

/** Discounts and surcharges of the whole invoice that are a percentage go along with its lines. */
function allowancesOf(credit: Credit, invoice: Invoice) {
  const percents = invoice.allowances.filter((allowance) => allowance.percent !== null);
  if (credit.how !== 'lines' || percents.length === 0) return {};
  return {
    allowances: percents.map(({ kind, percent, reason, taxCategory, taxPercent }) => ({
      kind,
      percent: percent ?? '0',
      reason: reason ?? 'As invoiced',
      taxCategory: taxCategory as LinesIn[number]['taxCategory'],
      taxPercent,
    })),
  };
}

/** Whether the amounts can be priced as they stand. */
export function isPriceable(lines: LinesIn | undefined): boolean {
  if (lines === undefined) return true;
  return (
    lines.length > 0 &&
    lines.every(
      (line) => typedDecimal(line.quantity) !== undefined && typedDecimal(line.unitPrice) !== undefined,
    )
  );
}

/** What crediting the invoice is asked for. */
export function bodyOf(credit: Credit, invoice: Invoice, reasonLabel: string): CreditBody {
  const lines = linesOf(credit, invoice, reasonLabel);
  return {
    ...reasonOf(credit),
    ...(lines === undefined ? {} : { lines }),
    ...allowancesOf(credit, invoice),
    ...(credit.issuedOn === '' ? {} : { issuedOn: credit.issuedOn }),
    ...(filled(credit.note) === undefined ? {} : { note: credit.note.trim() }),
    ...footnotesIn(credit.footnotes),
  };
}

/** The reason as a request has it. */
export function reasonOf(credit: Pick<Credit, 'reason' | 'reasonNote'>): {
  readonly reason: string;
  readonly reasonNote?: string;
} {
  const note = filled(credit.reasonNote);
  return { reason: credit.reason, ...(note === undefined ? {} : { reasonNote: note }) };
}

/** The same without a reason yet: what it would do does not depend on it. */
export function rehearsable<T extends { readonly reason: string; readonly reasonNote?: string | undefined }>(
  body: T,
): T {
  return { ...body, reason: 'goodwill', reasonNote: undefined };
}
