// X12 (EDI) from text to segments. Which characters part elements and segments is found from the interchange header, never
// assumed: banks use any, and do not pad the header to its fixed width.

import { BANK_FIELD_CHARACTERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ByteSource, decodeText, type TextEncoding } from './text-encoding.ts';

/** One segment: its id, its elements (the first is element 01), its 1-based place in the file. */
export type X12Segment = {
  readonly id: string;
  readonly elements: readonly string[];
  readonly ordinal: number;
};

/** Elements of an ISA header. */
const HEADER_ELEMENTS = 16;
/** An ISA header is 106 characters when padded; without a terminator by then it is none. */
const HEADER_CHARACTERS_MAX = 400;

/** Cuts text that comes in pieces into segments. */
export class X12SegmentReader {
  #held = '';
  #element = '';
  #terminator = '';
  #ordinal = 0;

  /** Refuses: `x12_not_recognised`, `x12_segment_too_long`. */
  push(piece: string): X12Segment[] {
    this.#held += piece;
    return this.#take(false);
  }

  finish(): X12Segment[] {
    const segments = this.#take(true);
    if (this.#ordinal === 0) throw notRecognised();
    return segments;
  }

  #take(isLast: boolean): X12Segment[] {
    if (this.#terminator === '' && !this.#findSeparators(isLast)) return [];
    const segments: X12Segment[] = [];
    let start = 0;
    for (;;) {
      const end = this.#held.indexOf(this.#terminator, start);
      if (end === -1 && !isLast) break;
      const text = this.#held.slice(start, end === -1 ? this.#held.length : end).trim();
      if (text !== '') {
        const [id = '', ...elements] = text.split(this.#element);
        this.#ordinal += 1;
        segments.push({
          id: id.toUpperCase(),
          elements: elements.map((element) => element.trim()),
          ordinal: this.#ordinal,
        });
      }
      start = end === -1 ? this.#held.length : end + 1;
      if (end === -1) break;
    }
    this.#held = this.#held.slice(start);
    if (this.#held.length > BANK_FIELD_CHARACTERS_MAX) {
      throw new Refusal('x12_segment_too_long', {
        segment: this.#ordinal + 1,
        charactersMax: BANK_FIELD_CHARACTERS_MAX,
        advice: 'The segment does not end. Ask the sender for the file again.',
      });
    }
    return segments;
  }

  /** The element separator stands behind ISA, the terminator behind the last element, which is one character. */
  #findSeparators(isLast: boolean): boolean {
    this.#held = this.#held.trimStart();
    if (this.#held.length < HEADER_CHARACTERS_MAX && !isLast) return false;
    const header = this.#held.slice(0, HEADER_CHARACTERS_MAX);
    const element = header[3] ?? '';
    if (!header.startsWith('ISA') || element === '' || /[A-Za-z0-9 ]/.test(element)) throw notRecognised();
    let at = 3;
    for (let count = 1; count < HEADER_ELEMENTS && at !== -1; count += 1)
      at = header.indexOf(element, at + 1);
    const terminator = at === -1 ? undefined : header[at + 2];
    if (terminator === undefined) throw notRecognised();
    this.#element = element;
    this.#terminator = terminator;
    return true;
  }
}

/** Reads an X12 file segment by segment. Refuses: `x12_not_recognised`, `x12_segment_too_long`, and what reading text refuses. */
export async function* readX12(
  source: ByteSource,
  options: { readonly encoding?: TextEncoding | undefined } = {},
): AsyncGenerator<X12Segment> {
  const reader = new X12SegmentReader();
  for await (const piece of decodeText(source, { declared: options.encoding }).text)
    yield* reader.push(piece);
  yield* reader.finish();
}

/** Reads X12 that is whole in memory: addenda of a payment, joined. Refuses: what `readX12` does. */
export function x12Segments(text: string): readonly X12Segment[] {
  const reader = new X12SegmentReader();
  return [...reader.push(text), ...reader.finish()];
}

function notRecognised(): Refusal {
  return new Refusal('x12_not_recognised', {
    segment: 1,
    advice:
      'X12 begins with an interchange header (ISA) of sixteen elements. Ask the sender for the file again.',
  });
}
