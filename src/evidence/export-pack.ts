// Making a pack: the report, the invoices, the statement and the sheets are drawn, the proofs laid beside them, and every file
// listed with its checksum. The same facts give the same bytes.

import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import { sha256OfLarge } from '#formats/checksum.ts';
import { csvLine } from '#formats/csv.ts';
import { writeLargeZip, type ZipFile } from '#formats/zip.ts';
import { printInvoicesOnce } from '#invoicing/print-invoice.ts';
import { EVIDENCE_BYTES_MAX } from '#kernel/limits.ts';
import { toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DrawnBefore } from '#printing/keep-drawn.ts';
import { renderPage } from '#printing/render-pdf.ts';
import { printStatement } from '#statements/print-statement.ts';
import { evidencePage } from './evidence-page.ts';
import { MANIFEST, type Manifest } from './pack.ts';
import type { PackFacts } from './read-pack.ts';

/** How a pack is drawn. */
export type PackDrawing = {
  /** What else is laid in, listed too. */
  readonly more?: readonly ZipFile[];
  /** Invoices that were drawn before, for a message or for a pack whose worker was lost, are not drawn again. */
  readonly before: DrawnBefore;
  /** Is told how many of the papers are drawn, as it goes on. A throw ends the drawing. */
  readonly onDrawn?: (drawn: number, toDraw: number) => Promise<void>;
};

/** A pack with the SHA-256 of its list. */
export type DrawnPack = { readonly content: Uint8Array; readonly listSha256: Uint8Array };

/** Invoices that are looked up together among those drawn before, and drawn one after the other. */
const INVOICES_AT_ONCE = 25;
/** The report and the statement. */
const OTHER_PAPERS = 2;

/**
 * A pack as one archive: `evidence.pdf` to be read, `statement.pdf`, `invoices/`, `interest.csv` and `chronology.csv`, the
 * bytes of what was sent and came back under `messages/`, `inbound/` and `proofs/`, and `manifest.json` with the SHA-256 of
 * each.
 *
 * Refuses: `evidence_too_large`, and what drawing refuses.
 */
export async function exportPack(
  facts: PackFacts,
  { more = [], before, onDrawn }: PackDrawing,
): Promise<DrawnPack> {
  const { report, messages, invoices } = facts;
  const toDraw = invoices.length + OTHER_PAPERS;
  await onDrawn?.(0, toDraw);
  const files: ZipFile[] = [
    ...more,
    { name: 'evidence.pdf', content: await renderPage(evidencePage(report)) },
    { name: 'statement.pdf', content: await printStatement(facts.statement) },
    { name: 'interest.csv', content: csv(interestRows(facts)) },
    { name: 'chronology.csv', content: csv(eventRows(facts)) },
    { name: 'messages.json', content: jsonBytes(messages.messages) },
    ...messages.files,
  ];
  let bytes = files.reduce((total, file) => total + file.content.length, 0);
  let drawn = OTHER_PAPERS;
  for (let start = 0; start < invoices.length; start += INVOICES_AT_ONCE) {
    const some = invoices.slice(start, start + INVOICES_AT_ONCE);
    for await (const { fileName, pdf } of printInvoicesOnce(some, before)) {
      bytes += pdf.length;
      checkSize(bytes);
      files.push({ name: `invoices/${safeName(fileName)}`, content: pdf });
      drawn += 1;
      await onDrawn?.(drawn, toDraw);
    }
  }
  checkSize(bytes);
  const listed: Manifest['files'][number][] = [];
  for (const { name, content } of files) {
    const sha256 = (await sha256OfLarge(content)).toString('hex');
    listed.push({ name, bytes: content.length, sha256 });
    await pause();
  }
  const manifest: Manifest = {
    format: 'quittance-evidence',
    version: 1,
    customer: facts.customer.number,
    company: facts.company.code,
    asOf: facts.asOf.toString(),
    files: listed,
  };
  const list = jsonBytes(manifest);
  return {
    content: await writeLargeZip([{ name: MANIFEST, content: list }, ...files]),
    listSha256: createHash('sha256').update(list).digest(),
  };
}

/** Looked at as it grows: nobody waits for what is refused in the end. */
function checkSize(bytes: number): void {
  if (bytes > EVIDENCE_BYTES_MAX)
    throw new Refusal('evidence_too_large', { bytes, bytesMax: EVIDENCE_BYTES_MAX });
}

/** A document's number as a file name: no folders, nothing a file system minds. */
function safeName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
}

function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function csv(rows: readonly (readonly string[])[]): Uint8Array {
  return Buffer.from(`\ufeff${rows.map((cells) => csvLine(cells)).join('')}`);
}

function interestRows({ report }: PackFacts): readonly (readonly string[])[] {
  return [
    ['document', 'from', 'to', 'days', 'base', 'percent', 'rate_source', 'interest', 'currency'],
    ...report.spans.map((span) => [
      span.reference,
      span.from.toString(),
      span.to.toString(),
      String(span.days),
      toDecimal(span.base),
      span.percent,
      span.source,
      toDecimal(span.interest),
      span.interest.currency,
    ]),
  ];
}

function eventRows({ report }: PackFacts): readonly (readonly string[])[] {
  return [
    ['day', 'known_at', 'kind', 'what', 'amount', 'currency'],
    ...report.events.map((event) => [
      event.on.toString(),
      event.at,
      event.kind,
      event.words,
      event.amount ? toDecimal(event.amount) : '',
      event.amount?.currency ?? '',
    ]),
  ];
}
