// What parties are found by: words without case, accents and spare blanks, so that `muller` finds "Müller".

/** Letters that Unicode does not take apart into a letter and an accent. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** The folded form of a text. Folding a folded text changes nothing. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[ßøłđðþæœı]/g, (letter) => WHOLE_LETTERS[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}

/** The folded text a customer is found by: its name first, because most people type the beginning of that. */
export function searchTextOf(customer: { readonly number: string; readonly name: string }): string {
  return `${foldText(customer.name)} ${foldText(customer.number)}`;
}
