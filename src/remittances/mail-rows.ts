// The words of a mail as rows of cells: tables in HTML, and tables that were set with blanks in plain text.

import type { PdfTextRun } from '#formats/pdf-text.ts';
import { REMITTANCE_CELL_CHARACTERS_MAX, REMITTANCE_ROWS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { rowsOfPages } from './page-grid.ts';
import type { SourceRow } from './table-reading.ts';

/** Width and height of a letter of plain text, in any unit: only their proportion counts. */
const LETTER = { width: 6, height: 10, line: 14 };
/** Columns that a tab leads to are multiples of this. */
const TAB = 8;
/** Tables within tables, and columns that one cell may span. */
const DEPTH_MAX = 50;
const SPAN_MAX = 50;

/** Rows of plain text, its columns found as on a page. Refuses: what `rowsOfPages` does, `remittance_too_many_rows`. */
export function rowsOfText(text: string): readonly SourceRow[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > REMITTANCE_ROWS_MAX) throw tooMany();
  const runs = lines.flatMap((line, index): readonly PdfTextRun[] => {
    // What was forwarded stands behind marks.
    const plain = withoutTabs(line.slice(0, REMITTANCE_CELL_CHARACTERS_MAX).replace(/^(?:> ?)+/, ''));
    if (plain.trim() === '') return [];
    const width = plain.length * LETTER.width;
    return [{ text: plain, x: 0, y: index * LETTER.line, width, height: LETTER.height }];
  });
  const height = lines.length * LETTER.line;
  // Where a cell stands is told by its row: the boxes are of no page.
  return rowsOfPages([{ width: 1000, height, runs }]).map(({ line, cells }) => ({ line, cells }));
}

function withoutTabs(line: string): string {
  let out = '';
  for (const letter of line) out += letter === '\t' ? ' '.repeat(TAB - (out.length % TAB)) : letter;
  return out;
}

/** One table that is being read. */
type OpenTable = { row: string[] | undefined; cell: string | undefined; span: number };

/** A tag, words, or a lone mark. What is read once is not read again, so that time is in proportion to length. */
const TOKEN = /<(\/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{0,4000})>|[^<]+|</g;
/** Elements whose words nobody reads. */
const UNSEEN: ReadonlySet<string> = new Set(['style', 'script', 'head', 'title']);
/** Elements that end a line of words. */
const BLOCKS: ReadonlySet<string> = new Set([
  'p',
  'div',
  'br',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'table',
  'body',
  'hr',
]);

/**
 * Rows of HTML in their order: those of tables with their cells, and each line of words outside of tables as a row of one.
 * Nothing is drawn, run or fetched. Refuses: `remittance_too_many_rows`, `remittance_html_too_deep`.
 */
export function rowsOfHtml(html: string): readonly SourceRow[] {
  const reader = new HtmlRows();
  for (const [token, closing, name, attributes] of withoutComments(html).matchAll(TOKEN)) {
    if (name === undefined) reader.words(token);
    else reader.tag(name.toLowerCase(), closing === '/', attributes ?? '');
  }
  return reader.end();
}

/** A comment that does not end takes the rest with it, as in browsers. */
function withoutComments(html: string): string {
  const kept: string[] = [];
  for (let at = 0; ; ) {
    const start = html.indexOf('<!--', at);
    kept.push(html.slice(at, start < 0 ? undefined : start));
    const end = start < 0 ? -1 : html.indexOf('-->', start + 4);
    if (end < 0) return kept.join('');
    at = end + 3;
  }
}

class HtmlRows {
  readonly #rows: SourceRow[] = [];
  readonly #tables: OpenTable[] = [];
  #line = '';
  #unseen = '';

  tag(name: string, isEnd: boolean, attributes: string): void {
    if (this.#unseen !== '') {
      if (isEnd && name === this.#unseen) this.#unseen = '';
      return;
    }
    if (UNSEEN.has(name) && !isEnd) this.#unseen = name;
    const table = this.#tables.at(-1);
    if (name === 'table') this.#tableTag(isEnd);
    else if (name === 'tr' && table) {
      this.#endRow(table);
      if (!isEnd) table.row = [];
    } else if ((name === 'td' || name === 'th') && table) {
      endCell(table);
      if (isEnd) return;
      table.row ??= [];
      table.cell = '';
      table.span = Number(/\bcolspan\s*=\s*["']?(\d{1,2})/i.exec(attributes)?.[1] ?? 1);
    } else if (BLOCKS.has(name)) this.#endLine(table);
  }

  words(text: string): void {
    if (this.#unseen !== '') return;
    const table = this.#tables.at(-1);
    if (table?.cell !== undefined) table.cell += text;
    else this.#line += text;
  }

  end(): readonly SourceRow[] {
    for (const table of this.#tables.toReversed()) this.#endRow(table);
    this.#endLine(undefined);
    return this.#rows;
  }

  #tableTag(isEnd: boolean): void {
    const table = this.#tables.at(-1);
    this.#endLine(undefined);
    if (!isEnd) {
      if (this.#tables.length === DEPTH_MAX)
        throw new Refusal('remittance_html_too_deep', { depthMax: DEPTH_MAX });
      this.#tables.push({ row: undefined, cell: undefined, span: 1 });
    } else if (table) {
      this.#endRow(table);
      this.#tables.pop();
    }
  }

  #endRow(table: OpenTable): void {
    endCell(table);
    if (table.row) this.#put(table.row);
    table.row = undefined;
  }

  #endLine(table: OpenTable | undefined): void {
    if (table?.cell !== undefined) table.cell += ' ';
    else {
      this.#put([plain(this.#line)]);
      this.#line = '';
    }
  }

  #put(cells: readonly string[]): void {
    if (cells.every((cell) => cell === '')) return;
    if (this.#rows.length === REMITTANCE_ROWS_MAX) throw tooMany();
    this.#rows.push({ line: this.#rows.length + 1, cells });
  }
}

function endCell(table: OpenTable): void {
  if (table.cell === undefined) return;
  table.row?.push(plain(table.cell));
  for (let more = 1; more < Math.min(table.span, SPAN_MAX); more += 1) table.row?.push('');
  table.cell = undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  pound: '£',
  yen: '¥',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  ndash: '–',
  minus: '-',
};

/** Text of HTML with its entities resolved and its blanks put together. An entity that is not known is left as written. */
function plain(text: string): string {
  return text
    .slice(0, REMITTANCE_CELL_CHARACTERS_MAX)
    .replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal, hex, name) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
      if (code === undefined) return ENTITIES[name] ?? whole;
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/[\s\u200b\0]+/g, ' ')
    .trim();
}

function tooMany(): Refusal {
  return new Refusal('remittance_too_many_rows', { rowsMax: REMITTANCE_ROWS_MAX });
}
