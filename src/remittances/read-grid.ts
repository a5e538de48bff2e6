// Turning a file into rows of cells. What a file is, its bytes say; everything is bounded before it is kept.

import { kindOfBytes } from '#formats/archive.ts';
import { openCsv } from '#formats/csv.ts';
import { isPdf } from '#formats/pdf-file.ts';
import { type PdfTextPage, readPdfText } from '#formats/pdf-text.ts';
import { openSheet } from '#formats/xlsx.ts';
import { REMITTANCE_CELL_CHARACTERS_MAX, REMITTANCE_ROWS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { rowsOfPages } from './page-grid.ts';
import { readEdi } from './read-edi.ts';
import type { SourceRow } from './table-reading.ts';

/** The rows of a remittance file that are not blank. */
export type Grid = {
  /**
   * `x12`: each row is a segment, its id first. `mail`: the words of a mail. `bank`: lines of a statement file, what each value
   * is before it.
   */
  readonly format: 'csv' | 'xlsx' | 'pdf' | 'x12' | 'mail' | 'bank';
  /** Of amounts that bear none, where the format says so. */
  readonly currency?: string | undefined;
  readonly sheet: string | null;
  /** What people said of its columns, where it was read by that. */
  readonly columns?: { readonly columnsId: string; readonly version: number } | undefined;
  /** The pages of a PDF with all their texts. */
  readonly pages?: readonly PdfTextPage[] | undefined;
  readonly rows: readonly SourceRow[];
};

/**
 * Reads a file as the remittances it holds: several in electronic data interchange (X12 820, ACH), else one.
 *
 * Refuses: what `readEdi` and `readGrid` refuse.
 */
export async function readGrids(content: Uint8Array): Promise<readonly Grid[]> {
  return (await readEdi(content)) ?? [await readGrid(content)];
}

/**
 * Reads a delimited text file, an Excel workbook (its first sheet that is not hidden) or a PDF with text as rows of cells.
 *
 * Refuses: `remittance_format_unknown`, `remittance_pdf_without_text`, `remittance_too_many_rows`, `remittance_cell_too_long`,
 * `remittance_cell_not_readable` (a cell with an error such as #N/A), and what reading workbooks, text
 * and PDF refuses.
 */
export async function readGrid(content: Uint8Array): Promise<Grid> {
  if (isPdf(content)) return readPdf(content);
  const kind = kindOfBytes(content.subarray(0, 512));
  if (kind !== 'zip' && kind !== 'other') throw new Refusal('remittance_format_unknown', { kind });
  if (kind === 'zip') {
    const opened = await openSheet({ name: 'remittance', bytes: content });
    try {
      return { format: 'xlsx', sheet: opened.sheet, rows: await takeRows(opened.rows) };
    } finally {
      await opened.close();
    }
  }
  const opened = await openCsv(content, { columns: 'any' });
  try {
    return { format: 'csv', sheet: null, rows: await takeRows(opened.rows) };
  } finally {
    await opened.close();
  }
}

async function readPdf(content: Uint8Array): Promise<Grid> {
  const pages = await readPdfText(content);
  if (pages.every((page) => page.runs.length === 0))
    throw new Refusal('remittance_pdf_without_text', { pages: pages.length });
  return { format: 'pdf', sheet: null, pages, rows: await takeRows(rowsOfPages(pages)) };
}

type ReadRow = SourceRow & {
  readonly cellProblems?: readonly { readonly columnIndex: number }[] | undefined;
};

async function takeRows(rows: AsyncIterable<ReadRow> | Iterable<ReadRow>): Promise<readonly SourceRow[]> {
  const taken: SourceRow[] = [];
  for await (const { line, cells, boxes, cellProblems } of rows) {
    const [broken] = cellProblems ?? [];
    if (broken)
      throw new Refusal('remittance_cell_not_readable', {
        line,
        column: broken.columnIndex + 1,
        text: '',
        because: 'cell_error',
      });
    if (cells.every((cell) => cell.trim() === '')) continue;
    const long = cells.findIndex((cell) => cell.length > REMITTANCE_CELL_CHARACTERS_MAX);
    if (long >= 0) throw new Refusal('remittance_cell_too_long', { line, column: long + 1 });
    if (taken.length === REMITTANCE_ROWS_MAX)
      throw new Refusal('remittance_too_many_rows', { rowsMax: REMITTANCE_ROWS_MAX });
    // A NUL cannot be kept as text, and nobody writes one.
    taken.push({ line, cells: cells.map((cell) => cell.replaceAll('\0', '')), ...(boxes ? { boxes } : {}) });
  }
  return taken;
}
