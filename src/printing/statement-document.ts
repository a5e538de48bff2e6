// What is printed on a statement of account: for each company and currency the open items, or the balance brought forward and what
// moved it, with what is owed, its ages, and where to pay. All figures come finished; nothing is reckoned here.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import type { Language } from './language.ts';
import { formatDate, formatFigure, formatMoney } from './print-format.ts';
import { fill, PRINT_LABELS } from './print-labels.ts';
import {
  type Block,
  type Buyer,
  type Cell,
  type Column,
  type Fact,
  filledFacts,
  letterheadOf,
  type PrintPage,
  paymentBlock,
  printable,
  type Seller,
} from './print-page.ts';
import { STATEMENT_LABELS, type StatementRowKind } from './statement-labels.ts';

/** One line. What lowers the balance is negative. */
export type StatementRow = {
  readonly kind: StatementRowKind;
  readonly number: string;
  readonly on: PlainDate;
  /** Absent for credits, which are never late, and for movements. */
  readonly dueOn?: PlainDate | undefined;
  readonly daysLate: number;
  readonly original: Money;
  readonly amount: Money;
  readonly disputed?: Money | undefined;
  /** After this line. */
  readonly balance: Money;
};

/** The lines of one customer; named where there are several. */
export type StatementAccountPart = {
  readonly name?: string | undefined;
  readonly opening: Money;
  readonly rows: readonly StatementRow[];
  readonly closing: Money;
};

/** What is owed to one company in one currency. */
export type StatementPart = {
  /** Over its tables, where a statement has several parts. */
  readonly title?: string | undefined;
  /** Whom to pay. */
  readonly seller: Seller;
  readonly accounts: readonly StatementAccountPart[];
  readonly closing: Money;
  /** Not due, and 1–30, 31–60, 61–90, over 90 days late. */
  readonly ages: readonly Money[];
  readonly credits: Money;
  readonly unapplied: Money;
  readonly overdue: Money;
  readonly disputed: Money;
  readonly charges: Money;
  /** What is asked for. */
  readonly payable: Money;
  readonly paymentReference?: string | undefined;
};

export type StatementDocument = {
  readonly language: Language;
  /** Whose letterhead it has. */
  readonly seller: Seller;
  readonly customer: Buyer;
  /** The first day, where the balance is brought forward; else it is one of open items. */
  readonly from?: PlainDate | undefined;
  readonly asOf: PlainDate;
  readonly parts: readonly StatementPart[];
  readonly footnotes: readonly string[];
};

/** How many days late the last day of each age is, but for the last one, which has no end. */
const AGE_ENDS = [30, 60, 90] as const;

/** The words over the ages, in order. */
function ageTitles(language: Language): readonly string[] {
  const labels = PRINT_LABELS[language];
  return [
    labels.notDue,
    ...AGE_ENDS.map((end, index) =>
      fill(labels.bucket, { from: String((AGE_ENDS[index - 1] ?? 0) + 1), to: String(end) }),
    ),
    fill(labels.bucketOver, { days: String(AGE_ENDS.at(-1)) }),
  ];
}

const right = (title: string): Column => ({ title, align: 'right', width: 'auto' });
const left = (title: string, width: Column['width'] = 'auto'): Column => ({ title, align: 'left', width });

/** What a line is, with its kind small under the number. */
function documentCell(row: StatementRow, language: Language): Cell {
  return [printable(row.number), STATEMENT_LABELS[language].kinds[row.kind]];
}

function openTable(account: StatementAccountPart, language: Language): Block {
  const labels = PRINT_LABELS[language];
  const words = STATEMENT_LABELS[language];
  const { currency } = account.closing;
  return {
    type: 'table',
    title: account.name && printable(account.name),
    columns: [
      left(words.document, 'rest'),
      left(labels.issued),
      left(labels.due),
      right(labels.daysLate),
      right(`${labels.amount} ${currency}`),
      right(`${labels.open} ${currency}`),
      right(words.balance),
    ],
    rows: account.rows.map((row) => [
      documentCell(row, language),
      formatDate(row.on, language),
      row.dueOn ? formatDate(row.dueOn, language) : '–',
      row.daysLate > 0 ? String(row.daysLate) : '–',
      formatFigure(row.original, language),
      row.disputed
        ? [formatFigure(row.amount, language), `${labels.disputed}: ${formatFigure(row.disputed, language)}`]
        : formatFigure(row.amount, language),
      formatFigure(row.balance, language),
    ]),
    carried: account.rows.map((row) => formatFigure(row.balance, language)),
    broughtForward: labels.broughtForward,
    carriedForward: labels.carriedForward,
  };
}

function forwardTable(account: StatementAccountPart, from: PlainDate, language: Language): Block {
  const labels = PRINT_LABELS[language];
  const words = STATEMENT_LABELS[language];
  const { currency } = account.closing;
  const figure = (amount: Money, wanted: boolean): string => (wanted ? formatFigure(amount, language) : '');
  const opening = formatFigure(account.opening, language);
  return {
    type: 'table',
    title: account.name && printable(account.name),
    columns: [
      left(labels.issued),
      left(words.document, 'rest'),
      right(`${words.charged} ${currency}`),
      right(`${words.credited} ${currency}`),
      right(words.balance),
    ],
    rows: [
      [formatDate(from, language), words.opening, '', '', opening],
      ...account.rows.map((row): readonly Cell[] => [
        formatDate(row.on, language),
        documentCell(row, language),
        figure(row.amount, row.amount.minor > 0n),
        figure({ ...row.amount, minor: -row.amount.minor }, row.amount.minor < 0n),
        formatFigure(row.balance, language),
      ]),
    ],
    carried: [opening, ...account.rows.map((row) => formatFigure(row.balance, language))],
    broughtForward: labels.broughtForward,
    carriedForward: labels.carriedForward,
  };
}

/** What is owed, or in the customer's favour, and what of it is overdue, disputed, interest. */
function totalRows(part: StatementPart, language: Language): readonly Fact[] {
  const words = STATEMENT_LABELS[language];
  const { closing } = part;
  const isOurs = closing.minor < 0n;
  const amount = isOurs ? { ...closing, minor: -closing.minor } : closing;
  const ofThis = [
    { label: words.overdue, of: part.overdue },
    { label: words.inDispute, of: part.disputed },
    { label: words.charges, of: part.charges },
  ].filter(({ of }) => of.minor !== 0n);
  return [
    { label: isOurs ? words.owedTo : words.owedBy, value: formatMoney(amount, language), strong: true },
    ...ofThis.map(({ label, of }) => ({ label, value: formatMoney(of, language) })),
  ];
}

function agingBlock(part: StatementPart, language: Language): Block {
  const labels = PRINT_LABELS[language];
  const words = STATEMENT_LABELS[language];
  const columns = [...ageTitles(language), words.credits, words.unapplied, labels.sum];
  const amounts = [...part.ages, part.credits, part.unapplied];
  return {
    type: 'summary',
    title: `${labels.aging} · ${part.closing.currency}`,
    columns: columns.map((title) => ({ title, align: 'right', width: 'rest' })),
    rows: [
      [
        ...amounts.map((amount) => (amount.minor === 0n ? '–' : formatFigure(amount, language))),
        formatFigure(part.closing, language),
      ],
    ],
  };
}

function partBlocks(part: StatementPart, document: StatementDocument): readonly Block[] {
  const { language, from } = document;
  const words = STATEMENT_LABELS[language];
  const table = (account: StatementAccountPart): Block =>
    from ? forwardTable(account, from, language) : openTable(account, language);
  const isGrouped = part.accounts.some((account) => account.name !== undefined);
  const tables = part.accounts.flatMap((account, index) => {
    const name = [index === 0 ? part.title : undefined, account.name].filter((text) => text !== undefined);
    const shown = table({ ...account, name: name.length > 0 ? name.join(' · ') : undefined });
    if (!isGrouped) return [shown];
    const label = fill(words.subtotal, { name: printable(account.name ?? '') });
    const value = formatMoney(account.closing, language);
    return [shown, { type: 'totals', rows: [{ label, value }] } satisfies Block];
  });
  const isAsked = part.payable.minor > 0n && part.seller.bank !== undefined;
  return [
    ...tables,
    { type: 'totals', rows: totalRows(part, language) },
    agingBlock(part, language),
    ...(isAsked
      ? [
          paymentBlock({
            seller: part.seller,
            written: { language },
            amount: part.payable,
            reference: part.paymentReference,
          }),
        ]
      : []),
  ];
}

/** Lays out a statement of account. */
export function statementPage(document: StatementDocument): PrintPage {
  const { language, from, asOf, seller, customer, parts } = document;
  const labels = PRINT_LABELS[language];
  const words = STATEMENT_LABELS[language];
  const [begin, end] = [from && formatDate(from, language), formatDate(asOf, language)];
  const explained = begin
    ? fill(words.forwardExplained, { from: begin, to: end })
    : fill(labels.statementExplained, { date: end });
  return {
    ...letterheadOf(seller, customer, { language }),
    title: `${labels.statement} ${end}`,
    date: asOf,
    facts: filledFacts([
      begin
        ? { label: words.period, value: fill(words.span, { from: begin, to: end }), strong: true }
        : { label: labels.asOf, value: end, strong: true },
      { label: labels.customerNumber, value: customer.customerNumber },
      { label: customer.taxIdLabel ?? labels.customerTaxId, value: customer.taxId },
    ]),
    heading: labels.statement,
    notice: parts.length === 0 ? labels.noItems : explained,
    blocks: [
      ...parts.flatMap((part) => partBlocks(part, document)),
      ...(document.footnotes.length > 0
        ? ([{ type: 'text', paragraphs: document.footnotes.map(printable), small: true }] as const)
        : []),
    ],
  };
}
