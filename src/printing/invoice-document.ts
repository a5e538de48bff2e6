// What is printed on an invoice or a credit note: plain facts, all amounts in the one currency of the document.
// The printed figures add up: lines to the net, taxes to the tax, net and tax to the gross, gross less paid to
// the open.

import { assert } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { add, type Currency, type Money, subtract, sum } from '#kernel/money.ts';
import type { DocumentLanguage } from './language.ts';
import {
  formatDate,
  formatDecimal,
  formatFigure,
  formatMoney,
  formatPercent,
  setApart,
} from './print-format.ts';
import { fill, PRINT_LABELS, type PrintLabels } from './print-labels.ts';
import {
  type Block,
  type Buyer,
  type Fact,
  filledFacts,
  letterheadOf,
  type PrintPage,
  paymentBlock,
  printable,
  type Seller,
} from './print-page.ts';
import { usualStyle } from './print-style.ts';
import { columnTitle, labelsIn, saidInTurn, saidTogether } from './second-language.ts';
import { type SwissBill, swissBill } from './swiss-bill.ts';

/** One line: what was delivered and what it costs before tax. */
export type InvoiceDocumentLine = {
  readonly description: string;
  /** A second, smaller text: article number, period, project. */
  readonly detail?: string | undefined;
  /** Decimal text, as `0.075`. */
  readonly quantity: string;
  /** In the reader's words: `pcs`, `Stunden`. */
  readonly unit?: string | undefined;
  /** Decimal text; prices may have more decimals than the currency. */
  readonly unitPrice: string;
  /** Decimal text; the price is for so many units, absent for one. */
  readonly per?: string | undefined;
  /** Decimal text; absent where no tax is shown. */
  readonly taxPercent?: string | undefined;
  readonly net: Money;
};

/** The tax of one rate. */
export type TaxRow = {
  readonly percent: string;
  readonly base: Money;
  readonly tax: Money;
  /** What the tax is called, where the language's usual word is wrong: `Sales tax CA`. */
  readonly name?: string | undefined;
  /** Why the tax is what it is, in the words the law wants: exempt, reverse charge. */
  readonly note?: string | undefined;
};

/**
 * What is printed on an invoice or a credit note. Amounts of a credit note are positive: its title says which
 * way.
 */
export type InvoiceDocument = {
  readonly kind: 'invoice' | 'credit_note';
  readonly language: DocumentLanguage;
  /** Printed beside the first, where a company or customer wants two. */
  readonly secondLanguage?: DocumentLanguage | undefined;
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly currency: Currency;
  readonly seller: Seller;
  readonly buyer: Buyer;
  /** The invoice that a credit note corrects. */
  readonly correctedNumber?: string | undefined;
  readonly purchaseOrder?: string | undefined;
  readonly buyerReference?: string | undefined;
  /** Further references, each with what it is called. */
  readonly references?: readonly { readonly label: string; readonly value: string }[] | undefined;
  /** Day or period of the delivery, in the reader's words. */
  readonly delivery?: string | undefined;
  readonly contact?: string | undefined;
  /** When how much is due; one for most invoices, none for a credit note. */
  readonly instalments: readonly { readonly dueOn: PlainDate; readonly amount: Money }[];
  /** What paying early saves: the amount to pay then, by which day. */
  readonly discounts?: readonly {
    readonly until: PlainDate;
    readonly percent: string;
    readonly amount: Money;
  }[];
  readonly lines: readonly InvoiceDocumentLine[];
  /** Allowances (negative) and charges of the whole document, between the lines and the net. */
  readonly adjustments?: readonly { readonly label: string; readonly amount: Money }[] | undefined;
  readonly taxes: readonly TaxRow[];
  readonly totals: {
    readonly net: Money;
    readonly tax: Money;
    /** What the gross was rounded by; absent or zero where it was not. */
    readonly rounding?: Money | undefined;
    readonly gross: Money;
    /** What a credit note takes back of a discount: it gives the gross less this. */
    readonly discountTaken?: Money | undefined;
    /** Paid, credited or taken as discount so far. */
    readonly paid: Money;
    readonly open: Money;
  };
  readonly paymentReference?: string | undefined;
  /** Paragraphs over and under what is invoiced. */
  readonly before?: readonly string[] | undefined;
  readonly after?: readonly string[] | undefined;
  readonly footnotes: readonly string[];
};

/** Stops before a document is drawn that does not add up; an invoice without lines shows its totals only. */
function assertAddsUp(document: InvoiceDocument): void {
  const { totals, currency, lines, taxes } = document;
  const amounts = [
    ...Object.values(totals).filter((amount) => amount !== undefined),
    ...(document.adjustments ?? []).map((adjustment) => adjustment.amount),
    ...lines.map((l) => l.net),
    ...taxes.flatMap((t) => [t.base, t.tax]),
  ];
  assert(
    amounts.every((amount) => amount.currency === currency),
    'a document is in one currency',
    document.number,
  );
  const linesAddUp =
    lines.length === 0 ||
    sum([...lines.map((l) => l.net), ...(document.adjustments ?? []).map((a) => a.amount)], currency)
      .minor === totals.net.minor;
  assert(linesAddUp, 'printed lines add up to the net total', document.number);
  const taxAddsUp =
    sum(
      taxes.map((t) => t.tax),
      currency,
    ).minor === totals.tax.minor;
  assert(taxAddsUp, 'printed taxes add up to the tax total', document.number);
  assert(
    add(totals.net, totals.tax).minor + (totals.rounding?.minor ?? 0n) === totals.gross.minor,
    'net, tax and rounding make the gross',
    document.number,
  );
  assert(
    subtract(totals.gross, totals.paid).minor - (totals.discountTaken?.minor ?? 0n) === totals.open.minor,
    'gross less a discount taken back and what is paid is open',
    document.number,
  );
}

function linesBlock(document: InvoiceDocument, labels: PrintLabels): Block {
  const { language, lines, currency } = document;
  const taxed = lines.some((line) => line.taxPercent !== undefined);
  let running = sum([], currency);
  const carried = lines.map((line) => {
    running = add(running, line.net);
    return formatFigure(running, language);
  });
  return {
    type: 'table',
    columns: [
      { title: '#', align: 'right', width: 'auto' },
      { title: columnTitle('description', document), align: 'left', width: 'rest' },
      { title: columnTitle('quantity', document), align: 'right', width: 'auto' },
      { title: columnTitle('unitPrice', document), align: 'right', width: 'auto' },
      ...(taxed ? ([{ title: columnTitle('tax', document), align: 'right', width: 'auto' }] as const) : []),
      { title: columnTitle('net', document, ` ${currency}`), align: 'right', width: 'auto' },
    ],
    rows: lines.map((line, index) => [
      String(index + 1),
      line.detail ? [printable(line.description), printable(line.detail)] : printable(line.description),
      `${formatDecimal(line.quantity, language)}${line.unit ? `\u00a0${printable(line.unit)}` : ''}`,
      `${formatDecimal(line.unitPrice, language, decimalsShown(line.net))}${line.per ? ` /\u00a0${formatDecimal(line.per, language)}` : ''}`,
      ...(taxed ? [line.taxPercent === undefined ? '' : formatPercent(line.taxPercent, language)] : []),
      formatFigure(line.net, language),
    ]),
    carried,
    broughtForward: labels.broughtForward,
    carriedForward: labels.carriedForward,
  };
}

/** Unit prices are written with at least the decimals of the currency, so that they stand under each other. */
function decimalsShown(amount: Money): number {
  return formatFigure({ minor: 0n, currency: amount.currency }, 'en').split('.')[1]?.length ?? 0;
}

function totalsBlock(document: InvoiceDocument, labels: PrintLabels): Block {
  const { language, totals, taxes } = document;
  const credit = document.kind === 'credit_note';
  const { discountTaken } = totals;
  const settled = totals.paid.minor !== 0n || discountTaken !== undefined;
  const rounded = totals.rounding !== undefined && totals.rounding.minor !== 0n;
  const adjustments = document.adjustments ?? [];
  return {
    type: 'totals',
    rows: [
      ...adjustmentRows(document, labels),
      ...(taxes.length === 0 && totals.tax.minor === 0n && adjustments.length === 0 && !rounded
        ? []
        : [
            { label: labels.netTotal, value: formatFigure(totals.net, language) },
            ...taxRows(document, labels),
          ]),
      ...(rounded
        ? [{ label: labels.rounding, value: formatFigure(totals.rounding ?? totals.net, language) }]
        : []),
      {
        label: credit ? labels.creditTotal : labels.total,
        value: formatMoney(totals.gross, language),
        strong: true,
      },
      ...(discountTaken
        ? [
            {
              label: labels.discountTaken,
              value: formatFigure({ ...discountTaken, minor: -discountTaken.minor }, language),
            },
          ]
        : []),
      ...(settled
        ? [
            ...(totals.paid.minor === 0n
              ? []
              : [
                  {
                    label: labels.paid,
                    value: formatFigure({ ...totals.paid, minor: -totals.paid.minor }, language),
                  },
                ]),
            {
              label: credit ? labels.creditLeft : labels.amountDue,
              value: formatMoney(totals.open, language),
              strong: true,
            },
          ]
        : []),
    ],
  };
}

/** The one tax of a document on what it is taken; of several the sum, since a table of its own lists them. */
function taxRows(document: InvoiceDocument, labels: PrintLabels): readonly Fact[] {
  const { language, taxes, totals } = document;
  const [only, ...others] = taxes;
  if (!only) return [];
  if (others.length > 0) return [{ label: labels.tax, value: formatFigure(totals.tax, language) }];
  return [
    {
      label: saidTogether(
        (spoken) =>
          fill(PRINT_LABELS[spoken].taxOn, {
            tax: printable(only.name ?? PRINT_LABELS[spoken].tax),
            percent: formatPercent(only.percent, language),
            base: formatFigure(only.base, language),
          }),
        document,
      ),
      value: formatFigure(only.tax, language),
      ...(only.note === undefined ? {} : { detail: printable(only.note) }),
    },
  ];
}

/** Several taxes, each with what it is taken on and why where it is not taken (EN 16931 BG-23). */
function taxBlocks(document: InvoiceDocument, labels: PrintLabels): Block[] {
  const { language, taxes, currency } = document;
  if (taxes.length < 2) return [];
  const rows = taxes.map((row) => {
    const rate = `${printable(row.name ?? labels.tax)} ${formatPercent(row.percent, language)}`;
    return [
      row.note === undefined ? rate : ([rate, printable(row.note)] as const),
      formatFigure(row.base, language),
      formatFigure(row.tax, language),
      formatFigure(add(row.base, row.tax), language),
    ];
  });
  return [
    {
      type: 'summary',
      title: labels.taxSummary,
      columns: [
        { title: columnTitle('taxRate', document), align: 'left', width: 'rest' },
        { title: columnTitle('taxable', document, ` ${currency}`), align: 'right', width: 'auto' },
        { title: columnTitle('tax', document, ` ${currency}`), align: 'right', width: 'auto' },
        { title: columnTitle('sum', document, ` ${currency}`), align: 'right', width: 'auto' },
      ],
      rows,
    },
  ];
}

/** What the lines come to, and what is taken off and added before the net. */
function adjustmentRows(document: InvoiceDocument, labels: PrintLabels): readonly Fact[] {
  const { language, currency, lines } = document;
  const adjustments = document.adjustments ?? [];
  if (adjustments.length === 0) return [];
  const ofLines = sum(
    lines.map((line) => line.net),
    currency,
  );
  return [
    { label: labels.linesTotal, value: formatFigure(ofLines, language) },
    ...adjustments.map(({ label, amount }) => ({
      label: printable(label),
      value: formatFigure(amount, language),
    })),
  ];
}

function paymentBlocks(document: InvoiceDocument): Block[] {
  const { totals, seller, instalments } = document;
  if (document.kind === 'credit_note') return [];
  if (totals.open.minor <= 0n) {
    const paragraphs = saidInTurn((language) => PRINT_LABELS[language].nothingToPay, document);
    return [{ type: 'text', paragraphs }];
  }
  const discounts = (document.discounts ?? []).flatMap((tier) =>
    saidInTurn(
      (language) =>
        fill(PRINT_LABELS[language].discount, {
          amount: formatMoney(tier.amount, language),
          date: formatDate(tier.until, language),
          percent: formatPercent(tier.percent, language),
        }),
      document,
    ),
  );
  const slip = slipOf(document);
  if (slip)
    return [...(discounts.length > 0 ? ([{ type: 'text', paragraphs: discounts }] as const) : []), slip];
  return [
    paymentBlock({
      seller,
      written: document,
      amount: totals.open,
      reference: document.paymentReference,
      number: document.number,
      instalments,
      notes: discounts,
    }),
  ];
}

/** The payment slip for a Swiss account, which takes the place of the payment box; for one payment on A4 only. */
function slipOf(document: InvoiceDocument): SwissBill | undefined {
  const { seller, buyer, totals, currency, language, instalments } = document;
  const { iban, holder } = seller.bank ?? {};
  const style = seller.style ?? usualStyle(seller.country);
  if (!iban || !seller.address || instalments.length > 1 || style.paper !== 'a4') return undefined;
  return swissBill(
    {
      creditor: { name: holder ?? seller.name, ...seller.address },
      iban,
      currency,
      amount: totals.open,
      debtor: buyer.address && { name: buyer.name, ...buyer.address },
      reference: document.paymentReference,
    },
    language,
  );
}

/** The facts at the right of the address: numbers, dates and references, those there are. */
function factsOf(document: InvoiceDocument, labels: PrintLabels): PrintPage['facts'] {
  const { language, buyer, instalments } = document;
  const credit = document.kind === 'credit_note';
  const dueOn = instalments.length === 1 ? instalments[0]?.dueOn : undefined;
  return filledFacts([
    { label: credit ? labels.creditNoteNumber : labels.invoiceNumber, value: document.number, strong: true },
    { label: labels.date, value: formatDate(document.issuedOn, language) },
    { label: labels.dueDate, value: credit || !dueOn ? undefined : formatDate(dueOn, language) },
    { label: labels.correctedInvoice, value: document.correctedNumber },
    { label: labels.customerNumber, value: buyer.customerNumber },
    { label: buyer.taxIdLabel ?? labels.customerTaxId, value: buyer.taxId },
    { label: labels.purchaseOrder, value: document.purchaseOrder },
    { label: labels.reference, value: document.buyerReference },
    ...(document.references ?? []),
    { label: labels.delivery, value: document.delivery },
    { label: labels.contact, value: document.contact },
  ]);
}

function paragraphs(texts: readonly string[] = []): Block[] {
  return texts.length === 0 ? [] : [{ type: 'text', paragraphs: texts.map(printable) }];
}

/** Lays out an invoice or a credit note: what stands where, in the words of its language. */
export function invoicePage(document: InvoiceDocument): PrintPage {
  assertAddsUp(document);
  const labels = labelsIn(document);
  const credit = document.kind === 'credit_note';
  const kind = credit ? labels.creditNote : labels.invoice;
  const number = printable(document.number);
  return {
    ...letterheadOf(document.seller, document.buyer, document),
    title: `${kind} ${number}`,
    date: document.issuedOn,
    facts: factsOf(document, labels),
    heading: `${kind} ${setApart(number, document.language)}`,
    ...(credit
      ? { notice: saidInTurn((language) => PRINT_LABELS[language].creditExplained, document).join('\n') }
      : {}),
    blocks: [
      ...paragraphs(document.before),
      ...(document.lines.length > 0 ? [linesBlock(document, labels)] : []),
      totalsBlock(document, labels),
      ...taxBlocks(document, labels),
      ...paymentBlocks(document),
      ...paragraphs(document.after),
      ...(document.footnotes.length > 0
        ? ([{ type: 'text', paragraphs: document.footnotes.map(printable), small: true }] as const)
        : []),
    ],
  };
}
