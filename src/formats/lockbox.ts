// Lockbox files: the bank opens the mail of a post box, deposits the cheques and sends what was written on them. BAI laid
// down the kinds of records; where in a record a field stands differs from bank to bank and is data here.

import type { PlainDate } from '#kernel/calendar.ts';
import { ENTRY_DETAILS_MAX, STATEMENT_LINES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { readLines, readSixDigitDay, textOrNone } from './bank-text.ts';
import type { ByteSource, TextEncoding } from './text-encoding.ts';

/** First and last column of a field, counted from 1. */
export type Columns = readonly [from: number, to: number];

/** Where the fields of a bank's lockbox file stand. Record types: 5 batch, 6 cheque, 4 overflow, 7 batch total, 8 box total, 9 end. */
export type LockboxLayout = {
  readonly check: {
    readonly batch: Columns;
    readonly item: Columns;
    readonly cents: Columns;
    readonly routing: Columns;
    readonly account: Columns;
    readonly number: Columns;
    readonly date?: Columns | undefined;
    readonly dateOrder: 'MMDDYY' | 'YYMMDD';
    readonly sender: Columns;
    readonly recipient?: Columns | undefined;
  };
  readonly overflow: {
    readonly batch: Columns;
    readonly item: Columns;
    readonly isLast: Columns;
    readonly text: Columns;
  };
  readonly batch: { readonly number: Columns; readonly box: Columns; readonly date: Columns };
  readonly batchTotal: { readonly number: Columns; readonly count: Columns; readonly cents: Columns };
  readonly boxTotal: { readonly box: Columns; readonly count: Columns; readonly cents: Columns };
  readonly end: { readonly records: Columns };
};

/** The layout most banks write, 104 columns or fewer. */
export const BAI_LOCKBOX: LockboxLayout = {
  check: {
    batch: [2, 4],
    item: [5, 7],
    cents: [8, 17],
    routing: [18, 26],
    account: [27, 36],
    number: [37, 46],
    date: [47, 52],
    dateOrder: 'MMDDYY',
    sender: [53, 82],
    recipient: [83, 112],
  },
  overflow: { batch: [2, 4], item: [5, 7], isLast: [11, 11], text: [12, 200] },
  batch: { number: [2, 4], box: [8, 14], date: [15, 20] },
  batchTotal: { number: [2, 4], count: [21, 23], cents: [24, 33] },
  boxTotal: { box: [8, 14], count: [21, 24], cents: [25, 34] },
  end: { records: [2, 7] },
};

/** One cheque, and what stood on the papers beside it. Amounts are US cents. */
export type LockboxCheck = {
  readonly box?: string | undefined;
  /** The day of the deposit. */
  readonly depositedOn?: PlainDate | undefined;
  readonly batch: string;
  readonly item: string;
  readonly cents: bigint;
  readonly routing?: string | undefined;
  readonly account?: string | undefined;
  readonly number?: string | undefined;
  readonly date?: PlainDate | undefined;
  readonly sender?: string | undefined;
  readonly recipient?: string | undefined;
  /** Overflow records: mostly one document number each, with the line of the file. */
  readonly remittance: readonly { readonly text: string; readonly line: number }[];
  readonly line: number;
};

export type LockboxSummary = {
  readonly checks: number;
  readonly cents: bigint;
  readonly records: number;
  readonly problems: readonly Problem[];
};

export type LockboxEvent =
  | { readonly kind: 'check'; readonly check: LockboxCheck }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'summary'; readonly summary: LockboxSummary };

/** Whether the beginning of a text is that of a lockbox file: a record of type 1, then one of type 2 or 5, without columns of CSV. */
export function looksLikeLockbox(head: string): boolean {
  const [first = '', second = ''] = head.split(/\r\n?|\n/);
  return (
    /^1\d\d\S{10}/.test(first) &&
    /^[25]/.test(second) &&
    second.length > 20 &&
    !/[,;\t|]/.test(first + second)
  );
}

const PROBLEMS_MAX = 1000;

/**
 * Reads a lockbox file by a layout. Totals of batches, boxes and records that do not hold are told with the difference.
 *
 * Refuses: `lockbox_not_recognised`, `statement_too_many_entries`, `statement_too_many_details`, `bank_line_too_long`,
 * and what reading text refuses.
 */
export async function* readLockbox(
  source: ByteSource,
  options: { readonly layout?: LockboxLayout | undefined; readonly encoding?: TextEncoding | undefined } = {},
): AsyncGenerator<LockboxEvent> {
  const reader = new LockboxReader(options.layout ?? BAI_LOCKBOX);
  for await (const lines of readLines(source, options.encoding)) {
    for (const { text, line } of lines) if (text.trim() !== '') yield* reader.take(text, line);
  }
  yield* reader.finish();
}

type OpenCheck = LockboxCheck & { remittance: { text: string; line: number }[] };
type Sums = { count: number; cents: bigint };

class LockboxReader {
  readonly #layout: LockboxLayout;
  readonly #problems: Problem[] = [];
  readonly #all: Sums = { count: 0, cents: 0n };
  #batch: Sums = { count: 0, cents: 0n };
  #box: Sums = { count: 0, cents: 0n };
  #place: Pick<LockboxCheck, 'box' | 'depositedOn'> = {};
  #check: OpenCheck | undefined;
  #records = 0;
  #hasEnd = false;

  constructor(layout: LockboxLayout) {
    this.#layout = layout;
  }

  *take(record: string, line: number): Generator<LockboxEvent> {
    const type = record[0] ?? '';
    if (this.#records === 0 && type !== '1') throw notRecognised(line, record);
    this.#records += 1;
    if (type === '4') {
      this.#takeOverflow(record, line);
      return;
    }
    yield* this.#endCheck();
    const layout = this.#layout;
    if (type === '5') {
      this.#place = {
        box: textOrNone(cut(record, layout.batch.box)),
        depositedOn: readSixDigitDay(cut(record, layout.batch.date))?.day,
      };
    } else if (type === '6') yield* this.#beginCheck(record, line);
    else if (type === '7') {
      this.#compare('batch', line, this.#batch, [
        cut(record, layout.batchTotal.count),
        cut(record, layout.batchTotal.cents),
      ]);
      this.#batch = { count: 0, cents: 0n };
    } else if (type === '8') {
      this.#compare('box', line, this.#box, [
        cut(record, layout.boxTotal.count),
        cut(record, layout.boxTotal.cents),
      ]);
      this.#box = { count: 0, cents: 0n };
    } else if (type === '9') {
      this.#hasEnd = true;
      this.#differs(['records', 'file'], line, cut(record, layout.end.records), BigInt(this.#records));
    } else if (type !== '1' && type !== '2') throw notRecognised(line, record);
  }

  *finish(): Generator<LockboxEvent> {
    if (this.#records === 0) throw notRecognised(1, '');
    yield* this.#endCheck();
    if (!this.#hasEnd)
      this.#report('lockbox_cut_off', 'The file ends without its last record (9). Is it whole?', 0, '');
    const { count, cents } = this.#all;
    yield {
      kind: 'summary',
      summary: { checks: count, cents, records: this.#records, problems: this.#problems },
    };
  }

  *#beginCheck(record: string, line: number): Generator<LockboxEvent> {
    const { check } = this.#layout;
    const amount = cut(record, check.cents).trim();
    if (!/^\d{1,18}$/.test(amount)) {
      const message = 'The cheque has no amount of digits where the layout says.';
      const problem = { code: 'lockbox_amount_wrong', message, line, value: amount };
      this.#report(problem.code, message, line, amount);
      yield { kind: 'problem', problem };
      return;
    }
    if (this.#all.count >= STATEMENT_LINES_MAX)
      throw new Refusal('statement_too_many_entries', { line, entriesMax: STATEMENT_LINES_MAX });
    const cents = BigInt(amount);
    for (const sums of [this.#batch, this.#box, this.#all]) {
      sums.count += 1;
      sums.cents += cents;
    }
    const written = check.date === undefined ? '' : cut(record, check.date);
    const day = check.dateOrder === 'YYMMDD' ? written : written.slice(4) + written.slice(0, 4);
    this.#check = {
      ...this.#place,
      batch: cut(record, check.batch),
      item: cut(record, check.item),
      cents,
      routing: textOrNone(cut(record, check.routing)),
      account: textOrNone(cut(record, check.account)),
      number: textOrNone(cut(record, check.number).replace(/^0+/, '')),
      date: readSixDigitDay(day)?.day,
      sender: textOrNone(cut(record, check.sender)),
      recipient: check.recipient === undefined ? undefined : textOrNone(cut(record, check.recipient)),
      remittance: [],
      line,
    };
  }

  #takeOverflow(record: string, line: number): void {
    const { overflow } = this.#layout;
    const check = this.#check;
    const isOfIt = check?.batch === cut(record, overflow.batch) && check.item === cut(record, overflow.item);
    if (check === undefined || !isOfIt) {
      this.#report(
        'lockbox_overflow_of_none',
        'The overflow is of no cheque before it.',
        line,
        record.slice(0, 40),
      );
      return;
    }
    if (check.remittance.length >= ENTRY_DETAILS_MAX)
      throw new Refusal('statement_too_many_details', { line, detailsMax: ENTRY_DETAILS_MAX });
    const text = textOrNone(cut(record, overflow.text));
    if (text !== undefined) check.remittance.push({ text, line });
  }

  *#endCheck(): Generator<LockboxEvent> {
    const check = this.#check;
    this.#check = undefined;
    if (check !== undefined) yield { kind: 'check', check };
  }

  #compare(what: string, line: number, sums: Sums, stated: readonly [count: string, cents: string]): void {
    this.#differs(['count', what], line, stated[0], BigInt(sums.count));
    this.#differs(['total', what], line, stated[1], sums.cents);
  }

  #differs([kind, what]: readonly [string, string], line: number, stated: string, actual: bigint): void {
    const plain = stated.trim();
    if (/^\d+$/.test(plain) && BigInt(plain) === actual) return;
    const apart = /^\d+$/.test(plain) ? String(actual - BigInt(plain)) : plain;
    this.#report(
      `lockbox_${kind}_differs`,
      `The ${what} states ${plain} (${kind}) and has ${actual}.`,
      line,
      apart,
    );
  }

  #report(code: string, message: string, line: number, value: string): void {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push({ code, message, line, value });
  }
}

function cut(record: string, [from, to]: Columns): string {
  return record.slice(from - 1, to);
}

function notRecognised(line: number, record: string): Refusal {
  return new Refusal('lockbox_not_recognised', {
    line,
    record: record.slice(0, 40),
    advice: 'A lockbox file begins with record 1 and holds records 1 to 9. Is it another format?',
  });
}
