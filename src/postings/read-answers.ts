// Reading a file of answers of an accounting system: one row for each receipt, with a heading.

import { openCsv } from '#formats/csv.ts';
import type { ByteSource } from '#formats/text-encoding.ts';
import { parseDate } from '#kernel/calendar.ts';
import { isId } from '#kernel/id.ts';
import { POSTINGS_AT_ONCE_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Answer, POSTING_PARTS, type PostingPart } from './posting.ts';

const COLUMNS = ['export', 'receipt', 'part', 'state', 'reference', 'reason', 'posted_on'] as const;
type Column = (typeof COLUMNS)[number];

/**
 * The answers of a file with the columns `receipt`, `state` (posted, refused) and, where they say something, `part` (receipt, return, handover …),
 * `reference`, `reason`, `posted_on`, and `export`, which the file that was handed out has filled in; others are passed over, rows without a state too: they are not answered yet.
 *
 * Refuses: `answers_columns_missing`, `answers_unreadable` (row, column and what was there), `answers_too_many`,
 * `date_not_valid`, and what reading CSV refuses.
 */
export async function readAnswers(source: ByteSource): Promise<readonly Answer[]> {
  const { rows } = await openCsv(source);
  const answers: Answer[] = [];
  let places: ReadonlyMap<Column, number> | undefined;
  for await (const { line, cells } of rows) {
    if (places === undefined) {
      places = placesOf(cells);
      continue;
    }
    const found = places;
    const cell = (column: Column): string => cells[found.get(column) ?? -1]?.trim() ?? '';
    if (cell('state') === '') continue;
    if (answers.length === POSTINGS_AT_ONCE_MAX)
      throw new Refusal('answers_too_many', { max: POSTINGS_AT_ONCE_MAX });
    answers.push(answerOf(line, cell));
  }
  return answers;
}

function placesOf(cells: readonly string[]): ReadonlyMap<Column, number> {
  const names = cells.map((name) => name.trim().toLowerCase());
  const places = new Map(
    COLUMNS.flatMap((column) => (names.includes(column) ? [[column, names.indexOf(column)]] : [])),
  );
  const missing = (['receipt', 'state'] as const).filter((column) => !places.has(column));
  if (missing.length > 0) throw new Refusal('answers_columns_missing', { missing });
  return places;
}

function answerOf(line: number, cell: (column: Column) => string): Answer {
  const wrong = (column: Column): never => {
    throw new Refusal('answers_unreadable', { line, column, value: cell(column).slice(0, 100) });
  };
  const state = cell('state').toLowerCase();
  const part = cell('part').toLowerCase() || 'receipt';
  if (state !== 'posted' && state !== 'refused') return wrong('state');
  if (!(POSTING_PARTS as readonly string[]).includes(part)) return wrong('part');
  if (cell('reference').length > 100) return wrong('reference');
  if (cell('reason').length > 500) return wrong('reason');
  if (cell('export') !== '' && !isId(cell('export'))) return wrong('export');
  const day = cell('posted_on');
  return {
    number: cell('receipt'),
    part: part as PostingPart,
    state,
    reference: cell('reference') || undefined,
    reason: cell('reason') || undefined,
    postedOn: day === '' ? undefined : parseDate(day),
    exportId: cell('export').toLowerCase() || undefined,
  };
}
