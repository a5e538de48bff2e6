// BAI2 from text to records to fields. Banks end a record with a slash or with its line, write several on one line, and cut
// one in the middle; a slash or comma inside the text of an entry is text.

import type { PlainDate } from '#kernel/calendar.ts';
import { BANK_FIELD_CHARACTERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSixDigitDay, type TextLine, textOrNone } from './bank-text.ts';

/** One logical record with its continuations (88). */
export type BaiRecord = {
  readonly code: string;
  /** The fields as far as they are split; the first is the code. */
  readonly fields: readonly string[];
  /** Each physical record of it without its code and end. */
  readonly parts: readonly string[];
  readonly line: number;
  /** How many physical records it is made of, as trailers count them. */
  readonly physical: number;
};

const RECORD = /^(01|02|03|16|49|88|98|99)[,:](.*)$/s;
/** Where a further record begins on the same line: a slash, blanks, and a record code. */
const NEXT_RECORD = /(?<=\/)\s+(?=(?:01|02|03|16|49|88|98|99)[,:])/;

/** Puts lines together to logical records. */
export class BaiRecordReader {
  #code = '';
  #parts: string[] = [];
  #line = 0;
  #length = 0;

  /** The records that ended before what this line holds. Refuses: `bai_record_too_long`. */
  *push({ text, line }: TextLine): Generator<BaiRecord> {
    const plain = text.replace(/^\ufeff/, '').trim();
    if (plain === '') return;
    for (const piece of plain.split(NEXT_RECORD)) {
      const found = RECORD.exec(piece);
      if (found !== null && found[1] !== '88') {
        yield* this.finish();
        this.#code = found[1] ?? '';
        this.#line = line;
        this.#parts = [withoutEnd(found[2] ?? '')];
        this.#length = piece.length;
        continue;
      }
      if (this.#code === '') {
        throw new Refusal('bai_not_recognised', {
          line,
          value: piece.slice(0, 40),
          advice: 'A BAI2 file begins with a file header (01). Download the file again, or ask the bank.',
        });
      }
      this.#append(found?.[2], piece, line);
    }
  }

  #append(continued: string | undefined, piece: string, line: number): void {
    this.#length += piece.length;
    if (this.#length > BANK_FIELD_CHARACTERS_MAX) {
      throw new Refusal('bai_record_too_long', {
        line,
        record: this.#code,
        charactersMax: BANK_FIELD_CHARACTERS_MAX,
        advice: 'The record does not end. Download the file again, or ask the bank.',
      });
    }
    if (continued !== undefined) this.#parts.push(withoutEnd(continued));
    // A line that begins with no record code goes on with the text of the one before.
    else this.#parts[this.#parts.length - 1] += ` ${withoutEnd(piece)}`;
  }

  *finish(): Generator<BaiRecord> {
    if (this.#code === '') return;
    const parts = this.#parts;
    // Continuations of anything but an entry hold fields that go on where the ones before were cut.
    const fields = this.#code === '16' ? [] : parts.join(',').split(',');
    yield {
      code: this.#code,
      fields: [this.#code, ...fields],
      parts,
      line: this.#line,
      physical: parts.length,
    };
    this.#code = '';
    this.#parts = [];
  }
}

function withoutEnd(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}

/** One figure of an account: a balance or a total, in minor units; nothing when left blank or no number. */
export type BaiFigure = {
  readonly type: string;
  readonly amount: string;
  readonly minor: bigint | undefined;
  readonly valueDate?: PlainDate | undefined;
};

/** The figures of an account record: type, amount, count of items, kind of funds with what belongs to it. */
export function readFigures(fields: readonly string[]): readonly BaiFigure[] {
  const figures: BaiFigure[] = [];
  for (let at = 0; at < fields.length; ) {
    const [type = '', amount = ''] = fields.slice(at, at + 2).map((field) => field.trim());
    const funds = readFunds(fields, at + 3);
    if (type !== '') figures.push({ type, amount, minor: minorOf(amount), valueDate: funds.valueDate });
    at = funds.next;
  }
  return figures;
}

function minorOf(text: string): bigint | undefined {
  return /^[+-]?\d{1,18}$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
}

/** How many distributions a kind of funds D may have; more is no count. */
const DISTRIBUTIONS_MAX = 999;

/** The kind of funds: V has a day and a time, S three amounts, D a count and so many pairs; others stand alone. */
function readFunds(
  fields: readonly string[],
  at: number,
): { readonly next: number; readonly valueDate?: PlainDate | undefined } {
  const kind = (fields[at] ?? '').trim().toUpperCase();
  if (kind === 'V') return { next: at + 3, valueDate: readSixDigitDay((fields[at + 1] ?? '').trim())?.day };
  if (kind === 'S') return { next: at + 4 };
  if (kind !== 'D') return { next: at + 1 };
  const count = Number(fields[at + 1]);
  const pairs = Number.isInteger(count) && count >= 0 && count <= DISTRIBUTIONS_MAX ? count : 0;
  return { next: at + 2 + 2 * pairs };
}

/** An entry: type, amount in minor units, references, and its text line by line. */
export type BaiTransaction = {
  readonly type: string;
  readonly amount: string;
  readonly minor: bigint | undefined;
  readonly valueDate?: PlainDate | undefined;
  readonly bankReference?: string | undefined;
  readonly customerReference?: string | undefined;
  readonly text: readonly string[];
};

/** Reads an entry record (16). Its text begins behind the references and holds whatever it likes, commas too. */
export function readTransaction(record: BaiRecord): BaiTransaction {
  const { parts } = record;
  let joined = parts[0] ?? '';
  let taken = 1;
  let head = headOf(joined);
  // A continuation may have cut the fields before the text.
  while (head.text === undefined && taken < parts.length && taken < 10) {
    joined += `,${parts[taken]}`;
    taken += 1;
    head = headOf(joined);
  }
  const text = [head.text ?? '', ...parts.slice(taken)]
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [type = '', amount = ''] = head.fields.map((field) => field.trim());
  return {
    type,
    amount,
    minor: minorOf(amount),
    valueDate: head.valueDate,
    bankReference: reference(head.fields[head.references]),
    customerReference: reference(head.fields[head.references + 1]),
    text,
  };
}

/** A reference of zeros only says that there is none. */
function reference(text: string | undefined): string | undefined {
  return /^0*$/.test(text?.trim() ?? '') ? undefined : textOrNone(text);
}

type Head = {
  readonly fields: readonly string[];
  readonly references: number;
  readonly valueDate?: PlainDate | undefined;
  /** What stands behind the references, or nothing where the record was cut before. */
  readonly text: string | undefined;
};

function headOf(joined: string): Head {
  const fields = joined.split(',', 8 + 2 * DISTRIBUTIONS_MAX);
  const { next, valueDate } = readFunds(fields, 2);
  const textAt = next + 2;
  if (fields.length <= textAt) return { fields, references: next, valueDate, text: undefined };
  const before = fields.slice(0, textAt).reduce((length, field) => length + field.length + 1, 0);
  return { fields, references: next, valueDate, text: joined.slice(before) };
}
