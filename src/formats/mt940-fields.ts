// The fields of SWIFT statements: how lines make fields, the statement line (:61:), balances. Field formats are those
// of the SWIFT user handbook, category 9; where banks depart from it, what they write is read and told.

import { addDays, daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { BANK_FIELD_CHARACTERS_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import type { StatementAmount, StatementBalance } from './bank-statement-shape.ts';
import { negatedText, readCommaAmount, readSixDigitDay, type TextLine, textOrNone } from './bank-text.ts';

/** One field: its tag, the lines of its value, and the line of the file where it begins. */
export type MtField = { readonly tag: string; readonly lines: readonly string[]; readonly line: number };

const TAG = /^:(\d{2}[A-Z]?|NS):(.*)$/s;
const TAGS: ReadonlySet<string> = new Set(
  '12 13 13C 13D 20 21 25 25P 28 28C 28D 34F 60F 60M 61 62F 62M 64 64F 65 65F 86 90C 90D NS'.split(' '),
);
/** What a value looks like where a line of text could be taken for a field. */
const VALUES: readonly (readonly [tags: RegExp, value: RegExp])[] = [
  [/^61$/, /^\d{6}/],
  [/^6[02][FM]$|^6[45]F?$/, /^[CD]/],
  [/^(12|13|20|21|25|28)/, /^(?!\d\d\b)/],
];
/** A line of a :86: this long was filled to the width of the form, so that the next one goes on with its text. */
const FULL_LINE = 60;

/** Puts lines together to fields. A line inside :86: may begin with a colon and is no field then. */
export class MtFieldReader {
  #tag = '';
  #lines: string[] = [];
  #line = 0;
  #length = 0;

  /** The field that ended before this line, if one did. Refuses: `mt940_field_too_long`. */
  push({ text, line }: TextLine): MtField | undefined {
    // A SWIFT block header may stand before the first tag of its line, a trailer ends the message.
    const bare = text.includes('{4:') ? text.replace(/^[\p{Cc}\ufeff\s]*\{1:.*\{4:/u, '') : text;
    const plain = bare.trimEnd();
    const found = plain.startsWith(':') ? TAG.exec(plain) : null;
    const tag = found?.[1] ?? '';
    if (found !== null && TAGS.has(tag) && !this.#goesOn(tag, found[2] ?? '')) {
      const before = this.finish();
      this.#tag = tag;
      this.#lines = [found[2] ?? ''];
      this.#line = line;
      this.#length = plain.length;
      return before;
    }
    if (plain.startsWith('-') && /^-(\}.*)?\p{Cc}*$/u.test(plain)) return this.finish();
    if (this.#tag === '') return undefined;
    this.#length += plain.length;
    if (this.#length > BANK_FIELD_CHARACTERS_MAX) {
      throw new Refusal('mt940_field_too_long', {
        field: this.#tag,
        line: this.#line,
        charactersMax: BANK_FIELD_CHARACTERS_MAX,
        advice: 'The field does not end. Download the statement again, or ask the bank.',
      });
    }
    this.#lines.push(plain);
    return undefined;
  }

  finish(): MtField | undefined {
    if (this.#tag === '') return undefined;
    const lines = this.#lines.filter((text, at) => at === 0 || text.trim() !== '');
    const field = { tag: this.#tag, lines, line: this.#line };
    this.#tag = '';
    this.#lines = [];
    return field;
  }

  #goesOn(tag: string, value: string): boolean {
    if (
      this.#tag !== '86' ||
      (this.#lines.at(-1)?.length ?? 0) + (this.#lines.length === 1 ? 4 : 0) < FULL_LINE
    )
      return false;
    const expected = VALUES.find(([tags]) => tags.test(tag))?.[1];
    return expected !== undefined && !expected.test(value);
  }
}

/** A balance field: mark, day, currency, amount. Some banks leave the currency out. */
const BALANCE = /^\s*([CD])(\d{6})([A-Z]{3})?(\d+(?:[,.]\d*)?)\s*$/;

/** What a balance field says, or nothing when it is not readable. */
export function readMtBalance(
  field: MtField,
  type: string,
  currencyElse: string | undefined,
): StatementBalance | undefined {
  const found = BALANCE.exec(field.lines[0] ?? '');
  const decimal = readCommaAmount(found?.[4] ?? '');
  const currency = found?.[3] ?? currencyElse;
  if (found === null || decimal === undefined || currency === undefined) return undefined;
  return {
    type,
    ...(field.tag.endsWith('M') ? { subtype: 'INTM' } : {}),
    amount: { decimal: found[1] === 'D' ? negatedText(decimal) : decimal, currency },
    date: readSixDigitDay(found[2] ?? '')?.day,
    line: field.line,
  };
}

/** What a statement line (:61:) says. */
export type MtStatementLine = {
  readonly amount: StatementAmount;
  readonly isReversal: boolean;
  /** EC and ED: expected, in interim reports only. */
  readonly isExpected: boolean;
  readonly valueDate?: PlainDate | undefined;
  readonly bookingDate?: PlainDate | undefined;
  /** Four letters and digits, as `NTRF`. */
  readonly type?: string | undefined;
  readonly customerReference?: string | undefined;
  readonly bankReference?: string | undefined;
  readonly supplement?: string | undefined;
  readonly problems: readonly Problem[];
};

const LINE = /^\s*(\d{6})\s*(\d{4})?\s*(RC|RD|EC|ED|C|D)([A-Z])?\s*(\d+(?:,\d*)?)([A-Z][A-Z0-9]{3})?(.*)$/s;
/** Marks of money that goes out: the reversal of a credit does. */
const OUTGOING: ReadonlySet<string> = new Set(['D', 'RC', 'ED']);

/**
 * Reads a statement line. RC takes back a credit, so that money goes out; RD takes back a debit. Without an entry day
 * the value day stands for it; an entry day has no year and gets that which puts it nearest to the value day.
 * Nothing where mark or amount cannot be read.
 */
export function readStatementLine(field: MtField, currency: string): MtStatementLine | undefined {
  const found = LINE.exec(field.lines[0] ?? '');
  const decimal = readCommaAmount(found?.[5] ?? '');
  if (found === null || decimal === undefined) return undefined;
  const [, valueText = '', entryText, mark = '', , , type] = found;
  const problems: Problem[] = [];
  const report = (code: string, message: string, value: string) =>
    problems.push({ code, message, line: field.line, column: ':61:', value });
  const value = readSixDigitDay(valueText);
  if (value === undefined) report('date_not_valid', 'The value date is no day and is left out.', valueText);
  if (value?.isMoved)
    report(
      'date_moved_to_month_end',
      'The value date is not in its month; its last day is taken.',
      valueText,
    );
  const entry = entryText === undefined ? value?.day : nearestDay(entryText, value?.day);
  if (entryText !== undefined && entry === undefined)
    report('date_not_valid', 'The entry date is no day; the value date is taken.', entryText);
  const rest = found[7] ?? '';
  const split = rest.indexOf('//');
  const customer = textOrNone(split === -1 ? rest : rest.slice(0, split));
  return {
    amount: { decimal: OUTGOING.has(mark) ? negatedText(decimal) : decimal, currency },
    isReversal: mark.startsWith('R'),
    isExpected: mark.startsWith('E'),
    valueDate: value?.day,
    bookingDate: entry ?? value?.day,
    type,
    customerReference: customer === 'NONREF' ? undefined : customer,
    bankReference: split === -1 ? undefined : textOrNone(rest.slice(split + 2)),
    supplement: textOrNone(field.lines.slice(1).join(' ')),
    problems,
  };
}

/** The day MMDD of the year in which it is nearest to another day: 0102 beside 31 December is in the next year. */
function nearestDay(text: string, beside: PlainDate | undefined): PlainDate | undefined {
  if (beside === undefined) return undefined;
  // Most entries are booked on or about their value day: then the year is the same, and nothing is left to weigh.
  const same = readSixDigitDay(String(beside.year % 100).padStart(2, '0') + text)?.day;
  if (same !== undefined && same.month === beside.month) return same;
  let nearest: PlainDate | undefined;
  for (const around of [addDays(beside, -180), beside, addDays(beside, 180)]) {
    const day = readSixDigitDay(String(around.year % 100).padStart(2, '0') + text)?.day;
    if (day === undefined) return undefined;
    const isNearer =
      nearest === undefined || Math.abs(daysBetween(beside, day)) < Math.abs(daysBetween(beside, nearest));
    if (isNearer) nearest = day;
  }
  return nearest;
}
