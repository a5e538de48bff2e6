// The one way in which document numbers, references and names are compared.

/**
 * What document numbers, references and names are compared by: capital letters and digits, nothing else. The database
 * keeps the same (`match_key` in the schema), so this must not change without it.
 */
export function matchKey(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase()).replace(/[^A-Z0-9]/g, '');
}
