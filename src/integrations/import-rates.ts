// Exchange rates from a file: date, from, to, rate. All of them or none.

import { basename } from 'node:path';
import { type Context, carryOut, type Door } from '#command/command.ts';
import { readDate } from '#formats/number-and-date-text.ts';
import { openTable } from '#formats/table.ts';
import { IMPORT_RATE_ROWS_MAX } from '#kernel/limits.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type RecordRates, recordRates } from '#ledger/record-rates.ts';
import { plainName } from './mapping.ts';

const COLUMNS = {
  validOn: ['date', 'valid on', 'day', 'datum'],
  base: ['from', 'base', 'currency', 'code', 'waehrung', 'mena'],
  quote: ['to', 'quote', 'target', 'in'],
  rate: ['rate', 'value', 'kurs', 'kurz', 'cours'],
} as const;

/**
 * Records the exchange rates of a file.
 *
 * Refuses: `rates_columns_missing`, `rates_row_not_valid` (line and value), `import_too_many_rows`, what recording refuses.
 */
export async function importRates(
  door: Door,
  context: Context,
  path: string,
): Promise<{ readonly recorded: number }> {
  const table = await openTable({ name: basename(path), path });
  const rates: RecordRates['rates'][number][] = [];
  try {
    const names = table.header.map(plainName);
    const index = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name));
    const at = {
      validOn: index(COLUMNS.validOn),
      base: index(COLUMNS.base),
      quote: index(COLUMNS.quote),
      rate: index(COLUMNS.rate),
    };
    if (Object.values(at).some((i) => i < 0)) {
      throw new Refusal('rates_columns_missing', {
        wanted: ['date', 'from', 'to', 'rate'],
        header: [...table.header],
      });
    }
    for await (const row of table.rows) {
      if (rates.length >= IMPORT_RATE_ROWS_MAX)
        throw new Refusal('import_too_many_rows', { rowsMax: IMPORT_RATE_ROWS_MAX });
      const cell = (i: number): string => (row.cells[i] ?? '').trim();
      try {
        rates.push({
          base: cell(at.base).toUpperCase(),
          quote: cell(at.quote).toUpperCase(),
          validOn: readDate(cell(at.validOn), 'year_month_day'),
          rate: decimalText(parseDecimal(cell(at.rate).replace(',', '.'))),
          source: basename(path).slice(0, 100),
        });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw new Refusal('rates_row_not_valid', { line: row.line, problem: error.code, ...error.facts });
      }
    }
  } finally {
    await table.close();
  }
  return carryOut(door, context, recordRates, { rates });
}
