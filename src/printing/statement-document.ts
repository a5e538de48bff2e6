// What is printed on a statement of account: for each company and currency the open items, or the balance brought forward and what
// moved it, with what is owed, its ages, and where to pay. All figures come finished; nothing is reckoned here.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import type { DocumentLanguage } from './language.ts';
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
import {
  columnTitle,
  labelsIn,
  saidInTurn,
  saidTogether,
  titleInTurn,
  type WrittenIn,
} from './second-language.ts';
import {
  rowKindLabel,
  STATEMENT_LABELS,
  type StatementLabels,
  type StatementRowKind,
} from './statement-labels.ts';

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

export type StatementDocument = WrittenIn & {
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

/** A word that needs no facts. */
type PlainWord = Exclude<keyof StatementLabels, 'kinds'>;

/** One of the words of statements in the languages of a statement. */
function word(of: PlainWord, written: WrittenIn): string {
  return saidTogether((language) => STATEMENT_LABELS[language][of], written);
}

/** The words over the ages in a language, in order. */
function ageTitles(language: DocumentLanguage): readonly string[] {
  const labels = PRINT_LABELS[language];
  const words = STATEMENT_LABELS[language];
  return [
    labels.notDue,
    ...AGE_ENDS.map((end, index) =>
      fill(labels.bucket, { from: String((AGE_ENDS[index - 1] ?? 0) + 1), to: String(end) }),
    ),
    fill(labels.bucketOver, { days: String(AGE_ENDS.at(-1)) }),
    words.credits,
    words.unapplied,
    labels.sum,
  ];
}

const right = (title: Column['title']): Column => ({ title, align: 'right', width: 'auto' });
const left = (title: Column['title'], width: Column['width'] = 'auto'): Column => ({
  title,
  align: 'left',
  width,
});
const headed = (of: PlainWord, written: WrittenIn, after = ''): Column['title'] =>
  titleInTurn((language) => STATEMENT_LABELS[language][of], written, after);

/** What a line is, with its kind small under the number. */
function documentCell(row: StatementRow, written: WrittenIn): Cell {
  return [printable(row.number), saidTogether((language) => rowKindLabel(row.kind, language), written)];
}

function openTable(account: StatementAccountPart, written: WrittenIn): Block {
  const labels = labelsIn(written);
  const { language } = written;
  const { currency } = account.closing;
  return {
    type: 'table',
    title: account.name && printable(account.name),
    columns: [
      left(headed('document', written), 'rest'),
      left(columnTitle('issued', written)),
      left(columnTitle('due', written)),
      right(columnTitle('daysLate', written)),
      right(columnTitle('amount', written, ` ${currency}`)),
      right(columnTitle('open', written, ` ${currency}`)),
      right(headed('balance', written)),
    ],
    rows: account.rows.map((row) => [
      documentCell(row, written),
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

function forwardTable(account: StatementAccountPart, from: PlainDate, written: WrittenIn): Block {
  const labels = labelsIn(written);
  const { language } = written;
  const { currency } = account.closing;
  const figure = (amount: Money, wanted: boolean): string => (wanted ? formatFigure(amount, language) : '');
  const opening = formatFigure(account.opening, language);
  return {
    type: 'table',
    title: account.name && printable(account.name),
    columns: [
      left(columnTitle('issued', written)),
      left(headed('document', written), 'rest'),
      right(headed('charged', written, ` ${currency}`)),
      right(headed('credited', written, ` ${currency}`)),
      right(headed('balance', written)),
    ],
    rows: [
      [formatDate(from, language), word('opening', written), '', '', opening],
      ...account.rows.map((row): readonly Cell[] => [
        formatDate(row.on, language),
        documentCell(row, written),
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
function totalRows(part: StatementPart, written: WrittenIn): readonly Fact[] {
  const { closing } = part;
  const isOurs = closing.minor < 0n;
  const amount = isOurs ? { ...closing, minor: -closing.minor } : closing;
  const ofThis = (
    [
      { of: 'overdue', amount: part.overdue },
      { of: 'inDispute', amount: part.disputed },
      { of: 'charges', amount: part.charges },
    ] as const
  ).filter((each) => each.amount.minor !== 0n);
  return [
    {
      label: word(isOurs ? 'owedTo' : 'owedBy', written),
      value: formatMoney(amount, written.language),
      strong: true,
    },
    ...ofThis.map((each) => ({
      label: word(each.of, written),
      value: formatMoney(each.amount, written.language),
    })),
  ];
}

function agingBlock(part: StatementPart, written: WrittenIn): Block {
  const { language } = written;
  const amounts = [...part.ages, part.credits, part.unapplied];
  return {
    type: 'summary',
    title: `${labelsIn(written).aging} · ${part.closing.currency}`,
    columns: ageTitles(language).map((_, at) => ({
      title: titleInTurn((spoken) => ageTitles(spoken)[at] ?? '', written),
      align: 'right',
      width: 'rest',
    })),
    rows: [
      [
        ...amounts.map((amount) => (amount.minor === 0n ? '–' : formatFigure(amount, language))),
        formatFigure(part.closing, language),
      ],
    ],
  };
}

function partBlocks(part: StatementPart, document: StatementDocument): readonly Block[] {
  const { from } = document;
  const table = (account: StatementAccountPart): Block =>
    from ? forwardTable(account, from, document) : openTable(account, document);
  const isGrouped = part.accounts.some((account) => account.name !== undefined);
  const tables = part.accounts.flatMap((account, index) => {
    const name = [index === 0 ? part.title : undefined, account.name].filter((text) => text !== undefined);
    const shown = table({ ...account, name: name.length > 0 ? name.join(' · ') : undefined });
    if (!isGrouped) return [shown];
    const label = saidTogether(
      (language) => fill(STATEMENT_LABELS[language].subtotal, { name: printable(account.name ?? '') }),
      document,
    );
    const value = formatMoney(account.closing, document.language);
    return [shown, { type: 'totals', rows: [{ label, value }] } satisfies Block];
  });
  const isAsked = part.payable.minor > 0n && part.seller.bank !== undefined;
  return [
    ...tables,
    { type: 'totals', rows: totalRows(part, document) },
    agingBlock(part, document),
    ...(isAsked
      ? [
          paymentBlock({
            seller: part.seller,
            written: document,
            amount: part.payable,
            reference: part.paymentReference,
          }),
        ]
      : []),
  ];
}

/** What the tables show, in a sentence of each language. */
function explainedIn({ from, asOf, ...written }: StatementDocument): string {
  return saidInTurn((language) => {
    const end = formatDate(asOf, language);
    return from
      ? fill(STATEMENT_LABELS[language].forwardExplained, { from: formatDate(from, language), to: end })
      : fill(PRINT_LABELS[language].statementExplained, { date: end });
  }, written).join('\n');
}

/** Lays out a statement of account. */
export function statementPage(document: StatementDocument): PrintPage {
  const { language, from, asOf, seller, customer, parts } = document;
  const labels = labelsIn(document);
  const end = formatDate(asOf, language);
  return {
    ...letterheadOf(seller, customer, document),
    title: `${labels.statement} ${end}`,
    date: asOf,
    facts: filledFacts([
      from
        ? {
            label: word('period', document),
            value: fill(STATEMENT_LABELS[language].span, { from: formatDate(from, language), to: end }),
            strong: true,
          }
        : { label: labels.asOf, value: end, strong: true },
      { label: labels.customerNumber, value: customer.customerNumber },
      { label: customer.taxIdLabel ?? labels.customerTaxId, value: customer.taxId },
    ]),
    heading: labels.statement,
    notice:
      parts.length === 0
        ? saidInTurn((spoken) => PRINT_LABELS[spoken].noItems, document).join('\n')
        : explainedIn(document),
    blocks: [
      ...parts.flatMap((part) => partBlocks(part, document)),
      ...(document.footnotes.length > 0
        ? ([{ type: 'text', paragraphs: document.footnotes.map(printable), small: true }] as const)
        : []),
    ],
  };
}
