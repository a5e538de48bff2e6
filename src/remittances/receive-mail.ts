// Taking in a mail that was sent to say what a payment is for: its files first, its words where no file says anything. The mail
// is kept whatever comes of it, and a mail comes in once.

import { createHash } from 'node:crypto';
import { readMailParts } from '#carriers/read-mail-parts.ts';
import {
  type Act,
  actorText,
  type CarryOutOptions,
  type Command,
  type Context,
  carryOut,
  type Door,
} from '#command/command.ts';
import type { Upload } from '#http/route.ts';
import { type Json, jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { INBOUND_MAIL_BYTES_MAX, REMITTANCE_BYTES_MAX } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { rowsOfHtml, rowsOfText } from './mail-rows.ts';
import { type Grid, readGrids } from './read-grid.ts';
import { bytesWithin, choicesFor, readingOf, receive, sha256Of, withColumns } from './receive-remittance.ts';
import type { Reading } from './remittance.ts';
import { findCustomerOfSender, findMail, insertMail, insertParts, type PartOutcome } from './store-mail.ts';
import type { ReadingHints } from './table-reading.ts';

/** A part of a mail: what it holds, or why it cannot be read. */
export type MailPart =
  | {
      readonly name: string;
      readonly grid: Grid;
      /** Of its content. */
      readonly sha256: string;
      /** Its bytes in base 64, where it is a file of one remittance. */
      readonly original: string | undefined;
    }
  | { readonly name: string; readonly code: string };

export type MailTaken = {
  readonly mailId: string;
  /** It came in before, by its bytes or its Message-ID; nothing changed. */
  readonly isKnown: boolean;
  readonly parts: PartOutcome[];
};

export type ReceiveMail = {
  readonly companyId: CompanyId;
  readonly sender: string;
  readonly subject: string;
  readonly identifier?: string | undefined;
  /** The bytes, in base 64. */
  readonly raw: string;
  readonly files: readonly MailPart[];
  /** Its words in HTML and as text, read only where no file is a remittance. */
  readonly words: readonly MailPart[];
};

/**
 * Takes in what a mail says. A part that cannot be read is noted with why, and a person sees it; nothing of it is guessed. Two
 * parts that claim the same are one remittance. The sender is compared with the contacts of customers, and noted as a hint
 * only: anybody can write any address.
 *
 * Refuses: `company_not_found`.
 */
export const receiveRemittanceMail: Command<ReceiveMail, MailTaken> = {
  name: 'receive-remittance-mail',
  permission: 'payment.apply',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const sha256 = createHash('sha256').update(Buffer.from(input.raw, 'base64')).digest('hex');
    const known = await findMail(act, company.id, { sha256, identifier: input.identifier });
    if (known) return { mailId: known.id, isKnown: true, parts: [...known.parts] };
    const mailId = newId<'remittance_mail'>();
    const hint = await findCustomerOfSender(act, input.sender);
    insertMail(act, {
      id: mailId,
      company_id: company.id,
      sha256,
      identifier: input.identifier ?? null,
      sender: input.sender,
      subject: input.subject,
      hint_customer_id: hint,
      raw: Buffer.from(input.raw, 'base64'),
      received_on: act.today,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    const currency = company.functionalCurrency;
    const parts = await takeParts(act, { ...input, mailId, currency, hint });
    insertParts(act, mailId, parts);
    return { mailId, isKnown: false, parts };
  },
};

type ReadPart = Extract<MailPart, { grid: Grid }> & { readonly reading: Reading };
type TriedPart = ReadPart | Extract<MailPart, { code: string }>;

/** The remittances of the files; of the words only where no file is one, and then HTML before text. */
async function takeParts(
  act: Act,
  mail: ReceiveMail & {
    readonly mailId: string;
    readonly currency: string;
    readonly hint: CustomerId | null;
  },
): Promise<PartOutcome[]> {
  const grids = [...mail.files, ...mail.words].flatMap((part) => ('grid' in part ? [part.grid] : []));
  // Whose lists are meant is a hint here too: it only says by which columns a list is read.
  const hints = { currency: mail.currency, choices: await choicesFor(act, grids, mail.hint) };
  const files = mail.files.map((part) => tried(part, hints));
  const words = mail.words.map((part) => tried(part, hints));
  const word = words.find((part) => 'reading' in part) ?? words[0];
  const all = files.some((part) => 'reading' in part) || !word ? files : [...files, word];
  const outcomes: PartOutcome[] = [];
  const claimed = new Map<string, string>();
  for (const part of all) {
    const said = 'reading' in part ? claimsText(part.reading) : '';
    const twin = claimed.get(said);
    if (!('reading' in part)) outcomes.push({ name: part.name, remittanceId: null, code: part.code });
    else if (twin !== undefined)
      outcomes.push({ name: part.name, remittanceId: twin, code: 'remittance_same_as_other_part' });
    else {
      const { companyId } = mail;
      const { name: fileName, grid, original, reading, sha256 } = part;
      const given = { companyId, origin: 'mail', sha256, reading, fileName, original } as const;
      const { remittanceId } = await receive(act, { ...given, grid: withColumns(grid, hints.choices) });
      claimed.set(said, remittanceId);
      outcomes.push({ name: part.name, remittanceId, code: null });
    }
  }
  return outcomes;
}

/** Reads a part; what stands in the way becomes what came of it. */
function tried(part: MailPart, hints: ReadingHints): TriedPart {
  if (!('grid' in part)) return part;
  try {
    return { ...part, reading: readingOf(part.grid, hints) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { name: part.name, code: error.code };
  }
}

/** What a reading claims, so that equal claims have equal text. */
function claimsText({ currency, lines }: Reading): string {
  const claims = lines.map((line) => [line.document, line.amount, line.discount, line.deduction]);
  return jsonText([currency, claims.map(([document, ...sums]) => [document, ...sums.map(minorOf)])] as Json);
}

const minorOf = (sum: Money | string | undefined): string =>
  typeof sum === 'object' ? String(sum.minor) : '';

/**
 * Takes a mail in that was handed in as a file (.eml): taken apart and read first, outside of any transaction.
 *
 * Refuses: `mail_file_too_large`, `mail_not_readable`, what `receiveRemittanceMail` refuses.
 */
export async function receiveMailUpload(
  at: { readonly door: Door; readonly context: Context },
  upload: Pick<Upload, 'stream'>,
  companyId: CompanyId,
  options: CarryOutOptions = {},
): Promise<MailTaken> {
  const raw = await bytesWithin(upload.stream, INBOUND_MAIL_BYTES_MAX, 'mail_file_too_large');
  return receiveMailBytes(at, raw, companyId, options);
}

/** Takes a mail in from its bytes. Refuses: `mail_file_too_large`, `mail_not_readable`, what `receiveRemittanceMail` refuses. */
export async function receiveMailBytes(
  at: { readonly door: Door; readonly context: Context },
  raw: Uint8Array,
  companyId: CompanyId,
  options: CarryOutOptions = {},
): Promise<MailTaken> {
  const mail = await readMailParts(raw);
  const files: MailPart[] = [];
  for (const { name, bytes } of mail.files) files.push(...(await partsOfFile(name, bytes)));
  const words: MailPart[] = [];
  if (mail.html) words.push(wordsPart('Words of the mail', () => rowsOfHtml(mail.html)));
  if (mail.text) words.push(wordsPart('Words of the mail', () => rowsOfText(mail.text)));
  const input: ReceiveMail = {
    companyId,
    sender: mail.from,
    subject: mail.subject,
    identifier: mail.identifier,
    raw: Buffer.from(raw).toString('base64'),
    files,
    words,
  };
  return carryOut(at.door, at.context, receiveRemittanceMail, input, options);
}

async function partsOfFile(name: string, bytes: Uint8Array): Promise<readonly MailPart[]> {
  if (bytes.byteLength > REMITTANCE_BYTES_MAX) return [{ name, code: 'remittance_too_large' }];
  try {
    const grids = await readGrids(bytes);
    const original = grids.length === 1 ? Buffer.from(bytes).toString('base64') : undefined;
    return grids.map((grid) => ({ name, grid, sha256: sha256Of(grid, bytes), original }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [{ name, code: error.code }];
  }
}

function wordsPart(name: string, read: () => Grid['rows']): MailPart {
  try {
    const grid: Grid = { format: 'mail', sheet: null, rows: read() };
    return { name, grid, sha256: sha256Of(grid, undefined), original: undefined };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { name, code: error.code };
  }
}
