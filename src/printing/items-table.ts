// The table of open items in letters about them, with the totals under it. Totals are counted from the printed rows, so that they
// always agree with what stands above them.

import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { add, type Currency, type Money, zero } from '#kernel/money.ts';
import { formatDate, formatFigure, formatMoney } from './print-format.ts';
import { type Block, printable } from './print-page.ts';
import { columnTitle, labelsIn, type WrittenIn } from './second-language.ts';

/** One open item as it is printed. A credit is negative. */
export type ItemRow = {
  readonly number: string;
  readonly issuedOn: PlainDate;
  /** Absent for credits and payments on account, which are never late. */
  readonly dueOn?: PlainDate | undefined;
  readonly amount: Money;
  readonly open: Money;
  /** What of it is in dispute, and not in `open`. */
  readonly disputed?: Money | undefined;
};

/** How many days an item is late on a day: 0 on the due day and before, and for what is never due. */
export function daysLateOn(dueOn: PlainDate | undefined, day: PlainDate): number {
  return dueOn ? Math.max(0, daysBetween(dueOn, day)) : 0;
}

/** What rows have open in each currency, in the order of the codes. */
export function openTotals(rows: readonly Pick<ItemRow, 'open'>[]): readonly Money[] {
  const byCurrency = new Map<Currency, Money>();
  for (const { open } of rows)
    byCurrency.set(open.currency, add(byCurrency.get(open.currency) ?? zero(open.currency), open));
  return [...byCurrency.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** The table of open items; one with several currencies shows the code at every amount. */
export function itemsBlock(rows: readonly ItemRow[], asOf: PlainDate, written: WrittenIn): Block {
  const labels = labelsIn(written);
  const { language } = written;
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
      { title: columnTitle('number', written), align: 'left', width: 'auto' },
      { title: columnTitle('issued', written), align: 'left', width: 'auto' },
      { title: columnTitle('due', written), align: 'left', width: 'auto' },
      { title: columnTitle('daysLate', written), align: 'right', width: 'rest' },
      { title: columnTitle('open', written, code), align: 'right', width: 'auto' },
    ],
    rows: rows.map((row) => {
      const late = daysLateOn(row.dueOn, asOf);
      return [
        row.disputed
          ? ([printable(row.number), `${labels.disputed}: ${formatMoney(row.disputed, language)}`] as const)
          : printable(row.number),
        formatDate(row.issuedOn, language),
        row.dueOn ? formatDate(row.dueOn, language) : '–',
        late > 0 ? String(late) : '–',
        figure(row.open),
      ];
    }),
    carried,
    broughtForward: labels.broughtForward,
    carriedForward: labels.carriedForward,
  };
}

/** The totals of the open items, one row for each currency. */
export function openTotalsBlock(totals: readonly Money[], written: WrittenIn): Block {
  const label = labelsIn(written).open;
  return {
    type: 'totals',
    rows: totals.map((total) => ({ label, value: formatMoney(total, written.language), strong: true })),
  };
}
