// One sheet of an Excel workbook (.xlsx), row by row. Only the table of texts is held in memory; the sheet is
// streamed. Styles are read to tell dates from numbers; formulas are never computed, their stored results are
// taken.

import { COLUMNS_MAX, FIELD_CHARACTERS_MAX, SHEET_STRINGS_BYTES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { type FileSource, openZip, type ZipArchive } from './archive.ts';
import { ownText } from './text-encoding.ts';
import {
  type CellStyle,
  type CellText,
  columnLetters,
  columnOfReference,
  dateText,
  numberText,
  styleOfFormat,
  unescapedText,
} from './xlsx-cell.ts';
import { attributeOf, readXml, type XmlElement, type XmlHandler, type XmlReading } from './xml.ts';

/** Something wrong with one cell, and its column counted from 0. */
export type CellProblem = Problem & { readonly columnIndex: number };

/**
 * One row that is not blank: its number in the sheet and its cells, empty ones included up to the last that is not.
 */
export type SheetRow = {
  readonly line: number;
  readonly cells: readonly string[];
  readonly cellProblems?: readonly CellProblem[] | undefined;
};

export type SheetReading = {
  /** The sheet being read, and all that could be. */
  readonly sheet: string;
  readonly sheets: readonly string[];
  readonly rows: AsyncGenerator<SheetRow>;
  close(): Promise<void>;
};

/** A workbook's parts as its own directory names them. */
type Workbook = {
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly isHidden: boolean }[];
  readonly is1904: boolean;
  readonly stringsPart: string | undefined;
  readonly stylesPart: string | undefined;
};

/**
 * Opens a sheet of a workbook: the one named, else the first that is not hidden.
 *
 * Numbers come as plain decimal text, dates as `2019-01-31`, truth values as TRUE and FALSE; a cell with an error
 * such as #N/A comes empty with a problem.
 *
 * Refuses: `spreadsheet_not_found` (no workbook inside), `spreadsheet_format_unknown` (.xlsb, .ods),
 * `sheet_not_found`, `sheet_strings_too_large`, `sheet_too_many_columns`, `sheet_cell_too_long`,
 * `spreadsheet_damaged`, and what reading archives and XML refuses.
 */
export async function openSheet(
  source: FileSource,
  options: { readonly sheet?: string | undefined } = {},
): Promise<SheetReading> {
  const zip = await openZip(source);
  try {
    const workbook = await readWorkbook(zip);
    const readable = workbook.sheets.filter((sheet) => zip.has(sheet.part));
    const chosen =
      options.sheet === undefined
        ? (readable.find((sheet) => !sheet.isHidden) ?? readable[0])
        : readable.find((sheet) => sheet.name === options.sheet);
    const sheets = readable.map((sheet) => sheet.name);
    if (chosen === undefined) {
      throw new Refusal('sheet_not_found', {
        sheet: options.sheet ?? '',
        sheets,
        advice: 'Choose one of the sheets.',
      });
    }
    const styles = workbook.stylesPart === undefined ? [] : await readStyles(zip, workbook.stylesPart);
    const strings = workbook.stringsPart === undefined ? [] : await readStrings(zip, workbook.stringsPart);
    const values = new CellValues(strings, styles, workbook.is1904);
    const rows = readXml<SheetRow>(zip.read(chosen.part), (reading) => new SheetHandler(reading, values));
    return { sheet: chosen.name, sheets, rows, close: () => closeSheet(rows, zip) };
  } catch (error) {
    await zip.close();
    throw error;
  }
}

async function closeSheet(rows: AsyncGenerator<SheetRow>, zip: ZipArchive): Promise<void> {
  await rows.return(undefined);
  await zip.close();
}

/** Start tags of a part with the name of the element each is in. */
function openings(zip: ZipArchive, part: string): AsyncGenerator<{ element: XmlElement; parent: string }> {
  return readXml(zip.read(part), (reading) => {
    const path: string[] = [];
    return {
      open: (element) => {
        reading.emit({ element, parent: path.at(-1) ?? '' });
        path.push(element.local);
      },
      close: () => {
        path.pop();
      },
    };
  });
}

type Relation = { readonly type: string; readonly target: string };

/** Relations of a part by their id; targets as names in the archive. */
async function readRelations(zip: ZipArchive, part: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const directory = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const relations = new Map<string, Relation>();
  if (!zip.has(directory)) return relations;
  for await (const { element } of openings(zip, directory)) {
    const [id, type, target] = ['Id', 'Type', 'Target'].map((name) => attributeOf(element, name));
    if (id === undefined || type === undefined || target === undefined) continue;
    const name = target.startsWith('/') ? target.slice(1) : folder + target;
    relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: withoutDots(name) });
  }
  return relations;
}

function withoutDots(name: string): string {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

async function readWorkbook(zip: ZipArchive): Promise<Workbook> {
  const root = [...(await readRelations(zip, '')).values()].find(
    (relation) => relation.type === 'officeDocument',
  );
  const part = root?.target ?? 'xl/workbook.xml';
  if (!zip.has(part) || part.endsWith('.bin')) throw notAWorkbook(zip);
  const relations = await readRelations(zip, part);
  const sheets: Workbook['sheets'][number][] = [];
  let is1904 = false;
  for await (const { element, parent } of openings(zip, part)) {
    if (element.local === 'workbookPr') is1904 = isTrue(attributeOf(element, 'date1904'));
    if (element.local !== 'sheet' || parent !== 'sheets') continue;
    const relation = relations.get(idOf(element));
    // Charts and dialogs are sheets too, but not tables.
    if (relation?.type !== 'worksheet') continue;
    const isHidden = (attributeOf(element, 'state') ?? 'visible') !== 'visible';
    sheets.push({ name: attributeOf(element, 'name') ?? '', part: relation.target, isHidden });
  }
  const partOf = (type: string) =>
    [...relations.values()].find((relation) => relation.type === type && zip.has(relation.target))?.target;
  return { sheets, is1904, stringsPart: partOf('sharedStrings'), stylesPart: partOf('styles') };
}

/** The relation a sheet names: the attribute `id` of the relationships namespace, not `sheetId`. */
function idOf(element: XmlElement): string {
  for (const [name, attribute] of Object.entries(element.attributes)) {
    if (attribute.local === 'id' && name !== 'id') return attribute.value;
  }
  return '';
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function notAWorkbook(zip: ZipArchive): Refusal {
  const isOther = ['content.xml', 'xl/workbook.bin'].some((name) => zip.has(name));
  return new Refusal(isOther ? 'spreadsheet_format_unknown' : 'spreadsheet_not_found', {
    files: zip.names.slice(0, 5),
    advice: 'Save the table as Excel workbook (.xlsx) or as CSV.',
  });
}

/** How each style of the workbook shows a number, by the index that cells name. */
async function readStyles(zip: ZipArchive, part: string): Promise<readonly CellStyle[]> {
  const formats = new Map<number, string>();
  const styles: CellStyle[] = [];
  for await (const { element, parent } of openings(zip, part)) {
    const id = Number(attributeOf(element, 'numFmtId') ?? 0);
    if (element.local === 'numFmt') formats.set(id, attributeOf(element, 'formatCode') ?? '');
    if (element.local === 'xf' && parent === 'cellXfs') styles.push(styleOfFormat(id, formats.get(id)));
  }
  return styles;
}

/** The texts that cells share. Phonetic hints (rPh) beside Japanese text are no part of it. */
async function readStrings(zip: ZipArchive, part: string): Promise<readonly string[]> {
  if (zip.sizeOf(part) > SHEET_STRINGS_BYTES_MAX) {
    throw new Refusal('sheet_strings_too_large', {
      bytesMax: SHEET_STRINGS_BYTES_MAX,
      advice: 'Save the table as CSV, which can be of any size.',
    });
  }
  const strings: string[] = [];
  const texts = readXml<string>(zip.read(part), (reading) => {
    let text = '';
    let inHint = false;
    return {
      open: ({ local }) => {
        if (local === 'si') text = '';
        if (local === 'rPh') inHint = true;
      },
      close: ({ local }, content) => {
        if (local === 'rPh') inHint = false;
        if (local === 't' && !inHint) text += content;
        if (local === 'si') reading.emit(ownText(unescapedText(text)));
      },
    };
  });
  for await (const text of texts) strings.push(text);
  return strings;
}

const WRONG: Readonly<Record<string, string>> = {
  cell_is_error: 'holds an error. Mend its formula in the spreadsheet, or delete it.',
  cell_not_number: 'says it is a number and is none.',
  cell_number_not_exact:
    'holds a number of more than 15 digits, which a spreadsheet cannot keep. Format it as text.',
  cell_date_not_valid: 'is formatted as a date, and there is no such day.',
  cell_text_missing: 'names a text the workbook does not have.',
};

/** Turns what is stored in a cell into text. */
class CellValues {
  readonly #strings: readonly string[];
  readonly #styles: readonly CellStyle[];
  readonly #is1904: boolean;

  constructor(strings: readonly string[], styles: readonly CellStyle[], is1904: boolean) {
    this.#strings = strings;
    this.#styles = styles;
    this.#is1904 = is1904;
  }

  textOf(
    type: string,
    style: number,
    value: string,
  ): Omit<CellText, 'wrong'> & { readonly wrong?: string | undefined } {
    if (type === 'inlineStr' || type === 'str') return { text: ownText(unescapedText(value)) };
    if (value.trim() === '') return { text: '' };
    if (type === 's') {
      const text = /^\s*\d{1,9}\s*$/.test(value) ? this.#strings[Number(value)] : undefined;
      return text === undefined ? { text: '', wrong: 'cell_text_missing' } : { text };
    }
    if (type === 'b') return { text: isTrue(value.trim()) ? 'TRUE' : 'FALSE' };
    if (type === 'e') return { text: '', wrong: 'cell_is_error' };
    if (type === 'd') return { text: value.trim().replace(/T00:00:00(\.0+)?Z?$/, '') };
    const shown = this.#styles[style] ?? 'number';
    return shown === 'number' ? numberText(value) : dateText(value, this.#is1904);
  }
}

/** Hears the tags of a sheet and emits its rows. */
class SheetHandler implements XmlHandler {
  readonly #reading: XmlReading<SheetRow>;
  readonly #values: CellValues;
  #inData = false;
  #inHint = false;
  #line = 0;
  #cells: string[] = [];
  #problems: CellProblem[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';

  constructor(reading: XmlReading<SheetRow>, values: CellValues) {
    this.#reading = reading;
    this.#values = values;
  }

  open(element: XmlElement): void {
    if (element.local === 'sheetData') this.#inData = true;
    if (!this.#inData) return;
    if (element.local === 'row') this.#openRow(element);
    else if (element.local === 'c') this.#openCell(element);
    else if (element.local === 'rPh') this.#inHint = true;
  }

  close(element: XmlElement, text: string): void {
    if (!this.#inData) return;
    if (element.local === 'v') this.#value = text;
    else if (element.local === 't' && !this.#inHint && this.#type === 'inlineStr') this.#value += text;
    else if (element.local === 'rPh') this.#inHint = false;
    else if (element.local === 'c') this.#closeCell();
    else if (element.local === 'row') this.#closeRow();
    else if (element.local === 'sheetData') this.#inData = false;
  }

  #openRow(element: XmlElement): void {
    const stated = attributeOf(element, 'r');
    const line = stated === undefined ? this.#line + 1 : Number(stated);
    if (!Number.isSafeInteger(line) || line <= this.#line)
      throw this.#damaged(`row ${(stated ?? '').slice(0, 20)}`);
    this.#line = line;
    this.#cells = [];
    this.#problems = [];
    this.#column = -1;
  }

  #openCell(element: XmlElement): void {
    const reference = attributeOf(element, 'r');
    const column = reference === undefined ? this.#column + 1 : columnOfReference(reference);
    if (column === undefined || column <= this.#column)
      throw this.#damaged(`cell ${(reference ?? '').slice(0, 20)}`);
    this.#column = column;
    this.#type = attributeOf(element, 't') ?? 'n';
    this.#style = Number(attributeOf(element, 's') ?? 0);
    this.#value = '';
  }

  #closeCell(): void {
    const { text, wrong } = this.#values.textOf(this.#type, this.#style, this.#value);
    if (text === '' && wrong === undefined) return;
    const cell = `${columnLetters(this.#column)}${this.#line}`;
    if (this.#column >= COLUMNS_MAX) {
      throw new Refusal('sheet_too_many_columns', {
        cell,
        columnsMax: COLUMNS_MAX,
        advice: 'Take out the columns that are not needed.',
      });
    }
    if (text.length > FIELD_CHARACTERS_MAX) {
      throw new Refusal('sheet_cell_too_long', {
        cell,
        charactersMax: FIELD_CHARACTERS_MAX,
        advice: 'Shorten the text.',
      });
    }
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
    if (wrong !== undefined) {
      this.#problems.push({
        code: wrong,
        message: `Cell ${cell} ${WRONG[wrong] ?? 'cannot be read.'}`,
        line: this.#line,
        column: columnLetters(this.#column),
        value: this.#value.slice(0, 40),
        columnIndex: this.#column,
      });
    }
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    const cellProblems = this.#problems.length > 0 ? { cellProblems: this.#problems } : {};
    this.#reading.emit({ line: this.#line, cells: this.#cells, ...cellProblems });
  }

  #damaged(what: string): Refusal {
    return this.#reading.refusal('spreadsheet_damaged', {
      what,
      advice: 'Open it in Excel and save it anew, or save it as CSV.',
    });
  }
}
