// Many letters as one file to print: each begins on the front of a sheet, what is attached to its document is printed behind it, and
// sheets between letters keep them apart where wished. The same letters give the same bytes.

import { PDFDocument, type PDFPage } from 'pdf-lib';

/** A letter, and the PDFs that are printed behind it. */
export type LetterToPrint = {
  readonly pdf: Uint8Array;
  readonly attached: readonly { readonly name: string; readonly pdf: Uint8Array }[];
};

/** How it is printed. */
export type PrintWish = {
  /** Both sides of a sheet: a letter of an odd number of pages is followed by an empty back. */
  readonly isDuplex: boolean;
  /** An empty sheet before each letter but the first, for coloured paper of a second tray. */
  readonly separates: boolean;
};

/** Where a letter stands in the file. */
export type JoinedLetter = {
  /** Its first page in the file, from 1. */
  readonly firstPage: number;
  /** Pages with something on them: the letter and what is attached. */
  readonly pages: number;
  /** Sheets of paper it takes, those between letters not counted. */
  readonly sheets: number;
  /** Names of attached files that could not be read (damaged, or closed with a password): not in the file. */
  readonly notPrinted: readonly string[];
};

export type JoinedLetters = {
  readonly pdf: Uint8Array;
  readonly letters: readonly JoinedLetter[];
  readonly pages: number;
  readonly sheets: number;
};

/** A sheet of A4 in points, should a letter have no page to take the size of. */
const A4 = { width: 595.28, height: 841.89 } as const;

/** Joins letters into one file. What is attached begins on a front side too, as a document of its own. */
export async function joinLetters(
  letters: readonly LetterToPrint[],
  wish: PrintWish,
): Promise<JoinedLetters> {
  const file = await PDFDocument.create({ updateMetadata: false });
  const joined: JoinedLetter[] = [];
  let size: { readonly width: number; readonly height: number } = A4;
  const fillSheet = (): void => {
    if (wish.isDuplex && file.getPageCount() % 2 === 1) file.addPage([size.width, size.height]);
  };
  for (const letter of letters) {
    if (wish.separates && joined.length > 0) {
      file.addPage([size.width, size.height]);
      fillSheet();
    }
    const before = file.getPageCount();
    const own = await addPages(file, letter.pdf);
    size = own[0]?.getSize() ?? size;
    let pages = own.length;
    const notPrinted: string[] = [];
    for (const { name, pdf } of letter.attached) {
      fillSheet();
      const added = await addReadable(file, pdf);
      if (added === undefined) notPrinted.push(name);
      else pages += added.length;
    }
    fillSheet();
    const taken = file.getPageCount() - before;
    const sheets = wish.isDuplex ? taken / 2 : taken;
    joined.push({ firstPage: before + 1, pages, sheets, notPrinted });
  }
  const pages = file.getPageCount();
  return {
    pdf: await file.save({ addDefaultPage: false, updateFieldAppearances: false }),
    letters: joined,
    pages,
    sheets: wish.isDuplex ? pages / 2 : pages,
  };
}

async function addPages(file: PDFDocument, pdf: Uint8Array): Promise<readonly PDFPage[]> {
  const source = await PDFDocument.load(pdf, { updateMetadata: false });
  const pages = await file.copyPages(source, source.getPageIndices());
  for (const page of pages) file.addPage(page);
  return pages;
}

/** Adds a file of somebody else; nothing of it where it cannot be read, which its reader says by throwing. */
async function addReadable(file: PDFDocument, pdf: Uint8Array): Promise<readonly PDFPage[] | undefined> {
  const copies = await PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true })
    .then((source) => file.copyPages(source, source.getPageIndices()))
    .catch(() => undefined);
  for (const page of copies ?? []) file.addPage(page);
  return copies;
}
