// Which turns of phrase stand in a sentence.

import { AGAINST, CUES, type Cue, DISPUTE_REASONS } from './cues.ts';
import { INTENTS, type Intent } from './intent.ts';
import type { Word } from './sentence.ts';

/** Words that may stand between two of a turn of phrase where it leaves room. */
const GAP_MAX = 8;

/**
 * How strongly the rules read each intent in a sentence: between 0 and 1, those of 0 left out; -1 where something in it speaks
 * against.
 */
export function signalsOf(words: readonly Word[]): ReadonlyMap<Intent, number> {
  const texts = new Set(words.map(({ text }) => text));
  const found = new Map<Intent, number>();
  for (const intent of INTENTS) {
    const strength = strongest(words, texts, CUES[intent]);
    const isAgainst = strongest(words, texts, AGAINST[intent] ?? []) > 0;
    if (isAgainst) found.set(intent, -1);
    else if (strength > 0) found.set(intent, strength);
  }
  return found;
}

/** The reason of a dispute that a sentence names; null where none is. */
export function reasonIn(words: readonly Word[]): string | null {
  const texts = new Set(words.map(({ text }) => text));
  return DISPUTE_REASONS.find(([, cues]) => strongest(words, texts, cues) > 0)?.[0] ?? null;
}

/** The most that one of the cues says. One whose first word is not there at all is not looked for place by place. */
function strongest(words: readonly Word[], texts: ReadonlySet<string>, cues: readonly Cue[]): number {
  return cues.reduce(
    (most, cue) =>
      cue.weight > most && mayStand(texts, cue.words[0] ?? '') && stands(words, cue.words)
        ? cue.weight
        : most,
    0,
  );
}

const mayStand = (texts: ReadonlySet<string>, first: string): boolean =>
  first.endsWith('~') || texts.has(first);

function stands(words: readonly Word[], wanted: readonly string[]): boolean {
  return words.some((_, at) => standsFrom(words, at, wanted));
}

/** Whether a turn of phrase begins at a word. Each of its words is looked for in the nearest place only. */
function standsFrom(words: readonly Word[], start: number, wanted: readonly string[]): boolean {
  let at = start;
  let room = 0;
  for (const one of wanted) {
    if (one === '*') {
      room = GAP_MAX;
      continue;
    }
    let tried = 0;
    while (tried <= room && !fits(words[at]?.text, one)) {
      at += 1;
      tried += 1;
    }
    if (tried > room) return false;
    at += 1;
    room = 0;
  }
  return true;
}

function fits(text: string | undefined, wanted: string): boolean {
  if (text === undefined) return false;
  return wanted.endsWith('~') ? text.startsWith(wanted.slice(0, -1)) : text === wanted;
}
