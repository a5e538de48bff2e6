// Writing a zip archive (APPNOTE 6.3): names in UTF-8, files packed where that helps, no dates, so that the same files give the same
// bytes.

import { setImmediate as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { slicesOf } from './checksum.ts';

/** A file of an archive. */
export type ZipFile = { readonly name: string; readonly content: Uint8Array };

/** Little-endian numbers of two or four bytes. */
function fields(...given: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  return Buffer.concat(
    given.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 2) field.writeUInt16LE(value);
      else field.writeUInt32LE(value >>> 0);
      return field;
    }),
  );
}

/** Version 2.0; bit 11: names are UTF-8; 1 January 1980, the earliest day the format knows. */
const VERSION = 20;
const UTF8_NAMES = 0x800;
const NO_DATE = 0x00210000;

/** An archive that is written file by file. */
class Archive {
  readonly #parts: Uint8Array[] = [];
  readonly #directory: Buffer[] = [];
  #files = 0;
  #offset = 0;

  /** Adds a file, given what deflating made of it and its checksum. */
  add({ name, content }: ZipFile, squeezed: Uint8Array, checksum: number): void {
    const isSmaller = squeezed.length < content.length;
    const packed = isSmaller ? squeezed : content;
    const bytes = Buffer.from(name);
    const common = fields(
      [VERSION, 2],
      [UTF8_NAMES, 2],
      [isSmaller ? 8 : 0, 2],
      [NO_DATE, 4],
      [checksum, 4],
      [packed.length, 4],
      [content.length, 4],
      [bytes.length, 2],
      [0, 2],
    );
    const place = fields([0, 2], [0, 2], [0, 2], [0, 4], [this.#offset, 4]);
    this.#directory.push(fields([0x02014b50, 4], [VERSION, 2]), common, place, bytes);
    const head = Buffer.concat([fields([0x04034b50, 4]), common, bytes]);
    this.#parts.push(head, packed);
    this.#files += 1;
    this.#offset += head.length + packed.length;
  }

  /** The whole of it. */
  end(): Uint8Array {
    const central = Buffer.concat(this.#directory);
    const end = fields(
      [0x06054b50, 4],
      [0, 2],
      [0, 2],
      [this.#files, 2],
      [this.#files, 2],
      [central.length, 4],
      [this.#offset, 4],
      [0, 2],
    );
    return Buffer.concat([...this.#parts, central, end]);
  }
}

/** An archive of files. Each, and all together, must stay below four gibibytes, which the callers' limits see to. */
export function writeZip(files: readonly ZipFile[]): Uint8Array {
  const archive = new Archive();
  for (const file of files) archive.add(file, deflateRawSync(file.content), crc32(file.content));
  return archive.end();
}

const squeeze = promisify(deflateRaw);

/** The same bytes for files that are large: squeezed beside the program, which goes on with other things meanwhile. */
export async function writeLargeZip(files: readonly ZipFile[]): Promise<Uint8Array> {
  const archive = new Archive();
  for (const file of files) {
    const squeezed = await squeeze(file.content);
    let checksum = 0;
    for await (const slice of slicesOf(file.content)) checksum = crc32(slice, checksum);
    archive.add(file, squeezed, checksum);
    await pause();
  }
  return archive.end();
}
