// Making a pack: the report, the invoices, the statement and the sheets are drawn, the proofs laid beside them, and every file
// listed with its checksum. The same facts give the same bytes.

import { createHash } from 'node:crypto';
import { csvLine } from '#formats/csv.ts';
import { writeZip, type ZipFile } from '#formats/zip.ts';
import { printInvoice } from '#invoicing/print-invoice.ts';
import { EVIDENCE_BYTES_MAX } from '#kernel/limits.ts';
import { toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { renderPage } from '#printing/render-pdf.ts';
import { printStatement } from '#statements/print-statement.ts';
import { evidencePage } from './evidence-page.ts';
import { MANIFEST, type Manifest } from './pack.ts';
import type { PackFacts } from './read-pack.ts';

/**
 * A pack as one archive: `evidence.pdf` to be read, `statement.pdf`, `invoices/`, `interest.csv` and `chronology.csv`, the
 * bytes of what was sent and came back under `messages/`, `inbound/` and `proofs/`, and `manifest.json` with the SHA-256 of
 * each; with what else is laid in, listed too.
 *
 * Refuses: `evidence_too_large`, and what drawing refuses.
 */
export async function exportPack(facts: PackFacts, more: readonly ZipFile[] = []): Promise<Uint8Array> {
  const { report, messages } = facts;
  const files: ZipFile[] = [
    ...more,
    { name: 'evidence.pdf', content: await renderPage(evidencePage(report)) },
    { name: 'statement.pdf', content: await printStatement(facts.statement) },
    { name: 'interest.csv', content: csv(interestRows(facts)) },
    { name: 'chronology.csv', content: csv(eventRows(facts)) },
    { name: 'messages.json', content: jsonBytes(messages.messages) },
    ...messages.files,
  ];
  for (const invoice of facts.invoices) {
    const { fileName, pdf } = await printInvoice(invoice);
    files.push({ name: `invoices/${safeName(fileName)}`, content: pdf });
  }
  const bytes = files.reduce((total, file) => total + file.content.length, 0);
  if (bytes > EVIDENCE_BYTES_MAX)
    throw new Refusal('evidence_too_large', { bytes, bytesMax: EVIDENCE_BYTES_MAX });
  const manifest: Manifest = {
    format: 'quittance-evidence',
    version: 1,
    customer: facts.customer.number,
    company: facts.company.code,
    asOf: facts.asOf.toString(),
    files: files.map(({ name, content }) => ({
      name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  };
  return writeZip([{ name: MANIFEST, content: jsonBytes(manifest) }, ...files]);
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
