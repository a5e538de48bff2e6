// Looking into a PDF for the files it carries. The file is read from its first byte to its last, object by object, without
// trusting its tables of contents: these are wrong in many real files, and what comes later replaces what came before, as
// updates of a PDF do. Nothing is drawn, run or followed; what is packed is unpacked within bounds.

import { inflateSync, constants as zlib } from 'node:zlib';
import {
  PDF_ATTACHMENTS_MAX,
  PDF_BYTES_MAX,
  PDF_OBJECTS_MAX,
  PDF_UNPACKED_BYTES_MAX,
} from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type PdfDict, PdfName, PdfReader, PdfRef, PdfText, type PdfValue, pdfDamaged } from './pdf-value.ts';

/** A file that a PDF carries. */
export type PdfAttachment = {
  readonly name: string;
  /** Whether the catalog names it as an associated file (AF), as PDF/A-3 asks. */
  readonly isAssociated: boolean;
  /** Unpacks it. Refuses: `pdf_attachment_not_readable`, `pdf_too_large`. */
  bytes(): Buffer;
};

type Stream = { readonly dict: PdfDict; readonly start: number; readonly end: number };
type Found = PdfValue | Stream;

/** Whether bytes are a PDF: the mark stands within the first kilobyte, and the bytes do not begin as XML does. */
export function isPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString(
    'latin1',
  );
  return head.includes('%PDF-') && !/^[^%]*<[?!A-Za-z]/.test(head);
}

/**
 * The files a PDF carries, in the order of its list of them: the tree of names, then what the catalog calls associated, then
 * any other that is in no list.
 *
 * Refuses: `pdf_too_large`, `pdf_encrypted`, `pdf_damaged`.
 */
export function readPdfAttachments(bytes: Uint8Array): PdfAttachment[] {
  if (bytes.byteLength > PDF_BYTES_MAX) throw tooLarge();
  return new PdfObjects(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).attachments();
}

const OBJECT = /(\d{1,10})[\0\t\n\f\r ]{1,16}\d{1,5}[\0\t\n\f\r ]{1,16}obj|\btrailer/g;
const END_OF_STREAM = /[\0\t\n\f\r ]{0,16}endstream/y;

class PdfObjects {
  readonly #bytes: Buffer;
  readonly #text: string;
  readonly #objects = new Map<number, Found>();
  #root: PdfValue = null;
  #unpackedBytes = 0;
  /** Characters read in vain; bounded, so that a file made to be read over and over again is given up. */
  #wasted = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#text = bytes.toString('latin1');
    this.#scan();
  }

  #scan(): void {
    for (let at = 0; ; ) {
      OBJECT.lastIndex = at;
      const found = OBJECT.exec(this.#text);
      if (!found) return;
      const after = found.index + found[0].length;
      const reader = new PdfReader(this.#text, after);
      const value = this.#valueOrNothing(reader, after);
      at = value === undefined ? after : reader.at;
      if (value === undefined) continue;
      if (found[1] === undefined) this.#takeTrailer(value);
      else at = this.#takeObject(Number(found[1]), value, reader);
      if (this.#objects.size > PDF_OBJECTS_MAX) throw tooLarge();
    }
  }

  #valueOrNothing(reader: PdfReader, start: number): PdfValue | undefined {
    try {
      return reader.value();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#wasted += reader.at - start;
      if (this.#wasted > 4 * this.#text.length) throw error;
      return undefined;
    }
  }

  #takeTrailer(value: PdfValue): void {
    if (!isDict(value)) return;
    if (value.has('Encrypt')) {
      throw new Refusal('pdf_encrypted', {
        advice:
          'The PDF is locked with a password or a right. Ask for one that is not, or for the XML alone.',
      });
    }
    const root = value.get('Root');
    if (root !== undefined) this.#root = root;
  }

  /** Keeps an object and gives the place where to read on. */
  #takeObject(number: number, value: PdfValue, reader: PdfReader): number {
    reader.space();
    if (!isDict(value) || !this.#text.startsWith('stream', reader.at)) {
      this.#objects.set(number, value);
      return reader.at;
    }
    const stream = this.#streamAt(value, reader.at + 'stream'.length);
    this.#objects.set(number, stream);
    const type = nameOf(value.get('Type'));
    if (type === 'XRef') this.#takeTrailer(value);
    if (type === 'ObjStm') this.#takePacked(stream);
    return stream.end;
  }

  #streamAt(dict: PdfDict, afterKeyword: number): Stream {
    const text = this.#text;
    const start = afterKeyword + (text.startsWith('\r\n', afterKeyword) ? 2 : 1);
    const length = dict.get('Length');
    if (typeof length === 'number' && Number.isInteger(length) && length >= 0) {
      END_OF_STREAM.lastIndex = start + length;
      if (END_OF_STREAM.test(text)) return { dict, start, end: start + length };
    }
    const end = text.indexOf('endstream', start);
    if (end === -1) return { dict, start, end: text.length };
    const lineBreak = text.slice(Math.max(start, end - 2), end).match(/\r?\n?$/)?.[0].length ?? 0;
    return { dict, start, end: end - lineBreak };
  }

  /** Objects packed together; where they cannot be unpacked, what needs them will not be found. */
  #takePacked(stream: Stream): void {
    const room = PDF_UNPACKED_BYTES_MAX - this.#unpackedBytes;
    const bytes = unpacked(stream, this.#bytes, room);
    if (bytes === undefined) return;
    this.#unpackedBytes += bytes.length;
    const text = bytes.toString('latin1');
    const [count, first] = [stream.dict.get('N'), stream.dict.get('First')];
    if (typeof count !== 'number' || typeof first !== 'number') return;
    const numbers = text
      .slice(0, first)
      .trim()
      .split(/\s+/, Math.min(count, PDF_OBJECTS_MAX) * 2)
      .map(Number);
    for (let index = 0; index + 1 < numbers.length; index += 2) {
      const start = first + (numbers[index + 1] ?? 0);
      const value = this.#valueOrNothing(new PdfReader(text, start), start);
      if (value !== undefined) this.#objects.set(numbers[index] ?? 0, value);
      if (this.#objects.size > PDF_OBJECTS_MAX) throw tooLarge();
    }
  }

  attachments(): PdfAttachment[] {
    const catalog = this.#catalog();
    const associated = new Set(this.#list(catalog?.get('AF')).map((value) => this.#resolve(value)));
    const specifications = new Set<PdfDict>();
    this.#collectNames(this.#dict(this.#dict(catalog?.get('Names'))?.get('EmbeddedFiles')), specifications);
    for (const value of [...associated, ...this.#objects.values()]) {
      if (isDict(value) && value.has('EF')) specifications.add(value);
    }
    const attachments: PdfAttachment[] = [];
    for (const specification of [...specifications].slice(0, PDF_ATTACHMENTS_MAX)) {
      const attachment = this.#attachment(specification, associated.has(specification));
      if (attachment !== undefined) attachments.push(attachment);
    }
    return attachments;
  }

  #catalog(): PdfDict | undefined {
    const named = this.#dict(this.#root);
    if (named !== undefined) return named;
    const found = [...this.#objects.values()].filter(isDict);
    const catalog = found.findLast((dict) => nameOf(dict.get('Type')) === 'Catalog');
    if (catalog === undefined) throw pdfDamaged('no catalog', this.#text.length);
    return catalog;
  }

  /** The tree of names: leaves hold name and file alternately. Iterative, and each node once. */
  #collectNames(root: PdfDict | undefined, found: Set<PdfDict>): void {
    const seen = new Set<PdfDict>();
    const open = root === undefined ? [] : [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      const names = this.#list(node.get('Names'));
      for (let index = 1; index < names.length; index += 2) {
        const specification = this.#dict(names[index]);
        if (specification?.has('EF')) found.add(specification);
      }
      const kids = this.#list(node.get('Kids')).flatMap((kid) => this.#dict(kid) ?? []);
      for (const kid of kids.reverse()) open.push(kid);
    }
  }

  #attachment(specification: PdfDict, isAssociated: boolean): PdfAttachment | undefined {
    const files = this.#dict(specification.get('EF'));
    const stream = this.#resolve(files?.get('UF') ?? files?.get('F'));
    if (!isStream(stream)) return undefined;
    const name = this.#resolve(specification.get('UF') ?? specification.get('F'));
    return {
      name: (name instanceof PdfText ? name.toString() : '').slice(0, 200),
      isAssociated,
      bytes: () => this.#unpack(stream),
    };
  }

  #unpack(stream: Stream): Buffer {
    const length = this.#resolve(stream.dict.get('Length'));
    const end = typeof length === 'number' ? Math.max(stream.end, stream.start + length) : stream.end;
    const bytes = unpacked({ ...stream, end }, this.#bytes, PDF_UNPACKED_BYTES_MAX);
    if (bytes !== undefined) return bytes;
    throw new Refusal('pdf_attachment_not_readable', {
      advice:
        'The file inside the PDF is damaged or packed in a way that is not read. Ask for the XML alone.',
    });
  }

  #resolve(value: Found | undefined): Found | undefined {
    let found = value;
    for (let steps = 0; found instanceof PdfRef && steps < 10; steps += 1) {
      found = this.#objects.get(found.number);
    }
    return found;
  }

  #dict(value: PdfValue | undefined): PdfDict | undefined {
    const found = this.#resolve(value);
    return isDict(found) ? found : undefined;
  }

  #list(value: PdfValue | undefined): readonly PdfValue[] {
    const found = this.#resolve(value);
    return Array.isArray(found) ? found : [];
  }
}

function isDict(value: Found | undefined): value is PdfDict {
  return value instanceof Map;
}

function isStream(value: Found | undefined): value is Stream {
  return typeof value === 'object' && value !== null && 'start' in value;
}

function nameOf(value: PdfValue | undefined): string | undefined {
  return value instanceof PdfName ? value.name : undefined;
}

/** The content of a stream that is plain or deflated; nothing where it is packed otherwise or damaged. */
function unpacked({ dict, start, end }: Stream, file: Buffer, bytesMax: number): Buffer | undefined {
  const raw = file.subarray(start, end);
  const filter = dict.get('Filter');
  const filters = Array.isArray(filter) ? filter : filter === undefined || filter === null ? [] : [filter];
  if (filters.length === 0) return raw;
  const isDeflated = filters.length === 1 && ['FlateDecode', 'Fl'].includes(nameOf(filters[0]) ?? '');
  if (!isDeflated || isPredicted(dict.get('DecodeParms'))) return undefined;
  try {
    return inflateSync(raw, { maxOutputLength: Math.max(1, bytesMax), finishFlush: zlib.Z_SYNC_FLUSH });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    return undefined;
  }
}

/** Whether what is deflated are differences, as of a picture's rows; files and objects are not, but for odd programs. */
function isPredicted(parameters: PdfValue | undefined): boolean {
  const dicts = Array.isArray(parameters) ? parameters : [parameters];
  return dicts.some((dict) => isDict(dict) && Number(dict.get('Predictor') ?? 1) > 1);
}

function tooLarge(): Refusal {
  return new Refusal('pdf_too_large', {
    bytesMax: PDF_BYTES_MAX,
    advice: 'Send a smaller PDF, or the XML alone.',
  });
}
