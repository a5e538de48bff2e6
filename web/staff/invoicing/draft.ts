// An invoice while it is being written: texts as typed, and how they become a request. What it costs the server says.

import type { calculateInvoice, issueInvoice } from '#invoicing/contract.ts';
import type { Input } from '../../lib/api.ts';
import { filled } from '../../lib/fields.ts';
import { typedDecimal } from '../../lib/typed.ts';

/** UNCL 5305 codes in words. Only the first three carry a percentage. */
export const TAX_CATEGORIES = [
  { value: 'S', label: 'Standard' },
  { value: 'L', label: 'Canary Islands (IGIC)' },
  { value: 'M', label: 'Ceuta and Melilla (IPSI)' },
  { value: 'Z', label: 'Zero rate' },
  { value: 'E', label: 'Exempt' },
  { value: 'AE', label: 'Reverse charge' },
  { value: 'K', label: 'Within the EU' },
  { value: 'G', label: 'Export' },
  { value: 'O', label: 'Outside of tax' },
] as const;

export type TaxCategory = (typeof TAX_CATEGORIES)[number]['value'];

export type DraftLine = {
  /** Tells lines apart while they are moved and removed. */
  readonly key: number;
  readonly description: string;
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: string;
  readonly taxCategory: TaxCategory;
  readonly taxPercent: string;
};

export type DraftInstalment = { readonly key: number; readonly dueOn: string; readonly percent: string };

export type Draft = {
  readonly companyId: string;
  readonly issuedOn: string;
  readonly currency: string;
  readonly terms: 'once' | 'instalments';
  readonly dueOn: string;
  readonly instalments: readonly DraftInstalment[];
  readonly lines: readonly DraftLine[];
  readonly purchaseOrder: string;
  readonly paymentReference: string;
  readonly note: string;
};

let keys = 0;

function nextKey(): number {
  keys += 1;
  return keys;
}

/** An empty line; tax goes on as in the line before. */
export function newLine(before?: DraftLine): DraftLine {
  return {
    key: nextKey(),
    description: '',
    quantity: '1',
    unit: before?.unit ?? '',
    unitPrice: '',
    taxCategory: before?.taxCategory ?? 'S',
    taxPercent: before?.taxPercent ?? '',
  };
}

export function newInstalment(percent: string): DraftInstalment {
  return { key: nextKey(), dueOn: '', percent };
}

export function newDraft(): Draft {
  return {
    companyId: '',
    issuedOn: '',
    currency: '',
    terms: 'once',
    dueOn: '',
    instalments: [newInstalment('50'), newInstalment('50')],
    lines: [newLine()],
    purchaseOrder: '',
    paymentReference: '',
    note: '',
  };
}

export function carriesTax(category: TaxCategory): boolean {
  return category === 'S' || category === 'L' || category === 'M';
}

/** Nobody typed anything into it: it is left out. */
export function isEmptyLine(line: DraftLine): boolean {
  return line.description.trim() === '' && line.unitPrice.trim() === '';
}

type LineIn = NonNullable<Input<typeof issueInvoice>['body']>['lines'][number];

/** The line as a request has it. What is no number goes as it was typed, so that the server names it. */
function lineOf(line: DraftLine): LineIn {
  const percent = carriesTax(line.taxCategory) ? line.taxPercent : '0';
  const unit = filled(line.unit);
  return {
    description: line.description.trim(),
    quantity: typedDecimal(line.quantity) ?? line.quantity,
    unitPrice: typedDecimal(line.unitPrice) ?? line.unitPrice,
    taxCategory: line.taxCategory,
    taxPercent: typedDecimal(percent) ?? percent,
    ...(unit === undefined ? {} : { unit }),
  };
}

/** The lines that somebody wrote into. */
export function writtenLines(draft: Draft): readonly DraftLine[] {
  return draft.lines.filter((line) => !isEmptyLine(line));
}

function isPriceable(line: DraftLine): boolean {
  return [line.quantity, line.unitPrice, carriesTax(line.taxCategory) ? line.taxPercent : '0'].every(
    (text) => typedDecimal(text) !== undefined,
  );
}

/** The lines that can be priced as they stand, in their order. */
export function priceableLines(draft: Draft): readonly DraftLine[] {
  return draft.lines.filter(isPriceable);
}

/** What to ask for the totals. */
export function calculationOf(
  draft: Draft,
  lines: readonly DraftLine[],
  about: { readonly currency: string; readonly issuedOn: string; readonly customerId: string | undefined },
): NonNullable<Input<typeof calculateInvoice>['body']> {
  const percents = draft.instalments.map((i) => typedDecimal(i.percent)).filter((p) => p !== undefined);
  return {
    currency: about.currency,
    lines: lines.map((line) => {
      const priced = lineOf(line);
      return { ...priced, description: priced.description === '' ? '–' : priced.description };
    }),
    ...(about.issuedOn === '' ? {} : { issuedOn: about.issuedOn }),
    ...(about.customerId === undefined ? {} : { customerId: about.customerId }),
    ...(draft.terms === 'instalments' && percents.length === draft.instalments.length
      ? { instalmentPercents: percents }
      : {}),
  };
}

/** What to send to issue it. `instalments` are the amounts the server split the total into. */
export function invoiceOf(
  draft: Draft,
  about: {
    readonly currency: string;
    readonly issuedOn: string;
    readonly customerId: string;
    readonly instalments: readonly { readonly amount: string; readonly currency: string }[];
  },
): NonNullable<Input<typeof issueInvoice>['body']> {
  const texts = {
    purchaseOrder: filled(draft.purchaseOrder),
    paymentReference: filled(draft.paymentReference),
    note: filled(draft.note),
  };
  const when =
    draft.terms === 'instalments'
      ? {
          instalments: draft.instalments.map((instalment, index) => ({
            dueOn: instalment.dueOn,
            amount: about.instalments[index] ?? { amount: '0', currency: about.currency },
          })),
        }
      : draft.dueOn === ''
        ? {}
        : { dueOn: draft.dueOn };
  return {
    companyId: draft.companyId,
    customerId: about.customerId,
    issuedOn: about.issuedOn,
    currency: about.currency,
    lines: writtenLines(draft).map(lineOf),
    ...when,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
  };
}
