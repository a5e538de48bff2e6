// Taking a remittance in: a file that was handed in, or what a person typed. The same content comes in once.

import { createHash } from 'node:crypto';
import type { Act, CarryOutOptions, Command, Context, Door } from '#command/command.ts';
import { actorText, carryOut } from '#command/command.ts';
import type { DecimalMark } from '#formats/number-and-date-text.ts';
import type { Upload } from '#http/route.ts';
import { canonicalJson, jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { REMITTANCE_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type Grid, readGrid } from './read-grid.ts';
import { checkReading, type Reading } from './remittance.ts';
import { findByContent, insertReading, insertRemittance, type Origin } from './store.ts';
import { differenceOf, readRows } from './table-reading.ts';

/** What came of taking a remittance in. */
export type RemittanceReceived = {
  readonly remittanceId: string;
  /** The same content was there already; nothing changed. */
  readonly isKnown: boolean;
  readonly lineCount: number;
  readonly total: { readonly amount: string; readonly currency: string };
  /** Stated total less the sum of the lines. */
  readonly difference: { readonly amount: string; readonly currency: string };
};

export type ReceiveFile = {
  readonly companyId: CompanyId;
  readonly customerId?: CustomerId | undefined;
  readonly fileName: string;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
  readonly grid: Grid;
  /** The bytes, in base 64: what a command is given is text. */
  readonly original: string;
  /** Of amounts that bear none; left out, the company's own. */
  readonly currency?: string | undefined;
  readonly decimal?: DecimalMark | undefined;
};

/**
 * Takes a remittance in from rows of a file.
 *
 * Refuses: `company_not_found`, `customer_not_found`, and what `readRows` refuses.
 */
export const receiveRemittanceFile: Command<ReceiveFile, RemittanceReceived> = {
  name: 'receive-remittance-file',
  permission: 'payment.apply',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const read = readRows(input.grid.rows, {
      currency: input.currency ?? company.functionalCurrency,
      decimal: input.decimal,
    });
    return receive(act, {
      ...input,
      origin: 'upload',
      reading: { ...read, customerId: input.customerId },
    });
  },
};

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
  readonly original?: string;
};

async function receive(act: Act, given: Received): Promise<RemittanceReceived> {
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
export type FileWish = Pick<ReceiveFile, 'companyId' | 'customerId' | 'currency' | 'decimal'>;

/**
 * Takes a remittance in from a file that was handed in.
 *
 * Refuses: `remittance_too_large`, what `readGrid` and `receiveRemittanceFile` refuse.
 */
export async function receiveUpload(
  at: { readonly door: Door; readonly context: Context },
  upload: Pick<Upload, 'fileName' | 'stream'>,
  wish: FileWish,
  options: CarryOutOptions = {},
): Promise<RemittanceReceived> {
  const content = await bytesOfUpload(upload);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file: ReceiveFile = {
    ...wish,
    fileName: upload.fileName,
    sha256,
    grid: await readGrid(content),
    original: content.toString('base64'),
  };
  return carryOut(at.door, at.context, receiveRemittanceFile, file, options);
}

async function bytesOfUpload(upload: Pick<Upload, 'stream'>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of upload.stream as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > REMITTANCE_BYTES_MAX) {
      upload.stream.resume();
      throw new Refusal('remittance_too_large', { bytesMax: REMITTANCE_BYTES_MAX });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
