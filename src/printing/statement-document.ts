// What is printed on an open-item statement of account: every item a customer has open on a day, its age and
// its totals. Totals and ages are counted from the printed rows, so that they always agree with what stands
// above them.

import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { add, type Currency, type Money, zero } from '#kernel/money.ts';
import type { Language } from './language.ts';
import { formatDate, formatFigure, formatMoney } from './print-format.ts';
import { fill, PRINT_LABELS, type PrintLabels } from './print-labels.ts';
import {
  type Block,
  type Buyer,
  filledFacts,
  letterheadOf,
  type PrintPage,
  paymentBlock,
  printable,
  type Seller,
} from './print-page.ts';

/** One open item as it is printed. A credit is negative. */
export type StatementRow = {
  readonly number: string;
  readonly issuedOn: PlainDate;
  /** Absent for credits and payments on account, which are never late. */
  readonly dueOn?: PlainDate | undefined;
  readonly amount: Money;
  readonly open: Money;
  readonly disputed?: boolean | undefined;
};

/** What is printed on a statement of account. */
export type StatementDocument = {
  readonly language: Language;
  readonly seller: Seller;
  readonly customer: Buyer;
  readonly asOf: PlainDate;
  readonly rows: readonly StatementRow[];
  readonly paymentReference?: string | undefined;
  readonly footnotes: readonly string[];
};

/** How many days late the last day of each age is; what is later falls into the last one, which has no end. */
const AGE_ENDS = [0, 30, 60, 90] as const;

/** How many days an item is late on a day: 0 on the due day and before, and for what is never due. */
export function daysLateOn(dueOn: PlainDate | undefined, day: PlainDate): number {
  return dueOn ? Math.max(0, daysBetween(dueOn, day)) : 0;
}

/** The open amounts of one currency by age: not due, 1–30, 31–60, 61–90, over 90 days late; and in all. */
export type AgedTotal = {
  readonly currency: Currency;
  readonly ages: readonly Money[];
  readonly total: Money;
};

/** Sums the rows by currency and age; currencies in the order of their codes. */
export function ageRows(
  rows: readonly Pick<StatementRow, 'dueOn' | 'open'>[],
  asOf: PlainDate,
): readonly AgedTotal[] {
  const byCurrency = new Map<Currency, Money[]>();
  for (const row of rows) {
    const { currency } = row.open;
    const ages =
      byCurrency.get(currency) ?? Array.from({ length: AGE_ENDS.length + 1 }, () => zero(currency));
    const late = daysLateOn(row.dueOn, asOf);
    const found = AGE_ENDS.findIndex((end) => late <= end);
    const age = found === -1 ? AGE_ENDS.length : found;
    ages[age] = add(ages[age] ?? zero(currency), row.open);
    byCurrency.set(currency, ages);
  }
  return [...byCurrency.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, ages]) => ({ currency, ages, total: ages.reduce(add, zero(currency)) }));
}

/** The words over the ages, in order. */
function ageTitles(labels: PrintLabels): string[] {
  return [
    labels.notDue,
    ...AGE_ENDS.slice(1).map((end, index) =>
      fill(labels.bucket, { from: String((AGE_ENDS[index] ?? 0) + 1), to: String(end) }),
    ),
    fill(labels.bucketOver, { days: String(AGE_ENDS.at(-1)) }),
  ];
}

/** The table of open items; one with several currencies shows the code at every amount. */
export function itemsBlock(
  rows: readonly StatementRow[],
  asOf: PlainDate,
  language: Language,
  showAmount: boolean,
): Block {
  const labels = PRINT_LABELS[language];
  const currencies = new Set(rows.map((row) => row.open.currency));
  const only = currencies.size === 1 ? [...currencies][0] : undefined;
  const figure = (amount: Money): string =>
    only ? formatFigure(amount, language) : formatMoney(amount, language);
  const code = only ? ` ${only}` : '';
  let running = only ? zero(only) : undefined;
  const carried = rows.map((row) => {
    running = running && add(running, row.open);
    return running ? formatFigure(running, language) : '';
  });
  return {
    type: 'table',
    columns: [
      { title: labels.number, align: 'left', width: 'auto' },
      { title: labels.issued, align: 'left', width: 'auto' },
      { title: labels.due, align: 'left', width: 'auto' },
      { title: labels.daysLate, align: 'right', width: 'rest' },
      ...(showAmount ? ([{ title: `${labels.amount}${code}`, align: 'right', width: 'auto' }] as const) : []),
      { title: `${labels.open}${code}`, align: 'right', width: 'auto' },
    ],
    rows: rows.map((row) => {
      const late = daysLateOn(row.dueOn, asOf);
      return [
        row.disputed ? ([printable(row.number), labels.disputed] as const) : printable(row.number),
        formatDate(row.issuedOn, language),
        row.dueOn ? formatDate(row.dueOn, language) : '–',
        late > 0 ? String(late) : '–',
        ...(showAmount ? [figure(row.amount)] : []),
        figure(row.open),
      ];
    }),
    carried,
    broughtForward: labels.broughtForward,
    carriedForward: labels.carriedForward,
  };
}

/** The totals of the open items, one row for each currency. */
export function openTotalsBlock(aged: readonly AgedTotal[], labels: PrintLabels, language: Language): Block {
  return {
    type: 'totals',
    rows: aged.map(({ total }) => ({
      label: labels.open,
      value: formatMoney(total, language),
      strong: true,
    })),
  };
}

function agingBlock(aged: readonly AgedTotal[], labels: PrintLabels, language: Language): Block {
  return {
    type: 'summary',
    title: labels.aging,
    columns: [
      { title: labels.currency, align: 'left', width: 'auto' },
      ...ageTitles(labels).map((title) => ({ title, align: 'right', width: 'rest' }) as const),
      { title: labels.sum, align: 'right', width: 'rest' },
    ],
    rows: aged.map(({ currency, ages, total }) => [
      currency,
      ...ages.map((amount) => (amount.minor === 0n ? '–' : formatFigure(amount, language))),
      formatFigure(total, language),
    ]),
  };
}

/** Lays out a statement of account. */
export function statementPage(document: StatementDocument): PrintPage {
  const { language, asOf, rows, seller, customer } = document;
  const labels = PRINT_LABELS[language];
  const aged = ageRows(rows, asOf);
  const asOfText = formatDate(asOf, language);
  return {
    ...letterheadOf(seller, customer, language),
    title: `${labels.statement} ${asOfText}`,
    date: asOf,
    facts: filledFacts([
      { label: labels.asOf, value: asOfText, strong: true },
      { label: labels.customerNumber, value: customer.customerNumber },
      { label: customer.taxIdLabel ?? labels.customerTaxId, value: customer.taxId },
    ]),
    heading: labels.statement,
    notice: rows.length === 0 ? labels.noItems : fill(labels.statementExplained, { date: asOfText }),
    blocks: [
      ...(rows.length === 0
        ? []
        : [
            itemsBlock(rows, asOf, language, true),
            openTotalsBlock(aged, labels, language),
            agingBlock(aged, labels, language),
            ...(seller.bank
              ? [paymentBlock({ seller, language, reference: document.paymentReference })]
              : []),
          ]),
      ...(document.footnotes.length > 0
        ? ([{ type: 'text', paragraphs: document.footnotes.map(printable), small: true }] as const)
        : []),
    ],
  };
}
