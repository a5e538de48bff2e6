// The invoice inside a hybrid PDF (ZUGFeRD, Factur-X): which of the files a PDF carries is the invoice.

import { readPdfAttachments } from '#formats/pdf-file.ts';
import { Refusal } from '#kernel/refusal.ts';

/** The XML of an invoice as it lies in a PDF. */
export type EmbeddedXml = {
  readonly name: string;
  readonly xml: Buffer;
  /** Names of the other files in the PDF: attachments of the invoice. */
  readonly others: readonly string[];
};

/** Names that the formats prescribe, the ones of today first; case differs from program to program. */
const NAMES = ['factur-x.xml', 'xrechnung.xml', 'zugferd-invoice.xml'];

/**
 * Finds the XML of the invoice: by the name its format prescribes, the associated file first where several bear one; else the
 * only XML there is.
 *
 * Refuses: `pdf_without_invoice` (with the names of what is inside), and what reading the PDF refuses (`pdf_…`).
 */
export function extractXml(pdf: Uint8Array): EmbeddedXml {
  const attachments = readPdfAttachments(pdf);
  const rank = ({ name, isAssociated }: { name: string; isAssociated: boolean }) => {
    const place = NAMES.indexOf(name.toLowerCase());
    return place === -1 ? Number.POSITIVE_INFINITY : place + (isAssociated ? 0 : NAMES.length);
  };
  const named = attachments.filter((one) => Number.isFinite(rank(one))).sort((a, b) => rank(a) - rank(b));
  const anyXml = attachments.filter(({ name }) => /\.xml$/i.test(name));
  const found = named[0] ?? (anyXml.length === 1 ? anyXml[0] : undefined);
  if (found === undefined) {
    throw new Refusal('pdf_without_invoice', {
      files: attachments.map(({ name }) => name),
      advice: 'The PDF carries no invoice as data. Enter it by hand, or ask for XML, Factur-X or ZUGFeRD.',
    });
  }
  const others = attachments.filter((one) => one !== found).map(({ name }) => name);
  return { name: found.name, xml: found.bytes(), others };
}
