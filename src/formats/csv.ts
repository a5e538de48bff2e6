// Delimited text (RFC 4180 and what programs make of it): a streaming reader, and a writer that spreadsheets cannot
// be attacked with. Our own splitter, because csv-parse 7 tells the line on which a record ends, not where it
// begins; says "not closed" of the last line instead of the one where the quote was opened; and, told to take a
// quote inside a plain cell (5" pipe), silently joins rows after one that is not closed. It is the yardstick in the
// tests instead.

import { COLUMNS_MAX, FIELD_CHARACTERS_MAX, GUESS_BYTES, GUESS_ROWS } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import {
  type ByteSource,
  decodeText,
  type EncodingChoice,
  LineCount,
  ownText,
  type TextEncoding,
} from './text-encoding.ts';

/** What stands between two cells. */
export type Delimiter = ',' | ';' | '\t' | '|';

/** One row: the line of the file it begins on, its cells, and what is wrong with it as a row. */
export type CsvRow = {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem?: Problem | undefined;
};

export type CsvOptions = {
  /** Left out: found from the first rows. */
  readonly delimiter?: Delimiter | undefined;
  /** Left out: found from the bytes. */
  readonly encoding?: TextEncoding | undefined;
  /** Lines above the table (titles, addresses) that are passed over unread. */
  readonly skipLines?: number | undefined;
  /** `as_first_row`: rows with another number of cells carry a problem. `any`: rows are as long as they are. */
  readonly columns?: 'as_first_row' | 'any' | undefined;
};

/** A delimited file being read. `encoding` is known once the first byte beyond ASCII was met, or at the end. */
export type CsvReading = {
  readonly delimiter: Delimiter;
  readonly encoding: () => EncodingChoice | undefined;
  readonly rows: AsyncGenerator<CsvRow>;
  /** Lets go of the source before its end. */
  close(): Promise<void>;
};

/**
 * Opens delimited text. Rows come one by one; blank lines are passed over; CR LF, LF and CR end a line; a quotation
 * mark inside a cell that does not begin with one is an ordinary character.
 *
 * Refuses, here or while rows are read: `csv_quote_not_closed` (line where it opened), `csv_quote_misplaced`,
 * `csv_field_too_long`, `csv_too_many_columns`, and what decoding refuses.
 */
export async function openCsv(source: ByteSource, options: CsvOptions = {}): Promise<CsvReading> {
  const decoded = decodeText(source, { declared: options.encoding });
  const sample = await takeSample(decoded.text);
  const named = /^sep=([,;\t|])(?=[\r\n])/i.exec(sample)?.[1] as Delimiter | undefined;
  const skipLines = (options.skipLines ?? 0) + (named === undefined ? 0 : 1);
  const delimiter = options.delimiter ?? named ?? guessDelimiter(sample.slice(0, GUESS_BYTES), skipLines);
  async function* rows(): AsyncGenerator<CsvRow> {
    const splitter = new CsvSplitter(delimiter, skipLines);
    for (const row of splitter.push(sample)) yield row;
    for await (const piece of decoded.text) for (const row of splitter.push(piece)) yield row;
    for (const row of splitter.finish()) yield row;
  }
  return {
    delimiter,
    encoding: decoded.choice,
    rows: options.columns === 'any' ? rows() : withRaggedReported(rows()),
    close: async () => {
      await decoded.text.return(undefined);
    },
  };
}

async function takeSample(text: AsyncGenerator<string>): Promise<string> {
  let sample = '';
  while (sample.length < GUESS_BYTES) {
    const next = await text.next();
    if (next.done) break;
    sample += next.value;
  }
  return sample;
}

async function* withRaggedReported(rows: AsyncGenerator<CsvRow>): AsyncGenerator<CsvRow> {
  let expected: number | undefined;
  for await (const row of rows) {
    expected ??= row.cells.length;
    yield row.cells.length === expected ? row : fitted(row, expected);
  }
}

/**
 * A row brought to the number of columns of the table: empty cells beyond them are no harm, all else is reported.
 */
export function fitted(row: CsvRow, columns: number): CsvRow {
  const { line, cells } = row;
  if (cells.length > columns && cells.slice(columns).every((cell) => cell.trim() === '')) {
    return { ...row, cells: cells.slice(0, columns) };
  }
  const message =
    `The row has ${cells.length} cells, the table has ${columns} columns. ` +
    'Look for a missing or doubled delimiter, or text with a delimiter that is not in quotation marks.';
  return { line, cells, problem: { code: 'row_has_other_column_count', message, line } };
}

const DELIMITERS: readonly Delimiter[] = ['\t', ';', '|', ','];

/**
 * The delimiter that cuts the first rows into a table: many rows with the same number of cells, and many cells. A
 * comma between two digits is no evidence, because it stands inside amounts too; nor is a row with quotes left
 * open. A text in which nothing is found is one column.
 */
export function guessDelimiter(sample: string, skipLines = 0): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const evidence = delimiter === ',' ? sample.replace(/(?<=\d),(?=\d)/g, '.') : sample;
    const score = tabularity(evidence, delimiter, skipLines);
    if (score <= bestScore) continue;
    best = delimiter;
    bestScore = score;
  }
  return best;
}

function tabularity(sample: string, delimiter: Delimiter, skipLines: number): number {
  const rowsOfWidth = new Map<number, number>();
  for (const { cells } of sampleRows(sample, delimiter, skipLines)) {
    if (cells.some((cell) => cell.split('"').length % 2 === 0)) continue;
    rowsOfWidth.set(cells.length, (rowsOfWidth.get(cells.length) ?? 0) + 1);
  }
  let score = 0;
  for (const [width, rows] of rowsOfWidth) score = Math.max(score, rows * (width - 1));
  return score;
}

function sampleRows(sample: string, delimiter: Delimiter, skipLines: number): readonly CsvRow[] {
  const splitter = new CsvSplitter(delimiter, skipLines);
  const rows: CsvRow[] = [];
  try {
    for (const row of splitter.push(sample)) {
      rows.push(row);
      if (rows.length >= GUESS_ROWS) return rows;
    }
    if (sample.length < GUESS_BYTES) rows.push(...splitter.finish());
  } catch (error) {
    // A wrong delimiter may find quotes in odd places; a right one will refuse again when the rows are read.
    if (!(error instanceof Refusal)) throw error;
  }
  return rows;
}

const RETURN = 13;
const FEED = 10;
const QUOTE = 34;

/** Cuts text that comes in pieces into rows. Every state lives in fields, so a piece may end anywhere. */
class CsvSplitter {
  readonly #delimiter: number;
  #skipLines: number;
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  #cells: string[] = [];
  #part = '';
  #wasQuoted = false;
  #spaceAfterQuote = false;
  #passFeed = false;
  #line = 1;
  #rowLine = 1;
  #cellLine = 1;
  #quotedLines = new LineCount();
  #ready: CsvRow | undefined;

  constructor(delimiter: Delimiter, skipLines: number) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#skipLines = skipLines;
  }

  *push(text: string): Generator<CsvRow> {
    for (let at = 0; at < text.length; ) {
      if (this.#passFeed) {
        this.#passFeed = false;
        if (text.charCodeAt(at) === FEED) at += 1;
      } else if (this.#skipLines > 0) at = this.#skipLine(text, at);
      else if (this.#state === 'quoted') at = this.#readQuoted(text, at);
      else if (this.#state === 'closed') at = this.#readAfterQuote(text, at);
      else at = this.#readPlain(text, at);
      if (this.#ready !== undefined) yield* this.#takeReady();
    }
    this.#checkLength();
  }

  *finish(): Generator<CsvRow> {
    if (this.#state === 'quoted') {
      throw new Refusal('csv_quote_not_closed', {
        line: this.#cellLine,
        column: this.#cells.length + 1,
        advice:
          'A quotation mark opens a cell on this line and never closes it. Close it, or double it inside text.',
      });
    }
    if (this.#state !== 'start' || this.#cells.length > 0) this.#endRow();
    yield* this.#takeReady();
  }

  #takeReady(): readonly CsvRow[] {
    const ready = this.#ready === undefined ? [] : [this.#ready];
    this.#ready = undefined;
    return ready;
  }

  #skipLine(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code !== FEED && code !== RETURN) continue;
      this.#skipLines -= 1;
      this.#line += 1;
      this.#rowLine = this.#line;
      this.#cellLine = this.#line;
      this.#passFeed = code === RETURN;
      return at + 1;
    }
    return text.length;
  }

  #readPlain(text: string, from: number): number {
    if (this.#state === 'start' && text.charCodeAt(from) === QUOTE) {
      this.#state = 'quoted';
      this.#quotedLines = new LineCount();
      return from + 1;
    }
    const delimiter = this.#delimiter;
    let at = from;
    let code = text.charCodeAt(at);
    while (at < text.length && code !== delimiter && code !== FEED && code !== RETURN) {
      at += 1;
      code = text.charCodeAt(at);
    }
    if (at > from) {
      this.#part += text.slice(from, at);
      this.#state = 'plain';
    }
    if (at < text.length) this.#endAt(code);
    return at + 1;
  }

  #readQuoted(text: string, from: number): number {
    const found = text.indexOf('"', from);
    const end = found === -1 ? text.length : found;
    const inside = text.slice(from, end);
    this.#part += inside;
    this.#quotedLines.add(inside);
    if (found === -1) return end;
    this.#checkLength();
    this.#state = 'closed';
    this.#wasQuoted = true;
    this.#spaceAfterQuote = false;
    return found + 1;
  }

  /** After a quote that may have closed the cell: a second one means a quotation mark inside it. */
  #readAfterQuote(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (code === QUOTE && !this.#spaceAfterQuote) {
      this.#part += '"';
      this.#state = 'quoted';
    } else if (code === this.#delimiter || code === FEED || code === RETURN) this.#endAt(code);
    else if (code === 32) this.#spaceAfterQuote = true;
    else {
      throw new Refusal('csv_quote_misplaced', {
        line: this.#cellLine + this.#quotedLines.line - 1,
        column: this.#cells.length + 1,
        after: this.#part.slice(-40),
        advice: 'Text follows a closing quotation mark. Double quotation marks that are part of the text.',
      });
    }
    return at + 1;
  }

  #endAt(code: number): void {
    if (code === this.#delimiter) {
      this.#endCell();
      return;
    }
    this.#endRow();
    this.#passFeed = code === RETURN;
    this.#line += 1;
    this.#rowLine = this.#line;
    this.#cellLine = this.#line;
  }

  #endCell(): void {
    this.#checkLength();
    if (this.#wasQuoted) this.#line += this.#quotedLines.line - 1;
    this.#cells.push(ownText(this.#part));
    if (this.#cells.length > COLUMNS_MAX) {
      throw new Refusal('csv_too_many_columns', {
        line: this.#rowLine,
        columnsMax: COLUMNS_MAX,
        advice: 'Is this the right delimiter? Take out the columns that are not needed.',
      });
    }
    this.#part = '';
    this.#state = 'start';
    this.#wasQuoted = false;
    this.#cellLine = this.#line;
  }

  #endRow(): void {
    const isBlank = this.#cells.length === 0 && !this.#wasQuoted && this.#part.trim() === '';
    this.#endCell();
    if (!isBlank) this.#ready = { line: this.#rowLine, cells: this.#cells };
    this.#cells = [];
  }

  #checkLength(): void {
    if (this.#part.length <= FIELD_CHARACTERS_MAX) return;
    throw new Refusal('csv_field_too_long', {
      line: this.#cellLine,
      column: this.#cells.length + 1,
      charactersMax: FIELD_CHARACTERS_MAX,
      begins: this.#part.slice(0, 40),
      advice: 'Shorten the text, or look for a quotation mark that opens this cell and is not closed.',
    });
  }
}

const PLAIN_NUMBER = /^[+-]?(\d+([.,]\d+)?|[.,]\d+)$/;
/** What makes a spreadsheet read a cell as a formula, full-width forms included (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function cellText(text: string, delimiter: Delimiter): string {
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  const needsQuotes = /["\r\n]|^\s|\s$/.test(safe) || safe.includes(delimiter);
  return needsQuotes ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * One line of delimited text, its CR LF included. Cells that a spreadsheet would run as a formula get a leading
 * apostrophe; plain numbers such as -12.50 stay numbers.
 */
export function csvLine(cells: readonly string[], delimiter: Delimiter = ','): string {
  // A lone empty cell would read as a blank line, which readers pass over.
  if (cells.length === 1 && cells[0] === '') return '""\r\n';
  return `${cells.map((cell) => cellText(cell, delimiter)).join(delimiter)}\r\n`;
}

/** Delimited text of many rows, in pieces fit for a response or a file. The mark makes Excel read it as UTF-8. */
export async function* writeCsv(
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  options: { readonly delimiter?: Delimiter; readonly byteOrderMark?: boolean } = {},
): AsyncGenerator<string> {
  let piece = options.byteOrderMark ? '\ufeff' : '';
  for await (const row of rows) {
    piece += csvLine(row, options.delimiter);
    if (piece.length < GUESS_BYTES) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
