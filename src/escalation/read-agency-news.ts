// A file of news of an agency, looked at before it is kept.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { type DateOrder, guessDateOrder, readDate } from '#formats/number-and-date-text.ts';
import type { Upload } from '#http/route.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type AgencyColumns, cellOf, type FileTable, factsOf, statusMeant } from './agency-columns.ts';
import type * as contract from './contract.ts';
import { AGENCY_LINES_MAX, NEWS_STATUSES } from './contract.ts';
import { readAgencyFile } from './read-statements.ts';
import { findNamedClaims } from './store-statements.ts';

/**
 * Looks at a file of news: each line with the hand-over it means, and what its word means where that is known. A line
 * without a day is of today.
 *
 * Refuses: what `readAgencyFile` refuses, `agency_file_empty`, `agency_file_too_many_lines`, `agency_dates_unclear`,
 * `date_not_understood`, `date_not_valid`.
 */
export async function lookAtNews(
  tx: Tx,
  upload: Pick<Upload, 'stream'>,
  asked: {
    readonly agencyId: string;
    readonly today: PlainDate;
    readonly columns?: AgencyColumns | undefined;
  },
): Promise<z.input<typeof contract.lookAtAgencyNews.reply>> {
  const { said, table, headings } = await readAgencyFile(tx, upload, { ...asked, kind: 'status' });
  const rows = table.rows.filter((row) => cellOf(table, row, 'reference') !== '');
  if (rows.length === 0) throw new Refusal('agency_file_empty');
  if (rows.length > AGENCY_LINES_MAX) throw new Refusal('agency_file_too_many_lines', { lines: rows.length });
  const order = orderOf(table, said);
  const names = [...new Set(rows.map((row) => cellOf(table, row, 'reference')))];
  const found = await findNamedClaims(tx, asked.agencyId, names);
  return {
    headings: [...table.headings],
    columns: {
      headings,
      ...(said?.dateOrder ? { dateOrder: said.dateOrder } : {}),
      ...(said?.statuses
        ? { statuses: said.statuses as Record<string, (typeof NEWS_STATUSES)[number]> }
        : {}),
    },
    lines: rows.map((row) => {
      const name = cellOf(table, row, 'reference');
      const word = cellOf(table, row, 'status');
      const day = cellOf(table, row, 'on');
      const meant = statusMeant(word, said);
      return {
        name,
        word,
        status: NEWS_STATUSES.find((one) => one === meant) ?? null,
        on: (day === '' ? asked.today : readDate(day, order)).toString(),
        reference: cellOf(table, row, 'number') || null,
        note: cellOf(table, row, 'note') || null,
        handOver: found.get(name)?.handOverId ?? null,
      };
    }),
  };
}

function orderOf(table: FileTable, said: AgencyColumns | null): DateOrder {
  if (said?.dateOrder) return said.dateOrder;
  const texts = table.rows.map((row) => cellOf(table, row, 'on')).filter((text) => text !== '');
  if (texts.length === 0) return 'year_month_day';
  const guessed = guessDateOrder(texts);
  if (guessed.certain) return guessed.value;
  throw new Refusal('agency_dates_unclear', { examples: [...guessed.examples], ...factsOf(table) });
}
