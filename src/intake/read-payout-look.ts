// Looking at a gateway's payout report before anybody said what its columns mean, and while it is said: its rows as they stand, the words of
// its types, and what it comes to, read by the reader that books it.

import type { z } from 'zod';
import type { Context, Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { bytesOf, type FileSource } from '#formats/archive.ts';
import { plainName } from '#formats/bank-csv-profile.ts';
import type { StatementAmount } from '#formats/bank-statement-shape.ts';
import { openCsv } from '#formats/csv.ts';
import {
  type PayoutColumns,
  payoutHeadingsKey,
  proposePayoutColumns,
  shapeOfColumns,
  writtenHow,
} from '#formats/payout-columns.ts';
import { readPayoutReport } from '#formats/payout-report.ts';
import { readKeptColumns } from '#gateways/read-payout-columns.ts';
import type { Upload } from '#http/route.ts';
import { PAYOUT_ROWS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { withUpload } from '#payments/import-bank-file.ts';
import type * as contract from './contract.ts';
import { PayoutLooker } from './payout-look.ts';

type Look = z.input<typeof contract.lookAtPayoutReport.reply>;

/** Rows shown as they stand, and characters of a cell; words of types that are told; rows by which is told how dates and amounts are written. */
const ROWS_SHOWN = 6;
const CELL_CHARACTERS = 80;
const WORDS_MAX = 100;
const SAMPLED = 200;

/**
 * Looks at a report that a request carries.
 *
 * Refuses: `file_too_large`, what reading delimited text refuses.
 */
export function lookAtPayoutUpload(
  at: { readonly door: Door; readonly context: Context },
  upload: Upload,
  wish: { readonly columns?: PayoutColumns | undefined; readonly typeColumn?: string | undefined },
): Promise<Look> {
  return withUpload(upload, (file) => lookAtPayouts(at, file, wish));
}

/** Looks at a report. One that what was said does not fit is no refusal but part of what is seen. Refuses: as `lookAtPayoutUpload`. */
export async function lookAtPayouts(
  { door, context }: { readonly door: Door; readonly context: Context },
  file: FileSource,
  { columns: given, typeColumn }: Parameters<typeof lookAtPayoutUpload>[2],
): Promise<Look> {
  const seen = await readRows(file, given?.type ?? typeColumn);
  const kept = await inTenant(door.pool, context.tenantId, readKeptColumns);
  const key = payoutHeadingsKey(seen.header);
  const columns = given ?? kept.find((one) => one.key === key)?.columns;
  const tried = columns && (await tryColumns(file, columns));
  return {
    header: [...seen.header],
    rows: seen.rows,
    columns:
      columns === undefined ? null : { ...columns, texts: [...columns.texts], words: [...columns.words] },
    proposal: seen.proposal,
    words: seen.words,
    payouts: tried?.payouts ?? [],
    payoutCount: tried?.payoutCount ?? 0,
    isFeeTurned: tried?.isFeeTurned ?? false,
    isTakenTurned: tried?.isTakenTurned ?? false,
    refusal: tried?.refusal ?? null,
  };
}

type Seen = Pick<Look, 'rows' | 'words' | 'proposal'> & { readonly header: readonly string[] };

/** The first rows, and all words of the column of types, with what the headings and cells say by themselves. */
async function readRows(file: FileSource, typeColumn: string | undefined): Promise<Seen> {
  const csv = await openCsv(bytesOf(file), { columns: 'any' });
  const rows: { line: number; cells: readonly string[] }[] = [];
  const words = new Map<string, { word: string; rows: number }>();
  let header: readonly string[] = [];
  let place = -1;
  let count = 0;
  try {
    for await (const { line, cells } of csv.rows) {
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (count === 0) {
        header = cells;
        const type = typeColumn ?? proposePayoutColumns(header).type;
        place = type === undefined ? -1 : header.map(plainName).lastIndexOf(plainName(type));
      } else if (place >= 0) addWord(words, (cells[place] ?? '').trim());
      if (rows.length <= SAMPLED) rows.push({ line, cells });
      count += 1;
      if (count > PAYOUT_ROWS_MAX || (place < 0 && rows.length > SAMPLED)) break;
    }
  } finally {
    await csv.close();
  }
  return {
    header: header.map((cell) => cell.trim().slice(0, 500)),
    rows: rows.slice(0, ROWS_SHOWN + 1).map(({ line, cells }) => ({ line, cells: cells.map(shortened) })),
    words: [...words.values()],
    proposal: proposalOf(header, rows.slice(1)),
  };
}

const shortened = (cell: string): string => cell.slice(0, CELL_CHARACTERS);

function addWord(words: Map<string, { word: string; rows: number }>, word: string): void {
  const known = words.get(plainName(word));
  if (known) known.rows += 1;
  else if (words.size < WORDS_MAX) words.set(plainName(word), { word: word.slice(0, 100), rows: 1 });
}

function proposalOf(
  header: readonly string[],
  rows: readonly { readonly cells: readonly string[] }[],
): Look['proposal'] {
  const found = proposePayoutColumns(header);
  const cellsOf = (name: string | undefined): readonly string[] => {
    const place = name === undefined ? -1 : header.indexOf(name);
    return place < 0
      ? []
      : rows.map(({ cells }) => (cells[place] ?? '').trim()).filter((cell) => cell !== '');
  };
  const written = writtenHow({
    dates: cellsOf(found.on),
    amounts: [found.gross, found.fee, found.net].flatMap(cellsOf),
  });
  return { ...found, ...written };
}

type Tried = Pick<Look, 'payouts' | 'payoutCount' | 'isFeeTurned' | 'isTakenTurned' | 'refusal'>;

async function tryColumns(file: FileSource, columns: PayoutColumns): Promise<Tried> {
  try {
    return { ...(await lookWith(file, columns)), isFeeTurned: false, isTakenTurned: false, refusal: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isOff = (codes: readonly string[]): boolean => codes.includes(error.code);
    const feeTurned = { ...columns, isFeeNegative: !columns.isFeeNegative };
    const takenTurned = { ...columns, isTakenPositive: columns.isTakenPositive !== true };
    const isTakenTurned =
      isOff(['payout_sign_differs', 'payout_row_differs', 'payout_differs']) &&
      (await isReadWith(file, takenTurned));
    const isFeeTurned = isOff(['payout_row_differs']) && (await isReadWith(file, feeTurned));
    return { payouts: [], payoutCount: 0, isFeeTurned, isTakenTurned, refusal: refusalOf(error) };
  }
}

/** Whether the report proves itself with its columns said so. */
async function isReadWith(file: FileSource, columns: PayoutColumns): Promise<boolean> {
  try {
    await lookWith(file, columns);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function lookWith(file: FileSource, columns: PayoutColumns) {
  const looker = new PayoutLooker();
  for await (const event of readPayoutReport(bytesOf(file), shapeOfColumns(columns))) looker.take(event);
  const { payouts, count } = looker.finish();
  return {
    payouts: payouts.map(({ charged, takenBack, fees, other, sent, ...payout }) => ({
      ...payout,
      charged: shown(charged),
      takenBack: shown(takenBack),
      fees: shown(fees),
      other: shown(other),
      sent: shown(sent),
    })),
    payoutCount: count,
  };
}

const shown = ({ decimal, currency }: StatementAmount) => ({ amount: decimal, currency });

/** Why a report cannot be read so, with the facts that say where. */
function refusalOf({ code, facts }: Refusal): Look['refusal'] {
  const text = (fact: unknown): string | null =>
    typeof fact === 'string' || typeof fact === 'number' ? String(fact) : null;
  return {
    code,
    line: typeof facts.line === 'number' ? facts.line : null,
    column: text(facts.column),
    value: text(facts.value),
    payout: text(facts.payout),
    difference: text(facts.difference),
  };
}
