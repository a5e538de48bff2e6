// Where a page of a list ended: the sort keys of its last row, as one text that the caller hands back. Lists go on from
// there however much was added meanwhile.

import { isId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';

/** The keys as one text. */
export function cursorText(keys: readonly { toString(): string }[]): string {
  return keys.map((key) => encodeURIComponent(key.toString())).join(',');
}

/** Reads the keys back, each by its reader. Refuses: `bad_input` for a text we never gave out. */
export function readCursor<T extends readonly unknown[]>(
  text: string | undefined,
  readers: { readonly [I in keyof T]: (key: string) => T[I] },
): T | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    const keys = text.split(',').map(decodeURIComponent);
    if (keys.length !== readers.length) throw new Refusal('bad_input');
    return readers.map((read, index) => read(keys[index] ?? '')) as unknown as T;
  } catch {
    throw new Refusal('bad_input', { pointer: '/query/after', after: text.slice(0, 60) });
  }
}

/** Reads an id out of a cursor. Refuses: `bad_input`. */
export function idKey(text: string): string {
  if (!isId(text)) throw new Refusal('bad_input');
  return text;
}

/** Reads a moment out of a cursor, as it was written. Refuses: `bad_input`. */
export function momentKey(text: string): string {
  if (!/^\d{4}-\d\d-\d\dT[\d:.]{1,20}Z$/.test(text)) throw new Refusal('bad_input');
  return text;
}

/** A page out of rows of which one more than the limit was read; the spare one only tells that more follows. */
export function pageOfRows<T>(
  rows: readonly T[],
  limit: number,
  keysOf: (last: T) => readonly { toString(): string }[],
): { readonly rows: readonly T[]; readonly next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? cursorText(keysOf(last)) : null };
}
