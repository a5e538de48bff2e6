// One text for one value, whatever the order of its keys: what hashes and comparisons are made over.

/** Values that JSON can carry without loss. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * JSON as PostgreSQL keeps it: it has no place for the character NUL and for halves of a character, as cutting a text can
 * leave them, so that the sign for "unreadable" stands there instead.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\u0000', '\ufffd') : part,
  );
}

/**
 * The canonical JSON text of a value: keys sorted, no blanks, whole numbers (bigint), days and moments as their text.
 * Undefined members are left out, so that a missing and an undefined field are the same.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) return `"${value}"`;
    const members = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}
