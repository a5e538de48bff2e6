// What a file is, told from its bytes and never from what its sender calls it; and a name that is safe everywhere. Pure.

import { Refusal } from '#kernel/refusal.ts';

/** Kinds of files that may be attached. */
export type FileKind = {
  readonly mediaType: string;
  readonly ending: string;
  /** EN 16931 lets it be carried inside an e-invoice (BT-125, BR-CL-24). */
  readonly inEInvoice: boolean;
};

const kind = (mediaType: string, ending: string, inEInvoice: boolean): FileKind => ({
  mediaType,
  ending,
  inEInvoice,
});

const PDF = kind('application/pdf', 'pdf', true);
const PNG = kind('image/png', 'png', true);
const JPEG = kind('image/jpeg', 'jpg', true);
const CSV = kind('text/csv', 'csv', true);
const TEXT = kind('text/plain', 'txt', false);
const XML = kind('application/xml', 'xml', false);
const XLSX = kind('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx', true);
const ODS = kind('application/vnd.oasis.opendocument.spreadsheet', 'ods', true);

export const FILE_KINDS: readonly FileKind[] = [PDF, PNG, JPEG, CSV, TEXT, XML, XLSX, ODS];

/** Whether EN 16931 lets a file of this type be carried inside an e-invoice. */
export function mayBeInEInvoice(mediaType: string): boolean {
  return FILE_KINDS.some((known) => known.mediaType === mediaType && known.inEInvoice);
}

/** The test string of EICAR, in two pieces so that no scanner takes this file for one that holds it. */
const EICAR = `${'X5O!P%@AP[4\\PZX54(P^)7CC)7}$'}${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'}`;

/** First bytes of programs: Windows, Linux, macOS (both orders and fat, which Java shares), scripts, shortcuts of Windows. */
const PROGRAMS: readonly (readonly number[])[] = [
  [0x4d, 0x5a],
  [0x7f, 0x45, 0x4c, 0x46],
  [0xfe, 0xed, 0xfa],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
  [0x23, 0x21],
  [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00],
];

/** A reader looks for the head of a PDF in its first kilobyte (ISO 32000-1, annex H.3.4.1). */
const PDF_HEAD_WITHIN = 1_024;

/**
 * What the bytes are.
 *
 * Refuses: `attachment_empty`, `attachment_is_program`, `attachment_is_malware` (the test file of virus scanners),
 * `attachment_has_macros`, `attachment_kind_unknown` (pages with scripts too).
 */
export function kindOfFile(content: Uint8Array, name: string): FileKind {
  if (content.length === 0) throw new Refusal('attachment_empty', { name });
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.includes(EICAR)) throw new Refusal('attachment_is_malware', { name });
  const found = binaryKind(bytes, name) ?? textKind(bytes, name);
  if (found) return found;
  if (PROGRAMS.some((head) => startsWith(bytes, head))) throw new Refusal('attachment_is_program', { name });
  throw unknown(name);
}

function unknown(name: string): Refusal {
  return new Refusal('attachment_kind_unknown', { name, known: FILE_KINDS.map(({ ending }) => ending) });
}

function startsWith(bytes: Buffer, head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

function binaryKind(bytes: Buffer, name: string): FileKind | undefined {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return PNG;
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return JPEG;
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return packedKind(bytes, name);
  if (PROGRAMS.some((head) => startsWith(bytes, head))) return undefined;
  return bytes.subarray(0, PDF_HEAD_WITHIN).includes('%PDF-') ? PDF : undefined;
}

/** Workbooks are archives; they are told by the names in them, and never unpacked. */
function packedKind(bytes: Buffer, name: string): FileKind {
  if (bytes.includes('vbaProject.bin') || bytes.includes('Basic/script-lc.xml'))
    throw new Refusal('attachment_has_macros', { name });
  if (bytes.includes(`mimetype${ODS.mediaType}`)) return ODS;
  if (bytes.includes('[Content_Types].xml') && bytes.includes('xl/workbook.xml')) return XLSX;
  throw unknown(name);
}

function textKind(bytes: Buffer, name: string): FileKind | undefined {
  if (startsWith(bytes, [0x23, 0x21])) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Old tables are in a code page of eight bits; what holds no control characters is text all the same.
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters tell a binary file from text
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)) return undefined;
  if (/<(?:!doctype\s+html|html|script|svg|iframe|object|embed)[\s>]/i.test(text)) return undefined;
  if (/^\s*<\?xml\s/.test(text)) return XML;
  return /\.(csv|tsv)$/i.test(name) ? CSV : TEXT;
}

const NAME_MAX = 120;

/**
 * A name that is safe in every mail program and file system, with the ending of what the file is: no path, no control or
 * direction characters, nothing hidden, nothing Windows keeps for itself.
 */
export function safeName(given: string, { ending }: FileKind): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{C}\p{Zl}\p{Zp}"*:<>?|]+/gu, '_')
    .replace(/\s+/gu, ' ')
    .trim();
  const same =
    ending === 'jpg' ? /\.jpe?g$/i : ending === 'csv' ? /\.(csv|tsv)$/i : new RegExp(`\\.${ending}$`, 'i');
  const stem = clean.replace(same, '').replace(/^[.\s_]+|[.\s]+$/g, '');
  const free = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `${stem}_` : stem;
  return `${[...(free === '' ? 'file' : free)].slice(0, NAME_MAX - ending.length - 1).join('')}.${ending}`;
}
