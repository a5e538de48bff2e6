// The way in for e-invoices: what a document is, by the namespace of its root (never by the name of its file), and its
// content in the terms of the model.

import { isUtf8 } from 'node:buffer';
import { isPdf } from '#formats/pdf-file.ts';
import type { ByteSource } from '#formats/text-encoding.ts';
import type { XmlNode } from '#formats/xml-part.ts';
import { readXmlTree } from '#formats/xml-tree.ts';
import { E_INVOICE_BYTES_MAX, E_INVOICE_ELEMENTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { extractXml } from './hybrid-pdf.ts';
import type { EInvoice } from './model.ts';
import { type NotCarried, Part, Reading } from './part.ts';
import { readCii, withNamesOfToday } from './read-cii.ts';
import { readUbl } from './read-ubl.ts';

/** What a document is written in. ZUGFeRD 1.0 is the elder of CII; it is read, and never written. */
export type DocumentKind = 'ubl_invoice' | 'ubl_credit_note' | 'cii' | 'zugferd_1';

/** A document that was read. */
export type ReadEInvoice = {
  readonly kind: DocumentKind;
  readonly invoice: EInvoice;
  /** What the document says beyond the model. */
  readonly notCarriedOver: readonly NotCarried[];
};

/** Local name and namespace of each root. */
const ROOTS: readonly { readonly kind: DocumentKind; readonly local: string; readonly uri: string }[] = [
  {
    kind: 'ubl_invoice',
    local: 'Invoice',
    uri: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  },
  {
    kind: 'ubl_credit_note',
    local: 'CreditNote',
    uri: 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2',
  },
  {
    kind: 'cii',
    local: 'CrossIndustryInvoice',
    uri: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  },
  {
    kind: 'zugferd_1',
    local: 'CrossIndustryDocument',
    uri: 'urn:ferd:CrossIndustryDocument:invoice:1p0',
  },
];

/** What a document with this root is, or nothing where it is no invoice that is read here. */
export function documentKindOf(root: XmlNode): DocumentKind | undefined {
  return ROOTS.find(({ local, uri }) => root.element.local === local && root.element.uri === uri)?.kind;
}

/**
 * Reads an e-invoice in XML: UBL 2.1 Invoice or CreditNote, CII, or ZUGFeRD 1.0. Nothing in it is required, and its
 * amounts are not checked: that is the rules' part.
 *
 * Refuses: `einvoice_unknown_root`, `einvoice_too_large`, and what reading XML refuses (`xml_…`, `text_encoding_…`), all
 * with the line where there is one.
 */
export async function readEInvoice(source: ByteSource): Promise<ReadEInvoice> {
  const root = await readXmlTree(bounded(source), {
    elementsMax: E_INVOICE_ELEMENTS_MAX,
    charactersMax: E_INVOICE_BYTES_MAX,
  });
  return readEInvoiceOf(root);
}

/** An e-invoice that came as a file: XML, or a PDF with the XML inside. */
export type ReadEInvoiceFile = ReadEInvoice & {
  /** The XML itself. */
  readonly xml: Uint8Array;
  /** Where it lay in a PDF: its name there, and the names of the other files. */
  readonly embedded: { readonly name: string; readonly others: readonly string[] } | undefined;
};

/**
 * Reads an e-invoice from a file, XML or hybrid PDF by what its bytes are. XML that names an encoding nobody knows, or another
 * than it is in, is read as UTF-8 where it is that.
 *
 * Refuses: what `readEInvoice` and `extractXml` refuse.
 */
export async function readEInvoiceFile(bytes: Uint8Array): Promise<ReadEInvoiceFile> {
  const extracted = isPdf(bytes) ? extractXml(bytes) : undefined;
  const xml = extracted?.xml ?? bytes;
  const embedded = extracted && { name: extracted.name, others: extracted.others };
  const read = await readEInvoice(withoutWrongEncoding(xml));
  return { ...read, xml, embedded };
}

const DECLARED = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"'>]*)["'][^>]*\?>/;

/** The bytes without an XML declaration whose encoding is not what they are in, if they are UTF-8. */
function withoutWrongEncoding(xml: Uint8Array): Uint8Array {
  const head = Buffer.from(xml.buffer, xml.byteOffset, Math.min(xml.byteLength, 512)).toString('latin1');
  const [declaration, label] = DECLARED.exec(head) ?? [];
  if (declaration === undefined || label === undefined || !isUtf8(xml)) return xml;
  return /^utf-?8$/i.test(label.trim()) ? xml : xml.subarray(declaration.length);
}

/** The same for a document that is already a tree, or stands inside another one. Refuses: `einvoice_unknown_root`. */
export function readEInvoiceOf(root: XmlNode): ReadEInvoice {
  const kind = documentKindOf(root);
  if (kind === undefined) {
    throw new Refusal('einvoice_unknown_root', {
      element: root.element.local.slice(0, 80),
      namespace: root.element.uri.slice(0, 120),
      line: root.line,
      advice:
        'Bring a UBL invoice or credit note, or a Cross Industry Invoice (ZUGFeRD, Factur-X, XRechnung).',
    });
  }
  const reading = new Reading();
  const node = kind === 'zugferd_1' ? withNamesOfToday(root) : root;
  const part = new Part(node, reading);
  const invoice = kind === 'cii' || kind === 'zugferd_1' ? readCii(part) : readUbl(part, kind);
  return { kind, invoice, notCarriedOver: reading.notCarriedOver(node) };
}

async function* bounded(source: ByteSource): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of source instanceof Uint8Array ? [source] : source) {
    length += piece.length;
    if (length > E_INVOICE_BYTES_MAX) {
      throw new Refusal('einvoice_too_large', {
        bytesMax: E_INVOICE_BYTES_MAX,
        advice: 'Send the files attached to the invoice apart from it.',
      });
    }
    yield piece;
  }
}
