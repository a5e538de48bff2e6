// The values of which a PDF is made, read from its bytes: numbers, names, strings, arrays, dictionaries, references.

import { Refusal } from '#kernel/refusal.ts';

/** A reference to an object of the file by its number. */
export class PdfRef {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

/** A name, without its slash. */
export class PdfName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A string: bytes, one character for each. */
export class PdfText {
  readonly bytes: string;

  constructor(bytes: string) {
    this.bytes = bytes;
  }

  /** As text: UTF-16 or UTF-8 where it is marked so, else Latin-1, which PDF's own encoding is but for a few signs. */
  toString(): string {
    const bytes = Buffer.from(this.bytes, 'latin1');
    if (bytes[0] === 0xfe && bytes[1] === 0xff) {
      return bytes
        .subarray(2, bytes.length & ~1)
        .swap16()
        .toString('utf16le');
    }
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
    return this.bytes;
  }
}

export type PdfDict = ReadonlyMap<string, PdfValue>;
export type PdfValue = number | boolean | null | PdfRef | PdfName | PdfText | PdfDict | readonly PdfValue[];

/** How deep arrays and dictionaries may stand in each other; real files have five or six levels. */
const DEPTH_MAX = 50;

const SPACES = /[\0\t\n\f\r ]+/y;
const COMMENT = /%[^\r\n]*/y;
/** A string up to what has a meaning of its own in it. */
const PLAIN = /[^()\\]+/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)/y;
const REFERENCE = /(\d{1,10})[\0\t\n\f\r ]{1,16}\d{1,5}[\0\t\n\f\r ]{1,16}R(?![A-Za-z0-9])/y;
const NAME = /\/([^\0\t\n\f\r ()<>[\]{}/%]*)/y;
const HEX = /<([0-9A-Fa-f\0\t\n\f\r ]*)>/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:([0-7]{1,3})|(\r\n|[\s\S]))/y;

/** Reads values one after the other from the bytes of a file, given as one character for each byte. */
export class PdfReader {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  /** The value that begins here, spaces and comments before it passed over. Refuses: `pdf_damaged`. */
  value(depth = 0): PdfValue {
    if (depth > DEPTH_MAX) throw this.#damaged('nested too deep');
    this.space();
    const reference = this.match(REFERENCE);
    if (reference) return new PdfRef(Number(reference[1]));
    const number = this.match(NUMBER);
    if (number) return Number(number[0]);
    const name = this.match(NAME);
    if (name) return new PdfName(plainName(name[1] ?? ''));
    if (this.text.startsWith('<<', this.at)) return this.#dict(depth);
    const hex = this.match(HEX);
    if (hex) return new PdfText(fromHex(hex[1] ?? ''));
    if (this.text[this.at] === '(') return this.#string();
    if (this.text[this.at] === '[') return this.#array(depth);
    const word = this.match(WORD);
    if (word) return word[0] === 'null' ? null : word[0] === 'true';
    throw this.#damaged('no value where one should be');
  }

  /** Passes over spaces and comments. */
  space(): void {
    while (this.match(SPACES) || this.match(COMMENT));
  }

  /** Takes what a sticky pattern finds here, if it finds anything. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  #dict(depth: number): PdfDict {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.space();
      if (this.text.startsWith('>>', this.at)) break;
      const name = this.match(NAME);
      if (!name) throw this.#damaged('a dictionary without a name');
      entries.set(plainName(name[1] ?? ''), this.value(depth + 1));
    }
    this.at += 2;
    return entries;
  }

  #array(depth: number): PdfValue[] {
    this.at += 1;
    const values: PdfValue[] = [];
    for (;;) {
      this.space();
      if (this.text[this.at] === ']') break;
      values.push(this.value(depth + 1));
    }
    this.at += 1;
    return values;
  }

  #string(): PdfText {
    this.at += 1;
    const parts: string[] = [];
    for (let open = 1; ; ) {
      const plain = this.match(PLAIN);
      if (plain) parts.push(plain[0]);
      const character = this.text[this.at];
      if (character === undefined) throw this.#damaged('a string without an end');
      if (character === '\\') {
        const escaped = this.match(ESCAPE);
        if (!escaped) throw this.#damaged('a string without an end');
        parts.push(unescaped(escaped));
        continue;
      }
      this.at += 1;
      open += character === '(' ? 1 : -1;
      if (open === 0) return new PdfText(parts.join(''));
      parts.push(character);
    }
  }

  #damaged(what: string): Refusal {
    return pdfDamaged(what, this.at);
  }
}

/** The refusal of a PDF that cannot be read, with the byte where it goes wrong. */
export function pdfDamaged(what: string, byte: number): Refusal {
  return new Refusal('pdf_damaged', {
    what,
    byte,
    advice: 'The PDF is damaged or cut off. Get it again from where it comes.',
  });
}

function plainName(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function fromHex(hex: string): string {
  const digits = hex.replace(/[\0\s]/g, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex').toString('latin1');
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(found: RegExpExecArray): string {
  if (found[1] !== undefined) return String.fromCharCode(Number.parseInt(found[1], 8) & 0xff);
  const character = found[2] ?? '';
  if (/[\r\n]/.test(character)) return '';
  return ESCAPED[character] ?? character;
}
