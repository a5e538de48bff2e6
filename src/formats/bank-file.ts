// A file from a bank, whatever it is: camt as it is, gzipped or several in a zip, or CSV by a profile. What it is,
// its bytes say.

import { Refusal } from '#kernel/refusal.ts';
import { bytesOf, type FileKind, type FileSource, gunzip, kindOfBytes, openZip } from './archive.ts';
import { readBankCsv } from './bank-csv.ts';
import type { BankCsvProfile } from './bank-csv-profile.ts';
import type { StatementEvent } from './bank-statement-shape.ts';
import { readCamt } from './camt053.ts';
import { type ByteSource, withHead } from './text-encoding.ts';

/** Enough to tell what a file is. */
const HEAD_BYTES = 512;

/**
 * Reads all statements of a file from a bank; of a zip, those of every file in it, in the order of their names.
 *
 * Refuses: `bank_file_needs_profile` (CSV, and no profile given), `bank_file_format_unknown`, and what the readers
 * of camt, CSV and archives refuse.
 */
export async function* readBankFile(
  source: FileSource,
  options: { readonly csvProfile?: BankCsvProfile | undefined } = {},
): AsyncGenerator<StatementEvent> {
  const { head, all, close } = await withHead(bytesOf(source), HEAD_BYTES);
  const kind = kindOfBytes(head);
  if (kind !== 'zip') {
    yield* named(source.name, readPlain(kind === 'gzip' ? gunzip(all) : all, options.csvProfile));
    return;
  }
  await close();
  yield* readZip(source, options.csvProfile);
}

async function* readZip(
  source: FileSource,
  profile: BankCsvProfile | undefined,
): AsyncGenerator<StatementEvent> {
  const zip = await openZip(source);
  try {
    // Hidden files are what a Mac adds to an archive, not what a bank put there.
    const names = zip.names.filter((name) => !/(^|\/)(__MACOSX\/|\.)/.test(name)).sort();
    if (names.length === 0) throw formatUnknown('zip');
    for (const name of names) yield* named(name, readPlain(zip.read(name), profile));
  } finally {
    await zip.close();
  }
}

async function* readPlain(
  bytes: ByteSource,
  profile: BankCsvProfile | undefined,
): AsyncGenerator<StatementEvent> {
  const { head, all, close } = await withHead(bytes, HEAD_BYTES);
  const kind = kindOfBytes(head);
  if (kind === 'xml') yield* readCamt(all);
  else if (kind === 'other' && profile !== undefined) yield* readBankCsv(all, profile);
  else {
    await close();
    if (kind !== 'other') throw formatUnknown(kind);
    throw new Refusal('bank_file_needs_profile', {
      advice: 'This looks like CSV. Say once what its columns mean, or download the statement as camt.053.',
    });
  }
}

async function* named(name: string, events: AsyncGenerator<StatementEvent>): AsyncGenerator<StatementEvent> {
  for await (const event of events) {
    yield event.kind === 'file' ? { kind: 'file', file: { ...event.file, name } } : event;
  }
}

function formatUnknown(kind: FileKind): Refusal {
  return new Refusal('bank_file_format_unknown', {
    kind,
    advice: 'Bank statements are read as camt.053 or CSV, plain, gzipped or in a zip. Download one of them.',
  });
}
