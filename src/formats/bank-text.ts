// Text files of banks, line by line: whatever encoding and line ends they come in, in bounded memory. What MT940, BAI2
// and their kin have in common: amounts without a point, days of six digits, lines that have a limit.

import { isUtf8 } from 'node:buffer';
import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import { BANK_LINE_CHARACTERS_MAX, GUESS_BYTES } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  type ByteSource,
  decodeText,
  encodingOfMark,
  ownText,
  type TextEncoding,
  withHead,
} from './text-encoding.ts';

/** One line without its end, and where it stands (1-based). */
export type TextLine = { readonly text: string; readonly line: number };

/** Reads a text that is laid out in lines, a batch at a time: line feed, return, or both end one. */
export async function* readLines(
  source: ByteSource,
  encoding?: TextEncoding | undefined,
): AsyncGenerator<readonly TextLine[]> {
  const headed = await withHead(source, GUESS_BYTES);
  const declared = encoding ?? bankEncodingOf(headed.head);
  const cutter = new LineCutter();
  for await (const piece of decodeText(headed.all, { declared }).text) {
    const lines = cutter.push(piece);
    if (lines.length > 0) yield lines;
  }
  const last = cutter.finish();
  if (last.length > 0) yield last;
}

class LineCutter {
  #rest = '';
  #line = 0;
  #afterReturn = false;

  push(piece: string): TextLine[] {
    const lines: TextLine[] = [];
    let start = 0;
    if (this.#afterReturn && piece.startsWith('\n')) start = 1;
    this.#afterReturn = false;
    for (let at = start; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code !== 10 && code !== 13) continue;
      lines.push(this.#take(this.#rest + piece.slice(start, at)));
      this.#rest = '';
      if (code === 13) {
        if (at + 1 === piece.length) this.#afterReturn = true;
        else if (piece.charCodeAt(at + 1) === 10) at += 1;
      }
      start = at + 1;
    }
    this.#rest += piece.slice(start);
    if (this.#rest.length > BANK_LINE_CHARACTERS_MAX) this.#tooLong();
    return lines;
  }

  finish(): TextLine[] {
    return this.#rest === '' ? [] : [this.#take(this.#rest)];
  }

  #take(text: string): TextLine {
    this.#line += 1;
    if (text.length > BANK_LINE_CHARACTERS_MAX) this.#tooLong();
    return { text, line: this.#line };
  }

  #tooLong(): never {
    throw new Refusal('bank_line_too_long', {
      line: this.#line + 1,
      charactersMax: BANK_LINE_CHARACTERS_MAX,
      advice: 'A line this long is in no bank file. Download the file again, with its line ends.',
    });
  }
}

/**
 * The encoding of a bank's text where its bytes tell: by a mark, or UTF-16 without one, which has a NUL beside every
 * letter; the DOS code page 852 of central Europe has its letters where windows-1252 has signs. Nothing where they do
 * not tell.
 */
export function bankEncodingOf(head: Uint8Array): TextEncoding | undefined {
  const marked = encodingOfMark(head);
  if (marked !== undefined) return marked;
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[3] === 0) return 'utf-16le';
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0) return 'utf-16be';
  if (isUtf8(head) || isUtf8(head.subarray(0, Math.max(0, head.length - 3)))) return undefined;
  let dos = 0;
  let windows = 0;
  for (let at = 1; at < head.length; at += 1) {
    const byte = head[at] ?? 0;
    if (byte < 0x80 || !(isLetter(head[at - 1]) || isLetter(head[at + 1]))) continue;
    if (byte >= 0xc0 || byte === 0x8a || byte === 0x9a || byte === 0x8e || byte === 0x9e) windows += 1;
    else dos += 1;
  }
  return dos > windows ? 'cp852' : undefined;
}

function isLetter(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** A day as six digits, and whether it had to be moved to the last of its month (30 February of a 30/360 bank). */
export type SixDigitDay = { readonly day: PlainDate; readonly isMoved: boolean };

/**
 * Reads YYMMDD. Two digits of a year below 80 are of this century; SWIFT and BAI leave it open. A day beyond the end
 * of its month, as banks that count thirty days write it, is the last one. Nothing where it is no day at all.
 */
export function readSixDigitDay(text: string): SixDigitDay | undefined {
  if (!/^\d{6}$/.test(text)) return undefined;
  const known = days.get(text);
  if (known !== undefined) return known;
  const read = makeSixDigitDay(text);
  if (read === undefined) return undefined;
  if (days.size >= DAYS_KEPT_MAX) days.clear();
  days.set(ownText(text), read);
  return read;
}

/** Days read lately: a file names the same few again and again, and making one is what reading costs most. */
const days = new Map<string, SixDigitDay>();
const DAYS_KEPT_MAX = 1_000;

function makeSixDigitDay(text: string): SixDigitDay | undefined {
  const year = Number(text.slice(0, 2)) + (Number(text.slice(0, 2)) < 80 ? 2000 : 1900);
  const [month, day] = [Number(text.slice(2, 4)), Number(text.slice(4))];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const last = parseDate(`${year}-${pad(month)}-01`).daysInMonth;
  return { day: parseDate(`${year}-${pad(month)}-${pad(Math.min(day, last))}`), isMoved: day > last };
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** Digits with a decimal comma (or none) as plain decimal text; nothing when it is no amount. `1000,` is 1000. */
export function readCommaAmount(text: string): string | undefined {
  const found = /^(\d{1,15})(?:[,.](\d{0,6}))?$/.exec(text);
  if (found === null) return undefined;
  const whole = (found[1] ?? '').replace(/^0+(?=\d)/, '');
  return found[2] === undefined || found[2] === '' ? whole : `${whole}.${found[2]}`;
}

/** Minor units as plain decimal text: `1234` of a currency with two decimals is 12.34. */
export function minorText(minor: bigint, decimals: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const split = digits.length - decimals;
  const plain = decimals === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return minor < 0n ? `-${plain}` : plain;
}

/** The amount taken with the other sign; nothing is the same either way. */
export function negatedText(decimal: string): string {
  if (decimal.startsWith('-')) return decimal.slice(1);
  return /[1-9]/.test(decimal) ? `-${decimal}` : decimal;
}

/** Whether an amount as decimal text is above nothing. */
export function isAboveNothing(decimal: string): boolean {
  return !decimal.startsWith('-') && /[1-9]/.test(decimal);
}

/** Text trimmed and in memory of its own, or nothing when it is empty. */
export function textOrNone(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed ? ownText(trimmed) : undefined;
}

/** Whether a text is formed like an IBAN. */
export function looksLikeIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text);
}
