// Signs a PDF that our compiler drew. The file is extended, not rewritten (ISO 32000-1, 7.5.6 and 12.8): a signature, and a field
// without a size on the first page that holds it, so that nothing is seen of it on paper. It stays an archive file (ISO 19005-3, 6.4.3).

import { createHash } from 'node:crypto';
import { assert, present } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import { type Signer, signDigest } from './sign-bytes.ts';

/** Room for what a signature holds besides its certificates. */
const SIGNATURE_BYTES = 2_048;
/** Digits of a place in the file. */
const PLACE_DIGITS = 10;
/** Shown nowhere, printed, not to be changed (ISO 32000-1, table 165: print and locked). */
const FIELD_FLAGS = 4 + 128;
/** The file has signatures, and is only ever extended (ISO 32000-1, table 219). */
const FORM_FLAGS = 3;

type Changed = { readonly number: number; readonly text: string };

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A text in a PDF: in UTF-16, as digits, so that nothing in it means anything else. */
function textOf(text: string): string {
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return `<${utf16.toString('hex').toUpperCase()}>`;
}

/** A moment as PDF writes it, in UTC. */
function momentOf(at: Instant): string {
  const digits = at.toString({ fractionalSecondDigits: 0 }).replace(/\D/g, '');
  return `(D:${digits}Z)`;
}

/** What stands in the dictionary of an object, newest first. */
function dictionaryOf(file: string, number: number): string {
  const at = file.lastIndexOf(`\n${number} 0 obj\n`);
  assert(at !== -1, 'what a PDF names is in it', number);
  const from = file.indexOf('<<', at);
  const end = file.lastIndexOf('>>', file.indexOf('endobj', at));
  return file.slice(from + 2, end).trim();
}

function named(dictionary: string, name: string): number {
  const found = new RegExp(`/${name} \\[?\\s*(\\d+) 0 R`).exec(dictionary)?.[1];
  return Number(present(found, 'a PDF names its parts'));
}

/** The first page below the tree of pages. */
function firstPage(file: string, pages: number): number {
  let number = pages;
  while (/\/Type \/Pages\b/.test(dictionaryOf(file, number)))
    number = named(dictionaryOf(file, number), 'Kids');
  return number;
}

/** A page with one more annotation. */
function withAnnotation(page: string, number: number): string {
  const [whole, before = ''] = /\/Annots \[([^\]]*)\]/.exec(page) ?? [];
  assert(whole !== undefined || !page.includes('/Annots'), 'annotations stand on their page');
  const list = `/Annots [${before} ${number} 0 R]`;
  return whole === undefined ? `${page}\n  ${list}` : page.replace(whole, () => list);
}

/** The objects that a signed file has besides those it had; where the signature goes there is room. */
function objectsOf(
  file: string,
  trailer: string,
  signed: { readonly at: Instant; readonly by: string; readonly room: number },
): readonly Changed[] {
  const size = Number(present(/\/Size (\d+)/.exec(trailer)?.[1], 'a PDF says how many objects it has'));
  const root = named(trailer, 'Root');
  const catalog = dictionaryOf(file, root);
  assert(!catalog.includes('/AcroForm'), 'what is signed is not signed yet and has no form');
  const page = firstPage(file, named(catalog, 'Pages'));
  const [signature, field] = [size, size + 1];
  const range = `/ByteRange [0 ${' '.repeat(PLACE_DIGITS)} ${' '.repeat(PLACE_DIGITS)} ${' '.repeat(PLACE_DIGITS)}]`;
  return [
    {
      number: page,
      text: `${withAnnotation(dictionaryOf(file, page), field)}`,
    },
    {
      number: root,
      text: `${catalog}\n  /AcroForm << /Fields [${field} 0 R] /SigFlags ${FORM_FLAGS} >>`,
    },
    {
      number: signature,
      text: [
        '/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached',
        `/Name ${textOf(signed.by)} /M ${momentOf(signed.at)}`,
        range,
        `/Contents <${'0'.repeat(signed.room * 2)}>`,
      ].join('\n  '),
    },
    {
      number: field,
      text: [
        '/Type /Annot /Subtype /Widget /FT /Sig /T (Signature)',
        `/V ${signature} 0 R /P ${page} 0 R /Rect [0 0 0 0] /F ${FIELD_FLAGS}`,
      ].join('\n  '),
    },
  ];
}

/** The file with objects at its end, and an index that names them. */
function extended(pdf: Uint8Array, trailer: string, objects: readonly Changed[]): Buffer {
  const file = latin1(pdf);
  const before = present(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file)?.[1], 'a PDF ends with its index');
  let text = file.endsWith('\n') ? '' : '\n';
  const index: string[] = [];
  for (const { number, text: dictionary } of objects) {
    const at = String(pdf.length + text.length).padStart(PLACE_DIGITS, '0');
    index.push(`${number} 1\n${at} 00000 n \n`);
    text += `${number} 0 obj\n<<\n  ${dictionary}\n>>\nendobj\n\n`;
  }
  const size = Math.max(...objects.map(({ number }) => number)) + 1;
  const ending = trailer
    .replace(/\/Size \d+/, `/Size ${size}`)
    .replace(/\s*\/Prev \d+/, '')
    .replace(/>>$/, `  /Prev ${before}\n>>`);
  const indexAt = pdf.length + text.length;
  const end = `xref\n${index.join('')}trailer\n${ending}\nstartxref\n${indexAt}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(text + end, 'latin1')]);
}

/**
 * The PDF with a signature over all of it (PAdES baseline B-B). Bytes that were there stay as they are.
 *
 * It says when by the clock of this server and who by the name given; neither is proven by it, the certificate is.
 */
export function signPdf(
  pdf: Uint8Array,
  signer: Signer,
  signed: { readonly at: Instant; readonly by: string },
): Uint8Array {
  const file = latin1(pdf);
  const trailerAt = file.lastIndexOf('trailer');
  const trailer = file.slice(trailerAt + 'trailer'.length, file.lastIndexOf('startxref')).trim();
  const certificates = [signer.certificate, ...signer.chain].reduce((total, { length }) => total + length, 0);
  const room = certificates + SIGNATURE_BYTES;
  const whole = extended(pdf, trailer, objectsOf(file, trailer, { ...signed, room }));
  const contents = '/Contents <';
  const from = whole.indexOf(contents, pdf.length, 'latin1') + contents.length - 1;
  const to = from + room * 2 + 2;
  const range = `/ByteRange [0 ${[from, to, whole.length - to].map((place) => String(place).padEnd(PLACE_DIGITS)).join(' ')}]`;
  whole.write(range, whole.indexOf('/ByteRange [', pdf.length, 'latin1'), 'latin1');
  const digest = createHash('sha256').update(whole.subarray(0, from)).update(whole.subarray(to)).digest();
  const signature = signDigest(digest, signer);
  assert(signature.length <= room, 'there is room for a signature', signature.length);
  whole.write(Buffer.from(signature).toString('hex'), from + 1, 'latin1');
  return new Uint8Array(whole);
}
