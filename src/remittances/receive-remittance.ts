// Taking a remittance in: a file that was handed in, or what a person typed. The same content comes in once.

import { createHash } from 'node:crypto';
import type { Act, CarryOutOptions, Command, Context, Door } from '#command/command.ts';
import { actorText, carryOut } from '#command/command.ts';
import type { DecimalMark } from '#formats/number-and-date-text.ts';
import type { Upload } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { canonicalJson, type Json, jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { REMITTANCE_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { readSegments } from './advice-reading.ts';
import { chooseColumns } from './change-columns.ts';
import { type ChosenRoles, type ColumnChoice, fittingChoice, keysOf } from './column-choice.ts';
import { type Grid, readGrids } from './read-grid.ts';
import { checkReading, type Reading } from './remittance.ts';
import { findByContent, insertReading, insertRemittance, type Origin } from './store.ts';
import { findChoices } from './store-columns.ts';
import { differenceOf, type ReadingHints, readRows } from './table-reading.ts';

/** What came of taking a remittance in. */
export type RemittanceReceived = {
  readonly remittanceId: string;
  /** The same content was there already; nothing changed. */
  readonly isKnown: boolean;
  readonly lineCount: number;
  readonly total: { readonly amount: string; readonly currency: string };
  /** Stated total less the sum of the lines. */
  readonly difference: { readonly amount: string; readonly currency: string };
  /** The other remittances of the same file. */
  readonly others?: string[];
};

export type ReceiveFile = {
  readonly companyId: CompanyId;
  readonly customerId?: CustomerId | undefined;
  readonly fileName: string;
  /** What the file holds: several remittances in electronic data interchange, else one. */
  readonly parts: readonly {
    /** SHA-256 of the content, in hexadecimal. */
    readonly sha256: string;
    readonly grid: Grid;
  }[];
  /** The bytes, in base 64, as what a command is given is text; kept where they are one remittance. */
  readonly original: string;
  /** Of amounts that bear none; left out, the company's own. */
  readonly currency?: string | undefined;
  readonly decimal?: DecimalMark | undefined;
  /** What a person says of the columns under the headings that stand on a line of the file; kept for the lists to come. */
  readonly columns?: { readonly line: number; readonly roles: ChosenRoles } | undefined;
};

/**
 * Takes remittances in from rows of a file.
 *
 * Refuses: `company_not_found`, `customer_not_found`, what `chooseColumns` and `readingOf` refuse.
 */
export const receiveRemittanceFile: Command<ReceiveFile, RemittanceReceived> = {
  name: 'receive-remittance-file',
  permission: 'payment.apply',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const currency = input.currency ?? company.functionalCurrency;
    const original = input.parts.length === 1 ? input.original : undefined;
    const received: RemittanceReceived[] = [];
    for (const part of input.parts) {
      if (input.columns) await keepColumns(act, input, part.grid, input.columns);
      const choices = await choicesFor(act, [part.grid], input.customerId ?? null);
      const read = readingOf(part.grid, { currency, decimal: input.decimal, choices });
      const reading = { ...read, customerId: input.customerId };
      const { companyId, fileName } = input;
      received.push(
        await receive(act, {
          sha256: part.sha256,
          grid: withColumns(part.grid, choices),
          ...{ companyId, fileName, original, reading },
          origin: 'upload',
        }),
      );
    }
    const [first, ...others] = received;
    return {
      ...present(first, 'a file holds a remittance'),
      isKnown: received.every((one) => one.isKnown),
      others: others.map((one) => one.remittanceId),
    };
  },
};

async function keepColumns(
  act: Act,
  input: ReceiveFile,
  grid: Grid,
  { line, roles }: NonNullable<ReceiveFile['columns']>,
): Promise<void> {
  const headings = grid.rows.find((row) => row.line === line)?.cells ?? [];
  const customerId = input.customerId ?? null;
  await chooseColumns(act, { customerId, headings, roles, decimal: input.decimal ?? null });
}

/** What people said of columns under headings of these lists; segments of electronic data interchange have none. */
export async function choicesFor(
  act: Act,
  grids: readonly Grid[],
  customerId: CustomerId | null,
): Promise<readonly ColumnChoice[]> {
  return findChoices(
    act,
    [...new Set(grids.flatMap((grid) => (grid.format === 'x12' ? [] : keysOf(grid.rows))))],
    customerId,
  );
}

/** A grid with the choice it is read by. */
export function withColumns(grid: Grid, choices: readonly ColumnChoice[]): Grid {
  const fitting = grid.format === 'x12' ? undefined : fittingChoice(grid.rows, choices);
  if (!fitting) return grid;
  return { ...grid, columns: { columnsId: fitting.choice.id, version: fitting.choice.version } };
}

/** What rows of a source say. Refuses: what `readSegments` and `readRows` refuse. */
export function readingOf(grid: Grid, hints: ReadingHints): Reading {
  const told = { ...hints, currency: grid.currency ?? hints.currency };
  return grid.format === 'x12' ? readSegments(grid.rows, told) : readRows(grid.rows, told);
}

/**
 * What makes a remittance the same: the bytes of its file, or its rows where a file holds several or there is none. A file of
 * electronic data interchange is sent anew in another envelope.
 */
export function sha256Of(grid: Grid, bytes: Uint8Array | undefined): string {
  const content =
    bytes && grid.format !== 'x12' ? bytes : jsonText(grid.rows.map((row) => row.cells) as Json);
  return createHash('sha256').update(content).digest('hex');
}

export type ReceiveTyped = { readonly companyId: CompanyId } & Reading;

/** Takes a remittance in that a person typed. Refuses: `company_not_found`, `customer_not_found`, what `checkReading` refuses. */
export const receiveTypedRemittance: Command<ReceiveTyped, RemittanceReceived> = {
  name: 'receive-typed-remittance',
  permission: 'payment.apply',
  async run(act, { companyId, ...reading }) {
    await takeCompany(act, companyId);
    checkReading(reading);
    const sha256 = createHash('sha256')
      .update(`typed\n${canonicalJson(plain(reading))}`)
      .digest('hex');
    return receive(act, { companyId, origin: 'typed', sha256, reading });
  },
};

/** A reading as plain text values, so that equal ones have equal text. */
function plain(reading: Reading): unknown {
  return {
    ...reading,
    total: reading.total ? shownMoney(reading.total) : null,
    paidOn: reading.paidOn?.toString() ?? null,
    lines: reading.lines.map((line) => ({
      ...line,
      amount: shownMoney(line.amount),
      discount: shownMoney(line.discount),
      deduction: shownMoney(line.deduction),
    })),
  };
}

type Received = {
  readonly companyId: CompanyId;
  readonly origin: Origin;
  readonly sha256: string;
  readonly reading: Reading;
  readonly fileName?: string;
  readonly grid?: Grid;
  readonly original?: string | undefined;
};

/** Takes in what was read, unless the same content came in before. Refuses: `customer_not_found`. */
export async function receive(act: Act, given: Received): Promise<RemittanceReceived> {
  const { companyId, origin, sha256, reading } = given;
  if (reading.customerId !== undefined) await takeCustomer(act, reading.customerId);
  const known = await findByContent(act, companyId, sha256);
  const id = known ?? newId<'remittance'>();
  const { total, difference } = differenceOf(reading);
  const received: RemittanceReceived = {
    remittanceId: id,
    isKnown: known !== undefined,
    lineCount: reading.lines.length,
    total: shownMoney(total),
    difference: shownMoney(difference),
  };
  if (known !== undefined) return received;
  insertRemittance(act, {
    id,
    company_id: companyId,
    origin,
    file_name: given.fileName?.slice(0, 255) ?? null,
    sha256,
    source: given.grid ? jsonText(given.grid) : null,
    original: given.original === undefined ? null : Buffer.from(given.original, 'base64'),
    received_on: act.today,
    recorded_by: actorText(act.actor),
    recorded_at: act.now,
  });
  insertReading(act, id, 1, reading);
  act.record({
    type: 'remittance.received',
    subjectId: id,
    customerId: reading.customerId ?? null,
    data: { origin, total: received.total, difference: received.difference, lineCount: received.lineCount },
  });
  return received;
}

/** What is said of a file beside its bytes. */
export type FileWish = Pick<ReceiveFile, 'companyId' | 'customerId' | 'currency' | 'decimal' | 'columns'>;

/**
 * Takes a remittance in from a file that was handed in.
 *
 * Refuses: `remittance_too_large`, what `readGrids` and `receiveRemittanceFile` refuse.
 */
export async function receiveUpload(
  at: { readonly door: Door; readonly context: Context },
  upload: Pick<Upload, 'fileName' | 'stream'>,
  wish: FileWish,
  options: CarryOutOptions = {},
): Promise<RemittanceReceived> {
  const content = await bytesWithin(upload.stream, REMITTANCE_BYTES_MAX, 'remittance_too_large');
  const grids = await readGrids(content);
  const file: ReceiveFile = {
    ...wish,
    fileName: upload.fileName,
    parts: grids.map((grid) => ({ grid, sha256: sha256Of(grid, content) })),
    original: content.toString('base64'),
  };
  return carryOut(at.door, at.context, receiveRemittanceFile, file, options);
}

/** The bytes of a file that was handed in. Refuses: the code given, when they are more than it may have. */
export async function bytesWithin(stream: Upload['stream'], bytesMax: number, code: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > bytesMax) {
      stream.resume();
      throw new Refusal(code, { bytesMax });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
