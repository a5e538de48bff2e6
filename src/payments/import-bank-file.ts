// From a file as it was handed in to the command that imports it: what kind of file it is, how its columns are to be read
// when it is CSV, and its fingerprint.

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CarryOutOptions, type Context, carryOut, type Door } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { bytesOf, type FileSource } from '#formats/archive.ts';
import { guessBankCsvProfile } from '#formats/bank-csv-guess.ts';
import type { BankCsvProfile } from '#formats/bank-csv-profile.ts';
import { readBankFile } from '#formats/bank-file.ts';
import type { KeptPayoutColumns } from '#formats/payout-columns.ts';
import { readKeptColumns } from '#gateways/read-payout-columns.ts';
import type { Upload } from '#http/route.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import { IMPORT_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ImportStatement, importStatement, type StatementImported } from './import-statement.ts';
import { readStatementFile, type StatementSource } from './read-statement.ts';
import { findBankAccount, findCsvProfiles } from './store-bank.ts';

/** What somebody asks of an import, the file left out. */
export type ImportWish = Omit<ImportStatement, 'fileName' | 'sha256'>;

/**
 * Imports a bank statement file from disk or memory: camt.053, MT940, BAI2, OFX or CSV, plain, gzipped or in a zip.
 *
 * Refuses: what reading a statement file and importing it refuse, `bank_account_not_found`, `bank_csv_unclear` (CSV whose
 * columns cannot be told for sure).
 */
export async function importBankFile(
  at: { readonly door: Door; readonly context: Context },
  file: FileSource,
  wish: ImportWish,
  options: CarryOutOptions = {},
): Promise<StatementImported> {
  const { door, context } = at;
  const sha256 = await fingerprint(file);
  const payoutColumns = await inTenant(door.pool, context.tenantId, readKeptColumns);
  const profile = await profileFor(at, file, { bankAccountId: wish.bankAccountId, payoutColumns });
  const source: StatementSource = {
    name: file.name,
    sha256,
    open: () => readBankFile(file, { csvProfile: profile, payoutColumns }),
  };
  const survey = await readStatementFile(source);
  return carryOut(
    door,
    context,
    importStatement({ source, survey, csvProfile: profile }),
    { ...wish, fileName: file.name, sha256: sha256.toString('hex') },
    options,
  );
}

/**
 * Imports a file that a request carries.
 *
 * Refuses: `file_too_large`, and what `importBankFile` refuses.
 */
export function importUpload(
  at: { readonly door: Door; readonly context: Context },
  upload: Upload,
  wish: ImportWish,
  options: CarryOutOptions = {},
): Promise<StatementImported> {
  return withUpload(upload, (file) => importBankFile(at, file, wish, options));
}

/**
 * Lays a file that a request carries out on disk while something is done with it, and removes it afterwards.
 *
 * Refuses: `file_too_large`.
 */
export async function withUpload<Result>(
  upload: Upload,
  use: (file: FileSource) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'quittance-statement-'));
  const path = join(folder, 'statement');
  try {
    await pipeline(upload.stream, bounded(), createWriteStream(path, { mode: 0o600 }));
    if ('truncated' in upload.stream && upload.stream.truncated === true) throw tooLarge();
    return await use({ name: upload.fileName, path });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tooLarge(): Refusal {
  return new Refusal('file_too_large', { bytesMax: IMPORT_BYTES_MAX });
}

function bounded(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      done(bytes > IMPORT_BYTES_MAX ? tooLarge() : null, chunk);
    },
  });
}

/** The SHA-256 of a file's bytes. */
export async function fingerprint(file: FileSource): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const bytes of bytesOf(file)) hash.update(bytes);
  return hash.digest();
}

/** What is known of a file beforehand: whose it is, and the columns of payout reports that people said. */
type Known = {
  readonly bankAccountId: string | undefined;
  readonly payoutColumns: readonly KeptPayoutColumns[];
};

/**
 * How the columns of a CSV file are read: as kept with its account, else as its header says; nothing for camt. A file whose
 * rows name their account is known by the columns that were said of an account before, where all of them say the same.
 */
async function profileFor(
  at: { readonly door: Door; readonly context: Context },
  file: FileSource,
  { bankAccountId, payoutColumns }: Known,
): Promise<BankCsvProfile | undefined> {
  if (!(await needsProfile(file, payoutColumns))) return undefined;
  const { account, others } = await inTenant(at.door.pool, at.context.tenantId, async (tx) =>
    bankAccountId === undefined
      ? { account: undefined, others: await findCsvProfiles(tx) }
      : { account: await findBankAccount(tx, bankAccountId), others: [] },
  );
  if (account?.csv_profile) return account.csv_profile as BankCsvProfile;
  const known = await fittingProfile(file, others);
  if (known) return known;
  const guess = await guessBankCsvProfile(bytesOf(file), { accountCurrency: account?.currency });
  if (guess.profile === undefined || guess.problems.length > 0)
    throw new Refusal('bank_csv_unclear', {
      file: file.name,
      header: guess.header,
      questions: guess.problems.map((problem) => problem.message),
    });
  return guess.profile;
}

/** Of profiles whose rows name the account the one that fits a file; nothing where two fit that say different things. */
async function fittingProfile(
  file: FileSource,
  profiles: readonly BankCsvProfile[],
): Promise<BankCsvProfile | undefined> {
  const fitting = new Map<string, BankCsvProfile>();
  for (const profile of profiles) {
    const namesAccount = profile.hasHeader && profile.account !== undefined && 'column' in profile.account;
    if (namesAccount && (await hasColumns(file, profile))) fitting.set(canonicalJson(profile), profile);
  }
  const [only] = fitting.values();
  return fitting.size === 1 ? only : undefined;
}

async function hasColumns(file: FileSource, profile: BankCsvProfile): Promise<boolean> {
  const events = readBankFile(file, { csvProfile: profile });
  try {
    // The first event comes before the header is looked for.
    await events.next();
    await events.next();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  } finally {
    await events.return(undefined);
  }
}

/** What is kept of the CSV files of a bank account: its currency, and what the columns mean once that was said. */
export async function readCsvSetting(
  tx: Tx,
  bankAccountId: string,
): Promise<{ readonly currency: string; readonly profile: BankCsvProfile | undefined } | undefined> {
  const account = await findBankAccount(tx, bankAccountId);
  return (
    account && {
      currency: account.currency,
      profile: (account.csv_profile as BankCsvProfile | null) ?? undefined,
    }
  );
}

async function needsProfile(file: FileSource, payoutColumns: readonly KeptPayoutColumns[]): Promise<boolean> {
  const events = readBankFile(file, { payoutColumns });
  try {
    await events.next();
    return false;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'bank_file_needs_profile') return true;
    throw error;
  } finally {
    await events.return(undefined);
  }
}
