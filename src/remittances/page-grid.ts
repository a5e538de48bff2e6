// From texts that stand on pages to rows of cells: which texts make one line, which of them one cell, and under which heading a
// cell stands. Only geometry and the names of headings decide; what could stand under two headings is refused.

import type { PdfBox, PdfTextPage, PdfTextRun } from '#formats/pdf-text.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ColumnRole, columnRole, labelRole } from './column-names.ts';
import type { PageBox, SourceRow } from './table-reading.ts';

/** Texts whose baselines are no further apart than this part of their height stand on one line. */
const LINE_TOLERANCE = 0.45;
/** From this gap on, as a part of the height of the letters, two texts are two cells; words are parted by a third at most. */
const CELL_GAP = 0.6;
/** From this gap on there is a blank between two texts of one cell. */
const BLANK_GAP = 0.12;
/** A line belongs to the one above when it is no further below than so many heights. */
const WRAPPED_GAP = 1.9;
/** A cell that touches no heading stands under the nearest, if the next but one is so many times as far away. */
const NEARER = 3;

/** A cell on a page. */
type Cell = { readonly text: string; readonly box: PageBox };
/** The cells of a line, from left to right. */
type Line = { readonly cells: readonly Cell[]; readonly bottom: number; readonly height: number };
/** A row of headings, with the line or lines it stands on. */
type Headings = {
  readonly from: number;
  readonly to: number;
  readonly cells: readonly Cell[];
  readonly roles: number;
};

const AMOUNTS: ReadonlySet<ColumnRole | undefined> = new Set(['amount', 'gross', 'discount', 'deduction']);

/**
 * The rows of a remittance on pages. The first row of headings found makes the columns; pages after it go on with the same
 * columns, whether they repeat the headings or not. What stands above the headings or beside the table comes as rows of its
 * own, so that payment date and total are found there. Lines that merely go on with the text above are put to it.
 *
 * Refuses: `remittance_headings_differ` (between pages), `remittance_cell_between_columns` (says page and text).
 */
export function rowsOfPages(pages: readonly PdfTextPage[]): readonly SourceRow[] {
  const sheets = pages.map((page, index) => linesOf(page, index + 1));
  const first = sheets.findIndex((lines) => findHeadings(lines) !== undefined);
  const headings = findHeadings(sheets[first] ?? []);
  if (headings === undefined) return numbered(sheets.flat().map(({ cells }) => cells));
  const columns = headings.cells;
  const above = sheets.slice(0, first).flat();
  const aside: (readonly (Cell | null)[])[] = [];
  const body: (readonly (Cell | null)[])[] = [];
  for (const [index, lines] of sheets.slice(first).entries()) {
    const own = index === 0 ? headings : findHeadings(lines);
    if (own !== undefined) refuseOther(columns, own);
    const below = lines.slice(own === undefined ? 0 : own.to + 1);
    above.push(...lines.slice(0, own?.from ?? 0));
    const isLast = !sheets.slice(first + index + 1).some((later) => hasTableLine(later, columns));
    const table = tableOf(below, own?.cells ?? columns);
    // Something with an amount outside of the lines stays where it is, for who reads the rows to refuse it.
    const put = (rows: readonly (readonly (Cell | null)[])[], stays: boolean): void => {
      for (const row of rows) (stays || isWeighty(row, columns) ? body : aside).push(row);
    };
    put(table.before, false);
    body.push(...table.rows);
    put(table.after, isLast);
  }
  return numbered([...above.map(({ cells }) => cells), columns, ...body, ...aside]);
}

function numbered(rows: readonly (readonly (Cell | null)[])[]): readonly SourceRow[] {
  return rows.map((cells, index) => ({
    line: index + 1,
    cells: Array.from(cells, (cell) => cell?.text ?? ''),
    boxes: Array.from(cells, (cell) => cell?.box ?? null),
  }));
}

// — lines and cells —

/** The lines of a page from top to bottom. */
function linesOf(page: PdfTextPage, number: number): readonly Line[] {
  const pieces = withoutDoubles(page.runs.flatMap(piecesOf));
  const sorted = pieces.toSorted((a, b) => a.y + a.height - (b.y + b.height) || a.x - b.x);
  const groups: PdfTextRun[][] = [];
  for (const piece of sorted) {
    const group = groups.at(-1);
    const [other] = group ?? [];
    const apart = other ? piece.y + piece.height - (other.y + other.height) : 0;
    if (group && other && apart <= LINE_TOLERANCE * Math.min(piece.height, other.height)) group.push(piece);
    else groups.push([piece]);
  }
  return groups.map((group) => ({
    cells: cellsOf(group, number),
    bottom: Math.max(...group.map((piece) => piece.y + piece.height)),
    height: Math.max(...group.map((piece) => piece.height)),
  }));
}

/** Columns that a program wrote as one text with many blanks, or a rule of strokes, between them. */
function piecesOf(run: PdfTextRun): readonly PdfTextRun[] {
  const pieces: PdfTextRun[] = [];
  const each = run.width / Math.max(run.text.length, 1);
  for (const found of run.text.matchAll(/[^\s|]+(?:[ \u00a0\u202f][^\s|]+)*/g))
    pieces.push({
      text: found[0],
      x: run.x + found.index * each,
      y: run.y,
      width: found[0].length * each,
      height: run.height,
    });
  return pieces;
}

/** Letters are made bold by writing them twice, a hair apart. */
function withoutDoubles(pieces: readonly PdfTextRun[]): readonly PdfTextRun[] {
  const kept = new Map<string, PdfTextRun[]>();
  return pieces.filter((piece) => {
    const same = kept.get(piece.text) ?? [];
    const near = 0.1 * piece.height;
    if (same.some((other) => Math.abs(other.x - piece.x) <= near && Math.abs(other.y - piece.y) <= near))
      return false;
    kept.set(piece.text, [...same, piece]);
    return true;
  });
}

function cellsOf(group: readonly PdfTextRun[], page: number): readonly Cell[] {
  const cells: Cell[] = [];
  for (const piece of group.toSorted((a, b) => a.x - b.x)) {
    const before = cells.at(-1);
    const height = Math.max(piece.height, before?.box.height ?? 0);
    const gap = before ? piece.x - (before.box.x + before.box.width) : Infinity;
    const { text, ...box } = piece;
    if (before && gap < CELL_GAP * height) {
      const blank = gap >= BLANK_GAP * height ? ' ' : '';
      cells[cells.length - 1] = joined(before, { text, box: { ...box, page } }, blank);
    } else cells.push({ text, box: { ...box, page } });
  }
  return cells;
}

function joined(a: Cell, b: Cell, blank: string): Cell {
  const x = Math.min(a.box.x, b.box.x);
  const y = Math.min(a.box.y, b.box.y);
  const right = Math.max(a.box.x + a.box.width, b.box.x + b.box.width);
  const bottom = Math.max(a.box.y + a.box.height, b.box.y + b.box.height);
  const box = { page: a.box.page, x, y, width: tidy(right - x), height: tidy(bottom - y) };
  return { text: `${a.text}${blank}${b.text}`, box };
}

/** To a hundredth of a point. */
const tidy = (value: number): number => Math.round(value * 100) / 100;

// — headings —

/** The row of headings of a page: on one line, or on two with the second below the first. */
function findHeadings(lines: readonly Line[]): Headings | undefined {
  let best: Headings | undefined;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const tries: Headings[] = [headingsOf(line.cells, index, index)];
    if (next && next.bottom - line.bottom <= WRAPPED_GAP * line.height)
      tries.push(headingsOf(stacked(line, next), index, index + 1));
    for (const headings of tries) if (headings.roles > (best?.roles ?? 0)) best = headings;
  }
  return best;
}

function headingsOf(cells: readonly Cell[], from: number, to: number): Headings {
  const roles = new Set(cells.flatMap((cell) => columnRole(cell.text) ?? []));
  const isTable = roles.has('document') && (roles.has('amount') || roles.has('gross'));
  return { from, to, cells, roles: isTable ? roles.size : 0 };
}

/** Two lines of headings as one: each cell with what stands below it. */
function stacked(upper: Line, lower: Line): readonly Cell[] {
  const rest = new Set(lower.cells);
  const cells = upper.cells.map((cell) => {
    const below = lower.cells.filter((other) => overlap(cell.box, other.box) > 0);
    for (const other of below) rest.delete(other);
    return below.reduce((whole, other) => joined(whole, other, ' '), cell);
  });
  return [...cells, ...rest].toSorted((a, b) => a.box.x - b.box.x);
}

/** Pages of one table have the same headings in the same order. */
function refuseOther(columns: readonly Cell[], { cells }: Headings): void {
  const [before, here] = [columns, cells].map((all) => all.map((cell) => columnRole(cell.text) ?? cell.text));
  if (JSON.stringify(before) !== JSON.stringify(here))
    throw new Refusal('remittance_headings_differ', { page: cells[0]?.box.page ?? 0 });
}

// — columns —

/** How far two boxes stand above one another; below zero, how far they are apart. */
function overlap(a: PdfBox, b: PdfBox): number {
  return Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
}

/** The column a cell stands in; `between` where it could be in two. */
function columnOf(cell: Cell, columns: readonly Cell[]): number | 'between' {
  const overlaps = columns.map((column) => overlap(cell.box, column.box));
  const touched = overlaps.flatMap((length, index) => (length > 0.5 ? [index] : []));
  const [only] = touched;
  if (only !== undefined) return touched.length === 1 ? only : 'between';
  const [nearest, other] = overlaps
    .map((length, index) => ({ index, far: -length }))
    .toSorted((a, b) => a.far - b.far);
  if (nearest === undefined) return 'between';
  return other === undefined || other.far >= NEARER * Math.max(nearest.far, 1) ? nearest.index : 'between';
}

/** A line's cells by column; what stands in no one column comes after the last. */
type Placed = { readonly row: readonly (Cell | null)[]; readonly between: Cell | undefined };

function place(line: Line, columns: readonly Cell[]): Placed {
  const row: (Cell | null)[] = columns.map(() => null);
  const rest: Cell[] = [];
  let between: Cell | undefined;
  for (const cell of line.cells) {
    const column = columnOf(cell, columns);
    const before = column === 'between' ? null : row[column];
    if (column === 'between') {
      rest.push(cell);
      if (/\d/.test(cell.text)) between ??= cell;
    } else row[column] = before ? joined(before, cell, ' ') : cell;
  }
  return { row: [...row, ...rest], between };
}

/** Whether a line claims something: a document, and a number under a heading of amounts. */
function isTableRow(row: readonly (Cell | null)[], columns: readonly Cell[]): boolean {
  const document = row[columns.findIndex((column) => columnRole(column.text) === 'document')];
  return (
    Boolean(document) && labelRole(document?.text ?? '') === undefined && amountsOf(row, columns).length > 0
  );
}

function amountsOf(row: readonly (Cell | null)[], columns: readonly Cell[]): readonly Cell[] {
  return columns.flatMap((column, index) => {
    const cell = row[index];
    return cell && AMOUNTS.has(columnRole(column.text)) && looksLikeAmount(cell.text) ? [cell] : [];
  });
}

/** A number, with no more letters than a currency has: `Page 1 of 2` is none. */
function looksLikeAmount(text: string): boolean {
  return /\d/.test(text) && !/\p{L}{4}|\p{L}.*\d.*\p{L}/u.test(text);
}

/** Whether a row that is no line of the table holds an amount or a total all the same. */
function isWeighty(row: readonly (Cell | null)[], columns: readonly Cell[]): boolean {
  return amountsOf(row, columns).length > 0 || row.some((cell) => cell && labelRole(cell.text) === 'total');
}

function hasTableLine(lines: readonly Line[], columns: readonly Cell[]): boolean {
  const headings = findHeadings(lines);
  const below = lines.slice(headings ? headings.to + 1 : 0);
  return below.some((line) => isTableRow(place(line, headings?.cells ?? columns).row, columns));
}

/** What stands below the headings of a page: words before the first line, the lines, and all that comes after the last. */
function tableOf(lines: readonly Line[], columns: readonly Cell[]) {
  const placed = lines.map((line) => ({ line, ...place(line, columns) }));
  const is = placed.map(({ row }) => isTableRow(row, columns));
  const start = is.indexOf(true);
  let end = is.lastIndexOf(true);
  for (let next = end + 1; start >= 0 && goesOn(placed[next], placed[next - 1], columns); next += 1)
    end = next;
  const rows: (readonly (Cell | null)[])[] = [];
  for (const [index, one] of placed.slice(start < 0 ? placed.length : start, end + 1).entries()) {
    const isLine = is[start + index] === true;
    if (isLine && one.between)
      throw new Refusal('remittance_cell_between_columns', {
        page: one.between.box.page,
        text: one.between.text.slice(0, 60),
      });
    const before = placed[start + index - 1];
    const last = rows.at(-1);
    if (!isLine && last && goesOn(one, before, columns)) rows[rows.length - 1] = wrapped(last, one.row);
    else rows.push(isLine ? one.row : outside(one.row, columns));
  }
  return {
    before: placed.slice(0, Math.max(start, 0)).map(({ row }) => outside(row, columns)),
    rows,
    after: placed.slice(start < 0 ? 0 : end + 1).map(({ row }) => outside(row, columns)),
  };
}

type PlacedLine = { readonly line: Line; readonly row: Placed['row'] };

/** Whether a line goes on with the words above it: neither a document nor an amount, directly below. */
function goesOn(
  one: PlacedLine | undefined,
  above: PlacedLine | undefined,
  columns: readonly Cell[],
): one is PlacedLine {
  if (one === undefined || above === undefined) return false;
  const isText = one.row.every((cell, index) => {
    const heading = columns[index];
    const role = heading && columnRole(heading.text);
    return !cell || (heading !== undefined && role !== 'document' && !AMOUNTS.has(role));
  });
  return isText && one.line.bottom - above.line.bottom <= WRAPPED_GAP * one.line.height;
}

function wrapped(row: readonly (Cell | null)[], more: readonly (Cell | null)[]): readonly (Cell | null)[] {
  return row.map((cell, index) => {
    const below = more[index];
    return cell && below ? joined(cell, below, ' ') : (cell ?? below ?? null);
  });
}

/** A row outside of the table: words that happen to stand under a heading of amounts are no amounts. */
function outside(row: readonly (Cell | null)[], columns: readonly Cell[]): readonly (Cell | null)[] {
  const isWords = (cell: Cell | null | undefined, index: number): boolean => {
    const heading = columns[index];
    return Boolean(cell && heading && AMOUNTS.has(columnRole(heading.text)) && !looksLikeAmount(cell.text));
  };
  return [
    ...row.map((cell, index) => (isWords(cell, index) ? null : (cell ?? null))),
    ...row.filter((cell, index) => isWords(cell, index)),
  ];
}
