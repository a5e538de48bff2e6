// Reading a remittance out of rows of cells: where the headings are, which column holds what, which lines claim a payment,
// and what is said around the table. Nothing is rounded and nothing is left out in silence: what cannot be read is refused.

import {
  type DecimalMark,
  guessDateOrder,
  guessDecimalMark,
  readAmount,
  readDate,
} from '#formats/number-and-date-text.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { REMITTANCE_HEADING_ROWS } from '#kernel/limits.ts';
import { isCurrency, type Money, money, parseMoney } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ColumnChoice, fittingChoice } from './column-choice.ts';
import { COLUMN_ROLES, type ColumnRole, columnRole, type LabelRole, labelRole } from './column-names.ts';
import { type ClaimedLine, checkReading, type Place, paidByLines, type Reading } from './remittance.ts';

/** Where a cell stands on a page, in points from the upper left corner; pages count from 1. */
export type PageBox = {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A row of the source: the line of the file or row of the sheet, and its cells; of a PDF, also where each of them stands. */
export type SourceRow = {
  readonly line: number;
  readonly cells: readonly string[];
  readonly boxes?: readonly (PageBox | null)[] | undefined;
};

/** What the reader is told beforehand; it counts more than what the source says. */
export type ReadingHints = {
  /** Of amounts that bear none. */
  readonly currency: string;
  readonly decimal?: DecimalMark | undefined;
  /** What people said of columns under headings that may be those of this list. */
  readonly choices?: readonly ColumnChoice[] | undefined;
};

type Columns = ReadonlyMap<ColumnRole, number>;

type Table = { readonly heading: number; readonly columns: Columns; readonly end: number };

/** How `1,234` is meant; found out only where an amount is there to be read. */
type DecimalMarkOf = () => DecimalMark;

/** Columns whose cells are amounts. */
const AMOUNTS = ['amount', 'gross', 'discount', 'deduction'] as const;
type AmountRole = (typeof AMOUNTS)[number];

/** Text for a fact of a refusal, of a bounded length. */
const short = (text: string): string => text.slice(0, 60);

/**
 * Reads a remittance. The headings are those of which a person said what they mean, else the row that names most columns,
 * among them a document and an amount (paid, or of the document). The lines end at the first row without a document; a row of
 * the total is no line. Where only the amount of the document is given, what is paid is that less discount and deduction.
 *
 * Refuses: `remittance_headings_missing`, `remittance_heading_twice`, `remittance_decimal_unclear`,
 * `remittance_cell_not_readable` (says line and column), `remittance_lines_interrupted`, what `checkReading` refuses.
 */
export function readRows(rows: readonly SourceRow[], hints: ReadingHints): Reading {
  const chosen = fittingChoice(rows, hints.choices ?? []);
  const table = chosen ? chosenTable(rows, chosen) : findTable(rows);
  const labels = findLabels(rows, table);
  const body = rows.slice(table.heading + 1, table.end);
  const currency = currencyOf(labels.get('currency'), hints, body, table.columns);
  const decimal = hints.decimal ?? chosen?.choice.decimal ?? undefined;
  const mark = decimalMark(body, table.columns, labels.get('total'), { ...hints, decimal });
  const lines = body.map((row) => lineOf(row, table.columns, { currency, mark }));
  const total = labels.get('total') ?? totalBelow(rows, table);
  const reading: Reading = {
    currency,
    lines,
    total: total && amountAt(total, { currency, mark: () => mark() }),
    paidOn: dayAt(labels.get('paidOn')),
    paymentReference: labels.get('paymentReference')?.text.slice(0, 140),
    payerName: labels.get('payerName')?.text.slice(0, 200),
  };
  checkReading(reading);
  return reading;
}

/** What a payment should be by a reading, and by how much its lines miss that: stated total less the sum of the lines. */
export function differenceOf(reading: Pick<Reading, 'lines' | 'currency' | 'total'>): {
  readonly total: Money;
  readonly difference: Money;
} {
  const paid = paidByLines(reading.lines, reading.currency);
  const total = reading.total ?? paid;
  return { total, difference: money(total.minor - paid.minor, reading.currency) };
}

function findTable(rows: readonly SourceRow[]): Table {
  let best: { heading: number; columns: Columns } | undefined;
  for (const [heading, row] of rows.slice(0, REMITTANCE_HEADING_ROWS).entries()) {
    const columns = columnsOf(row);
    const isTable = columns.has('document') && (columns.has('amount') || columns.has('gross'));
    if (isTable && columns.size > (best?.columns.size ?? 0)) best = { heading, columns };
  }
  if (!best)
    throw new Refusal('remittance_headings_missing', {
      seen: rows.slice(0, 5).map((row) => short(row.cells.join(' | '))),
    });
  refuseTwice(rows[best.heading]);
  return { ...best, end: endOf(rows, best.heading, best.columns) };
}

/** The table as a person said it is. */
function chosenTable(
  rows: readonly SourceRow[],
  { choice, heading }: { readonly choice: ColumnChoice; readonly heading: number },
): Table {
  const columns: Columns = new Map(
    COLUMN_ROLES.flatMap((role) => {
      const place = choice.roles[role];
      return place === undefined ? [] : [[role, place] as const];
    }),
  );
  return { heading, columns, end: endOf(rows, heading, columns) };
}

function columnsOf(row: SourceRow): Columns {
  const columns = new Map<ColumnRole, number>();
  for (const [index, cell] of row.cells.entries()) {
    const role = columnRole(cell);
    if (role !== undefined && !columns.has(role)) columns.set(role, index);
  }
  return columns;
}

/** Two columns of amounts of one kind: which of them counts is not guessed. */
function refuseTwice(row: SourceRow | undefined): void {
  const seen = new Map<ColumnRole, string>();
  for (const cell of row?.cells ?? []) {
    const role = columnRole(cell);
    if (role === undefined || role === 'reason') continue;
    const before = seen.get(role);
    if (before !== undefined)
      throw new Refusal('remittance_heading_twice', { columns: [short(before), short(cell)] });
    seen.set(role, cell);
  }
}

function cellOf(row: SourceRow, column: number | undefined): string {
  return column === undefined ? '' : (row.cells[column] ?? '').trim();
}

/** The row after the last line: lines that come after a gap are not passed over but refused. */
function endOf(rows: readonly SourceRow[], heading: number, columns: Columns): number {
  const isLine = (row: SourceRow): boolean => {
    const document = cellOf(row, columns.get('document'));
    if (document === '' || labelRole(document) !== undefined) return false;
    return AMOUNTS.some((role) => /\d/.test(cellOf(row, columns.get(role))));
  };
  const below = rows.slice(heading + 1);
  const gap = below.findIndex((row) => !isLine(row));
  if (gap < 0) return rows.length;
  const rest = below.slice(gap);
  const orphan = rest.find(
    (row) =>
      isLine(row) || (!isTotal(row) && AMOUNTS.some((role) => /\d/.test(cellOf(row, columns.get(role))))),
  );
  if (orphan)
    throw new Refusal('remittance_lines_interrupted', { line: orphan.line, after: rest[0]?.line ?? 0 });
  return heading + 1 + gap;
}

function isTotal(row: SourceRow): boolean {
  return row.cells.some((cell) => labelRole(cell) !== undefined || labelBefore(cell) !== undefined);
}

/** A cell of the source with where it stands. */
type Cell = { readonly text: string; readonly place: Place };

/** `Payment date: 3 May 2026` in one cell. */
function labelBefore(cell: string): { readonly role: LabelRole; readonly text: string } | undefined {
  const colon = cell.indexOf(':');
  if (colon < 1) return undefined;
  const role = labelRole(cell.slice(0, colon));
  const text = cell.slice(colon + 1).trim();
  return role === undefined || text === '' ? undefined : { role, text };
}

/** What is said above and below the table: a label and the value beside it, or both in one cell. The first of a kind counts. */
function findLabels(rows: readonly SourceRow[], table: Table): ReadonlyMap<LabelRole, Cell> {
  const labels = new Map<LabelRole, Cell>();
  const put = (role: LabelRole, cell: Cell): void => {
    if (!labels.has(role)) labels.set(role, cell);
  };
  for (const row of [...rows.slice(0, table.heading), ...rows.slice(table.end)]) {
    for (const [column, cell] of row.cells.entries()) {
      const inside = labelBefore(cell);
      if (inside) put(inside.role, { text: inside.text, place: { line: row.line, column } });
      const role = labelRole(cell);
      const next = row.cells.findIndex((other, index) => index > column && other.trim() !== '');
      const isBelow = rows.indexOf(row) >= table.end;
      // A row of totals below the table has the total under its column.
      if (role === undefined || next < 0 || (role === 'total' && isBelow)) continue;
      put(role, { text: cellOf(row, next), place: { line: row.line, column: next } });
    }
  }
  return labels;
}

/** The total under the column of what is paid (or of the documents, where nothing else is given). */
function totalBelow(rows: readonly SourceRow[], table: Table): Cell | undefined {
  const totals = rows.slice(table.end).filter((row) => row.cells.some((cell) => labelRole(cell) === 'total'));
  const onlyGross = !table.columns.has('amount');
  const takesOff = table.columns.has('discount') || table.columns.has('deduction');
  for (const row of totals) {
    const column = table.columns.get(onlyGross ? 'gross' : 'amount');
    const text = cellOf(row, column);
    if (column !== undefined && text !== '' && !(onlyGross && takesOff))
      return { text, place: { line: row.line, column } };
    const filled = row.cells.flatMap((cell, index) => (/\d/.test(cell) ? [{ cell, index }] : []));
    const [only] = filled;
    if (only && filled.length === 1)
      return { text: only.cell.trim(), place: { line: row.line, column: only.index } };
  }
  return undefined;
}

function currencyOf(
  label: Cell | undefined,
  hints: ReadingHints,
  body: readonly SourceRow[],
  columns: Columns,
): string {
  const said = label?.text.toUpperCase();
  if (said !== undefined && isCurrency(said)) return said;
  const written = new Set(
    body.flatMap((row) =>
      AMOUNTS.flatMap((role) => {
        const code = /\b[A-Z]{3}\b/.exec(cellOf(row, columns.get(role)))?.[0];
        return code !== undefined && isCurrency(code) ? [code] : [];
      }),
    ),
  );
  const [only] = written;
  return only !== undefined && written.size === 1 ? only : hints.currency;
}

/** One mark for the whole remittance: a payer does not change it between columns. */
function decimalMark(
  body: readonly SourceRow[],
  columns: Columns,
  total: Cell | undefined,
  hints: ReadingHints,
): DecimalMarkOf {
  const samples = body.flatMap((row) => AMOUNTS.map((role) => cellOf(row, columns.get(role))));
  if (total) samples.push(total.text);
  const guess = guessDecimalMark(samples.filter((text) => text !== ''));
  return () => {
    if (hints.decimal !== undefined) return hints.decimal;
    if (guess.certain) return guess.value;
    throw new Refusal('remittance_decimal_unclear', { because: guess.because, examples: guess.examples });
  };
}

type AmountsAre = { readonly currency: string; readonly mark: DecimalMarkOf };

function amountAt(cell: Cell, are: AmountsAre): Money {
  const mark = are.mark();
  try {
    const { decimal, currency } = readAmount(cell.text, mark);
    if (currency !== undefined && currency !== are.currency)
      throw new Refusal('wrong_currency', { currency: are.currency, given: currency });
    return parseMoney(decimal, are.currency);
  } catch (error) {
    throw notReadable(cell, error);
  }
}

function dayAt(cell: Cell | undefined): PlainDate | undefined {
  if (cell === undefined) return undefined;
  const order = guessDateOrder([cell.text]);
  // A day that can be meant in two ways is not needed so much that it is worth a guess.
  if (!order.certain) return undefined;
  try {
    return readDate(cell.text, order.value);
  } catch (error) {
    throw notReadable(cell, error);
  }
}

function notReadable({ text, place }: Cell, error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  return new Refusal('remittance_cell_not_readable', {
    line: place.line,
    column: place.column + 1,
    text: short(text),
    because: error.code,
  });
}

function lineOf(row: SourceRow, columns: Columns, are: AmountsAre): ClaimedLine {
  const place: Partial<Record<ColumnRole, Place>> = {};
  const textOf = (role: ColumnRole, max: number): string | undefined => {
    const column = columns.get(role);
    const text = cellOf(row, column);
    if (column === undefined || text === '') return undefined;
    place[role] = { line: row.line, column };
    return text.replace(/\s+/g, ' ').slice(0, max);
  };
  const amountOf = (role: AmountRole): Money | undefined => {
    const text = textOf(role, 60);
    const column = columns.get(role);
    if (text === undefined || column === undefined) return undefined;
    return amountAt({ text, place: { line: row.line, column } }, are);
  };
  const document = textOf('document', 140) ?? '';
  // What is taken off is written with and without a minus sign.
  const discount = positive(amountOf('discount'), are.currency);
  const deduction = positive(amountOf('deduction'), are.currency);
  const gross = amountOf('gross');
  const amount =
    amountOf('amount') ?? money((gross?.minor ?? 0n) - discount.minor - deduction.minor, are.currency);
  return {
    document,
    amount,
    discount,
    deduction,
    reason: textOf('reason', 500),
    claimNumber: textOf('claimNumber', 100),
    claimCode: textOf('claimCode', 50),
    place: placesOf(place),
  };
}

function positive(amount: Money | undefined, currency: string): Money {
  const minor = amount?.minor ?? 0n;
  return money(minor < 0n ? -minor : minor, currency);
}

function placesOf({ claimCode: _, ...place }: Partial<Record<ColumnRole, Place>>): ClaimedLine['place'] {
  return place;
}
