// Which figures of an answer its writer wrote, beside those that a draft read from the ledger.

const DIGITS_AROUND = /[\d.,'’]/;

/** Words without the figures that are cited: only where one stands whole, so that 100.00 is not found in 1,100.00. */
function without(words: string, figure: string): string {
  let rest = '';
  let from = 0;
  for (let at = words.indexOf(figure); at >= 0; at = words.indexOf(figure, from)) {
    const end = at + figure.length;
    const isWhole =
      !DIGITS_AROUND.test(words.charAt(at - 1)) &&
      !/\d/.test(words.charAt(end)) &&
      !/^[.,'’]\d/.test(words.slice(end));
    rest += words.slice(from, at) + (isWhole ? '\n' : figure);
    from = end;
  }
  return rest + words.slice(from);
}

/** Numbers, amounts and days in the words of an answer that no cited figure is. */
export function ownFigures(words: string, cited: readonly string[]): readonly string[] {
  const plain = (text: string): string => text.replace(/[^\S\n]/g, ' ');
  const longestFirst = cited.map(plain).toSorted((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((left, figure) => without(left, figure), plain(words));
  return [...new Set(rest.match(/\d(?:[\d.,'’/ -]*\d)?/g) ?? [])];
}
