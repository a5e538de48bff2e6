// Sentences and words of a mail, with where they stand in it.

import { folded, newWords, type Span } from './new-words.ts';

/** A word or number with its place; `text` is folded. */
export type Word = Span & { readonly text: string };

/** A sentence of the new words. */
export type Sentence = Span & { readonly words: readonly Word[]; readonly isQuestion: boolean };

/** Letters and digits, with marks inside: `15.03.2026`, `1.250,00`, `we'll`, `RE-2026/17`. What is read once is not read again. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-'’‘./,_#][\p{L}\p{N}\p{M}]+)*/gu;
/** Short words whose point ends no sentence. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  'nr no num inv rg re st dr mr mrs ms hr fr bzw ca vs fact fatt ref z.b d.h u.a'.split(' '),
);
const SENTENCE_CHARACTERS_MAX = 600;

/** The sentences of the new words of a mail. */
export function sentencesOf(text: string): readonly Sentence[] {
  return newWords(text).flatMap((span) => sentencesIn(text, span));
}

function sentencesIn(text: string, span: Span): readonly Sentence[] {
  const words = wordsIn(text, span);
  const found: Sentence[] = [];
  let own: Word[] = [];
  const close = (mark: string, end: number) => {
    const [first, last] = [own[0], own.at(-1)];
    if (first && last) found.push({ from: first.from, to: end, words: own, isQuestion: mark.includes('?') });
    own = [];
  };
  for (const [index, word] of words.entries()) {
    own.push(word);
    const next = words[index + 1];
    const between = text.slice(word.to, next?.from ?? Math.min(span.to, word.to + 3));
    const first = own[0] as Word;
    if (!next || endsAfter(word, between, own.length) || next.to - first.from > SENTENCE_CHARACTERS_MAX)
      close(between, endOf(text, word, between));
  }
  return found;
}

/** The end of a sentence with its mark. */
function endOf(text: string, word: Word, between: string): number {
  const mark = /^[)"'»”]{0,2}[.!?%€]{0,3}/.exec(between)?.[0] ?? '';
  return Math.min(text.length, word.to + mark.length);
}

function endsAfter(word: Word, between: string, wordsBefore: number): boolean {
  if (/\n[ \t]*\r?\n/.test(between) || /[!?;]/.test(between)) return true;
  if (/\n[ \t]*[-*•·]/.test(between)) return true;
  // The greeting: a few words, a comma, a new line.
  if (wordsBefore <= 5 && /^,\s*\n/.test(between)) return true;
  if (!/^[)"'»”]?\.\s/.test(between)) return false;
  const isOrdinal = /^\d{1,2}$/.test(word.text) || /^\d{1,2}\.\d{1,2}$/.test(word.text);
  // `15. März` goes on; `by 15.` before a new line does not.
  return !ABBREVIATIONS.has(word.text) && !(isOrdinal && !between.includes('\n'));
}

/** The words of a stretch of a text. */
export function wordsIn(text: string, span: Span): readonly Word[] {
  const words: Word[] = [];
  for (const found of text.slice(span.from, span.to).matchAll(WORD)) {
    const from = span.from + found.index;
    words.push({ text: folded(found[0]), from, to: from + found[0].length });
  }
  return words;
}
