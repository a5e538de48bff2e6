// Reading a file: first a look at its beginning (which column is which field, how numbers and dates are written; what cannot
// be told for sure is asked, not guessed), then all of its rows, some thousands at a time.

import { createHash } from 'node:crypto';
import { type DateOrder, guessDateOrder, guessDecimalMark } from '#formats/number-and-date-text.ts';
import type { Table, TableRow } from '#formats/table.ts';
import { BULK_ROWS, IMPORT_SAMPLE_ROWS } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import type { ImportTally } from './import-result.ts';
import {
  cellReader,
  doubtfulColumns,
  type Field,
  fitMapping,
  guessMapping,
  type ImportKind,
  type Mapping,
  plainName,
} from './mapping.ts';
import type { Judged, Reader, Writing } from './row.ts';

/** A file to import, which can be read from its beginning more than once. */
export type ImportSource = { readonly name: string; open(): Promise<Table> };

/** What the first look found. `problems` are questions that must be answered before anything is created. */
export type Survey = {
  readonly header: readonly string[];
  readonly mapping: Mapping;
  readonly mappingSource: 'given' | 'stored' | 'guessed';
  readonly writing: Omit<Writing, 'today'>;
  readonly problems: readonly Problem[];
};

/** What is known of a file before it is looked at. */
export type SurveyBasis = {
  readonly kind: ImportKind;
  /** A mapping that somebody chose. */
  readonly given: Mapping | undefined;
  /** The mapping that was used the last time for such a header. */
  stored(header: readonly string[]): Promise<Mapping | undefined>;
  /** For rows that name no currency. */
  readonly currency: string;
};

/** What a header is known by, so that its mapping is found again: names in order, without case and marks. */
export function headerHash(kind: ImportKind, header: readonly string[]): Uint8Array {
  return createHash('sha256')
    .update(`${kind}\n${header.map(plainName).join('\n')}`)
    .digest();
}

/**
 * Looks at the beginning of a file: with the mapping given, else the one stored for such a header, else a guess.
 *
 * Refuses: `import_empty` (no header or no rows), and what the readers of files refuse.
 */
export async function surveyTable(source: ImportSource, basis: SurveyBasis): Promise<Survey> {
  const { header, samples } = await readSample(source);
  if (header.length === 0 || samples.length === 0) throw new Refusal('import_empty', { file: source.name });
  const { mapping, mappingSource } = await chooseMapping(header, basis);
  const read = cellReader(mapping, header);
  const values = (fields: readonly Field[]): readonly string[] =>
    samples
      .flatMap((row) => fields.map((field) => read(row.cells, field).text))
      .filter((text) => text !== '');
  const mark = mapping.decimalMark
    ? { certain: true as const, value: mapping.decimalMark }
    : guessDecimalMark(values(['amount', 'tax_amount']));
  const order: ReturnType<typeof guessDateOrder> = mapping.dateOrder
    ? { certain: true, value: mapping.dateOrder }
    : guessDateOrder(values(['issue_date', 'due_date', 'paid_date']));
  const dateOrder: DateOrder = order.certain ? order.value : 'year_month_day';
  return {
    header,
    mapping,
    mappingSource,
    writing: {
      decimalMark: mark.certain ? mark.value : '.',
      dateOrder,
      currency: mapping.currency ?? basis.currency,
      rounds: mapping.excessDecimals === 'round',
    },
    problems: questions(mapping, header, { mark, order }),
  };
}

async function readSample(
  source: ImportSource,
): Promise<{ readonly header: readonly string[]; readonly samples: readonly TableRow[] }> {
  const table = await source.open();
  const samples: TableRow[] = [];
  try {
    for await (const row of table.rows) {
      samples.push(row);
      if (samples.length >= IMPORT_SAMPLE_ROWS) break;
    }
  } finally {
    await table.close();
  }
  return { header: table.header, samples };
}

async function chooseMapping(
  header: readonly string[],
  { kind, given, stored }: SurveyBasis,
): Promise<Pick<Survey, 'mapping' | 'mappingSource'>> {
  if (given) return { mapping: given, mappingSource: 'given' };
  const known = await stored(header);
  if (known) return { mapping: fitMapping(known, header), mappingSource: 'stored' };
  return { mapping: guessMapping(kind, header), mappingSource: 'guessed' };
}

/** What a person has to say before the file can be taken over. */
function questions(
  mapping: Mapping,
  header: readonly string[],
  guessed: {
    readonly mark: ReturnType<typeof guessDecimalMark>;
    readonly order: ReturnType<typeof guessDateOrder>;
  },
): readonly Problem[] {
  const { mark, order } = guessed;
  const problems: Problem[] = doubtfulColumns(mapping, header).map((column) => ({
    code: 'column_name_twice',
    message: 'The file has two columns of this name. Rename one of them.',
    column,
  }));
  if (!mark.certain && mark.because !== 'nothing_fits') {
    problems.push({
      code: 'decimal_mark_unclear',
      message: 'Say whether the point or the comma is the decimal mark.',
      column: 'amount',
      value: mark.examples.join('  '),
    });
  }
  if (!order.certain && order.because !== 'nothing_fits') {
    problems.push({
      code: 'date_order_unclear',
      message: 'Say in which order day, month and year stand.',
      column: 'dates',
      value: order.examples.join('  '),
    });
  }
  return problems;
}

/** How rows are read into what they say. */
export type RowReading<T> = {
  readonly judge: (line: number, read: Reader, writing: Writing) => Judged<T>;
  readonly today: Temporal.PlainDate;
  /** Rows that one file may have. */
  readonly rowsMax: number;
};

/**
 * Reads all rows of a surveyed file and hands on those that can be read, some thousands at a time; the tally counts the rows
 * and keeps what is wrong with the others.
 *
 * Refuses: `import_too_many_rows`, and what the readers of files refuse.
 */
export async function* readChunks<T>(
  source: ImportSource,
  survey: Survey,
  reading: RowReading<T>,
  tally: ImportTally,
): AsyncGenerator<readonly T[]> {
  const read = cellReader(survey.mapping, survey.header);
  const writing: Writing = { ...survey.writing, today: reading.today };
  const used = usedColumns(survey);
  const table = await source.open();
  try {
    let chunk: T[] = [];
    for await (const row of table.rows) {
      tally.rows += 1;
      if (tally.rows > reading.rowsMax)
        throw new Refusal('import_too_many_rows', { rowsMax: reading.rowsMax, todo: 'split the file' });
      const wrong = problemsOf(row, used);
      const judged: Judged<T> =
        wrong.length > 0
          ? { problems: wrong }
          : reading.judge(row.line, (field) => read(row.cells, field), writing);
      if ('problems' in judged) for (const problem of judged.problems) tally.problem(problem);
      else {
        for (const warning of judged.warnings) tally.warning(warning);
        chunk.push(judged.row);
      }
      if (chunk.length < BULK_ROWS) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  } finally {
    await table.close();
  }
}

function usedColumns({ mapping, header }: Survey): ReadonlySet<number> {
  return new Set(
    Object.values(mapping.fields).flatMap((columns) =>
      (columns ?? []).map((column) => header.indexOf(column)),
    ),
  );
}

/** What is wrong with a row as a row; cells of a workbook that cannot be read count only in columns that are used. */
function problemsOf(row: TableRow, used: ReadonlySet<number>): readonly Problem[] {
  if (row.cellProblems)
    return row.cellProblems
      .filter(({ columnIndex }) => used.has(columnIndex))
      .map(({ columnIndex: _, ...problem }) => problem);
  return row.problem ? [row.problem] : [];
}
