// Rows copied in a spreadsheet as lines of an invoice: description, quantity, unit, price, tax per cent, or fewer of them.

import { typedDecimal } from '../../lib/typed.ts';
import { type DraftLine, newLine } from './draft.ts';

/** More rows than an invoice has lines are somebody's mistake. */
const ROWS_MAX = 500;

/**
 * The lines that a copied table means; none where it is no table, so that words are pasted as they are. Rows without a price
 * are headings and are left out. Of columns: description first; then numbers are quantity, price and tax from left to right,
 * one number alone is the price; words between them are the unit.
 */
export function pastedLines(text: string, before?: DraftLine): readonly DraftLine[] {
  if (!text.includes('\t')) return [];
  const rows = text
    .split(/\r?\n/)
    .slice(0, ROWS_MAX)
    .map((row) => row.split('\t').map((cell) => cell.trim().replace(/\s*%$/, '')));
  return rows.flatMap((cells) => {
    const [description = '', ...others] = cells;
    const figures = others.flatMap((cell) => typedDecimal(cell) ?? []);
    const unit = others.find((cell) => cell !== '' && typedDecimal(cell) === undefined);
    const [first, second, third] = figures;
    if (first === undefined || description === '') return [];
    const line = newLine(before);
    return [
      {
        ...line,
        description,
        quantity: second === undefined ? '1' : first,
        unitPrice: second ?? first,
        taxPercent: third ?? line.taxPercent,
        unit: unit ?? line.unit,
      },
    ];
  });
}
