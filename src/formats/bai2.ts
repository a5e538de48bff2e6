// Bank statements and intraday reports in BAI2 (ANSI X9.121's forerunner, "Cash Management Balance Reporting
// Specifications Version 2"), read as a stream. How text becomes records and records become fields stands in
// `bai2-records.ts`. Totals that do not hold are told with their exact difference and keep nothing back.

import { STATEMENT_LINES_MAX } from '#kernel/limits.ts';
import { decimalsOf, isCurrency } from '#kernel/money.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import {
  type BaiFigure,
  type BaiRecord,
  BaiRecordReader,
  readFigures,
  readTransaction,
} from './bai2-records.ts';
import type {
  StatementBalance,
  StatementDetail,
  StatementEntry,
  StatementEvent,
} from './bank-statement-shape.ts';
import {
  looksLikeIban,
  minorText,
  readLines,
  readSixDigitDay,
  type SixDigitDay,
  textOrNone,
} from './bank-text.ts';
import { joinedLines } from './camt-remittance.ts';
import { StatementTally } from './statement-tally.ts';
import type { ByteSource, TextEncoding } from './text-encoding.ts';

/** Whether the beginning of a text is that of a BAI2 file. */
export function looksLikeBai2(head: string): boolean {
  return /^\s*01,[^,\r\n]*,[^,\r\n]*,\d{6},/.test(head);
}

/**
 * Reads BAI2. An amount has no point: it is in the smallest unit of its currency. What a bank deletes (group status 2) or
 * sends as a test (4), and what is not final (as-of modifiers 1 and 3), comes out and may not be booked.
 *
 * Refuses: `bai_not_recognised`, `bai_record_too_long`, `bai_currency_unknown`, `statement_too_many_entries`,
 * `bank_line_too_long`, and what reading text refuses.
 */
export async function* readBai2(
  source: ByteSource,
  options: { readonly encoding?: TextEncoding | undefined } = {},
): AsyncGenerator<StatementEvent> {
  const records = new BaiRecordReader();
  const reader = new Bai2Reader();
  for await (const lines of readLines(source, options.encoding)) {
    for (const line of lines) for (const record of records.push(line)) yield* reader.take(record);
  }
  for (const record of records.finish()) yield* reader.take(record);
  yield* reader.finish();
}

/** What adds up on one level: the sum of amounts, parts, and records. */
type Level = { sum: bigint; parts: number; records: number };

type Group = {
  readonly status: string;
  readonly modifier: string;
  readonly asOf: SixDigitDay | undefined;
  readonly currency: string;
  readonly level: Level;
};

type Account = {
  readonly tally: StatementTally;
  readonly currency: string;
  readonly balances: readonly StatementBalance[];
  readonly level: Level;
};

/** Balances of accounts (status codes) in the words of ISO 20022. */
const BALANCE_TYPES: Readonly<Record<string, string>> = {
  '010': 'OPBD',
  '015': 'CLBD',
  '030': 'ITBD',
  '040': 'OPAV',
  '045': 'CLAV',
  '060': 'ITAV',
  '072': 'FWAV',
};
const NOTHING = (): Level => ({ sum: 0n, parts: 0, records: 0 });

class Bai2Reader {
  readonly #file = NOTHING();
  #isOpen = false;
  #group: Group | undefined;
  #account: Account | undefined;
  /** The statement that ended last; totals of its group and file are told with it. */
  #ended: Account | undefined;
  #early: Problem[] = [];

  *take(record: BaiRecord): Generator<StatementEvent> {
    this.#file.records += record.physical;
    if (this.#group !== undefined && record.code !== '99') this.#group.level.records += record.physical;
    if (this.#account !== undefined && record.code !== '98' && record.code !== '99')
      this.#account.level.records += record.physical;
    if (record.code === '01') yield this.#begin(record);
    else if (!this.#isOpen) throw notRecognised(record.line);
    else if (record.code === '02') this.#beginGroup(record);
    else if (record.code === '03') yield* this.#beginAccount(record);
    else if (record.code === '16') yield* this.#takeTransaction(record);
    else if (record.code === '49') this.#endAccount(record);
    else if (record.code === '98') this.#endGroup(record);
    else if (record.code === '99') this.#endFile(record);
  }

  *finish(): Generator<StatementEvent> {
    if (!this.#isOpen) throw notRecognised(1);
    this.#leaveAccount(0);
    yield* this.#flush();
  }

  #begin(record: BaiRecord): StatementEvent {
    this.#isOpen = true;
    const [, , , date, time, id] = record.fields;
    const createdAt = textOrNone(
      `${readSixDigitDay(date ?? '')?.day.toString() ?? date ?? ''} ${time ?? ''}`,
    );
    return { kind: 'file', file: { format: 'bai2', version: '2', messageId: textOrNone(id), createdAt } };
  }

  #beginGroup(record: BaiRecord): void {
    this.#leaveAccount(record.line);
    const [, , , status = '', date = '', , currency = '', modifier = ''] = record.fields.map((field) =>
      field.trim(),
    );
    const asOf = readSixDigitDay(date);
    if (asOf === undefined)
      this.#report('date_not_valid', 'The as-of date of the group is no day.', record.line, date);
    if (status === '2' || status === '4') {
      const what = status === '2' ? 'takes back what was sent before' : 'is a test';
      this.#report(
        'bai_group_not_booked',
        `The group ${what}; nothing of it may be booked.`,
        record.line,
        status,
      );
    }
    if (status === '3') {
      this.#report('bai_group_corrects', 'The group corrects one that was sent before.', record.line, status);
    }
    this.#group = {
      status,
      modifier,
      asOf,
      currency: currency || 'USD',
      level: { ...NOTHING(), records: record.physical },
    };
  }

  *#beginAccount(record: BaiRecord): Generator<StatementEvent> {
    this.#leaveAccount(record.line);
    yield* this.#flush();
    const group = this.#group;
    const currency = textOrNone(record.fields[2])?.toUpperCase() ?? group?.currency ?? 'USD';
    if (!isCurrency(currency)) {
      throw new Refusal('bai_currency_unknown', {
        line: record.line,
        currency: currency.slice(0, 40),
        advice:
          'An amount in BAI2 is in the smallest unit of its currency, which must be known. Ask the bank.',
      });
    }
    const level = { ...NOTHING(), records: record.physical };
    const tally = new StatementTally();
    const figures = readFigures(record.fields.slice(3));
    const balances: StatementBalance[] = [];
    for (const figure of figures) {
      if (figure.minor === undefined) {
        if (figure.amount !== '')
          tally.report(
            problem(
              'bai_amount_wrong',
              'The amount is no number and is left out.',
              record.line,
              figure.amount,
            ),
          );
        continue;
      }
      level.sum += figure.minor;
      const type = BALANCE_TYPES[figure.type];
      if (type !== undefined)
        balances.push(balanceOf(type, figure, figure.minor, { currency, group, line: record.line }));
    }
    for (const early of this.#early) tally.report(early);
    this.#early = [];
    this.#account = { tally, currency, balances, level };
    const number = textOrNone(record.fields[1]);
    yield {
      kind: 'statement',
      statement: {
        to: group?.asOf?.day.toString(),
        account:
          number !== undefined && looksLikeIban(number)
            ? { iban: number, currency }
            : { otherId: number, currency },
        balances,
        line: record.line,
      },
    };
  }

  *#takeTransaction(record: BaiRecord): Generator<StatementEvent> {
    const account = this.#account;
    if (account === undefined) {
      yield {
        kind: 'problem',
        problem: problem('bai_entry_without_account', 'The entry is of no account.', record.line, ''),
      };
      return;
    }
    if (account.tally.entries >= STATEMENT_LINES_MAX)
      throw new Refusal('statement_too_many_entries', { line: record.line, entriesMax: STATEMENT_LINES_MAX });
    const read = readTransaction(record);
    if (read.minor === undefined) {
      const wrong = problem(
        'bai_amount_wrong',
        'The entry has no amount that is a number.',
        record.line,
        read.amount,
      );
      account.tally.report(wrong);
      yield { kind: 'problem', problem: wrong };
      return;
    }
    account.level.sum += read.minor;
    const direction = directionOf(read.type);
    if (direction === undefined) {
      const wrong = problem(
        'bai_type_not_booked',
        'The type says neither credit nor debit (100 to 699, 920 to 999); the entry is left out.',
        record.line,
        read.type,
      );
      account.tally.report(wrong);
      yield { kind: 'problem', problem: wrong };
      return;
    }
    const decimal = minorText(direction * read.minor, decimalsOf(account.currency));
    const entry = entryOf(record, read, { decimal, account, group: this.#group });
    account.tally.add(entry);
    yield { kind: 'entry', entry };
  }

  #endAccount(record: BaiRecord): void {
    const account = this.#account;
    if (account === undefined) return;
    this.#compare(account, record, { what: 'account', records: record.fields[2] }, account.level);
    this.#closeAccount(account);
  }

  #closeAccount(account: Account): void {
    this.#account = undefined;
    this.#ended = account;
    const { level } = this.#group ?? {};
    if (level === undefined) return;
    level.sum += account.level.sum;
    level.parts += 1;
  }

  /** An account whose trailer is missing ends where the next begins. */
  #leaveAccount(line: number): void {
    const account = this.#account;
    if (account === undefined) return;
    account.tally.report(
      problem(
        'bai_trailer_missing',
        'The account ends without its trailer (49). Is a part missing?',
        line,
        '',
      ),
    );
    this.#closeAccount(account);
  }

  #endGroup(record: BaiRecord): void {
    this.#leaveAccount(record.line);
    const group = this.#group;
    if (group === undefined) return;
    const [, , parts, records] = record.fields;
    this.#compare(this.#ended, record, { what: 'group', parts, records }, group.level);
    this.#file.sum += group.level.sum;
    this.#file.parts += 1;
    this.#group = undefined;
  }

  #endFile(record: BaiRecord): void {
    this.#leaveAccount(record.line);
    const [, , parts, records] = record.fields;
    this.#compare(this.#ended, record, { what: 'file', parts, records }, this.#file);
  }

  /** Compares a trailer with what was counted; a field that is left blank states nothing. */
  #compare(
    told: Account | undefined,
    record: BaiRecord,
    stated: {
      readonly what: string;
      readonly parts?: string | undefined;
      readonly records?: string | undefined;
    },
    counted: Level,
  ): void {
    const report = (kind: string, text: string | undefined, actual: bigint) => {
      const plain = (text ?? '').trim();
      if (!/^[+-]?\d{1,20}$/.test(plain) || BigInt(plain.replace('+', '')) === actual) return;
      const difference = actual - BigInt(plain.replace('+', ''));
      const message = `The ${stated.what} states ${plain} (${kind}) and has ${actual}: ${difference} apart.`;
      const wrong = problem(`bai_${kind}_differs`, message, record.line, String(difference));
      if (told === undefined) this.#early.push(wrong);
      else told.tally.report(wrong);
    };
    report('total', record.fields[1], counted.sum);
    report('parts', stated.parts, BigInt(counted.parts));
    report('records', stated.records, BigInt(counted.records));
  }

  #report(code: string, message: string, line: number, value: string): void {
    if (this.#early.length < 20) this.#early.push(problem(code, message, line, value));
  }

  *#flush(): Generator<StatementEvent> {
    const ended = this.#ended;
    if (ended === undefined) return;
    this.#ended = undefined;
    yield { kind: 'summary', summary: ended.tally.summary(ended.balances) };
  }
}

function notRecognised(line: number): Refusal {
  return new Refusal('bai_not_recognised', {
    line,
    advice: 'A BAI2 file begins with a file header (01). Download the file again, or ask the bank.',
  });
}

function problem(code: string, message: string, line: number, value: string): Problem {
  return { code, message, line, value: value.slice(0, 40) };
}

/** Type codes: 100 to 399 and 920 to 959 are credits, 400 to 699 and 960 to 999 debits; others are neither. */
function directionOf(type: string): 1n | -1n | undefined {
  const code = Number(type);
  if ((code >= 100 && code <= 399) || (code >= 920 && code <= 959)) return 1n;
  return (code >= 400 && code <= 699) || (code >= 960 && code <= 999) ? -1n : undefined;
}

function balanceOf(
  type: string,
  figure: BaiFigure,
  minor: bigint,
  at: { readonly currency: string; readonly group: Group | undefined; readonly line: number },
): StatementBalance {
  const { currency, group, line } = at;
  return {
    type,
    amount: { decimal: minorText(minor, decimalsOf(currency)), currency },
    date: figure.valueDate ?? group?.asOf?.day,
    line,
  };
}

/** Tagged lines some banks write into the text: who pays, who is paid, the references, the payer's words. */
const TAGGED = /^(REMI|EREF|CREF|DBNM|CRNM|DACT|CACT):\s*(.*)$/;

function entryOf(
  record: BaiRecord,
  read: ReturnType<typeof readTransaction>,
  at: { readonly decimal: string; readonly account: Account; readonly group: Group | undefined },
): StatementEntry {
  const { account, group } = at;
  const amount = { decimal: at.decimal, currency: account.currency };
  const tagged = new Map<string, string>();
  for (const line of read.text) {
    const found = TAGGED.exec(line);
    if (found?.[2]) tagged.set(found[1] ?? '', found[2]);
  }
  const remittance = tagged.get('REMI');
  const unstructured = remittance === undefined ? read.text : [remittance];
  const party = (name: string | undefined, number: string | undefined) =>
    name === undefined ? undefined : { name, otherAccount: number };
  const detail: StatementDetail = {
    amount,
    amounts: {},
    endToEndId: tagged.get('EREF'),
    bankReference: read.bankReference,
    instructionId: read.customerReference,
    structured: [],
    documents: [],
    unstructured,
    text: joinedLines(unstructured),
    debtor: party(tagged.get('DBNM'), tagged.get('DACT')),
    creditor: party(tagged.get('CRNM'), tagged.get('CACT')),
    charges: [],
    info: read.text.join(' ') || undefined,
    // Deposited items returned, and ACH items returned.
    returned: /^(257|258|555|557)$/.test(read.type) ? { info: read.text } : undefined,
  };
  const isFinal = group?.modifier !== '1' && group?.modifier !== '3';
  const isCurrent = group?.status !== '2' && group?.status !== '4';
  return {
    ordinal: account.tally.entries + 1,
    line: record.line,
    reference: read.customerReference,
    bankReference: read.bankReference,
    amount,
    accountAmount: amount,
    isReversal: false,
    status: !isCurrent ? 'INFO' : isFinal ? 'BOOK' : 'PDNG',
    mayBook: isFinal && isCurrent,
    bookingDate: group?.asOf?.day,
    valueDate: read.valueDate ?? group?.asOf?.day,
    code: { proprietary: read.type },
    amounts: {},
    charges: [],
    batches: [],
    details: [detail],
    problems: [],
  };
}
