// What the columns of one bank's CSV statements mean, and where they stand in a file. The profile is plain data,
// kept with the bank account; a file that has other columns is refused instead of being read wrong.

import { GUESS_ROWS } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { CsvRow, Delimiter } from './csv.ts';
import type { DateOrder, DecimalMark } from './number-and-date-text.ts';
import type { TextEncoding } from './text-encoding.ts';

/** A column by the name in the header, or by its place counted from 0. */
export type ColumnRef = string | number;

/** How a bank says whether money came or went. */
export type AmountColumns =
  /** One column with a sign. `isInverted`: card statements write what was spent without one. */
  | { readonly kind: 'signed'; readonly column: ColumnRef; readonly isInverted?: boolean | undefined }
  /** An amount and a column that says which way it went. */
  | {
      readonly kind: 'flagged';
      readonly column: ColumnRef;
      readonly flag: ColumnRef;
      readonly debitWords: readonly string[];
      readonly creditWords: readonly string[];
    }
  /** Money out in one column, money in in another. */
  | { readonly kind: 'two_columns'; readonly debit: ColumnRef; readonly credit: ColumnRef };

/** A value that stands in a column, or is the same for the whole file. */
export type ColumnOrFixed = { readonly column: ColumnRef } | { readonly fixed: string };

/** How one bank writes its statements. Plain data, kept with the bank account. */
export type BankCsvProfile = {
  readonly delimiter?: Delimiter | undefined;
  readonly encoding?: TextEncoding | undefined;
  /** Lines at the top passed over unread. What stands between them and the header is passed over too. */
  readonly skipLines?: number | undefined;
  /** Rows at the bottom that are no entries (totals, remarks). */
  readonly skipLastRows?: number | undefined;
  /** Without a header all columns are numbers. */
  readonly hasHeader: boolean;
  readonly dateOrder: DateOrder;
  readonly decimalMark: DecimalMark;
  readonly amount: AmountColumns;
  readonly currency: ColumnOrFixed;
  /** Whose account it is. Left out: an IBAN above the header, if there is one. */
  readonly account?: ColumnOrFixed | undefined;
  readonly bookingDate: ColumnRef;
  readonly valueDate?: ColumnRef | undefined;
  readonly counterpartyName?: ColumnRef | undefined;
  readonly counterpartyAccount?: ColumnRef | undefined;
  /** What was said about the payment; several columns are joined. */
  readonly text: readonly ColumnRef[];
  readonly bankReference?: ColumnRef | undefined;
  readonly endToEndId?: ColumnRef | undefined;
  /** What was paid before it was changed into the currency of the account, where the file has it. */
  readonly original?:
    | { readonly column: ColumnRef; readonly currency?: ColumnOrFixed | undefined }
    | undefined;
  /** The balance after the entry, and before it, where the file has them. */
  readonly balanceAfter?: ColumnRef | undefined;
  readonly balanceBefore?: ColumnRef | undefined;
  /** Entries whose status is none of the booked words are pending. */
  readonly status?: { readonly column: ColumnRef; readonly bookedWords: readonly string[] } | undefined;
};

/** Names of columns are compared without regard to case and spacing. */
export function plainName(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Where each column the profile names stands in the file, counted from 0. */
export type Columns = ReadonlyMap<ColumnRef, number>;

/** All columns a profile names. */
function refsOf(profile: BankCsvProfile): readonly ColumnRef[] {
  const { amount } = profile;
  const amounts =
    amount.kind === 'signed'
      ? [amount.column]
      : amount.kind === 'flagged'
        ? [amount.column, amount.flag]
        : [amount.debit, amount.credit];
  const fixed = [profile.currency, profile.account, profile.original?.currency].flatMap((one) =>
    one && 'column' in one ? [one.column] : [],
  );
  const single = [
    profile.bookingDate,
    profile.valueDate,
    profile.counterpartyName,
    profile.counterpartyAccount,
    profile.bankReference,
    profile.endToEndId,
    profile.original?.column,
    profile.balanceAfter,
    profile.balanceBefore,
    profile.status?.column,
  ].filter((ref) => ref !== undefined);
  return [...amounts, ...fixed, ...single, ...profile.text];
}

/**
 * Finds the row that has all named columns; what stands above it is no entry, but may name the account.
 * Refuses: `bank_csv_column_missing`.
 */
export async function findHeader(
  rows: AsyncGenerator<CsvRow>,
  profile: BankCsvProfile,
): Promise<{ columns: Columns; ibanAbove: string | undefined }> {
  const refs = refsOf(profile);
  const places = new Map<ColumnRef, number>(
    refs.flatMap((ref) => (typeof ref === 'number' ? [[ref, ref]] : [])),
  );
  if (!profile.hasHeader) return { columns: places, ibanAbove: undefined };
  const names = refs.filter((ref) => typeof ref === 'string');
  let ibanAbove: string | undefined;
  let closest: { missing: readonly string[]; cells: readonly string[] } | undefined;
  for (let looked = 0; looked < GUESS_ROWS; looked += 1) {
    const next = await rows.next();
    if (next.done) break;
    const { cells } = next.value;
    const header = cells.map(plainName);
    const missing = names.filter((name) => !header.includes(plainName(name)));
    if (missing.length === 0) {
      for (const name of names) places.set(name, header.indexOf(plainName(name)));
      return { columns: places, ibanAbove };
    }
    if (closest === undefined || missing.length < closest.missing.length) closest = { missing, cells };
    ibanAbove ??= cells.map(ibanIn).find((iban) => iban !== undefined);
  }
  throw new Refusal('bank_csv_column_missing', {
    columns: closest?.missing ?? names,
    found: closest?.cells.slice(0, 30).map((cell) => cell.slice(0, 40)) ?? [],
    advice: 'The file has other columns than this bank had before. Choose its columns anew.',
  });
}

/** An account number in a text, as IBAN without spaces. */
function ibanIn(text: string): string | undefined {
  return /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/.exec(text)?.[0].replaceAll(' ', '');
}
