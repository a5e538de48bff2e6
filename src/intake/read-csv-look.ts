// Looking at a CSV of a bank before it is booked: its rows as they stand, the profile that is given, kept or proposed, and what it
// comes to by that.

import type { z } from 'zod';
import type { Context, Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { bytesOf, type FileSource } from '#formats/archive.ts';
import { readBankCsv } from '#formats/bank-csv.ts';
import { type BankCsvGuess, guessBankCsvProfile } from '#formats/bank-csv-guess.ts';
import type { BankCsvProfile } from '#formats/bank-csv-profile.ts';
import type { StatementAmount } from '#formats/bank-statement-shape.ts';
import { openCsv } from '#formats/csv.ts';
import type { Upload } from '#http/route.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readCsvSetting, withUpload } from '#payments/import-bank-file.ts';
import type * as contract from './contract.ts';
import { type CsvLook, CsvLooker, isProved, mayBeProved } from './csv-look.ts';

/** Rows shown as they stand, and characters of a cell. */
const ROWS_SHOWN = 12;
const CELL_CHARACTERS = 80;

export type LookWish = {
  readonly bankAccountId?: string | undefined;
  /** Left out: what is kept with the account, else what is proposed. */
  readonly profile?: BankCsvProfile | undefined;
};

type Look = z.input<typeof contract.lookAtBankCsv.reply>;

/**
 * Looks at a file that a request carries.
 *
 * Refuses: `bank_account_not_found`, `file_too_large`, what reading delimited text and proposing a profile refuse.
 */
export function lookAtUpload(
  at: { readonly door: Door; readonly context: Context },
  upload: Upload,
  wish: LookWish,
): Promise<Look> {
  return withUpload(upload, (file) => lookAtCsv(at, file, wish));
}

/** Looks at a file. A file that its profile does not fit is no refusal but part of what is seen. Refuses: as `lookAtUpload`. */
export async function lookAtCsv(
  { door, context }: { readonly door: Door; readonly context: Context },
  file: FileSource,
  { bankAccountId, profile: given }: LookWish,
): Promise<Look> {
  const kept =
    bankAccountId === undefined
      ? undefined
      : await inTenant(door.pool, context.tenantId, (tx) => readCsvSetting(tx, bankAccountId));
  if (bankAccountId !== undefined && kept === undefined)
    throw new Refusal('bank_account_not_found', { bankAccountId });
  const guess = await guessBankCsvProfile(bytesOf(file), {
    accountCurrency: kept?.currency,
    encoding: given?.encoding,
  });
  const profile = given ?? kept?.profile ?? completeOf(guess);
  const rows = await readRows(file, given ?? kept?.profile);
  const tried = profile && (await tryProfile(file, profile));
  return {
    ...rows,
    ...headerOf(rows.rows, profile, guess),
    profile: profile === undefined ? null : (JSON.parse(JSON.stringify(profile)) as Look['profile']),
    profileFrom: given ? 'given' : kept?.profile ? 'kept' : profile ? 'proposed' : null,
    // What a person or an earlier file said is no question any more.
    questions:
      given || kept?.profile
        ? []
        : guess.problems.map(({ code, message, value = '' }) => ({ code, message, value })),
    ...shown(tried?.look),
    isSignTurned: tried?.isSignTurned ?? false,
    refusal: tried?.refusal ?? null,
  };
}

/** A proposal that says all a profile must: one without a currency waits until the account is known. */
function completeOf({ profile }: BankCsvGuess): BankCsvProfile | undefined {
  const isOpen = profile !== undefined && 'fixed' in profile.currency && profile.currency.fixed === '';
  return isOpen ? undefined : profile;
}

type Tried = { readonly look?: CsvLook; readonly isSignTurned?: boolean; readonly refusal?: Look['refusal'] };

async function tryProfile(file: FileSource, profile: BankCsvProfile): Promise<Tried> {
  try {
    const look = await lookWith(file, profile);
    const { amount } = profile;
    // A file that is proved, or that nothing could prove, is not read a second time.
    if (amount.kind !== 'signed' || isProved(look) || !mayBeProved(look)) return { look };
    const turned = { ...profile, amount: { ...amount, isInverted: amount.isInverted !== true } };
    return { look, isSignTurned: isProved(await lookWith(file, turned)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { line, columns, advice } = error.facts;
    const names = Array.isArray(columns) ? columns.map(String) : [];
    return {
      refusal: {
        code: error.code,
        message: typeof advice === 'string' ? advice : 'The file cannot be read in this way.',
        line: typeof line === 'number' ? line : null,
        columns: names.slice(0, 20),
      },
    };
  }
}

async function lookWith(file: FileSource, profile: BankCsvProfile): Promise<CsvLook> {
  const looker = new CsvLooker();
  for await (const event of readBankCsv(bytesOf(file), profile)) looker.take(event);
  return looker.finish();
}

async function readRows(
  file: FileSource,
  profile: Pick<BankCsvProfile, 'delimiter' | 'encoding' | 'skipLines'> | undefined,
): Promise<Pick<Look, 'delimiter' | 'encoding'> & { readonly rows: Look['rows'] }> {
  const { delimiter, encoding, skipLines } = profile ?? {};
  const csv = await openCsv(bytesOf(file), { delimiter, encoding, skipLines, columns: 'any' });
  const rows: { line: number; cells: string[] }[] = [];
  try {
    for await (const { line, cells } of csv.rows) {
      rows.push({ line, cells: cells.map((cell) => cell.slice(0, CELL_CHARACTERS)) });
      if (rows.length >= ROWS_SHOWN) break;
    }
    return { delimiter: csv.delimiter, encoding: csv.encoding()?.encoding ?? null, rows };
  } finally {
    await csv.close();
  }
}

/** The row that names the columns: as proposed, else the first; none where the profile says so. */
function headerOf(
  rows: Look['rows'],
  profile: BankCsvProfile | undefined,
  guess: BankCsvGuess,
): Pick<Look, 'header' | 'headerLine'> {
  if (profile?.hasHeader === false) return { header: [], headerLine: null };
  const first = rows[0];
  if (guess.headerLine !== undefined) return { header: [...guess.header], headerLine: guess.headerLine };
  return { header: first ? [...first.cells] : [], headerLine: first?.line ?? null };
}

const money = ({ decimal, currency }: StatementAmount) => ({ amount: decimal, currency });

function shown(
  look: CsvLook | undefined,
): Pick<Look, 'entries' | 'statements' | 'problems' | 'problemCount'> {
  return {
    entries: (look?.entries ?? []).map((entry) => ({
      ...entry,
      amount: money(entry.amount),
      balanceAfter: entry.balanceAfter && money(entry.balanceAfter),
      original: entry.original && money(entry.original),
    })),
    statements: (look?.statements ?? []).map((statement) => ({
      ...statement,
      moneyIn: statement.moneyIn.map(money),
      moneyOut: statement.moneyOut.map(money),
      opening: statement.opening && money(statement.opening),
      closing: statement.closing && money(statement.closing),
    })),
    problems: (look?.problems ?? []).map(({ code, message, line, column, value }) => ({
      code,
      message,
      line: line ?? null,
      column: column ?? null,
      value: value ?? null,
    })),
    problemCount: look?.problemCount ?? 0,
  };
}
