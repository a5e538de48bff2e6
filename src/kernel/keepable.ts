/** A text of somebody else as PostgreSQL keeps it: it keeps no zero bytes, and half a letter is none. */
export function keepable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
