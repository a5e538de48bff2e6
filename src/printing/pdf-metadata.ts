// Adds to the metadata (XMP) of a PDF that our compiler drew what the compiler has no words for: that the file holds an
// invoice as data. The file is extended, not rewritten (ISO 32000-1, 7.5.6): a new version of the one object is put at its end.

import { assert, present } from '#kernel/assert.ts';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** The schemas that a document declares for properties which PDF/A does not know; there may be one such list only. */
const SCHEMAS = /<pdfaExtension:schemas>\s*<rdf:Bag>([\s\S]*)<\/rdf:Bag>\s*<\/pdfaExtension:schemas>/;

/** Metadata with more descriptions; schemas these declare join the list that is there already. */
export function mergeMetadata(metadata: string, descriptions: string): string {
  const declared = SCHEMAS.exec(descriptions)?.[1]?.trim();
  const [, known] = SCHEMAS.exec(metadata) ?? [];
  const joins = declared !== undefined && known !== undefined;
  const apart = descriptions.split(/(?=<rdf:Description\b)/).filter((part) => part.trim() !== '');
  const added = joins ? apart.filter((part) => !SCHEMAS.test(part)) : apart;
  const merged = joins ? metadata.replace(known, () => known + declared) : metadata;
  assert(merged.includes('</rdf:RDF>'), 'metadata are RDF');
  return merged.replace('</rdf:RDF>', () => `${added.join('').trim()}</rdf:RDF>`);
}

/** The stream of the metadata as it stands in the file: which object it is, and its text. */
function metadataOf(file: string, trailer: string): { readonly number: string; readonly text: string } {
  const objectAt = (number: string): string => {
    const at = file.lastIndexOf(`\n${number} 0 obj\n`);
    return file.slice(at, file.indexOf('endobj', at));
  };
  const root = present(/\/Root (\d+) 0 R/.exec(trailer)?.[1], 'a PDF names its root');
  const number = present(/\/Metadata (\d+) 0 R/.exec(objectAt(root))?.[1], 'the root names its metadata');
  const object = objectAt(number);
  assert(!object.slice(0, object.indexOf('stream')).includes('/Filter'), 'metadata are not compressed');
  const length = Number(present(/\/Length (\d+)/.exec(object)?.[1], 'a stream has a length'));
  const from = object.indexOf('stream\n') + 'stream\n'.length;
  return { number, text: Buffer.from(object.slice(from, from + length), 'latin1').toString('utf8') };
}

/**
 * The PDF with more descriptions (`rdf:Description` elements) in its metadata. Bytes that were there stay as they are, so what
 * points into the file still does.
 */
export function addMetadata(pdf: Uint8Array, descriptions: string): Uint8Array {
  const file = latin1(pdf);
  const trailerAt = file.lastIndexOf('trailer');
  const trailer = file.slice(trailerAt + 'trailer'.length, file.lastIndexOf('startxref')).trim();
  const before = present(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file)?.[1], 'a PDF ends with its index');
  const { number, text } = metadataOf(file, trailer);
  const stream = Buffer.from(mergeMetadata(text, descriptions));
  const gap = file.endsWith('\n') ? '' : '\n';
  const head = `${gap}${number} 0 obj\n<<\n  /Length ${stream.length}\n  /Type /Metadata\n  /Subtype /XML\n>>\nstream\n`;
  const objectAt = pdf.length + gap.length;
  const object = Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream\nendobj\n\n')]);
  const indexAt = pdf.length + object.length;
  const index =
    `xref\n${number} 1\n${String(objectAt).padStart(10, '0')} 00000 n \n` +
    `trailer\n${trailer.replace(/>>$/, `  /Prev ${before}\n>>`)}\nstartxref\n${indexAt}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([pdf, object, Buffer.from(index)]));
}
