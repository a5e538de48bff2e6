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
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) return `"${value}"`;
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of sortedKeysOf(members)) {
    const member = members[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** A text with other characters than those that JSON surely writes as they stand. */
const PERHAPS_ESCAPED = /[^ !#-[\]-~\u00a0-\ud7ff]/;

/** A text as JSON writes it. Most have nothing to escape, and looking costs less than writing anew. */
function quoted(text: string): string {
  return PERHAPS_ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** The keys in order. Objects of one kind have theirs in one order, which mostly is it. */
function sortedKeysOf(value: object): readonly string[] {
  const keys = Object.keys(value);
  for (let at = 1; at < keys.length; at += 1) if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.sort();
  return keys;
}
