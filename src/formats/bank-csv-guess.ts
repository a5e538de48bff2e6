// A first proposal of what the columns of a bank's CSV mean, from their names in six languages and their first
// values. A person confirms it once per bank account; what cannot be told for sure is asked.

import { GUESS_ROWS } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import {
  type BankColumn,
  BOOKED_WORDS,
  CREDIT_WORDS,
  columnNamed,
  DEBIT_WORDS,
  plainWord,
} from './bank-csv-names.ts';
import type { AmountColumns, BankCsvProfile, ColumnOrFixed, ColumnRef } from './bank-csv-profile.ts';
import { type CsvRow, type Delimiter, openCsv } from './csv.ts';
import { type DecimalMark, guessDateOrder, guessDecimalMark, readAmount } from './number-and-date-text.ts';
import type { ByteSource, TextEncoding } from './text-encoding.ts';

/** A longer heading, or one of several lines, is no name; its column is known by its place. */
const NAME_CHARACTERS_MAX = 100;

/** The proposal, and what has to be asked before it is used. Without a header that is understood there is none. */
export type BankCsvGuess = {
  readonly profile: BankCsvProfile | undefined;
  readonly header: readonly string[];
  readonly headerLine: number | undefined;
  readonly problems: readonly Problem[];
};

/**
 * Proposes a profile for a file. `accountCurrency` is that of the bank account, for files that do not name any.
 *
 * Refuses: what reading delimited text refuses.
 */
export async function guessBankCsvProfile(
  source: ByteSource,
  options: {
    readonly encoding?: TextEncoding | undefined;
    readonly accountCurrency?: string | undefined;
  } = {},
): Promise<BankCsvGuess> {
  const csv = await openCsv(source, { encoding: options.encoding, columns: 'any' });
  const rows: CsvRow[] = [];
  for await (const row of csv.rows) {
    rows.push(row);
    if (rows.length >= GUESS_ROWS) break;
  }
  await csv.close();
  const at = headerIndex(rows);
  const header = rows[at];
  if (header === undefined) {
    const message = 'No row names a date and an amount. Say which columns they are.';
    return {
      profile: undefined,
      header: [],
      headerLine: undefined,
      problems: [{ code: 'bank_csv_header_not_found', message }],
    };
  }
  const guess = new ProfileGuess(header, rows.slice(at + 1), csv.delimiter);
  return { header: header.cells, headerLine: header.line, ...guess.make(options) };
}

/** The row that names most: at least a date and some amount. */
function headerIndex(rows: readonly CsvRow[]): number {
  let best = -1;
  let bestCount = 0;
  for (const [index, row] of rows.entries()) {
    const fields = new Set(row.cells.map((cell) => columnNamed(cell).field));
    const hasAmount = fields.has('amount') || (fields.has('debit') && fields.has('credit'));
    if (!hasAmount || !(fields.has('bookingDate') || fields.has('valueDate')) || fields.size <= bestCount)
      continue;
    best = index;
    bestCount = fields.size;
  }
  return best;
}

class ProfileGuess {
  readonly #header: CsvRow;
  readonly #rows: readonly CsvRow[];
  readonly #delimiter: Delimiter;
  readonly #columns = new Map<BankColumn, number[]>();
  readonly #problems: Problem[] = [];
  #namedCurrency: string | undefined;

  constructor(header: CsvRow, rows: readonly CsvRow[], delimiter: Delimiter) {
    this.#header = header;
    this.#rows = rows;
    this.#delimiter = delimiter;
    for (const [column, name] of header.cells.entries()) {
      const { field, currency } = columnNamed(name);
      if (field === undefined) continue;
      this.#namedCurrency ??= currency;
      this.#place(field, column);
    }
    this.#settleAccount();
  }

  /** A column called just "IBAN" with many values is not whose statement it is but who was on the other side. */
  #settleAccount(): void {
    const columns = this.#columns.get('account') ?? [];
    if (new Set(this.#valuesOf('account')).size < 2 || this.#columns.has('counterpartyAccount')) return;
    this.#columns.delete('account');
    this.#columns.set('counterpartyAccount', columns);
  }

  #place(named: BankColumn, column: number): void {
    // "Valuta" is a value date in German and Czech, and the currency in Dutch; the values tell.
    const codes = this.#values(column).filter((value) => /^[A-Z]{3}$/.test(value));
    const field = named === 'valueDate' && codes.length > 0 ? 'currency' : named;
    this.#columns.set(field, [...(this.#columns.get(field) ?? []), column]);
  }

  make(options: {
    readonly encoding?: TextEncoding | undefined;
    readonly accountCurrency?: string | undefined;
  }): Pick<BankCsvGuess, 'profile' | 'problems'> {
    const ref = (field: BankColumn): ColumnRef | undefined => this.#ref(this.#columns.get(field)?.[0]);
    const amount = this.#amount();
    const bookingDate = ref('bookingDate') ?? ref('valueDate');
    if (amount === undefined || bookingDate === undefined)
      return { profile: undefined, problems: this.#problems };
    const decimalMark = this.#decimalMark();
    const account = ref('account');
    const status = ref('status');
    const profile: BankCsvProfile = {
      delimiter: this.#delimiter,
      encoding: options.encoding,
      hasHeader: true,
      dateOrder: this.#dateOrder(),
      decimalMark,
      amount,
      currency: this.#currency(decimalMark, options.accountCurrency),
      account: account === undefined ? undefined : { column: account },
      bookingDate,
      valueDate: ref('valueDate'),
      counterpartyName: ref('counterpartyName'),
      counterpartyAccount: ref('counterpartyAccount'),
      text: (this.#columns.get('text') ?? []).map((column) => this.#ref(column) ?? column),
      bankReference: ref('bankReference'),
      endToEndId: ref('endToEndId'),
      original: this.#original(),
      balanceAfter: ref('balanceAfter'),
      balanceBefore: ref('balanceBefore'),
      status: status === undefined ? undefined : { column: status, bookedWords: this.#bookedWords() },
    };
    return { profile, problems: this.#problems };
  }

  /** A column by its name, or by its place where another has the same name. */
  #ref(column: number | undefined): ColumnRef | undefined {
    if (column === undefined) return undefined;
    const name = this.#header.cells[column] ?? '';
    const same = this.#header.cells.filter((cell) => plainWord(cell) === plainWord(name));
    const plain = name.trim();
    const isName = plain !== '' && plain.length <= NAME_CHARACTERS_MAX && !/\p{Cc}/u.test(plain);
    return same.length === 1 && isName ? plain : column;
  }

  #values(...columns: readonly number[]): readonly string[] {
    return this.#rows
      .flatMap((row) => columns.map((column) => (row.cells[column] ?? '').trim()))
      .filter((value) => value !== '');
  }

  #valuesOf(...fields: readonly BankColumn[]): readonly string[] {
    return this.#values(...fields.flatMap((field) => this.#columns.get(field) ?? []));
  }

  #ask(code: string, message: string, value: string): void {
    this.#problems.push({ code, message, line: this.#header.line, value: value.slice(0, 80) });
  }

  #amount(): AmountColumns | undefined {
    const at = (field: BankColumn) => this.#ref(this.#columns.get(field)?.[0]);
    const [column, debit, credit, flag] = [at('amount'), at('debit'), at('credit'), at('flag')];
    if (debit !== undefined && credit !== undefined) return { kind: 'two_columns', debit, credit };
    if (column === undefined) return undefined;
    if (flag === undefined) return this.#signed(column);
    const words = [...new Set(this.#valuesOf('flag'))];
    const among = (known: readonly string[]) =>
      words.filter((word) =>
        known.some((one) => plainWord(one) === plainWord(word) && (plainWord(word) !== '' || one === word)),
      );
    const [debitWords, creditWords] = [among(DEBIT_WORDS), among(CREDIT_WORDS)];
    const unknown = words.filter((word) => !debitWords.includes(word) && !creditWords.includes(word));
    if (unknown.length > 0) {
      this.#ask(
        'bank_csv_flag_unknown',
        'Say which of these words mean money going out and which coming in.',
        unknown.join(', '),
      );
    }
    return { kind: 'flagged', column, flag, debitWords, creditWords };
  }

  #signed(column: ColumnRef): AmountColumns {
    const amounts = this.#valuesOf('amount');
    if (amounts.length > 1 && !amounts.some((amount) => /[-\u2212(]/.test(amount))) {
      this.#ask(
        'bank_csv_sign_unknown',
        'No amount has a sign. Say whether they are all money received, or another column tells.',
        amounts[0] ?? '',
      );
    }
    return { kind: 'signed', column };
  }

  #decimalMark(): DecimalMark {
    const found = guessDecimalMark(
      this.#valuesOf('amount', 'debit', 'credit', 'balanceAfter', 'balanceBefore'),
    );
    if (found.certain) return found.value;
    if (found.because !== 'nothing_fits') {
      this.#ask(
        'decimal_mark_unclear',
        'Say whether the point or the comma is the decimal mark.',
        found.examples.join('  '),
      );
    }
    return '.';
  }

  #dateOrder(): BankCsvProfile['dateOrder'] {
    const found = guessDateOrder(this.#valuesOf('bookingDate', 'valueDate'));
    if (found.certain) return found.value;
    if (found.because !== 'nothing_fits') {
      this.#ask(
        'date_order_unclear',
        'Say in which order day, month and year stand.',
        found.examples.join('  '),
      );
    }
    return 'day_month_year';
  }

  /** Only where the currency of the amount is told too: without it the number says nothing. */
  #original(): BankCsvProfile['original'] {
    const column = this.#ref(this.#columns.get('originalAmount')?.[0]);
    const currency = this.#ref(this.#columns.get('originalCurrency')?.[0]);
    return column === undefined || currency === undefined
      ? undefined
      : { column, currency: { column: currency } };
  }

  #currency(mark: DecimalMark, accountCurrency: string | undefined): ColumnOrFixed {
    const column = this.#ref(this.#columns.get('currency')?.[0]);
    if (column !== undefined) return { column };
    const beside = new Set(
      this.#valuesOf('amount', 'debit', 'credit').map((text) => currencyBeside(text, mark)),
    );
    beside.delete(undefined);
    const told = this.#namedCurrency ?? (beside.size === 1 ? [...beside][0] : undefined) ?? accountCurrency;
    if (told === undefined)
      this.#ask('bank_csv_currency_unknown', 'The file names no currency. Say which it is in.', '');
    return { fixed: told ?? '' };
  }

  #bookedWords(): readonly string[] {
    const words = [...new Set(this.#valuesOf('status'))];
    const booked = words.filter((word) => BOOKED_WORDS.includes(plainWord(word)));
    if (booked.length < words.length) {
      const others = words.filter((word) => !booked.includes(word));
      this.#ask(
        'bank_csv_status_unknown',
        'Rows with these words are not booked. Say so if they should be.',
        others.join(', '),
      );
    }
    return booked;
  }
}

function currencyBeside(text: string, mark: DecimalMark): string | undefined {
  try {
    return readAmount(text, mark).currency;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}
