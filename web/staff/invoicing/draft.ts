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
  /** What stands behind "more" of a line. */
  readonly detail: string;
  readonly sellerItem: string;
  readonly buyerItem: string;
  readonly baseQuantity: string;
  readonly discountPercent: string;
  readonly discountReason: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly orderLine: string;
  /** What the form does not show of a line that was written elsewhere; it is kept as it is. */
  readonly kept: Readonly<Record<string, unknown>>;
};

/** A discount or surcharge of the whole invoice. */
export type DraftAllowance = {
  readonly key: number;
  readonly kind: 'allowance' | 'charge';
  readonly how: 'amount' | 'percent';
  readonly value: string;
  readonly reason: string;
  readonly taxPercent: string;
};

/** Why a category carries no tax: in words, and as a VATEX code. */
export type DraftExemption = {
  readonly category: TaxCategory;
  readonly reason: string;
  readonly code: string;
};

export type DraftInstalment = { readonly key: number; readonly dueOn: string; readonly percent: string };

/** A footnote chosen for the invoice: one of the company's, or one's own. */
export type DraftFootnote = { readonly key: number; readonly text: string };

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
  readonly buyerReference: string;
  readonly contract: string;
  readonly project: string;
  readonly salesOrder: string;
  readonly deliveredOn: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly allowances: readonly DraftAllowance[];
  readonly exemptions: readonly DraftExemption[];
  /** So many minor units the total is a multiple of, as text; empty for the exact total. */
  readonly roundToMinor: string;
  /** What stands under the invoice; null for what the company says under all. */
  readonly footnotes: readonly DraftFootnote[] | null;
  readonly kept: Readonly<Record<string, unknown>>;
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
    detail: '',
    sellerItem: '',
    buyerItem: '',
    baseQuantity: '',
    discountPercent: '',
    discountReason: '',
    periodFrom: '',
    periodTo: '',
    orderLine: '',
    kept: {},
  };
}

export function newAllowance(kind: DraftAllowance['kind'], taxPercent: string): DraftAllowance {
  return { key: nextKey(), kind, how: 'percent', value: '', reason: '', taxPercent };
}

export function newFootnote(text: string): DraftFootnote {
  return { key: nextKey(), text };
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
    buyerReference: '',
    contract: '',
    project: '',
    salesOrder: '',
    deliveredOn: '',
    periodFrom: '',
    periodTo: '',
    allowances: [],
    exemptions: [],
    roundToMinor: '',
    footnotes: null,
    kept: {},
  };
}

export function carriesTax(category: TaxCategory): boolean {
  return category === 'S' || category === 'L' || category === 'M';
}

/** The categories in the lines and discounts that want a reason for carrying no tax; zero rate (Z) is a rate and wants none. */
export function exemptCategories(draft: Draft): readonly TaxCategory[] {
  const used = new Set(writtenLines(draft).map((line) => line.taxCategory));
  const told = draft.exemptions.filter((e) => e.reason !== '' || e.code !== '').map((e) => e.category);
  for (const category of told) used.add(category);
  return TAX_CATEGORIES.map(({ value }) => value).filter(
    (category) => used.has(category) && !carriesTax(category) && category !== 'Z',
  );
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
  const discount = filled(line.discountPercent);
  const texts = {
    detail: filled(line.detail),
    sellerItem: filled(line.sellerItem),
    buyerItem: filled(line.buyerItem),
    baseQuantity: filled(typedDecimal(line.baseQuantity) ?? line.baseQuantity),
    periodFrom: filled(line.periodFrom),
    periodTo: filled(line.periodTo),
    orderLine: filled(line.orderLine),
  };
  return {
    ...line.kept,
    description: line.description.trim(),
    quantity: typedDecimal(line.quantity) ?? line.quantity,
    unitPrice: typedDecimal(line.unitPrice) ?? line.unitPrice,
    taxCategory: line.taxCategory,
    taxPercent: typedDecimal(percent) ?? percent,
    ...(unit === undefined ? {} : { unit }),
    ...withoutEmpty(texts),
    ...(discount === undefined
      ? {}
      : {
          allowances: [
            {
              kind: 'allowance' as const,
              percent: typedDecimal(discount) ?? discount,
              reason: filled(line.discountReason) ?? 'Discount',
            },
          ],
        }),
  };
}

function withoutEmpty<T extends Readonly<Record<string, unknown>>>(
  texts: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as never;
}

/** Discounts and surcharges of the whole invoice that somebody wrote into. */
function allowancesOf(draft: Draft) {
  const written = draft.allowances.filter((a) => a.value.trim() !== '');
  return written.map((a) => ({
    kind: a.kind,
    [a.how]: typedDecimal(a.value) ?? a.value,
    reason: filled(a.reason) ?? (a.kind === 'allowance' ? 'Discount' : 'Surcharge'),
    taxPercent: typedDecimal(a.taxPercent) ?? filled(a.taxPercent) ?? '0',
  }));
}

/** Reasons for carrying no tax that somebody wrote; a code is written in capitals. */
function exemptionsOf(draft: Draft) {
  return draft.exemptions
    .filter((e) => e.reason.trim() !== '' || e.code.trim() !== '')
    .map(({ category, reason, code }) => ({
      category,
      ...withoutEmpty({ reason: filled(reason), code: filled(code.toUpperCase()) }),
    }));
}

/** Whether every discount and surcharge can be priced as it stands. */
function arePriceable(draft: Draft): boolean {
  return draft.allowances.every((a) => a.value.trim() === '' || typedDecimal(a.value) !== undefined);
}

/** The lines that somebody wrote into. */
export function writtenLines(draft: Draft): readonly DraftLine[] {
  return draft.lines.filter((line) => !isEmptyLine(line));
}

/** The lines that somebody wrote into, as a request has them. */
export function requestLines(lines: readonly DraftLine[]): LineIn[] {
  return lines.filter((line) => !isEmptyLine(line)).map(lineOf);
}

function isPriceable(line: DraftLine): boolean {
  const needed = [line.quantity, line.unitPrice, carriesTax(line.taxCategory) ? line.taxPercent : '0'];
  const optional = [line.baseQuantity, line.discountPercent].filter((text) => text.trim() !== '');
  return [...needed, ...optional].every((text) => typedDecimal(text) !== undefined);
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
    ...(arePriceable(draft) && draft.allowances.length > 0 ? { allowances: allowancesOf(draft) } : {}),
    ...roundingOf(draft),
    ...(about.issuedOn === '' ? {} : { issuedOn: about.issuedOn }),
    ...(draft.companyId === '' ? {} : { companyId: draft.companyId }),
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
  const references = withoutEmpty({
    buyerReference: filled(draft.buyerReference),
    contract: filled(draft.contract),
    project: filled(draft.project),
    salesOrder: filled(draft.salesOrder),
  });
  const delivery = withoutEmpty({
    deliveredOn: filled(draft.deliveredOn),
    periodFrom: filled(draft.periodFrom),
    periodTo: filled(draft.periodTo),
  });
  const keptReferences = draft.kept.references as object | undefined;
  const keptDelivery = draft.kept.delivery as object | undefined;
  const allowances = allowancesOf(draft);
  const exemptions = exemptionsOf(draft);
  return {
    ...draft.kept,
    companyId: draft.companyId,
    customerId: about.customerId,
    issuedOn: about.issuedOn,
    currency: about.currency,
    lines: writtenLines(draft).map(lineOf),
    ...when,
    ...withoutEmpty(texts),
    ...(Object.keys({ ...keptReferences, ...references }).length > 0
      ? { references: { ...keptReferences, ...references } }
      : {}),
    ...(Object.keys({ ...keptDelivery, ...delivery }).length > 0
      ? { delivery: { ...keptDelivery, ...delivery } }
      : {}),
    ...(allowances.length > 0 ? { allowances } : {}),
    ...(exemptions.length > 0 ? { exemptions } : {}),
    ...roundingOf(draft),
    ...footnotesIn(draft.footnotes),
  };
}

function roundingOf(draft: Draft): { readonly roundToMinor?: number } {
  return draft.roundToMinor === '' ? {} : { roundToMinor: Number(draft.roundToMinor) };
}

/** What is kept of an invoice that is being written: what issuing it would be asked for, and how its parts were typed. */
export function keptOf(draft: Draft, body: ReturnType<typeof invoiceOf>): Readonly<Record<string, unknown>> {
  const { companyId, customerId, ...rest } = body;
  return {
    ...rest,
    ...(companyId === '' ? {} : { companyId }),
    ...(customerId === '' ? {} : { customerId }),
    ...(draft.terms === 'instalments'
      ? { instalmentPercents: draft.instalments.map((instalment) => instalment.percent) }
      : {}),
  };
}

/** Chosen footnotes as a request has them; nothing where the company's stand under the document as usual. */
export function footnotesIn(chosen: readonly DraftFootnote[] | null): { readonly footnotes?: string[] } {
  return chosen === null
    ? {}
    : { footnotes: chosen.map(({ text }) => text.trim()).filter((text) => text !== '') };
}
