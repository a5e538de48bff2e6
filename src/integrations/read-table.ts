// The first look at a file: its header, which column is which field, and how its numbers and dates are written. What
// cannot be told for sure is asked, not guessed.

import { createHash } from 'node:crypto';
import { type DateOrder, guessDateOrder, guessDecimalMark } from '#formats/number-and-date-text.ts';
import type { Table, TableRow } from '#formats/table.ts';
import { IMPORT_SAMPLE_ROWS } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { cellReader, type Field, guessMapping, type ImportKind, type Mapping, plainName } from './mapping.ts';
import type { Writing } from './row.ts';

/** A file to import, which can be read from its beginning more than once. */
export type ImportSource = { readonly name: string; readonly sha256: Uint8Array; open(): Promise<Table> };

/** What the first look found. `problems` are questions that must be answered in the mapping before anything is created. */
export type Survey = {
  readonly header: readonly string[];
  readonly mapping: Mapping;
  readonly writing: Writing;
  readonly problems: readonly Problem[];
};

/** What a header is known by, so that its mapping is found again: names in order, without case and marks. */
export function headerHash(kind: ImportKind, header: readonly string[]): Uint8Array {
  return createHash('sha256')
    .update(`${kind}\n${header.map(plainName).join('\n')}`)
    .digest();
}

/**
 * Looks at the beginning of a file. `given` is a mapping somebody chose or that was stored; without one it is guessed.
 *
 * Refuses: `import_empty` (no header or no rows), and what the readers of files refuse.
 */
export async function surveyTable(
  kind: ImportKind,
  source: ImportSource,
  given: Mapping | undefined,
  currency: string,
): Promise<Survey> {
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
  if (table.header.length === 0 || samples.length === 0)
    throw new Refusal('import_empty', { file: source.name });
  const mapping = given ?? guessMapping(kind, table.header);
  const read = cellReader(mapping, table.header);
  const values = (fields: readonly Field[]): readonly string[] =>
    samples
      .flatMap((row) => fields.map((field) => read(row.cells, field).text))
      .filter((text) => text !== '');
  const problems: Problem[] = [];
  const mark = mapping.decimalMark
    ? { certain: true as const, value: mapping.decimalMark }
    : guessDecimalMark(values(['amount', 'tax_amount']));
  const order: ReturnType<typeof guessDateOrder> = mapping.dateOrder
    ? { certain: true, value: mapping.dateOrder }
    : guessDateOrder(values(kind === 'invoices' ? ['issue_date', 'due_date'] : ['paid_date']));
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
  const dateOrder: DateOrder = order.certain ? order.value : 'year_month_day';
  return {
    header: table.header,
    mapping,
    writing: {
      decimalMark: mark.certain ? mark.value : '.',
      dateOrder,
      currency: mapping.currency ?? currency,
      rounds: mapping.excessDecimals === 'round',
    },
    problems,
  };
}
