// Small PDFs for tests, written by hand: just enough of one to carry files, in the ways programs really write them.

import { deflateSync } from 'node:zlib';

/** A file to put into a PDF. */
export type CarriedFile = {
  readonly name: string;
  readonly content: string | Buffer;
  /** Whether the catalog names it in AF. */
  readonly isAssociated?: boolean;
  /** Entries of the stream's dictionary and its bytes, where they are to be odd. */
  readonly stream?: { readonly entries: string; readonly bytes: Buffer };
};

export type PdfOptions = {
  /** Puts dictionaries into an object stream, as newer programs do. */
  readonly isPacked?: boolean;
  /** Leaves the tree of names away, so that only AF, or nothing, names the files. */
  readonly hasNames?: boolean;
  /** A tree of names of two levels. */
  readonly hasKids?: boolean;
  readonly trailer?: string;
};

/** A PDF that carries files. */
export function pdfWith(files: readonly CarriedFile[], options: PdfOptions = {}): Buffer {
  const { isPacked = false, hasNames = true, hasKids = false, trailer = '' } = options;
  const plain = new Map<number, string>();
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  files.forEach((file, index) => {
    const number = 10 + 2 * index;
    pieces.push(streamObject(number, file));
    const name = `(${file.name.replace(/[()\\]/g, '\\$&')})`;
    plain.set(
      number + 1,
      `<</Type/Filespec/F ${name}/UF ${name}/EF<</F ${number} 0 R/UF ${number} 0 R>>/AFRelationship/Alternative>>`,
    );
  });
  const reference = (index: number) => `${11 + 2 * index} 0 R`;
  const names = files.map((file, index) => `(${index} ${file.name.length}) ${reference(index)}`).join(' ');
  const associated = files.flatMap((file, index) => (file.isAssociated ? [reference(index)] : [])).join(' ');
  plain.set(3, hasKids ? '<</Kids[4 0 R]>>' : `<</Names[${names}]>>`);
  plain.set(4, `<</Names[${names}]/Limits[(0)(9)]>>`);
  const tree = hasNames ? '/Names<</EmbeddedFiles 3 0 R>>' : '';
  plain.set(1, `<</Type/Catalog/Pages 2 0 R${tree}/AF[${associated}]>> % the root`);
  plain.set(2, '<</Type/Pages/Kids[]/Count 0>>');
  if (isPacked) pieces.push(packed(5, plain));
  else for (const [number, text] of plain) pieces.push(Buffer.from(`${number} 0 obj\n${text}\nendobj\n`));
  pieces.push(
    isPacked
      ? Buffer.from('6 0 obj\n<</Type/XRef/Root 1 0 R/Length 0>>\nstream\n\nendstream\nendobj\n')
      : Buffer.from(`trailer\n<</Root 1 0 R${trailer}>>\n`),
    Buffer.from('startxref\n0\n%%EOF\n'),
  );
  return Buffer.concat(pieces);
}

function streamObject(number: number, { content, stream }: CarriedFile): Buffer {
  const bytes = stream?.bytes ?? deflateSync(content);
  const entries = stream?.entries ?? `/Filter/FlateDecode/Length ${bytes.length}`;
  return Buffer.concat([
    Buffer.from(`${number} 0 obj\n<</Type/EmbeddedFile/Subtype/application#2Fxml${entries}>>\nstream\r\n`),
    bytes,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

function packed(number: number, objects: ReadonlyMap<number, string>): Buffer {
  let body = '';
  const places: string[] = [];
  for (const [inside, text] of objects) {
    places.push(`${inside} ${body.length}`);
    body += `${text}\n`;
  }
  const head = `${places.join(' ')}\n`;
  const bytes = deflateSync(head + body);
  return Buffer.concat([
    Buffer.from(
      `${number} 0 obj\n<</Type/ObjStm/N ${objects.size}/First ${head.length}/Filter[/FlateDecode]` +
        `/Length ${bytes.length}>>\nstream\n`,
    ),
    bytes,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}
