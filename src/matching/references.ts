// References: the documents that a text names, with the slips of people and banks. A number that is there as it stands counts
// for more than one that is there nearly, and a text that could name two documents names neither for certain.

import type { OpenDocument } from './documents.ts';
import { type LearntWay, numberKey, writtenFor } from './learnt-way.ts';

/** How a piece of a text names a number, the surest first; `learnt` as this customer is known to write numbers. */
export const WAYS = ['exact', 'learnt', 'digits', 'joined', 'cut', 'slip'] as const;
export type Way = (typeof WAYS)[number];

/** A piece of a text and the documents it may name; several where it does not tell which. */
export type Named = {
  readonly token: string;
  readonly way: Way;
  readonly documents: readonly OpenDocument[];
  /** By which way it was learnt to be written so; its share of right ones is what the piece is worth. */
  readonly learnt?: LearntWay;
};

/** What texts say. */
export type Reading = {
  readonly named: readonly Named[];
  /** Pieces that look like numbers and name nothing that is open. */
  readonly unknown: readonly string[];
};

/** Below this many characters a number is named only where the text is nothing but numbers. */
const SAFE_LENGTH = 4;
/** Characters of a number that must be there when its beginning is cut off. */
const CUT_LENGTH_MIN = 3;
/** Shorter numbers are too near to each other for slips to be told from other numbers. */
const SLIP_LENGTH_MIN = 4;
const TOKENS_MAX = 400;

function isFigures(key: string): boolean {
  return /^\d+$/.test(key);
}

function digitsOf(key: string): string {
  return key.replace(/\D/g, '').replace(/^0+(?=.)/, '');
}

/**
 * Which of the documents texts name. Documents are those of one customer, or few: each is compared with each piece. `learnt` is
 * how this customer writes numbers; it comes after numbers that stand there in full.
 */
export function readReferences(
  texts: readonly string[],
  documents: readonly OpenDocument[],
  learnt: readonly LearntWay[] = [],
): Reading {
  const byNumber = Map.groupBy(
    documents.filter(({ number = '' }) => numberKey(number) !== ''),
    ({ number = '' }) => numberKey(number),
  );
  const words = wordsOf(texts);
  const tokens = figuredTokens(texts);
  const isPlain = words.every(isFigures);
  const named: Named[] = [];
  const unknown: string[] = [];
  for (const token of tokens) {
    const isLong = isPlain || token.length >= SAFE_LENGTH;
    const asLearnt = byNumber.has(token) ? [] : readLearnt(token, documents, learnt);
    const found = asLearnt.length > 0 ? asLearnt : isLong ? readToken(token, byNumber) : [];
    if (found.length > 0) named.push(...found);
    else if (token.length >= SAFE_LENGTH) unknown.push(token);
  }
  return { named, unknown };
}

/** Single pieces of texts that have a figure in them, as they are compared, each once. */
export function figuredTokens(texts: readonly string[]): readonly string[] {
  return [...new Set(wordsOf(texts).filter((word) => /\d/.test(word)))].slice(0, TOKENS_MAX);
}

/** A piece as the customer is known to write numbers: by the way that was right most often of those that fit. */
function readLearnt(
  token: string,
  documents: readonly OpenDocument[],
  learnt: readonly LearntWay[],
): readonly Named[] {
  const fitting = learnt.flatMap((way): readonly (Named & { readonly learnt: LearntWay })[] => {
    const meant = documents.filter((document) => writtenFor(way, token, document));
    return meant.length === 0 ? [] : [{ token, way: 'learnt', documents: meant, learnt: way }];
  });
  const [first, ...rest] = fitting;
  if (first === undefined) return [];
  const best = rest.reduce((a, b) => (b.learnt.right > a.learnt.right ? b : a), first);
  // Ways that mean different documents leave doubt: all of them may be meant.
  return [{ ...best, documents: [...new Set(fitting.flatMap((one) => one.documents))] }];
}

function wordsOf(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => text.split(/[^\p{L}\p{N}\-_./]+/u))
    .map(numberKey)
    .filter((word) => word !== '');
}

type Numbers = ReadonlyMap<string, readonly OpenDocument[]>;

function readToken(token: string, byNumber: Numbers): readonly Named[] {
  const exact = byNumber.get(token);
  if (exact !== undefined) return [{ token, way: 'exact', documents: exact }];
  const digits = digitsOf(token);
  const matching = (fits: (number: string) => boolean): readonly OpenDocument[] =>
    [...byNumber].flatMap(([number, documents]) => (fits(number) ? documents : []));
  // Letters may be left out, but not be others.
  const sameDigits =
    digits.length >= CUT_LENGTH_MIN
      ? matching((number) => digitsOf(number) === digits && (isFigures(token) || isFigures(number)))
      : [];
  if (sameDigits.length > 0) return [{ token, way: 'digits', documents: sameDigits }];
  const joined = readJoined(token, byNumber);
  if (joined.length > 0) return joined;
  const cut = token.length >= CUT_LENGTH_MIN ? matching((number) => number.endsWith(token)) : [];
  const slip = token.length >= SLIP_LENGTH_MIN ? matching((number) => isOneSlip(token, number)) : [];
  // One lost digit in front is a cut and a slip; all that fit in either way are meant, so that doubt stays doubt.
  const documents = [...new Set([...cut, ...slip])];
  return documents.length === 0 ? [] : [{ token, way: cut.length > 0 ? 'cut' : 'slip', documents }];
}

/** Two numbers without a blank between them. */
function readJoined(token: string, byNumber: Numbers): readonly Named[] {
  const found: (readonly Named[])[] = [];
  for (let at = 1; at < token.length; at += 1) {
    const halves = [token.slice(0, at), token.slice(at)].map((half): Named | undefined => {
      const documents = byNumber.get(half);
      return documents && { token: half, way: 'joined', documents };
    });
    if (halves.every((half) => half !== undefined)) found.push(halves);
  }
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : [];
}

/** Whether one text becomes the other by one character lost, added or changed, or two neighbours swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/**
 * The documents that texts name for certain: each piece one document, or all with the same number when `all` says that the
 * amount agrees. Nothing where a piece names nothing, or could name several.
 */
export function certainDocuments(reading: Reading): readonly OpenDocument[] | undefined {
  if (reading.unknown.length > 0 || reading.named.length === 0) return undefined;
  if (reading.named.some(({ documents }) => documents.length !== 1)) return undefined;
  return [...new Set(reading.named.flatMap(({ documents }) => documents))];
}
