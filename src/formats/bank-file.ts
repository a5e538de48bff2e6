// A file from a bank, whatever it is: camt, MT940, BAI2, OFX, a gateway's payouts, CSV by a profile, as it is, gzipped or several in
// a zip. What it is, its bytes say.

import { Refusal } from '#kernel/refusal.ts';
import { bytesOf, type FileKind, type FileSource, gunzip, kindOfBytes, openZip } from './archive.ts';
import { looksLikeBai2, readBai2 } from './bai2.ts';
import { readBankCsv } from './bank-csv.ts';
import type { BankCsvProfile } from './bank-csv-profile.ts';
import type { StatementEvent } from './bank-statement-shape.ts';
import { bankEncodingOf } from './bank-text.ts';
import { readCamt } from './camt053.ts';
import { openCsv } from './csv.ts';
import { looksLikeLockbox } from './lockbox.ts';
import { looksLikeMt940, readMt940 } from './mt940.ts';
import { looksLikeOfx, readOfx } from './ofx.ts';
import {
  type KeptPayoutColumns,
  type PayoutColumns,
  payoutHeadingsKey,
  shapeOfColumns,
} from './payout-columns.ts';
import { looksLikePayoutReport, readPayoutReport } from './payout-report.ts';
import { type ByteSource, type TextEncoding, withHead } from './text-encoding.ts';

/** What is known of a bank's files beforehand. */
export type BankFileOptions = {
  readonly csvProfile?: BankCsvProfile | undefined;
  /** What people said of the columns of payout reports. A report goes before a profile, as those do that are known anyway. */
  readonly payoutColumns?: readonly KeptPayoutColumns[] | undefined;
  /** The encoding this bank writes text files in, where its bytes do not tell. */
  readonly encoding?: TextEncoding | undefined;
};

/** Enough to tell what a file is. */
const HEAD_BYTES = 4096;

/**
 * Reads all statements of a file from a bank; of a zip, those of every file in it, in the order of their names.
 *
 * Refuses: `bank_file_needs_profile` (CSV, and no profile given), `not_a_statement` (a lockbox), `bank_file_format_unknown`, and what the readers
 * of each format and of archives refuse.
 */
export async function* readBankFile(
  source: FileSource,
  options: BankFileOptions = {},
): AsyncGenerator<StatementEvent> {
  const { head, all, close } = await withHead(bytesOf(source), HEAD_BYTES);
  const kind = kindOfBytes(head);
  if (kind !== 'zip') {
    yield* named(source.name, readPlain(kind === 'gzip' ? gunzip(all) : all, options));
    return;
  }
  await close();
  yield* readZip(source, options);
}

async function* readZip(source: FileSource, options: BankFileOptions): AsyncGenerator<StatementEvent> {
  const zip = await openZip(source);
  try {
    // Hidden files are what a Mac adds to an archive, not what a bank put there.
    const names = zip.names.filter((name) => !/(^|\/)(__MACOSX\/|\.)/.test(name)).sort();
    if (names.length === 0) throw formatUnknown('zip');
    for (const name of names) yield* named(name, readPlain(zip.read(name), options));
  } finally {
    await zip.close();
  }
}

async function* readPlain(bytes: ByteSource, options: BankFileOptions): AsyncGenerator<StatementEvent> {
  const { head, all, close } = await withHead(bytes, HEAD_BYTES);
  const kind = kindOfBytes(head);
  const begin = textOf(head);
  const said = kind === 'other' ? await saidOf(head, options.payoutColumns ?? []) : undefined;
  if ((kind === 'xml' || kind === 'other') && looksLikeOfx(begin)) yield* readOfx(all, options);
  else if (kind === 'xml') yield* readCamt(all);
  else if (kind === 'other' && looksLikeMt940(begin)) yield* readMt940(all, options);
  else if (kind === 'other' && looksLikeBai2(begin)) yield* readBai2(all, options);
  else if (kind === 'other' && looksLikeLockbox(begin)) {
    await close();
    throw new Refusal('not_a_statement', {
      format: 'lockbox',
      advice: 'This says what a deposit is made of and is not booked. Hand it in as an announcement.',
    });
  } else if (kind === 'other' && looksLikePayoutReport(begin)) yield* readPayoutReport(all);
  else if (kind === 'other' && said !== undefined) yield* readPayoutReport(all, shapeOfColumns(said));
  else if (kind === 'other' && options.csvProfile !== undefined) yield* readBankCsv(all, options.csvProfile);
  else {
    await close();
    if (kind !== 'other') throw formatUnknown(kind);
    throw new Refusal('bank_file_needs_profile', {
      advice: 'This looks like CSV. Say once what its columns mean, or download the statement as camt.053.',
    });
  }
}

/** What was said of the columns that a file begins with. */
async function saidOf(head: Buffer, kept: readonly KeptPayoutColumns[]): Promise<PayoutColumns | undefined> {
  if (kept.length === 0) return undefined;
  const key = payoutHeadingsKey(await headingsOf(head));
  return kept.find((one) => one.key === key)?.columns;
}

/** The first row of delimited text; nothing where it is none. */
async function headingsOf(head: Buffer): Promise<readonly string[]> {
  try {
    const csv = await openCsv(wholeCharacters(head), { columns: 'any' });
    const first = await csv.rows.next();
    await csv.close();
    return first.done ? [] : first.value.cells;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [];
  }
}

/** The head without a character that its end cuts: that one would spoil the encoding of all before it. */
function wholeCharacters(head: Buffer): Buffer {
  if (head.length < HEAD_BYTES) return head;
  const end = head.findLastIndex((byte) => byte < 0x80) + 1;
  // What stands before a byte of ASCII is whole; UTF-16 has two bytes for each.
  return head.subarray(0, end - (end % 2));
}

/** Whether a file is one of a lockbox, which is read by `readLockbox`. */
export async function isLockbox(source: FileSource): Promise<boolean> {
  const { head, close } = await withHead(bytesOf(source), HEAD_BYTES);
  await close();
  return kindOfBytes(head) === 'other' && looksLikeLockbox(textOf(head));
}

/** The beginning of a file as text, whatever it means: enough to know a format by. */
function textOf(head: Buffer): string {
  const encoding = bankEncodingOf(head);
  if (encoding?.startsWith('utf-16')) return new TextDecoder(encoding).decode(head);
  return head.toString('latin1').replace(/^\xef\xbb\xbf/, '');
}

async function* named(name: string, events: AsyncGenerator<StatementEvent>): AsyncGenerator<StatementEvent> {
  for await (const event of events) {
    yield event.kind === 'file' ? { kind: 'file', file: { ...event.file, name } } : event;
  }
}

function formatUnknown(kind: FileKind): Refusal {
  return new Refusal('bank_file_format_unknown', {
    kind,
    advice:
      'Bank statements are read as camt.053, MT940, BAI2, OFX or CSV, plain, gzipped or in a zip. Download one of them.',
  });
}
