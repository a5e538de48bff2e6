// One face over delimited text and workbooks: a header and rows of text cells. What a file is, its bytes say; its
// name is never trusted.

import { IMPORT_ROWS_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { bytesOf, type FileKind, type FileSource, gunzip, kindOfBytes } from './archive.ts';
import { type CsvOptions, type Delimiter, fitted, openCsv } from './csv.ts';
import { type EncodingChoice, withHead } from './text-encoding.ts';
import { type CellProblem, openSheet } from './xlsx.ts';

/**
 * One row below the header, as many cells as the header has. `line` is the line of the file, or the row of the
 * sheet.
 *
 * A row with a `problem` must not be taken over. Where the problem is of single cells only (an error such as #N/A),
 * `cellProblems` says which, so that a reader who has no use for that column may take the row all the same.
 */
export type TableRow = {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem?: Problem | undefined;
  readonly cellProblems?: readonly CellProblem[] | undefined;
};

export type Table = {
  readonly format: 'csv' | 'xlsx';
  /** Names of the columns, trimmed; empty when the file has no row at all. */
  readonly header: readonly string[];
  readonly headerLine: number;
  readonly rows: AsyncGenerator<TableRow>;
  readonly delimiter?: Delimiter | undefined;
  readonly sheet?: string | undefined;
  readonly sheets?: readonly string[] | undefined;
  /** The encoding of a delimited file, once it is known (at the latest when the rows are read). */
  encoding(): EncodingChoice | undefined;
  /** Lets go of the file; to be called whether or not all rows were read. */
  close(): Promise<void>;
};

export type TableOptions = Pick<CsvOptions, 'delimiter' | 'encoding' | 'skipLines'> & {
  /** The sheet of a workbook; the first that is not hidden when left out. */
  readonly sheet?: string | undefined;
};

/** Rows of text as they come, before one of them is called the header. */
type Rows = {
  readonly format: Table['format'];
  readonly rows: AsyncGenerator<TableRow>;
  readonly about: Pick<Table, 'delimiter' | 'sheet' | 'sheets' | 'encoding' | 'close'>;
};

/**
 * Opens a table: CSV (plain or gzipped) or .xlsx. The first row that is not blank is the header; blank rows are
 * passed over; rows of a CSV with another number of cells than the header carry a problem.
 *
 * Refuses: `table_format_unknown`, `spreadsheet_not_readable` (before 2007, or with a password), `file_too_large`,
 * `table_too_many_rows`, and what reading CSV, workbooks and archives refuses.
 */
export async function openTable(source: FileSource, options: TableOptions = {}): Promise<Table> {
  const opened = await openRows(source, options);
  try {
    const first = await firstFilled(opened.rows);
    return {
      format: opened.format,
      header: first?.cells.map((cell) => cell.trim()) ?? [],
      headerLine: first?.line ?? 1,
      rows: belowHeader(opened, first?.cells.length ?? 0),
      ...opened.about,
    };
  } catch (error) {
    await opened.about.close();
    throw error;
  }
}

async function firstFilled(rows: AsyncGenerator<TableRow>): Promise<TableRow | undefined> {
  for (;;) {
    const next = await rows.next();
    if (next.done) return undefined;
    if (!isBlank(next.value)) return next.value;
  }
}

function isBlank(row: TableRow): boolean {
  return row.cellProblems === undefined && row.cells.every((cell) => cell.trim() === '');
}

/** Enough to tell what a file is. */
const HEAD_BYTES = 512;

async function openRows(source: FileSource, options: TableOptions): Promise<Rows> {
  const { head, all, close } = await withHead(bytesOf(source), HEAD_BYTES);
  const kind = kindOfBytes(head);
  if (kind === 'gzip') return openText(gunzip(all), options);
  if (kind === 'other') return openText(all, options);
  await close();
  if (kind === 'zip') return openWorkbook(source, options);
  throw notATable(kind);
}

function notATable(kind: FileKind): Refusal {
  if (kind === 'ole') {
    return new Refusal('spreadsheet_not_readable', {
      advice:
        'This is an Excel file from before 2007 or one with a password. Save it as .xlsx without one, or as CSV.',
    });
  }
  return new Refusal('table_format_unknown', {
    kind,
    advice: 'A table is read from CSV or from an Excel workbook (.xlsx). Save it as one of them.',
  });
}

async function openWorkbook(source: FileSource, options: TableOptions): Promise<Rows> {
  const { sheet, sheets, rows, close } = await openSheet(source, { sheet: options.sheet });
  return { format: 'xlsx', rows, about: { sheet, sheets, close, encoding: () => undefined } };
}

async function openText(bytes: AsyncGenerator<Buffer>, options: TableOptions): Promise<Rows> {
  const { head, all, close: letGo } = await withHead(bytes, HEAD_BYTES);
  const kind = kindOfBytes(head);
  if (kind !== 'other') {
    await letGo();
    throw notATable(kind);
  }
  const { delimiter, encoding, rows, close } = await openCsv(all, { ...options, columns: 'any' });
  return { format: 'csv', rows, about: { delimiter, encoding, close } };
}

async function* belowHeader(opened: Rows, columns: number): AsyncGenerator<TableRow> {
  let count = 0;
  for await (const read of opened.rows) {
    const row = opened.format === 'xlsx' ? onGrid(read, columns) : read;
    if (isBlank(row)) continue;
    count += 1;
    if (count > IMPORT_ROWS_MAX) {
      throw new Refusal('table_too_many_rows', {
        line: row.line,
        rowsMax: IMPORT_ROWS_MAX,
        advice: 'Split the file.',
      });
    }
    yield row.cells.length === columns ? row : fitted(row, columns);
  }
}

/**
 * A row of a sheet, where every cell has its column: a short one is merely empty at its end, and a note beside the
 * table is no part of it.
 */
function onGrid({ line, cells, cellProblems = [] }: TableRow, columns: number): TableRow {
  const fit = cells.slice(0, columns);
  while (fit.length < columns) fit.push('');
  const within = cellProblems.filter((problem) => problem.columnIndex < columns);
  if (within.length === 0) return { line, cells: fit };
  return { line, cells: fit, problem: within[0], cellProblems: within };
}
