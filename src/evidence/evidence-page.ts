// The pack on paper: what is owed, the notices and how they can be proven, all that happened from the first day on, and the
// interest day by day with its rates.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import { formatDate, formatFigure, formatMoney } from '#printing/print-format.ts';
import {
  type Block,
  type Buyer,
  type Column,
  letterheadOf,
  type PrintPage,
  printable,
  type Seller,
} from '#printing/print-page.ts';
import { timelinePicture } from './timeline-picture.ts';

/** An item of the claim. */
export type EvidenceItem = {
  readonly reference: string;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly amount: Money;
  readonly open: Money;
  readonly interest: Money;
};

/** Days with one base and one rate. */
export type EvidenceSpan = {
  readonly reference: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly days: number;
  readonly base: Money;
  readonly percent: string;
  readonly source: string;
  readonly interest: Money;
};

/** Something that happened. */
export type EvidenceEvent = {
  readonly on: PlainDate;
  readonly at: string;
  readonly kind: string;
  readonly words: string;
  readonly amount: Money | undefined;
};

/** A message with what proves it. */
export type EvidenceNotice = {
  readonly sentOn: string;
  readonly purpose: string;
  readonly channel: string;
  readonly recipient: string;
  readonly state: string;
  /** The news about it, the earliest first. */
  readonly proofs: readonly string[];
};

export type EvidenceReport = {
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly asOf: PlainDate;
  readonly items: readonly EvidenceItem[];
  readonly spans: readonly EvidenceSpan[];
  readonly events: readonly EvidenceEvent[];
  readonly notices: readonly EvidenceNotice[];
  /** The laws and clauses interest rests on. */
  readonly terms: readonly string[];
};

const LANGUAGE: DocumentLanguage = 'en';

const column = (title: string, align: Column['align'] = 'left', width: Column['width'] = 'auto'): Column => ({
  title,
  align,
  width,
});

function table(title: string, columns: readonly Column[], rows: readonly (readonly string[])[]): Block {
  return {
    type: 'table',
    title,
    columns,
    rows: rows.map((row) => row.map(printable)),
    carried: rows.map(() => ''),
    broughtForward: '',
    carriedForward: '',
  };
}

/** Lays a report out; a table that has no rows is left out. */
export function evidencePage(report: EvidenceReport): PrintPage {
  const { seller, buyer, asOf, terms } = report;
  const day = (date: PlainDate): string => formatDate(date, LANGUAGE);
  const title = `Evidence: ${buyer.name}`;
  return {
    ...letterheadOf(seller, buyer, { language: LANGUAGE }),
    title: printable(title),
    date: asOf,
    facts: [
      { label: 'As of', value: day(asOf), strong: true },
      ...(buyer.customerNumber ? [{ label: 'Customer', value: printable(buyer.customerNumber) }] : []),
    ],
    heading: printable(title),
    blocks: [
      ...itemBlocks(report, day),
      ...(terms.length > 0
        ? [
            {
              type: 'text',
              paragraphs: [`Interest rests on: ${printable(terms.join('; '))}`],
              small: true,
            } as const,
          ]
        : []),
      ...noticeBlocks(report),
      ...eventBlocks(report, day),
      ...spanBlocks(report, day),
    ],
  };
}

function itemBlocks({ items }: EvidenceReport, day: (date: PlainDate) => string): readonly Block[] {
  if (items.length === 0) return [];
  return [
    table(
      'What is owed',
      [
        column('Document'),
        column('Issued'),
        column('Due', 'left', 'rest'),
        column('Amount', 'right'),
        column('Open', 'right'),
        column('Interest', 'right'),
      ],
      items.map((item) => [
        item.reference,
        day(item.issuedOn),
        day(item.dueOn),
        formatFigure(item.amount, LANGUAGE),
        formatMoney(item.open, LANGUAGE),
        formatFigure(item.interest, LANGUAGE),
      ]),
    ),
  ];
}

function noticeBlocks({ notices }: EvidenceReport): readonly Block[] {
  if (notices.length === 0) return [];
  return [
    table(
      'What was sent, and how it is proven',
      [column('Sent'), column('What'), column('To', 'left', 'rest'), column('Proof', 'left', 'rest')],
      notices.map((notice) => [
        notice.sentOn,
        `${notice.purpose} by ${notice.channel}`,
        notice.recipient,
        [notice.state, ...notice.proofs].join(', '),
      ]),
    ),
  ];
}

function eventBlocks({ events, asOf }: EvidenceReport, day: (date: PlainDate) => string): readonly Block[] {
  if (events.length === 0) return [];
  const picture = timelinePicture(events, asOf);
  return [
    ...(picture ? [picture] : []),
    table(
      'What happened',
      [column('Day'), column('Kind'), column('What', 'left', 'rest'), column('Amount', 'right')],
      events.map((event) => [
        day(event.on),
        event.kind.replaceAll('_', ' '),
        event.words,
        event.amount ? formatMoney(event.amount, LANGUAGE) : '',
      ]),
    ),
  ];
}

function spanBlocks({ spans }: EvidenceReport, day: (date: PlainDate) => string): readonly Block[] {
  if (spans.length === 0) return [];
  return [
    table(
      'Interest, day by day',
      [
        column('Document'),
        column('Days', 'left', 'rest'),
        column('Base', 'right'),
        column('Rate', 'left', 'rest'),
        column('Interest', 'right'),
      ],
      spans.map((span) => [
        span.reference,
        `${day(span.from)} to ${day(span.to)}: ${span.days}`,
        formatFigure(span.base, LANGUAGE),
        `${span.percent} %, ${span.source}`,
        formatFigure(span.interest, LANGUAGE),
      ]),
    ),
    {
      type: 'text',
      paragraphs: ['Lines are rounded to be read; the interest of an item is rounded once, on the whole.'],
      small: true,
    },
  ];
}
