// Names of the program as words for people: `direct_debit`, `payment.applied`, `small_balance`.

/** `direct debit`, `payment applied`. */
export function plainWords(name: string): string {
  return name.replaceAll(/[_.]/g, ' ');
}

/** `Direct debit`: the same at the beginning of a line. */
export function heading(name: string): string {
  const words = plainWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
