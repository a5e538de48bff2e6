// Files of banks: how fast each format is read, and how much memory that takes, for 100 MB made on the spot. Each is read in a
// process of its own, beside the bare reading of the same bytes. Alone: `node bench/bank-files.ts`.

import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { BankCsvProfile } from '#formats/bank-csv-profile.ts';
import { readBankFile } from '#formats/bank-file.ts';
import { aCamt053 } from '../test/support/bank-files.ts';
import { type ResultRow, remark, tableOf } from './results.ts';

const MEGABYTE = 1_000_000;
const MEGABYTES = 100;
/** A month of a large payer's statements is read in the time of a cup of coffee; MT940 in five seconds. */
const MS_MAX = (MEGABYTES / 20) * 1_000;

type Format = {
  readonly name: string;
  readonly begin: string;
  readonly end: string;
  entry(n: number): string;
};

/** As long as what payers write, so that a file of 100 MB is one statement within its bounds. */
const WORDS =
  'and what else a payer writes beside the number of an invoice, which is mostly of no use to whoever reads it later' +
  ' and is read by machines alone, day after day';

const dayOf = (n: number): string => String((n % 28) + 1).padStart(2, '0');
const amountOf = (n: number): string => `${(n % 9_000) + 1}.${String(n % 100).padStart(2, '0')}`;

/** The camt message around its entries, cut out of one with a mark where they stand. */
function camt(message: '053' | '054'): Format {
  const entry = (n: number) => ({
    amount: amountOf(n),
    text: `Invoice 2026-${n} ${WORDS}`,
    payer: `Payer ${n} Ltd`,
    iban: 'DE89370400440532013000',
    bankReference: `BR${n}`,
    endToEndId: `E2E-${n}`,
  });
  const text = (n: number) => aCamt053([{ entries: [entry(n)] }], message).toString();
  const around = text(0).split(/<Ntry>[\s\S]*<\/Ntry>/);
  const [head = '', tail = ''] = around;
  return {
    name: `camt.${message}`,
    begin: head,
    end: tail,
    entry: (n) => /<Ntry>[\s\S]*<\/Ntry>/.exec(text(n))?.[0] ?? '',
  };
}

const FORMATS: readonly Format[] = [
  camt('053'),
  camt('054'),
  {
    name: 'MT940',
    begin: ':20:BENCH\r\n:25:37040044/532013000\r\n:28C:1/1\r\n:60F:C260101EUR0,00\r\n',
    end: ':62F:C260131EUR0,00\r\n-\r\n',
    entry: (n) =>
      `:61:2601${dayOf(n)}01${dayOf(n)}C${amountOf(n).replace('.', ',')}NTRFNONREF//BR${n}\r\n` +
      `:86:166?00GUTSCHRIFT?20EREF+E2E-${n}?21SVWZ+Invoice 2026-${n}?22${WORDS.slice(0, 27)}?23${WORDS.slice(27, 54)}?24${WORDS.slice(54, 81)}?25${WORDS.slice(81, 108)}` +
      `?30COBADEFF?31DE89370400440532013000?32Payer ${n} Ltd\r\n`,
  },
  {
    name: 'BAI2',
    begin: '01,BANK,US,260101,0400,1,80,10,2/\n02,US,BANK,1,260101,0400,USD,2/\n03,123456789,USD,010,0,,/\n',
    end: '49,0,2/\n98,0,1,4/\n99,0,1,6/\n',
    entry: (n) =>
      `16,195,${amountOf(n).replace('.', '')},Z,BR${n},CR${n},Payer ${n} Ltd/\n88,Invoice 2026-${n} ${WORDS}/\n`,
  },
  {
    name: 'OFX',
    begin:
      'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>123456789<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20260101<DTEND>20260131\n',
    end: '</BANKTRANLIST><LEDGERBAL><BALAMT>0.00<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n',
    entry: (n) =>
      `<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>202601${dayOf(n)}<TRNAMT>${amountOf(n)}<FITID>F${n}<NAME>Payer ${n} Ltd<MEMO>Invoice 2026-${n} ${WORDS}</STMTTRN>\n`,
  },
  {
    name: 'CSV',
    begin: 'Date,Amount,Payer,Text,Reference\n',
    end: '',
    entry: (n) => `2026-01-${dayOf(n)},${amountOf(n)},Payer ${n} Ltd,"Invoice 2026-${n} ${WORDS}",BR${n}\n`,
  },
];

const CSV_PROFILE: BankCsvProfile = {
  hasHeader: true,
  dateOrder: 'year_month_day',
  decimalMark: '.',
  amount: { kind: 'signed', column: 'Amount' },
  currency: { fixed: 'EUR' },
  bookingDate: 'Date',
  counterpartyName: 'Payer',
  text: ['Text'],
  bankReference: 'Reference',
};

function* textOf(format: Format): Generator<string> {
  yield format.begin;
  let bytes = 0;
  let piece = '';
  for (let n = 1; bytes < MEGABYTES * MEGABYTE; n += 1) {
    piece += format.entry(n);
    if (piece.length < 65_536) continue;
    bytes += piece.length;
    yield piece;
    piece = '';
  }
  yield piece + format.end;
}

type Measured = {
  readonly ms: number;
  /** Time of the processor alone, which other programs beside it do not change much. */
  readonly cpuMs: number;
  readonly rawMs: number;
  readonly entries: number;
  readonly peakMiB: number;
};

/** Reads a file in this process: bare, then as what it is. */
async function measureHere(path: string): Promise<Measured> {
  const begun = performance.now();
  let bytes = 0;
  for await (const piece of createReadStream(path)) bytes += (piece as Buffer).length;
  const rawMs = performance.now() - begun;
  const before = process.cpuUsage();
  const start = performance.now();
  let entries = 0;
  for await (const event of readBankFile({ name: path, path }, { csvProfile: CSV_PROFILE }))
    entries += event.kind === 'entry' ? 1 : 0;
  const ms = performance.now() - start;
  const used = process.cpuUsage(before);
  const cpuMs = (used.user + used.system) / 1_000;
  if (bytes === 0 || entries === 0) throw new Error(`nothing was read of ${path}`);
  return { ms, cpuMs, rawMs, entries, peakMiB: Math.round(process.resourceUsage().maxRSS / 1_024) };
}

async function measureApart(path: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, '--read', path]);
  return JSON.parse(stdout) as Measured;
}

/** All formats, one after the other, each in a process of its own. */
export async function measureBankFiles(only: readonly string[] = []): Promise<readonly ResultRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quittance-bench-bank-'));
  const rows: ResultRow[] = [];
  try {
    for (const format of FORMATS.filter(({ name }) => only.length === 0 || only.includes(name))) {
      const path = join(folder, 'file');
      await pipeline(Readable.from(textOf(format)), createWriteStream(path));
      const megabytes = (await stat(path)).size / MEGABYTE;
      const { ms, cpuMs, rawMs, entries, peakMiB } = await measureApart(path);
      const speed = (time: number): number => Math.round(megabytes / (time / 1_000));
      const text = `${(ms / 1_000).toFixed(1)} s (processor ${(cpuMs / 1_000).toFixed(1)}), ${speed(ms)} MB/s, ${entries} entries, peak ${peakMiB} MiB; bare reading ${speed(rawMs)} MB/s`;
      rows.push(
        remark(`bank file of ${Math.round(megabytes)} MB, ${format.name}`, text, { msMax: MS_MAX }, ms),
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return rows;
}

if (import.meta.main) {
  const [word, path] = process.argv.slice(2);
  if (word === '--read' && path !== undefined) console.log(JSON.stringify(await measureHere(path)));
  else console.log(tableOf(await measureBankFiles(process.argv.slice(2))));
}
