// Writing a zip archive (APPNOTE 6.3): names in UTF-8, files packed where that helps, no dates, so that the same files give the same
// bytes.

import { crc32, deflateRawSync } from 'node:zlib';

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

/** An archive of files. Each, and all together, must stay below four gibibytes, which the callers' limits see to. */
export function writeZip(files: readonly ZipFile[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const squeezed = deflateRawSync(content);
    const packed = squeezed.length < content.length ? squeezed : Buffer.from(content);
    const method = packed === squeezed ? 8 : 0;
    const bytes = Buffer.from(name);
    const common = fields(
      [VERSION, 2],
      [UTF8_NAMES, 2],
      [method, 2],
      [NO_DATE, 4],
      [crc32(content), 4],
      [packed.length, 4],
      [content.length, 4],
      [bytes.length, 2],
      [0, 2],
    );
    const place = fields([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    directory.push(fields([0x02014b50, 4], [VERSION, 2]), common, place, bytes);
    const part = Buffer.concat([fields([0x04034b50, 4]), common, bytes, packed]);
    parts.push(part);
    offset += part.length;
  }
  const central = Buffer.concat(directory);
  const end = fields(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [central.length, 4],
    [offset, 4],
    [0, 2],
  );
  return new Uint8Array(Buffer.concat([...parts, central, end]));
}
