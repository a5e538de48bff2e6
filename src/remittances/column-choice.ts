// What a person said of the columns of a payer's list, known again by its row of headings.

import type { DecimalMark } from '#formats/number-and-date-text.ts';
import type { CustomerId } from '#kernel/id.ts';
import { REMITTANCE_HEADING_ROWS } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { COLUMN_ROLES, type ColumnRole, nameWords } from './column-names.ts';

/** What a column holds → its place from 0. */
export type ChosenRoles = { readonly [Role in ColumnRole]?: number | undefined };

/** A choice that counts. */
export type ColumnChoice = {
  readonly id: string;
  readonly version: number;
  /** Of lists of this customer only. */
  readonly customerId: CustomerId | null;
  readonly key: string;
  readonly roles: ChosenRoles;
  readonly decimal: DecimalMark | null;
};

const KEY_CHARACTERS_MAX = 2_000;

/** A row of headings for comparing: its names in their order, without regard to case, accents and signs. Blank for no names. */
export function headingsKey(cells: readonly string[]): string {
  const names = cells.map(nameWords);
  while (names.at(-1) === '') names.pop();
  return names.every((name) => name === '') ? '' : names.join('|').slice(0, KEY_CHARACTERS_MAX);
}

/** The keys of the rows in which headings are looked for. */
export function keysOf(rows: readonly { readonly cells: readonly string[] }[]): readonly string[] {
  return [...new Set(rows.slice(0, REMITTANCE_HEADING_ROWS).map((row) => headingsKey(row.cells)))].filter(
    (key) => key !== '',
  );
}

/**
 * The choice that fits a list, and the row of its headings. One for lists of the customer goes before one for whoever sends
 * them; of those the one given first counts, which is the latest that was said, at the first row it fits.
 */
export function fittingChoice(
  rows: readonly { readonly cells: readonly string[] }[],
  choices: readonly ColumnChoice[],
): { readonly choice: ColumnChoice; readonly heading: number } | undefined {
  const keys = rows.slice(0, REMITTANCE_HEADING_ROWS).map((row) => headingsKey(row.cells));
  const own = choices.filter((choice) => choice.customerId !== null);
  const others = choices.filter((choice) => choice.customerId === null);
  for (const choice of [...own, ...others]) {
    const heading = keys.indexOf(choice.key);
    if (heading >= 0) return { choice, heading };
  }
  return undefined;
}

/**
 * Checks that a list can be read by a choice: a column for the document, one for an amount, and none of two meanings.
 *
 * Refuses: `columns_without_headings`, `columns_not_complete`, `columns_not_there`, `column_chosen_twice`.
 */
export function checkChoice(headings: readonly string[], roles: ChosenRoles): void {
  if (headingsKey(headings) === '') throw new Refusal('columns_without_headings');
  if (roles.document === undefined || (roles.amount === undefined && roles.gross === undefined))
    throw new Refusal('columns_not_complete');
  const places = COLUMN_ROLES.flatMap((role) => roles[role] ?? []);
  const beyond = places.find((place) => place >= headings.length);
  if (beyond !== undefined) throw new Refusal('columns_not_there', { column: beyond + 1 });
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw new Refusal('column_chosen_twice', { column: twice + 1 });
}
