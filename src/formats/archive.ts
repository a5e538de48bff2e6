// Files as they arrive: on disk or in memory, plain, gzipped or in a zip. Unpacking is streamed, checked against
// the checksums in the archive, and bounded, so that a bomb is refused before it does harm.

import { close, createReadStream, fstat, open, read } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, createGunzip } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import {
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_RATIO_FREE_BYTES,
  ARCHIVE_RATIO_MAX,
  IMPORT_BYTES_MAX,
} from '#kernel/limits.ts';
import { type Facts, Refusal } from '#kernel/refusal.ts';
import { type ByteSource, pieces } from './text-encoding.ts';

/** A file to read. The name is only told to people; what is in it is found from its bytes. */
export type FileSource =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly bytes: Uint8Array };

/**
 * What the first bytes of a file say it is. `ole` is what Excel wrote before 2007, and what it encrypts files into.
 */
export type FileKind = 'zip' | 'gzip' | 'ole' | 'pdf' | 'xml' | 'other';

/**
 * Markup in any encoding: a declaration, a web page (often named .xls), or a message without a declaration, which begins with
 * what it is or with an envelope that names its namespace.
 */
const MARKUP =
  /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<\0?(?:[?!]|html|table|(?:\w+:)?Document|[\w.:-]+\s[^<>]*\bxmlns\b)/i;

/** The kind of file, found from its first bytes and never from its name. */
export function kindOfBytes(head: Uint8Array): FileKind {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'zip';
  if (text.startsWith('\x1f\x8b')) return 'gzip';
  if (text.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'ole';
  if (text.startsWith('%PDF-')) return 'pdf';
  return MARKUP.test(text) ? 'xml' : 'other';
}

/**
 * All bytes of a file, piece by piece. It is closed when they end or nobody wants more. Refuses: `file_too_large`.
 */
export async function* bytesOf(source: FileSource): AsyncGenerator<Buffer> {
  const parts = 'bytes' in source ? source.bytes : (createReadStream(source.path) as AsyncIterable<Buffer>);
  let read = 0;
  for await (const piece of pieces(parts)) {
    read += piece.length;
    if (read > IMPORT_BYTES_MAX) {
      throw new Refusal('file_too_large', { bytesMax: IMPORT_BYTES_MAX, advice: 'Split the file.' });
    }
    yield piece;
  }
}

/** How many bytes were unpacked so far, and a refusal when they are more than a file may be. */
class UnpackedCount {
  readonly #packedBytes: () => number;
  #bytes = 0;

  constructor(packedBytes: () => number) {
    this.#packedBytes = packedBytes;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    checkUnpacked(this.#bytes, this.#packedBytes());
  }
}

function checkUnpacked(unpacked: number, packed: number, facts: Facts = {}): void {
  if (unpacked > IMPORT_BYTES_MAX) {
    throw new Refusal('archive_too_large', {
      ...facts,
      bytesMax: IMPORT_BYTES_MAX,
      advice: 'Split the file.',
    });
  }
  if (unpacked > ARCHIVE_RATIO_FREE_BYTES && unpacked > packed * ARCHIVE_RATIO_MAX) {
    throw new Refusal('archive_suspicious', {
      ...facts,
      ratioMax: ARCHIVE_RATIO_MAX,
      advice: 'It unpacks to many times its size, as files made to do harm do. Send it unpacked.',
    });
  }
}

/** Unpacks gzip. Refuses: `archive_damaged`, `archive_too_large`, `archive_suspicious`. */
export async function* gunzip(source: ByteSource): AsyncGenerator<Buffer> {
  let packed = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of pieces(source)) {
      packed += piece.length;
      yield piece;
    }
  }
  const count = new UnpackedCount(() => packed);
  const unpacking = createGunzip();
  // Errors of either end come out of the stream below; the promise must only not go unheard.
  pipeline(counted(), unpacking).catch(() => undefined);
  try {
    for await (const piece of unpacking) {
      count.add(piece.length);
      yield piece;
    }
  } catch (error) {
    throw zlibRefusal(error);
  }
}

function zlibRefusal(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') ? damaged(code) : error;
}

function damaged(what: string): Refusal {
  return new Refusal('archive_damaged', {
    what: what.slice(0, 200),
    advice: 'The file is damaged or cut off. Get it again, or save it anew.',
  });
}

const openFile = promisify(open);
const readFile = promisify(read);
const statFile = promisify(fstat);
const closeFile = promisify(close);

/**
 * Reads ranges of a file for yauzl, which trusts the positions that a damaged archive gives it; here none is
 * trusted.
 */
class RangeReader extends RandomAccessReader {
  readonly size: number;
  readonly #bytes: Uint8Array | undefined;
  #file: number | undefined;

  constructor(size: number, from: { readonly bytes?: Uint8Array; readonly file?: number }) {
    super();
    this.size = size;
    this.#bytes = from.bytes;
    this.#file = from.file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#range(start, end), { objectMode: false });
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#fill(buffer.subarray(offset, offset + length), position).then(
      () => callback(null),
      (error) => callback(error),
    );
  }

  override close(callback: (error: Error | null) => void): void {
    this.release().then(
      () => callback(null),
      () => callback(null),
    );
  }

  /** Gives the file back; a second time is no harm. */
  async release(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) await closeFile(file);
  }

  async *#range(start: number, end: number): AsyncGenerator<Buffer> {
    const size = 64 * 1024;
    for (let at = start; at < end; at += size) {
      const piece = Buffer.allocUnsafe(Math.min(size, end - at));
      await this.#fill(piece, at);
      yield piece;
    }
  }

  async #fill(target: Buffer, position: number): Promise<void> {
    const end = position + target.length;
    if (!Number.isSafeInteger(position) || position < 0 || end > this.size)
      throw new Error('a range beyond the file');
    if (this.#bytes !== undefined) {
      target.set(this.#bytes.subarray(position, end));
      return;
    }
    for (let done = 0; done < target.length; ) {
      if (this.#file === undefined) throw new Error('the file was closed');
      const { bytesRead } = await readFile(this.#file, target, done, target.length - done, position + done);
      if (bytesRead === 0) throw new Error('the file ends early');
      done += bytesRead;
    }
  }
}

/** A zip archive: the names of its files, and each file's bytes unpacked. */
export type ZipArchive = {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Unpacked size of a file as the archive states it; what is read is held to it. */
  sizeOf(name: string): number;
  /** The bytes of one file. Refuses: `archive_damaged`, also when they do not fit their checksum. */
  read(name: string): AsyncGenerator<Buffer>;
  close(): Promise<void>;
};

/**
 * Opens a zip archive; nothing is unpacked yet, but what it would unpack to is added up and bounded here. Names are
 * found without regard to case, as office programs do.
 *
 * Refuses: `archive_damaged`, `archive_encrypted`, `archive_too_large`, `archive_suspicious`,
 * `archive_too_many_files`.
 */
export async function openZip(source: FileSource): Promise<ZipArchive> {
  const reader = await rangesOf(source);
  try {
    const zip = await fromRandomAccessReaderPromise(reader, reader.size, { autoClose: false }).catch(
      (error: Error) => {
        throw damaged(error.message);
      },
    );
    return new OpenZip(zip, await listEntries(zip, reader.size), reader);
  } catch (error) {
    await reader.release();
    throw error;
  }
}

async function rangesOf(source: FileSource): Promise<RangeReader> {
  if ('bytes' in source) return new RangeReader(source.bytes.length, { bytes: source.bytes });
  const file = await openFile(source.path, 'r');
  return new RangeReader((await statFile(file)).size, { file });
}

async function listEntries(zip: ZipFile, packedBytes: number): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  // yauzl tells of what is wrong through the iterator; an error after that has nobody to hear it.
  zip.on('error', () => undefined);
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= ARCHIVE_ENTRIES_MAX) {
        throw new Refusal('archive_too_many_files', { filesMax: ARCHIVE_ENTRIES_MAX });
      }
      if (entry.isEncrypted()) throw encrypted();
      unpacked += entry.uncompressedSize;
      checkUnpacked(unpacked, packedBytes, { file: entry.fileName.slice(0, 100) });
      if (entry.fileName.endsWith('/')) continue;
      const key = entry.fileName.toLowerCase();
      if (entries.has(key)) throw damaged(`two files named ${key.slice(0, 100)}`);
      entries.set(key, entry);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw message.includes('encryption') ? encrypted() : damaged(message);
  }
  return entries;
}

function encrypted(): Refusal {
  return new Refusal('archive_encrypted', {
    advice: 'The file is protected by a password. Save it without one.',
  });
}

class OpenZip implements ZipArchive {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #reader: RangeReader;

  constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, reader: RangeReader) {
    this.#zip = zip;
    this.#entries = entries;
    this.#reader = reader;
  }

  get names(): readonly string[] {
    return [...this.#entries.values()].map((entry) => entry.fileName);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  sizeOf(name: string): number {
    return this.#entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw damaged(`there is no ${name}`);
    let sum = 0;
    try {
      const stream = await this.#zip.openReadStreamPromise(entry);
      stream.on('error', () => undefined);
      for await (const piece of stream as AsyncIterable<Buffer>) {
        sum = crc32(piece, sum);
        yield piece;
      }
    } catch (error) {
      throw damaged(error instanceof Error ? error.message : String(error));
    }
    if (sum !== entry.crc32) throw damaged(`the checksum of ${entry.fileName} is wrong`);
  }

  async close(): Promise<void> {
    this.#zip.close();
    await this.#reader.release();
  }
}
