// Names of payers that are nearly a customer's: the legal form left out or written otherwise, accents and umlauts spelt out,
// words in another order, a slip of the finger. Only ever shown to a person: two firms may differ by a letter.

import { foldText } from '#parties/search-text.ts';

/** Words that say what kind of firm it is, and words that join: they tell nobody apart. Folded. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'gmbh mbh ag kg kgaa ohg gbr ug ek ev eg co cie ltd limited llc llp lp inc corp corporation company plc pty sa sas sasu ' +
    'sarl srl spa snc bv nv cv vof oy oyj ab hb as asa aps sro spol zoo oo z sp kft zrt nyrt rt doo dd ood ead sia uab eurl sl slu ' +
    'sal lda eirl se the and und et y e i a de der die das of for'
  ).split(' '),
);

/** Letters of other alphabets as they are usually written in Latin ones (BGN/PCGN for Cyrillic, ELOT 743 for Greek), folded. */
const LETTERS: Readonly<Record<string, string>> = {
  ...lettersOf('абвгдезийклмнопрстуфыэіїґ', 'a b v g d e z i y k l m n o p r s t u f y e i i g'),
  ...lettersOf('жхцчшщюяєъь', 'zh kh ts ch sh shch yu ya ye  '),
  ...lettersOf('αβγδεζηικλμνξοπρσςτυφω', 'a v g d e z i i k l m n x o p r s s t y f o'),
  ...lettersOf('θχψ', 'th ch ps'),
};

function lettersOf(from: string, to: string): Readonly<Record<string, string>> {
  const latin = to.split(' ');
  return Object.fromEntries([...from].map((letter, index) => [letter, latin[index] ?? '']));
}

/** The words of a name that tell it apart, folded; umlauts spelt out count as the letter without its dots. */
export function tellingWords(name: string): readonly string[] {
  const latin = [...foldText(name.replace(/(\p{L})\.(?=\p{L}\.)/gu, '$1'))]
    .map((letter) => LETTERS[letter] ?? letter)
    .join('');
  const words = latin
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word))
    .map((word) => word.replace(/([aou])e(?=[^aeiou]|$)/g, '$1'));
  return [...new Set(words)];
}

/** Parts of words by which customers are looked up: how the longest words begin and end, so that one slip loses none. */
export function soughtParts(name: string): readonly string[] {
  const longest = tellingWords(name)
    .filter((word) => word.length >= PART_LETTERS)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, WORDS_SOUGHT);
  return [...new Set(longest.flatMap((word) => [word.slice(0, PART_LETTERS), word.slice(-PART_LETTERS)]))];
}

const PART_LETTERS = 4;
const WORDS_SOUGHT = 3;

/** How alike two names are, 0 to 1: letters of words that have a partner in the other name, by how near the partner is. */
export function likenessOf(one: readonly string[], other: readonly string[]): number {
  const letters = (words: readonly string[]): number => words.reduce((sum, word) => sum + word.length, 0);
  const whole = letters(one) + letters(other);
  if (whole === 0) return 0;
  const free = new Set(other);
  let shared = 0;
  for (const word of one.toSorted((a, b) => b.length - a.length)) {
    let best: string | undefined;
    let nearest = 0;
    for (const candidate of free) {
      const near = nearness(word, candidate);
      if (near > nearest) [best, nearest] = [candidate, near];
    }
    if (best === undefined) continue;
    free.delete(best);
    shared += nearest * (word.length + best.length);
  }
  return shared / whole;
}

/** Words are one where at most a fifth of the longer one is otherwise, a whole letter at least in words of five. */
const SLIPS_SHARE = 0.2;

function nearness(a: string, b: string): number {
  if (a === b) return 1;
  const longer = Math.max(a.length, b.length);
  const slips = Math.floor(longer * SLIPS_SHARE);
  if (slips === 0 || Math.abs(a.length - b.length) > slips) return 0;
  const distance = slipsBetween(a, b);
  return distance > slips ? 0 : 1 - distance / longer;
}

/** Letters put in, left out, exchanged, or swapped with the next one (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** So alike a name has to be, and by so much more alike than the second best. */
export const LIKENESS_MIN = 0.85;
export const LIKENESS_MARGIN = 0.08;

/**
 * The one customer whose name is meant, where one is clearly the likeliest; nobody where two are about as good, or none is good
 * enough.
 */
export function likeliestByName<C extends { readonly name: string }>(
  payerName: string,
  customers: readonly C[],
): C | undefined {
  const words = tellingWords(payerName);
  const [best, second] = customers
    .map((customer) => ({ customer, likeness: likenessOf(words, tellingWords(customer.name)) }))
    .toSorted((a, b) => b.likeness - a.likeness);
  if (best === undefined || best.likeness < LIKENESS_MIN) return undefined;
  return second !== undefined && best.likeness - second.likeness < LIKENESS_MARGIN
    ? undefined
    : best.customer;
}
