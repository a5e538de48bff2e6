// The calculation sheet as a table of text: every span of every part, for spreadsheets and courts.

import { csvLine } from '#formats/csv.ts';
import { decimalsOf, money, toDecimal } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import { exactText, type Part } from './charging.ts';

/** The first row of a sheet. */
export const SHEET_HEADING = [
  'kind',
  'document',
  'from',
  'to',
  'days',
  'year_days',
  'base',
  'percent',
  'rate_source',
  'interest_unrounded',
  'amount',
  'currency',
] as const;

/** The whole sheet as CSV, with a mark at its beginning by which spreadsheets know that it is UTF-8. */
export function sheetText(parts: readonly Part[]): string {
  return `\ufeff${[SHEET_HEADING, ...sheetRows(parts)].map((cells) => csvLine(cells)).join('')}`;
}

/** The rows of a sheet: spans, each followed by its part with the rounded amount; parts without days have that row only. */
export function sheetRows(parts: readonly Part[]): readonly (readonly string[])[] {
  return parts.flatMap((part) => {
    const { currency } = part.amount;
    const spans = part.spans.map((span) => [
      'days',
      part.reference,
      span.from.toString(),
      span.to.toString(),
      String(span.days),
      String(span.yearDays),
      toDecimal(money(span.baseMinor, currency)),
      decimalText(span.percent),
      span.source,
      exactText(span.exact, decimalsOf(currency)),
      '',
      currency,
    ]);
    const from = part.from?.toString() ?? '';
    const to = part.to?.toString() ?? '';
    const whole = [
      part.kind,
      part.reference,
      from,
      to,
      '',
      '',
      '',
      '',
      '',
      '',
      toDecimal(part.amount),
      currency,
    ];
    return [...spans, whole];
  });
}
