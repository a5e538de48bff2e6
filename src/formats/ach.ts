// ACH files as banks send them back (NACHA, 94 columns): returns, notices of change, dishonoured and contested returns, and
// payments with their addenda. Column positions: Nacha Operating Rules, appendix three (file exchange) and four
// (returns). Totals that do not hold are told; columns that are shifted refuse the file, because an amount could be wrong.

import type { PlainDate } from '#kernel/calendar.ts';
import { ENTRY_DETAILS_MAX, STATEMENT_LINES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { readLines, readSixDigitDay, type TextLine, textOrNone } from './bank-text.ts';
import type { ByteSource, TextEncoding } from './text-encoding.ts';

/** One company's entries of one kind. */
export type AchBatch = {
  readonly serviceClass: string;
  readonly company?: string | undefined;
  readonly companyId?: string | undefined;
  /** What kind of entries: PPD, CCD, CTX, WEB; COR for notices of change. */
  readonly entryClass: string;
  readonly description?: string | undefined;
  readonly effectiveDate?: PlainDate | undefined;
  readonly number: string;
  readonly line: number;
};

/** Why an entry came back, or what the bank wants changed. */
export type AchNotice = {
  /** R01 to R60 and above R77 return, R61 to R70 dishonour a return, R71 to R77 contest that, C01 and on ask for a change. */
  readonly kind: 'return' | 'dishonoured' | 'contested' | 'change';
  readonly code: string;
  /** The trace number of the entry we sent: what ties the notice to it. */
  readonly originalTrace: string;
  readonly originalBank?: string | undefined;
  /** Of a dishonoured or contested return: the trace number of the return itself. */
  readonly returnTrace?: string | undefined;
  /** Of a notice of change: what is right. */
  readonly correctedData?: string | undefined;
  readonly dateOfDeath?: PlainDate | undefined;
  readonly info?: string | undefined;
  readonly line: number;
};

/** One entry with everything that stands beneath it. */
export type AchEntry = {
  readonly batch: AchBatch;
  readonly transactionCode: string;
  readonly direction: 'credit' | 'debit';
  /** US cents. */
  readonly cents: bigint;
  readonly bank: string;
  readonly account?: string | undefined;
  readonly name?: string | undefined;
  readonly identification?: string | undefined;
  readonly trace: string;
  readonly notices: readonly AchNotice[];
  /** Payment information of addenda 05, piece by piece; joined it may be an EDI 820. */
  readonly payment: readonly TextLine[];
  readonly line: number;
};

/** What a file holds, counted; every total that does not hold is a problem with the difference. */
export type AchSummary = {
  readonly batches: number;
  readonly entries: number;
  readonly addenda: number;
  readonly creditCents: bigint;
  readonly debitCents: bigint;
  readonly problems: readonly Problem[];
};

export type AchEvent =
  | { readonly kind: 'batch'; readonly batch: AchBatch }
  | { readonly kind: 'entry'; readonly entry: AchEntry }
  | { readonly kind: 'summary'; readonly summary: AchSummary };

const WIDTH = 94;

/** Whether the beginning of a text is that of an ACH file. */
export function looksLikeAch(head: string): boolean {
  return /^101[ \d].{30}[A-Z0-9]094101/.test(head);
}

/**
 * Reads an ACH file. Blanks that were trimmed are put back, lines without ends are cut at 94 columns.
 *
 * Refuses: `ach_not_recognised`, `ach_columns_shifted`, `ach_record_misplaced`, `statement_too_many_entries`,
 * `statement_too_many_details`, `bank_line_too_long`, and what reading text refuses.
 */
export async function* readAch(
  source: ByteSource,
  options: { readonly encoding?: TextEncoding | undefined } = {},
): AsyncGenerator<AchEvent> {
  const reader = new AchReader();
  for await (const lines of readLines(source, options.encoding)) {
    for (const { text, line } of lines) {
      for (let at = 0; at === 0 || at < text.length; at += WIDTH)
        yield* reader.take(text.slice(at, at + WIDTH), line);
    }
  }
  yield* reader.finish();
}

type Sums = { count: number; hash: bigint; debit: bigint; credit: bigint };
type OpenEntry = Omit<AchEntry, 'notices' | 'payment'> & { notices: AchNotice[]; payment: TextLine[] };

const PROBLEMS_MAX = 1000;

class AchReader {
  #isOpen = false;
  #hasEnd = false;
  #batch: AchBatch | undefined;
  #entry: OpenEntry | undefined;
  #sums: Sums = { count: 0, hash: 0n, debit: 0n, credit: 0n };
  readonly #total: Sums = { count: 0, hash: 0n, debit: 0n, credit: 0n };
  #batches = 0;
  #entries = 0;
  #addenda = 0;
  readonly #problems: Problem[] = [];

  *take(text: string, line: number): Generator<AchEvent> {
    const record = text.replace(/\s+$/, '').padEnd(WIDTH);
    const type = record[0] ?? '';
    if (record.trim() === '' || /^9{94}$/.test(record)) return;
    if (type === '1' && !this.#isOpen) this.#isOpen = true;
    else if (!this.#isOpen) throw notRecognised(line);
    else if (type === '5') yield* this.#beginBatch(record, line);
    else if (type === '6') yield* this.#beginEntry(record, line);
    else if (type === '7') this.#takeAddendum(record, line);
    else if (type === '8') yield* this.#endBatch(record, line);
    else if (type === '9') yield* this.#endFile(record, line);
    else throw misplaced(record, line);
  }

  *finish(): Generator<AchEvent> {
    if (!this.#isOpen) throw notRecognised(1);
    yield* this.#leaveBatch(0);
    if (!this.#hasEnd)
      this.#report('ach_control_missing', 'The file has no control record (9). Is it whole?', 0, '');
    yield {
      kind: 'summary',
      summary: {
        batches: this.#batches,
        entries: this.#entries,
        addenda: this.#addenda,
        creditCents: this.#total.credit,
        debitCents: this.#total.debit,
        problems: this.#problems,
      },
    };
  }

  *#beginBatch(record: string, line: number): Generator<AchEvent> {
    yield* this.#leaveBatch(line);
    const number = digits(record, [88, 94], line);
    if (cut(record, 70, 75).trim() !== '') digits(record, [70, 75], line);
    this.#batches += 1;
    this.#sums = { count: 0, hash: 0n, debit: 0n, credit: 0n };
    this.#batch = {
      serviceClass: cut(record, 2, 4),
      company: textOrNone(cut(record, 5, 20)),
      companyId: textOrNone(cut(record, 41, 50)),
      entryClass: cut(record, 51, 53),
      description: textOrNone(cut(record, 54, 63)),
      effectiveDate: readSixDigitDay(cut(record, 70, 75))?.day,
      number,
      line,
    };
    yield { kind: 'batch', batch: this.#batch };
  }

  *#beginEntry(record: string, line: number): Generator<AchEvent> {
    yield* this.#endEntry();
    const batch = this.#batch;
    if (batch === undefined) throw misplaced(record, line);
    if (this.#entries >= STATEMENT_LINES_MAX)
      throw new Refusal('statement_too_many_entries', { line, entriesMax: STATEMENT_LINES_MAX });
    const transactionCode = digits(record, [2, 3], line);
    const bank = digits(record, [4, 11], line);
    const cents = BigInt(digits(record, [30, 39], line));
    const direction = Number(transactionCode[1]) <= 4 ? 'credit' : 'debit';
    const isInternational = batch.entryClass === 'IAT';
    this.#entries += 1;
    this.#sums.count += 1;
    this.#sums.hash += BigInt(bank);
    this.#sums[direction] += cents;
    this.#entry = {
      batch,
      transactionCode,
      direction,
      cents,
      bank,
      account: textOrNone(isInternational ? cut(record, 40, 74) : cut(record, 13, 29)),
      // The name of a CTX entry stands behind its count of addenda, that of an international one in addendum 10.
      name: isInternational
        ? undefined
        : textOrNone(batch.entryClass === 'CTX' ? cut(record, 59, 74) : cut(record, 55, 76)),
      identification: isInternational ? undefined : textOrNone(cut(record, 40, 54)),
      trace: digits(record, [80, 94], line),
      notices: [],
      payment: [],
      line,
    };
  }

  #takeAddendum(record: string, line: number): void {
    const entry = this.#entry;
    if (entry === undefined) throw misplaced(record, line);
    this.#addenda += 1;
    this.#sums.count += 1;
    if (entry.payment.length + entry.notices.length >= ENTRY_DETAILS_MAX)
      throw new Refusal('statement_too_many_details', { line, detailsMax: ENTRY_DETAILS_MAX });
    const type = cut(record, 2, 3);
    if (type === '05') {
      digits(record, [88, 94], line);
      entry.payment.push({ text: record.slice(3, 83), line });
    } else if (type === '98' || type === '99') entry.notices.push(readNotice(record, line, type === '98'));
  }

  *#endEntry(): Generator<AchEvent> {
    const entry = this.#entry;
    this.#entry = undefined;
    if (entry !== undefined) yield { kind: 'entry', entry };
  }

  *#endBatch(record: string, line: number): Generator<AchEvent> {
    yield* this.#endEntry();
    if (this.#batch === undefined) throw misplaced(record, line);
    this.#compare('batch', line, this.#sums, {
      count: cut(record, 5, 10),
      hash: cut(record, 11, 20),
      debit: cut(record, 21, 32),
      credit: cut(record, 33, 44),
    });
    this.#closeBatch();
  }

  #closeBatch(): void {
    this.#batch = undefined;
    this.#total.count += this.#sums.count;
    this.#total.hash += this.#sums.hash;
    this.#total.debit += this.#sums.debit;
    this.#total.credit += this.#sums.credit;
  }

  *#leaveBatch(line: number): Generator<AchEvent> {
    yield* this.#endEntry();
    if (this.#batch === undefined) return;
    this.#report(
      'ach_control_missing',
      'The batch ends without its control record (8). Is it whole?',
      line,
      this.#batch.number,
    );
    this.#closeBatch();
  }

  *#endFile(record: string, line: number): Generator<AchEvent> {
    yield* this.#leaveBatch(line);
    this.#hasEnd = true;
    this.#differs('batches', 'file', line, { stated: cut(record, 2, 7), actual: BigInt(this.#batches) });
    this.#compare('file', line, this.#total, {
      count: cut(record, 14, 21),
      hash: cut(record, 22, 31),
      debit: cut(record, 32, 43),
      credit: cut(record, 44, 55),
    });
  }

  #compare(what: string, line: number, counted: Sums, stated: Readonly<Record<keyof Sums, string>>): void {
    this.#differs('count', what, line, { stated: stated.count, actual: BigInt(counted.count) });
    // The hash is the sum of the first eight digits of the banks, of which ten digits are kept.
    this.#differs('hash', what, line, { stated: stated.hash, actual: counted.hash % 10_000_000_000n });
    this.#differs('debit', what, line, { stated: stated.debit, actual: counted.debit });
    this.#differs('credit', what, line, { stated: stated.credit, actual: counted.credit });
  }

  #differs(
    kind: string,
    what: string,
    line: number,
    { stated, actual }: { readonly stated: string; readonly actual: bigint },
  ): void {
    const isNumber = /^\d+$/.test(stated.trim());
    if (isNumber && BigInt(stated.trim()) === actual) return;
    const apart = isNumber ? String(actual - BigInt(stated.trim())) : stated;
    this.#report(
      `ach_${kind}_differs`,
      `The ${what} states ${stated.trim()} (${kind}) and has ${actual}.`,
      line,
      apart,
    );
  }

  #report(code: string, message: string, line: number, value: string): void {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push({ code, message, line, value });
  }
}

/** Columns counted from 1, both ends included, as the rules print them. */
function cut(record: string, from: number, to: number): string {
  return record.slice(from - 1, to);
}

/** A field that must be digits. Refuses: `ach_columns_shifted`. */
function digits(record: string, [from, to]: readonly [number, number], line: number): string {
  const text = cut(record, from, to);
  if (/^\d+$/.test(text)) return text;
  throw new Refusal('ach_columns_shifted', {
    line,
    columns: `${from}-${to}`,
    value: text,
    advice: 'Digits belong there; a character is missing or too many before it. Download the file again.',
  });
}

function readNotice(record: string, line: number, isChange: boolean): AchNotice {
  const code = cut(record, 4, 6).trim();
  const number = Number(code.slice(1));
  const kind = isChange
    ? 'change'
    : number >= 61 && number <= 70
      ? 'dishonoured'
      : number >= 71 && number <= 77
        ? 'contested'
        : 'return';
  const isReturn = kind === 'return';
  return {
    kind,
    code,
    originalTrace: cut(record, 7, 21).trim(),
    originalBank: textOrNone(cut(record, 28, 35)),
    returnTrace: isReturn || isChange ? undefined : textOrNone(cut(record, 39, 53)),
    correctedData: isChange ? textOrNone(cut(record, 36, 64)) : undefined,
    dateOfDeath: isReturn ? readSixDigitDay(cut(record, 22, 27))?.day : undefined,
    info: isReturn
      ? textOrNone(cut(record, 36, 79))
      : kind === 'dishonoured'
        ? textOrNone(cut(record, 59, 79))
        : undefined,
    line,
  };
}

function notRecognised(line: number): Refusal {
  return new Refusal('ach_not_recognised', {
    line,
    advice: 'An ACH file begins with a file header (1). Download the file again.',
  });
}

function misplaced(record: string, line: number): Refusal {
  return new Refusal('ach_record_misplaced', {
    line,
    record: record.slice(0, 1),
    advice: 'The record stands where none of its kind may stand. Download the file again.',
  });
}
