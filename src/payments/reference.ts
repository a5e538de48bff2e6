// References: the document numbers that may be hidden in what a payer wrote. A number counts only where it stands as whole
// words; case, blanks and punctuation inside it do not matter, because people and banks change them.

import { evidentScheme, numberInside } from '#formats/payment-reference.ts';
import { matchKey } from '#ledger/match-key.ts';

/** Words of one text that are put together at most: a Swiss reference in groups has seven, a number of ours three. */
const WORDS_TOGETHER_MAX = 7;
/** Shorter texts are words of a language or counts of something, not document numbers. */
const KEY_CHARACTERS_MIN = 3;
const DIGITS_ONLY_MIN = 4;
/** Figures with blanks between them are amounts and dates more often than numbers, unless they are long. */
const DIGITS_APART_MIN = 8;
const KEY_CHARACTERS_MAX = 40;
/** Tokens taken from one receipt: a long letter in the remittance field is not searched to its end. */
const TOKENS_MAX = 600;

/** What separates words. Points, hyphens and underscores do not: they are parts of numbers. */
const BETWEEN_WORDS = /[\s,;:()[\]{}/\\+&|="'<>#*?!]+/;

/** A piece of a text that could be a document number: its key, and which words of which text it covers. */
export type ReferenceToken = {
  readonly key: string;
  readonly text: number;
  readonly from: number;
  readonly to: number;
};

/** What names are compared by here: all letters of all scripts and all digits, without case, blanks and punctuation. */
export function nameText(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** All that could be document numbers in texts: every word, and neighbouring words put together. */
export function referenceTokens(texts: readonly string[]): readonly ReferenceToken[] {
  const tokens: ReferenceToken[] = [];
  texts.forEach((given, text) => {
    const words = given.split(BETWEEN_WORDS).map(matchKey);
    for (let from = 0; from < words.length && tokens.length < TOKENS_MAX; from += 1) {
      let key = words[from] ?? '';
      if (key === '') continue;
      pushToken(tokens, { key, text, from, to: from + 1 });
      for (let to = from + 2; to <= Math.min(words.length, from + WORDS_TOGETHER_MAX); to += 1) {
        const word = words[to - 1] ?? '';
        if (word === '') continue;
        key += word;
        if (key.length > KEY_CHARACTERS_MAX) break;
        pushToken(tokens, { key, text, from, to });
      }
    }
  });
  return tokens;
}

function pushToken(tokens: ReferenceToken[], token: ReferenceToken): void {
  const inside = insideReference(token.key);
  if (inside !== undefined && isLikelyNumber(inside, 1)) tokens.push({ ...token, key: inside });
  if (isLikelyNumber(token.key, token.to - token.from)) tokens.push(token);
}

function isLikelyNumber(key: string, words: number): boolean {
  if (key.length < KEY_CHARACTERS_MIN || key.length > KEY_CHARACTERS_MAX || !/\d/.test(key)) return false;
  if (/[A-Z]/.test(key)) return true;
  return key.length >= (words > 1 ? DIGITS_APART_MIN : DIGITS_ONLY_MIN);
}

/** The number inside a structured reference, when its check digits fit. */
function insideReference(key: string): string | undefined {
  const scheme = evidentScheme(key);
  return scheme && numberInside(scheme, key);
}

/**
 * The numbers that texts name, out of those that exist. A number inside a longer one that exists too is not named: who writes
 * `INV-2026-00042` does not mean a document 2026. Overlapping numbers are all named, so that doubt stays doubt.
 */
export function namedKeys(
  tokens: readonly ReferenceToken[],
  exists: (key: string) => boolean,
): readonly string[] {
  const hits = tokens.filter((token) => exists(token.key));
  const isInside = (a: ReferenceToken, b: ReferenceToken): boolean =>
    a.text === b.text &&
    a.from >= b.from &&
    a.to <= b.to &&
    (a.to - a.from < b.to - b.from || a.key.length < b.key.length);
  const whole = hits.filter((hit) => !hits.some((other) => isInside(hit, other)));
  return [...new Set(whole.map((hit) => hit.key))];
}
