// The tags of OFX, closed or left open, and the text behind each. Neither SGML nor XML is checked: banks keep to neither.

import { Refusal } from '#kernel/refusal.ts';
import { LineCount } from './text-encoding.ts';

/** A tag with the text behind it up to the next one. A processing instruction has its name with the question mark. */
export type OfxTag = {
  readonly name: string;
  readonly isEnd: boolean;
  readonly text: string;
  readonly line: number;
};

/** Cuts a text that comes in pieces into tags. */
export class OfxTagReader {
  readonly #charactersMax: number;
  readonly #lines = new LineCount();
  #held = '';

  constructor(charactersMax: number) {
    this.#charactersMax = charactersMax;
  }

  /** The tags that are complete. Refuses: `ofx_field_too_long`. */
  push(piece: string): OfxTag[] {
    this.#held += piece;
    return this.#take(false);
  }

  finish(): OfxTag[] {
    return this.#take(true);
  }

  #take(isLast: boolean): OfxTag[] {
    const tags: OfxTag[] = [];
    let at = this.#held.indexOf('<');
    if (at === -1) at = this.#held.length;
    this.#lines.add(this.#held.slice(0, at));
    for (;;) {
      const end = endOfTag(this.#held, at);
      if (end === -1 && !isLast) break;
      const found = TAG.exec(this.#held.slice(at, end === -1 ? this.#held.length : end));
      if (found !== null) tags.push(this.#tag(found));
      if (end === -1) break;
      this.#lines.add(this.#held.slice(at, end));
      at = end;
    }
    this.#held = this.#held.slice(at);
    if (this.#held.length > this.#charactersMax) {
      throw new Refusal('ofx_field_too_long', {
        line: this.#lines.line,
        charactersMax: this.#charactersMax,
        advice: 'The field does not end. Download the file again.',
      });
    }
    return tags;
  }

  #tag(found: RegExpExecArray): OfxTag {
    const [, slash, name = '', inside = '', behind = ''] = found;
    const text = name.startsWith('?') ? inside : plainText(behind);
    return { name: name.toUpperCase(), isEnd: slash === '/', text, line: this.#lines.line };
  }
}

const TAG = /^<(\/?)([?]?[A-Za-z0-9._]+)([^>]*)>(.*)$/s;

/** Where the text behind a tag ends: before the next tag, which CDATA is none of. -1 when that is still to come. */
function endOfTag(text: string, start: number): number {
  for (let at = text.indexOf('<', start + 1); at !== -1; ) {
    if (!text.startsWith('<![CDATA['.slice(0, text.length - at), at)) return at;
    const end = text.indexOf(']]>', at);
    if (end === -1) return -1;
    at = text.indexOf('<', end);
  }
  return -1;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function plainText(text: string): string {
  const cdata = /^\s*<!\[CDATA\[(.*?)\]\]>/s.exec(text)?.[1];
  if (cdata !== undefined) return cdata.trim();
  if (!text.includes('&')) return text.trim();
  return text
    .replace(
      /&(?:#(\d{1,6})|([a-z]{2,4}));/g,
      (whole, code: string | undefined, name: string | undefined) => {
        if (name !== undefined) return ENTITIES[name] ?? whole;
        const point = Number(code);
        return point > 0 && point < 0xd800 ? String.fromCodePoint(point) : whole;
      },
    )
    .trim();
}
