// Small archives and workbooks made by hand, so that tests can also make broken and hostile ones.

import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a test archive. The sizes and checksum can be lied about. */
export type TestFile = {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  readonly flags?: number;
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
};

function numbers(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 2) field.writeUInt16LE(value);
      else field.writeUInt32LE(value);
      return field;
    }),
  );
}

/** A zip archive of some files. */
export function zipOf(files: readonly TestFile[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const packed = file.stored ? content : deflateRawSync(content);
    const name = Buffer.from(file.name);
    const common = numbers(
      [20, 2],
      [file.flags ?? 0x800, 2],
      [file.stored ? 0 : 8, 2],
      [0, 4],
      [file.claimedCrc ?? crc32(content), 4],
      [packed.length, 4],
      [file.claimedSize ?? content.length, 4],
      [name.length, 2],
      [0, 2],
    );
    const body = Buffer.concat([numbers([0x04034b50, 4]), common, name, packed]);
    const place = numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    directory.push(Buffer.concat([numbers([0x02014b50, 4], [20, 2]), common, place, name]));
    bodies.push(body);
    offset += body.length;
  }
  const central = Buffer.concat(directory);
  const end = numbers(
    [0x06054b50, 4],
    [0, 4],
    [files.length, 2],
    [files.length, 2],
    [central.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...bodies, central, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** What a test workbook is made of: XML of the rows of its first sheet, and whatever else the test is about. */
export type TestWorkbook = {
  readonly rows: string;
  readonly strings?: string;
  readonly styles?: string;
  readonly workbookPr?: string;
  /** Further sheets, before the first: name, state, rows. */
  readonly before?: readonly (readonly [name: string, state: string, rows: string])[];
};

/** The files of a workbook, to be zipped as they are or spoiled first. */
export function workbookFiles(book: TestWorkbook): TestFile[] {
  const sheets = [...(book.before ?? []), ['Data', 'visible', book.rows] as const];
  const listed = sheets.map(
    ([name, state], index) =>
      `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="s${index}"/>`,
  );
  const related = sheets.map(
    (_, index) =>
      `<Relationship Id="s${index}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index}.xml"/>`,
  );
  return [
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: '_rels/.rels',
      content:
        `<Relationships xmlns="${PACKAGE}">` +
        `<Relationship Id="b" Type="${RELATIONS}/officeDocument" Target="/xl/workbook.xml"/>` +
        `</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content:
        `<?xml version="1.0" encoding="UTF-8"?>` +
        `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${book.workbookPr ?? ''}<sheets>${listed.join('')}</sheets>` +
        `</workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        `<Relationships xmlns="${PACKAGE}">${related.join('')}` +
        `<Relationship Id="t" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>` +
        `<Relationship Id="y" Type="${RELATIONS}/styles" Target="./styles.xml"/></Relationships>`,
    },
    { name: 'xl/sharedStrings.xml', content: `<sst xmlns="${MAIN}">${book.strings ?? ''}</sst>` },
    { name: 'xl/styles.xml', content: `<styleSheet xmlns="${MAIN}">${book.styles ?? ''}</styleSheet>` },
    ...sheets.map(([, , rows], index) => ({
      name: `xl/worksheets/sheet${index}.xml`,
      content: `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    })),
  ];
}

/** A workbook of the bytes Excel would write, near enough. */
export function workbookOf(book: TestWorkbook): Buffer {
  return zipOf(workbookFiles(book));
}
