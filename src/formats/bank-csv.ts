// Bank statements as CSV, read through a profile that says what the columns of this bank mean. A row that cannot be
// read comes out as a problem with its line; none is dropped in silence, because the balance would not tell which.

import { STATEMENT_LINES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { BalanceChain } from './balance-chain.ts';
import {
  type AmountColumns,
  type BankCsvProfile,
  type ColumnRef,
  type Columns,
  findHeader,
  plainName,
} from './bank-csv-profile.ts';
import type {
  StatementAccount,
  StatementAmount,
  StatementDetail,
  StatementEntry,
  StatementEvent,
} from './bank-statement-shape.ts';
import { type CsvRow, openCsv } from './csv.ts';
import { readAmount, readDate } from './number-and-date-text.ts';
import { StatementTally } from './statement-tally.ts';
import type { ByteSource } from './text-encoding.ts';

/**
 * Reads a CSV statement in the common shape. Balances are known only at the end, so they are in the summary: the
 * balance before the first and after the last entry, whichever way round the file is sorted, and whether every step
 * between them is right.
 *
 * Refuses: `bank_csv_column_missing`, `bank_csv_accounts_mixed`, `statement_too_many_entries`, and what reading
 * delimited text refuses.
 */
export async function* readBankCsv(
  source: ByteSource,
  profile: BankCsvProfile,
): AsyncGenerator<StatementEvent> {
  const { delimiter, encoding, skipLines } = profile;
  const csv = await openCsv(source, { delimiter, encoding, skipLines, columns: 'any' });
  try {
    yield { kind: 'file', file: { format: 'csv' } };
    const { columns, ibanAbove } = await findHeader(csv.rows, profile);
    const reader = new BankCsvReader(profile, columns, ibanAbove);
    for await (const row of withoutLast(csv.rows, profile.skipLastRows ?? 0)) yield* reader.take(row);
    yield* reader.finish();
  } finally {
    await csv.close();
  }
}

async function* withoutLast(rows: AsyncGenerator<CsvRow>, count: number): AsyncGenerator<CsvRow> {
  const held: CsvRow[] = [];
  for await (const row of rows) {
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    held.push(row);
    const ready = held.length > count ? held.shift() : undefined;
    if (ready !== undefined) yield ready;
  }
}

/** The account number of a cell: an IBAN where it is one, else the bank's own. */
function accountOf(text: string): Pick<StatementAccount, 'iban' | 'otherId'> {
  const plain = text.replace(/\s/g, '').toUpperCase();
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(plain) ? { iban: plain } : { otherId: text.trim() };
}

/** Turns rows into events, one statement per account. */
class BankCsvReader {
  readonly #profile: BankCsvProfile;
  readonly #columns: Columns;
  readonly #ibanAbove: string | undefined;
  readonly #ended = new Set<string>();
  #account: string | undefined;
  #tally = new StatementTally();
  #chain = new BalanceChain();
  #rows = 0;

  constructor(profile: BankCsvProfile, columns: Columns, ibanAbove: string | undefined) {
    this.#profile = profile;
    this.#columns = columns;
    this.#ibanAbove = ibanAbove;
  }

  *take(row: CsvRow): Generator<StatementEvent> {
    this.#rows += 1;
    if (this.#rows > STATEMENT_LINES_MAX) {
      throw new Refusal('statement_too_many_entries', { line: row.line, entriesMax: STATEMENT_LINES_MAX });
    }
    const read = readRow(row, () => {
      const entry = this.#readEntry(row);
      return { entry, before: this.#balance(row, this.#profile.balanceBefore, entry.amount.currency) };
    });
    if ('problem' in read) {
      // What could not be read does not say either whose account it is; it stays with the one before.
      if (this.#account === undefined) yield* this.#turnTo(row);
      this.#tally.report(read.problem);
      yield { kind: 'problem', problem: read.problem };
      return;
    }
    yield* this.#turnTo(row);
    const entry = { ...read.value.entry, ordinal: this.#tally.entries + 1 };
    this.#tally.add(entry);
    if (entry.mayBook) this.#chain.add(entry, read.value.before);
    yield { kind: 'entry', entry };
  }

  *finish(): Generator<StatementEvent> {
    if (this.#account === undefined) yield* this.#begin(this.#accountAbove(), 1);
    yield* this.#end();
  }

  #accountAbove(): string {
    const { account } = this.#profile;
    return account !== undefined && 'fixed' in account ? account.fixed : (this.#ibanAbove ?? '');
  }

  /** Begins a statement where the account changes. */
  *#turnTo(row: CsvRow): Generator<StatementEvent> {
    const { account } = this.#profile;
    const name = account && 'column' in account ? this.#cell(row, account.column) : this.#accountAbove();
    if (name === this.#account) return;
    if (this.#account !== undefined) yield* this.#end();
    if (this.#ended.has(name)) {
      throw new Refusal('bank_csv_accounts_mixed', {
        line: row.line,
        account: name.slice(0, 40),
        advice:
          'Rows of several accounts are mixed. Sort the file by account, or download each account by itself.',
      });
    }
    yield* this.#begin(name, row.line);
  }

  *#begin(name: string, line: number): Generator<StatementEvent> {
    this.#account = name;
    this.#tally = new StatementTally();
    this.#chain = new BalanceChain();
    const { currency } = this.#profile;
    const fixed = 'fixed' in currency ? currency.fixed : undefined;
    const account: StatementAccount = { ...(name === '' ? {} : accountOf(name)), currency: fixed };
    yield { kind: 'statement', statement: { account, balances: [], line } };
  }

  *#end(): Generator<StatementEvent> {
    this.#ended.add(this.#account ?? '');
    const { balances, problem } = this.#chain.balances();
    if (problem !== undefined) this.#tally.report(problem);
    yield { kind: 'summary', summary: this.#tally.summary(balances) };
  }

  #cell(row: CsvRow, ref: ColumnRef | undefined): string {
    const place = ref === undefined ? undefined : this.#columns.get(ref);
    return place === undefined ? '' : (row.cells[place] ?? '').trim();
  }

  #readEntry(row: CsvRow): StatementEntry {
    const profile = this.#profile;
    const amount = this.#readAmount(row);
    const instructed = this.#readOriginal(row, amount);
    const amounts = instructed === undefined ? {} : { instructed };
    const day = (ref: ColumnRef | undefined) => {
      const text = this.#cell(row, ref);
      return text === '' ? undefined : inColumn(ref, () => readDate(text, profile.dateOrder));
    };
    const bookingDate = day(profile.bookingDate);
    if (bookingDate === undefined) throw wrongIn(profile.bookingDate, 'bank_csv_date_missing', '');
    const isBooked =
      profile.status === undefined ||
      isOneOf(profile.status.bookedWords, this.#cell(row, profile.status.column));
    return {
      ordinal: 0,
      line: row.line,
      bankReference: this.#cell(row, profile.bankReference) || undefined,
      amount,
      accountAmount: amount,
      isReversal: false,
      status: isBooked ? 'BOOK' : 'PDNG',
      mayBook: isBooked,
      bookingDate,
      valueDate: day(profile.valueDate),
      amounts,
      charges: [],
      batches: [],
      details: [{ ...this.#readDetail(row, amount), amounts }],
      balanceAfter: this.#balance(row, profile.balanceAfter, amount.currency),
      problems: [],
    };
  }

  #readDetail(row: CsvRow, amount: StatementAmount): StatementDetail {
    const profile = this.#profile;
    const name = this.#cell(row, profile.counterpartyName) || undefined;
    const number = this.#cell(row, profile.counterpartyAccount);
    const { iban, otherId: otherAccount } = number === '' ? {} : accountOf(number);
    const party = name === undefined && number === '' ? undefined : { name, iban, otherAccount };
    const unstructured = profile.text.map((ref) => this.#cell(row, ref)).filter((text) => text !== '');
    const isIncoming = !amount.decimal.startsWith('-');
    return {
      amount,
      amounts: {},
      endToEndId: this.#cell(row, profile.endToEndId).replace(/^NOTPROVIDED$/i, '') || undefined,
      structured: [],
      documents: [],
      unstructured,
      text: unstructured.join(' '),
      debtor: isIncoming ? party : undefined,
      creditor: isIncoming ? undefined : party,
      charges: [],
    };
  }

  #balance(row: CsvRow, ref: ColumnRef | undefined, currency: string): StatementAmount | undefined {
    const [decimal] = (ref === undefined ? undefined : this.#number(row, ref)) ?? [];
    return decimal === undefined ? undefined : { decimal, currency };
  }

  #readAmount(row: CsvRow): StatementAmount {
    const columns = this.#profile.amount;
    const [ref, decimal, written] =
      columns.kind === 'two_columns' ? this.#twoColumns(row, columns) : this.#oneColumn(row, columns);
    const { currency } = this.#profile;
    const code = 'fixed' in currency ? currency.fixed : this.#cell(row, currency.column).toUpperCase();
    if (!/^[A-Z]{3}$/.test(code)) {
      throw wrongIn('column' in currency ? currency.column : 0, 'bank_csv_currency_missing', code);
    }
    if (written !== undefined && written !== code) throw wrongIn(ref, 'bank_csv_currency_differs', written);
    return { decimal, currency: code };
  }

  /** What was paid before it was exchanged, with the sign of the entry; it books nothing. */
  #readOriginal(row: CsvRow, amount: StatementAmount): StatementAmount | undefined {
    const { original } = this.#profile;
    const [decimal, written] = (original && this.#number(row, original.column)) ?? [];
    if (original === undefined || decimal === undefined || !/[1-9]/.test(decimal)) return undefined;
    const { currency = { fixed: '' } } = original;
    const told = 'fixed' in currency ? currency.fixed : this.#cell(row, currency.column).toUpperCase();
    const code = written ?? told;
    if (!/^[A-Z]{3}$/.test(code)) throw wrongIn(original.column, 'bank_csv_original_currency_missing', code);
    const plain = decimal.replace(/^-/, '');
    return { decimal: amount.decimal.startsWith('-') ? negated(plain) : plain, currency: code };
  }

  #number(row: CsvRow, ref: ColumnRef): readonly [decimal: string, currency: string | undefined] | undefined {
    const text = this.#cell(row, ref);
    if (text === '') return undefined;
    const { decimal, currency } = inColumn(ref, () => readAmount(text, this.#profile.decimalMark));
    if (!SUMMABLE.test(decimal)) throw wrongIn(ref, 'bank_csv_amount_too_large', decimal.slice(0, 40));
    return [decimal, currency];
  }

  #oneColumn(
    row: CsvRow,
    columns: Extract<AmountColumns, { kind: 'signed' | 'flagged' }>,
  ): readonly [ColumnRef, string, string | undefined] {
    const [decimal, currency] = this.#number(row, columns.column) ?? [];
    if (decimal === undefined) throw wrongIn(columns.column, 'bank_csv_amount_missing', '');
    if (columns.kind === 'signed')
      return [columns.column, columns.isInverted ? negated(decimal) : decimal, currency];
    const flag = this.#cell(row, columns.flag);
    const isDebit = isOneOf(columns.debitWords, flag);
    if (isDebit === isOneOf(columns.creditWords, flag))
      throw wrongIn(columns.flag, 'bank_csv_flag_unknown', flag);
    if (!isDebit && decimal.startsWith('-')) throw wrongIn(columns.column, 'bank_csv_sign_unclear', decimal);
    return [columns.column, isDebit ? negated(decimal.replace(/^-/, '')) : decimal, currency];
  }

  #twoColumns(
    row: CsvRow,
    columns: Extract<AmountColumns, { kind: 'two_columns' }>,
  ): readonly [ColumnRef, string, string | undefined] {
    const [debit, debitCurrency] = this.#number(row, columns.debit) ?? [];
    const [credit, creditCurrency] = this.#number(row, columns.credit) ?? [];
    const hasDebit = debit !== undefined && /[1-9]/.test(debit);
    const hasCredit = credit !== undefined && /[1-9]/.test(credit);
    if (hasDebit && hasCredit) throw wrongIn(columns.debit, 'bank_csv_two_amounts', `${debit} / ${credit}`);
    if (hasDebit) return [columns.debit, negated(debit.replace(/^-/, '')), debitCurrency];
    if (hasCredit && credit.startsWith('-')) throw wrongIn(columns.credit, 'bank_csv_sign_unclear', credit);
    const found = credit ?? debit;
    if (found === undefined) throw wrongIn(columns.credit, 'bank_csv_amount_missing', '');
    return [columns.credit, found, creditCurrency];
  }
}

/** More digits than any bank has are a number that is no amount; within them sums stay exact. */
const SUMMABLE = /^-?\d{1,15}(\.\d{1,6})?$/;

function negated(decimal: string): string {
  if (decimal.startsWith('-')) return decimal.slice(1);
  return /[1-9]/.test(decimal) ? `-${decimal}` : decimal;
}

function isOneOf(words: readonly string[], text: string): boolean {
  const plain = plainName(text);
  return words.some((word) => plainName(word) === plain);
}

const MESSAGES: Readonly<Record<string, string>> = {
  bank_csv_date_missing:
    'The row has no booking date. If it is no entry (a total, a remark), let the profile skip the last rows.',
  bank_csv_amount_missing: 'The row has no amount.',
  bank_csv_amount_too_large: 'The number has more digits than an amount. Is it the right column?',
  bank_csv_currency_missing: 'The row has no currency of three letters.',
  bank_csv_original_currency_missing: 'The amount before exchange has no currency of three letters.',
  bank_csv_currency_differs: 'The currency beside the amount is not that of the row.',
  bank_csv_flag_unknown: 'The word that says whether money came or went is not in the profile.',
  bank_csv_sign_unclear: 'The amount is negative in a column of money received.',
  bank_csv_two_amounts: 'The row has money going out and coming in at once.',
};

function wrongIn(ref: ColumnRef | undefined, code: string, value: string): Refusal {
  return new Refusal(code, { column: columnName(ref), value });
}

function columnName(ref: ColumnRef | undefined): string {
  return typeof ref === 'number' ? `column ${ref + 1}` : (ref ?? '');
}

/** Lets what refuses a cell also say in which column it is. */
function inColumn<T>(ref: ColumnRef | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, { ...error.facts, column: columnName(ref) });
  }
}

/** What was read of a row, or the problem that kept it from being read. */
function readRow<T>(row: CsvRow, work: () => T): { readonly value: T } | { readonly problem: Problem } {
  try {
    return { value: work() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { column, value, amount, date } = error.facts;
    return {
      problem: {
        code: error.code,
        message: MESSAGES[error.code] ?? String(error.facts.advice ?? 'The row could not be read.'),
        line: row.line,
        column: String(column ?? ''),
        value: String(value ?? amount ?? date ?? '').slice(0, 40),
      },
    };
  }
}
