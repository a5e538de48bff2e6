// Bytes to text, as a stream and in bounded memory. What comes out depends on the bytes alone, never on how they
// were cut into pieces, and the encoding that was chosen is always told.

import { isAscii, isUtf8 } from 'node:buffer';
import { GUESS_BYTES } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { TextEncoding } from './text-encodings.ts';

/** Bytes to read: whole, or in pieces of any size. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

export type { TextEncoding } from './text-encodings.ts';

/** Which encoding was chosen, and the evidence for it. */
export type EncodingChoice = {
  readonly encoding: TextEncoding;
  readonly because: 'byte_order_mark' | 'declared' | 'only_ascii' | 'valid_utf8' | 'not_utf8';
};

/** Text in pieces, and the encoding that was chosen (undefined until enough was read to know). */
export type DecodedText = {
  readonly text: AsyncGenerator<string>;
  readonly choice: () => EncodingChoice | undefined;
};

const ENCODING_OF_LABEL: Readonly<Record<string, TextEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  'iso_8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'windows-1250': 'windows-1250',
  cp1250: 'windows-1250',
  'iso-8859-2': 'iso-8859-2',
  latin2: 'iso-8859-2',
  'iso-8859-15': 'iso-8859-15',
  cp852: 'cp852',
  ibm852: 'cp852',
};

/** The encoding a file or a person names, in any of its usual spellings. Refuses: `text_encoding_unknown`. */
export function encodingNamed(label: string): TextEncoding {
  const key = label.trim().toLowerCase();
  const found = Object.hasOwn(ENCODING_OF_LABEL, key) ? ENCODING_OF_LABEL[key] : undefined;
  if (found !== undefined) return found;
  throw new Refusal('text_encoding_unknown', {
    encoding: label.slice(0, 40),
    known: [...new Set(Object.values(ENCODING_OF_LABEL))],
    advice: 'Save the file as UTF-8.',
  });
}

/** Pieces of at most this size are decoded at once, however large the pieces are that come in. */
const PIECE_BYTES = 64 * 1024;

/** The same bytes in pieces small enough that no step downstream holds much. */
export async function* pieces(source: ByteSource): AsyncGenerator<Buffer> {
  const parts = source instanceof Uint8Array ? [source] : source;
  for await (const part of parts) {
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      yield bytes.subarray(start, start + PIECE_BYTES);
    }
  }
}

/** A source whose beginning was looked at: `all` is the whole of it, `close` lets go of it unread. */
export type HeadedSource = {
  readonly head: Buffer;
  readonly all: AsyncGenerator<Buffer>;
  close(): Promise<void>;
};

/** The first bytes of a source (fewer when it is shorter) and the whole source again, first bytes included. */
export async function withHead(source: ByteSource, headBytes: number): Promise<HeadedSource> {
  const rest = pieces(source);
  const held: Buffer[] = [];
  for (let length = 0; length < headBytes; ) {
    const next = await rest.next();
    if (next.done) break;
    held.push(next.value);
    length += next.value.length;
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield* held;
      yield* rest;
    } finally {
      await rest.return(undefined);
    }
  }
  const close = async () => {
    await rest.return(undefined);
  };
  return { head: Buffer.concat(held).subarray(0, headBytes), all: all(), close };
}

/**
 * The same text in memory of its own. A piece cut out of a longer string keeps the whole of it alive, so that a
 * caller who remembers one cell of each row would hold the whole file. (V8 copies what is shorter than 13
 * characters anyway.)
 */
export function ownText(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

/** Counts the lines of text that comes in pieces; CR LF, LF and CR each end one. */
export class LineCount {
  #ended = 0;
  #afterReturn = false;

  add(text: string): void {
    if (text === '') return;
    const feeds = occurrences(text, '\n');
    const returns = occurrences(text, '\r');
    this.#ended += feeds + returns - (returns > 0 ? occurrences(text, '\r\n') : 0);
    if (this.#afterReturn && text.charCodeAt(0) === 10) this.#ended -= 1;
    this.#afterReturn = text.charCodeAt(text.length - 1) === 13;
  }

  /** The 1-based line that comes after what was added. */
  get line(): number {
    return this.#ended + 1;
  }
}

function occurrences(text: string, sought: string): number {
  let count = 0;
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + sought.length)) count += 1;
  return count;
}

/**
 * Decodes bytes to text.
 *
 * A byte order mark decides; else what is `declared`; else bytes that are valid UTF-8 are UTF-8 and others are
 * windows-1252. That guess is made once, from 64 KiB counted from the first byte beyond ASCII. Text that is mostly
 * valid UTF-8 with a few broken bytes is refused rather than shown as garbled windows-1252.
 *
 * Refuses: `text_encoding_wrong` (encoding, offset, line), `text_binary` (offset, line).
 */
export function decodeText(
  source: ByteSource,
  options: { readonly declared?: TextEncoding | undefined } = {},
): DecodedText {
  const decoding = new Decoding(options.declared);
  async function* text(): AsyncGenerator<string> {
    for await (const piece of pieces(source)) {
      const decoded = decoding.push(piece);
      if (decoded !== '') yield decoded;
      if (decoding.refusal !== undefined) throw decoding.refusal;
    }
    const rest = decoding.finish();
    if (rest !== '') yield rest;
    if (decoding.refusal !== undefined) throw decoding.refusal;
  }
  return { text: text(), choice: () => decoding.choice };
}

/** Bytes turned to text, the bytes to be kept for the next piece, and where it went wrong if it did. */
type Step = { readonly text: string; readonly used: number; readonly wrongAt?: number | undefined };
type Decode = (bytes: Buffer, last: boolean) => Step;

/**
 * The state of one decoding: first the mark, then (unless it is known) plain ASCII until there is something to
 * tell.
 */
class Decoding {
  choice: EncodingChoice | undefined;
  /** Why no more can be decoded. Kept until the text before it was handed on, so that readers see that first. */
  refusal: Refusal | undefined;
  readonly #declared: TextEncoding | undefined;
  readonly #lines = new LineCount();
  #held: Buffer = Buffer.alloc(0);
  #offset = 0;
  #sawStart = false;
  #decode: Decode | undefined;

  constructor(declared: TextEncoding | undefined) {
    this.#declared = declared;
  }

  push(piece: Buffer): string {
    return this.#advance(this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]), false);
  }

  finish(): string {
    return this.#advance(this.#held, true);
  }

  #advance(bytes: Buffer, last: boolean): string {
    this.#held = bytes;
    if (!this.#sawStart) {
      if (bytes.length < 3 && !last) return '';
      this.#readMark();
    }
    const plain = this.#decode === undefined ? this.#takeAscii(last) : '';
    if (this.#decode === undefined || this.refusal !== undefined) return plain;
    return plain + this.#take(this.#decode, last);
  }

  #readMark(): void {
    this.#sawStart = true;
    const marked = encodingOfMark(this.#held);
    if (marked !== undefined) {
      this.#skip(marked === 'utf-8' ? 3 : 2);
      this.#choose({ encoding: marked, because: 'byte_order_mark' });
    } else if (this.#declared !== undefined) {
      this.#choose({ encoding: this.#declared, because: 'declared' });
    }
  }

  /** Hands on bytes that mean the same in every encoding we would guess, and decides when other bytes are met. */
  #takeAscii(last: boolean): string {
    const ascii = asciiLength(this.#held);
    const text = this.#checked(this.#held.toString('latin1', 0, ascii));
    this.#skip(ascii);
    if (this.#held.length === 0) {
      if (last) this.#choose({ encoding: 'utf-8', because: 'only_ascii' });
    } else if (this.#held.length >= GUESS_BYTES || last) {
      this.#choose(guessEncoding(this.#held.subarray(0, GUESS_BYTES), last));
    }
    return text;
  }

  #take(decode: Decode, last: boolean): string {
    const step = decode(this.#held, last);
    const text = this.#checked(step.text);
    if (step.wrongAt !== undefined) {
      this.refusal ??= new Refusal('text_encoding_wrong', {
        encoding: this.choice?.encoding ?? '',
        offset: this.#offset + step.wrongAt,
        line: this.#lines.line,
        advice:
          'The bytes there are no text in this encoding. Save the file as UTF-8, or say which encoding it is in.',
      });
    }
    this.#skip(step.used);
    return text;
  }

  /** The text up to the first NUL, which no text has. */
  #checked(text: string): string {
    const nul = text.indexOf('\0');
    const before = nul === -1 ? text : text.slice(0, nul);
    this.#lines.add(before);
    if (nul === -1) return text;
    this.refusal = new Refusal('text_binary', {
      offset: this.#offset + this.#bytesOf(before),
      line: this.#lines.line,
      advice: 'The file holds bytes that are no text. Save it as CSV in UTF-8 (or as .xlsx) and try again.',
    });
    return before;
  }

  #bytesOf(text: string): number {
    if (this.choice?.encoding.startsWith('utf-16')) return text.length * 2;
    return this.choice?.encoding === 'utf-8' ? Buffer.byteLength(text) : text.length;
  }

  #choose(choice: EncodingChoice): void {
    this.choice = choice;
    this.#decode = decoderOf(choice.encoding);
  }

  #skip(count: number): void {
    this.#held = this.#held.subarray(count);
    this.#offset += count;
  }
}

/** The encoding that the mark at the beginning of a text names; nothing where there is none. */
export function encodingOfMark(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function asciiLength(bytes: Buffer): number {
  if (isAscii(bytes)) return bytes.length;
  return bytes.findIndex((byte) => byte >= 0x80);
}

/**
 * Looks at bytes that begin with one beyond ASCII. Broken text is UTF-8 all the same when most of it reads as
 * UTF-8.
 */
function guessEncoding(sample: Buffer, isWhole: boolean): EncodingChoice {
  let read = 0;
  let broken = 0;
  for (let at = 0; at < sample.length; ) {
    const length = sequenceLength(sample, at);
    if (length > 1) read += 1;
    if (length === 0 || (length === -1 && isWhole)) broken += 1;
    if (length === -1 && !isWhole) break;
    at += Math.max(1, length);
  }
  if (broken === 0 || read > broken) return { encoding: 'utf-8', because: 'valid_utf8' };
  return { encoding: 'windows-1252', because: 'not_utf8' };
}

/** Bytes of the UTF-8 sequence that begins there; 0 when none does, -1 when it is cut off by the end. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  for (let step = 1; step < length; step += 1) {
    const byte = bytes[at + step];
    if (byte === undefined) return -1;
    const [low, high] = step === 1 ? secondByteRange(first) : [0x80, 0xbf];
    if (byte < low || byte > high) return 0;
  }
  return length;
}

/**
 * What may follow the first byte: narrower where longer forms, surrogates or numbers beyond Unicode would begin.
 */
function secondByteRange(first: number): readonly [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  if (first === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

/** What the bytes from 0x80 on mean in the DOS code page 852, which browsers do not know. Source: the table of Unicode.org. */
const CP852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č' +
  'áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
  '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀' +
  'ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';

function decodeCp852(bytes: Buffer): Step {
  const text = bytes
    .toString('latin1')
    .replace(/[\x80-\xff]/g, (byte) => CP852[byte.charCodeAt(0) - 128] ?? '');
  return { text, used: bytes.length };
}

function decoderOf(encoding: TextEncoding): Decode {
  if (encoding === 'cp852') return decodeCp852;
  if (encoding === 'utf-8') return decodeUtf8;
  if (encoding === 'utf-16le') return (bytes, last) => decodeUtf16(bytes, last);
  if (encoding === 'utf-16be') return (bytes, last) => decodeUtf16(swapped(bytes), last);
  const decoder = new TextDecoder(encoding);
  return (bytes) => ({ text: decoder.decode(bytes), used: bytes.length });
}

function decodeUtf8(bytes: Buffer, last: boolean): Step {
  const end = last ? bytes.length : wholeSequences(bytes);
  const whole = bytes.subarray(0, end);
  if (isUtf8(whole)) return { text: whole.toString('utf8'), used: end };
  let wrongAt = 0;
  for (let length = 1; length > 0; wrongAt += Math.max(0, length)) length = sequenceLength(whole, wrongAt);
  return { text: whole.toString('utf8', 0, wrongAt), used: wrongAt, wrongAt };
}

/** How many bytes can be decoded without cutting a last character whose other bytes are still to come. */
function wholeSequences(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    if (sequenceLength(bytes, bytes.length - back) === -1) return bytes.length - back;
  }
  return bytes.length;
}

function swapped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.subarray(0, copy.length - (copy.length % 2)).swap16();
  return copy;
}

function decodeUtf16(bytes: Buffer, last: boolean): Step {
  const text = bytes.toString('utf16le');
  const endsInside = !last && /[\uD800-\uDBFF]$/.test(text);
  const whole = endsInside ? text.slice(0, -1) : text;
  const cutOff = last && bytes.length % 2 === 1 ? whole.length * 2 : undefined;
  if (whole.isWellFormed()) return { text: whole, used: whole.length * 2, wrongAt: cutOff };
  const wrongAt = whole.search(/\p{Surrogate}/u);
  return { text: whole.slice(0, wrongAt), used: wrongAt * 2, wrongAt: wrongAt * 2 };
}
