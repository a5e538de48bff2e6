// Suggesting customers while somebody types: the number's beginning first, then the name's beginning, then any part.

import type { Tx } from '#db/transaction.ts';
import { foldText } from './search-text.ts';
import { findSuggestions, type Suggestion } from './store.ts';

export type { Suggestion } from './store.ts';

/** Looking for a part anywhere reads every customer; below this many letters it would find everybody. */
const PART_LETTERS_MIN = 3;

/**
 * Customers that fit what was typed, the likeliest first, `limit` at most. Numbers are compared as written and in
 * capitals, names without case and accents. Nothing typed suggests nobody.
 */
export async function searchCustomers(
  tx: Tx,
  sought: { readonly text: string; readonly archived: boolean; readonly limit: number },
): Promise<readonly Suggestion[]> {
  const written = sought.text.trim();
  const folded = foldText(sought.text);
  if (folded === '') return [];
  const capitals = written.toUpperCase();
  const found = await Promise.all([
    findSuggestions(tx, { ...sought, by: 'number', text: written }),
    capitals === written ? [] : findSuggestions(tx, { ...sought, by: 'number', text: capitals }),
    findSuggestions(tx, { ...sought, by: 'name', text: folded }),
  ]);
  const first = unique(found.flat());
  if (first.length >= sought.limit || folded.length < PART_LETTERS_MIN) return first.slice(0, sought.limit);
  const parts = await findSuggestions(tx, { ...sought, by: 'part', text: folded });
  return unique([...first, ...parts]).slice(0, sought.limit);
}

function unique(found: readonly Suggestion[]): readonly Suggestion[] {
  return [...new Map(found.map((s) => [s.id, s])).values()];
}
