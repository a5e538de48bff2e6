// A charge as it is printed: what is asked for which document, the totals, where to pay, and the sheet under it.

import type { PlainDate } from '#kernel/calendar.ts';
import { absolute, type Money, money } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import { formatDate, formatFigure, formatMoney, formatPercent } from '#printing/print-format.ts';
import { fill, PRINT_LABELS } from '#printing/print-labels.ts';
import {
  type Block,
  type Buyer,
  filledFacts,
  letterheadOf,
  type PrintPage,
  paymentBlock,
  printable,
  type Seller,
} from '#printing/print-page.ts';
import { roundInterest } from './accrual.ts';
import { CHARGE_WORDS } from './charge-words.ts';
import type { Part } from './charging.ts';
import type { ChargeKind } from './posting.ts';

/** What is printed of a charge. Amounts are positive for both kinds. */
export type PrintedCharge = {
  readonly kind: ChargeKind;
  readonly language: DocumentLanguage;
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly number: string;
  readonly chargedOn: PlainDate;
  readonly through: PlainDate;
  readonly dueOn: PlainDate;
  readonly interest: Money;
  readonly fees: Money;
  readonly total: Money;
  readonly open: Money;
  readonly reason: string | null;
  readonly parts: readonly Part[];
  /** The laws and clauses it rests on. */
  readonly legalSources: readonly string[];
};

/** Lays out a charge or a credit on charges. */
export function chargePage(charge: PrintedCharge): PrintPage {
  const { language, seller, buyer } = charge;
  const labels = PRINT_LABELS[language];
  const words = CHARGE_WORDS[language];
  const isCharge = charge.kind === 'charge';
  const heading = isCharge ? words.title : words.creditTitle;
  return {
    ...letterheadOf(seller, buyer, { language }),
    title: `${heading} ${charge.number}`,
    date: charge.chargedOn,
    facts: filledFacts([
      { label: labels.number, value: charge.number, strong: true },
      { label: labels.date, value: formatDate(charge.chargedOn, language) },
      { label: words.through, value: formatDate(charge.through, language) },
      { label: labels.customerNumber, value: buyer.customerNumber },
    ]),
    heading,
    notice: isCharge ? words.explained : labels.creditExplained,
    blocks: [
      ...(charge.parts.length > 0 ? [partsBlock(charge)] : []),
      totalsBlock(charge),
      ...(isCharge && seller.bank && charge.open.minor > 0n
        ? [
            paymentBlock({
              seller,
              written: { language },
              amount: charge.open,
              reference: charge.number,
              instalments: [{ dueOn: charge.dueOn, amount: charge.open }],
            }),
          ]
        : []),
      ...sheetBlocks(charge),
      footnotes(charge),
    ],
  };
}

function partsBlock({ parts, language }: PrintedCharge): Block {
  const labels = PRINT_LABELS[language];
  const words = CHARGE_WORDS[language];
  const range = (part: Part): string =>
    part.from && part.to
      ? fill(words.dayRange, { from: formatDate(part.from, language), to: formatDate(part.to, language) })
      : '';
  const documentOf = (part: Part): string =>
    part.kind === 'reminder_fee' ? (words.phases[part.reference] ?? part.reference) : part.reference;
  return {
    type: 'table',
    columns: [
      { title: labels.number, align: 'left', width: 'auto' },
      { title: labels.description, align: 'left', width: 'rest' },
      { title: labels.amount, align: 'right', width: 'auto' },
    ],
    rows: parts.map((part) => [
      printable(documentOf(part)),
      [words.kinds[part.kind], range(part)] as const,
      formatFigure(money(absolute(part.amount.minor), part.amount.currency), language),
    ]),
    carried: parts.map(() => ''),
    broughtForward: labels.broughtForward,
    carriedForward: labels.carriedForward,
  };
}

function totalsBlock({ interest, fees, total, kind, language }: PrintedCharge): Block {
  const labels = PRINT_LABELS[language];
  const words = CHARGE_WORDS[language];
  return {
    type: 'totals',
    rows: [
      ...(interest.minor !== 0n ? [{ label: words.interest, value: formatMoney(interest, language) }] : []),
      ...(fees.minor !== 0n ? [{ label: words.feeTotal, value: formatMoney(fees, language) }] : []),
      {
        label: kind === 'charge' ? labels.total : labels.creditTotal,
        value: formatMoney(total, language),
        strong: true,
      },
    ],
  };
}

/** The sheet of each part that has one: days, base, rate, interest rounded for the eye; the total is rounded once. */
function sheetBlocks({ parts, language }: PrintedCharge): readonly Block[] {
  const labels = PRINT_LABELS[language];
  const words = CHARGE_WORDS[language];
  const reckoned = parts.filter((part) => part.spans.length > 0);
  if (reckoned.length === 0) return [];
  const rows = reckoned.flatMap((part) =>
    part.spans.map((span) => {
      const { currency } = part.amount;
      return [
        printable(part.reference),
        [
          fill(words.dayRange, { from: formatDate(span.from, language), to: formatDate(span.to, language) }),
          printable(span.source),
        ] as const,
        String(span.days),
        formatFigure(money(span.baseMinor, currency), language),
        formatPercent(decimalText(span.percent), language),
        formatFigure(money(roundInterest(span.exact), currency), language),
      ];
    }),
  );
  return [
    { type: 'text', paragraphs: [words.sheet] },
    {
      type: 'table',
      columns: [
        { title: labels.number, align: 'left', width: 'auto' },
        { title: '', align: 'left', width: 'rest' },
        { title: words.days, align: 'right', width: 'auto' },
        { title: words.base, align: 'right', width: 'auto' },
        { title: words.rate, align: 'right', width: 'auto' },
        { title: words.interest, align: 'right', width: 'auto' },
      ],
      rows,
      carried: rows.map(() => ''),
      broughtForward: labels.broughtForward,
      carriedForward: labels.carriedForward,
    },
    { type: 'text', paragraphs: [words.rounding], small: true },
  ];
}

function footnotes({ reason, legalSources, language }: PrintedCharge): Block {
  const words = CHARGE_WORDS[language];
  return {
    type: 'text',
    paragraphs: [...legalSources, ...(reason ? [reason] : []), words.untaxed].map(printable),
    small: true,
  };
}
