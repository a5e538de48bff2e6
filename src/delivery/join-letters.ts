// Many letters as one file to print: each begins on the front of a sheet, what is attached to its document is printed behind it, and
// sheets between letters keep them apart where wished. The same letters give the same bytes.

import type { PDFDocument, PDFPage } from 'pdf-lib';

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
  /** The place of a letter that cannot be read itself; nothing was joined then. */
  readonly notReadable?: number;
};

/** Loaded with the first letters that are joined: hardly a process joins any. */
const library = () => import('pdf-lib');

/** A sheet of A4 in points, should a letter have no page to take the size of. */
const A4 = { width: 595.28, height: 841.89 } as const;

/**
 * Joins letters into one file, in their order, so many as come to at most so many pages; the first whatever its length. What is
 * attached begins on a front side too, as a document of its own.
 */
export async function joinLetters(
  letters: readonly LetterToPrint[],
  wish: PrintWish,
  pagesMax = Number.POSITIVE_INFINITY,
): Promise<JoinedLetters> {
  const { PDFDocument } = await library();
  const file = await PDFDocument.create({ updateMetadata: false });
  const joined: JoinedLetter[] = [];
  let size: { readonly width: number; readonly height: number } = A4;
  const fillSheet = (): void => {
    if (wish.isDuplex && file.getPageCount() % 2 === 1) file.addPage([size.width, size.height]);
  };
  for (const letter of letters) {
    const opened = await openLetter(letter);
    if (!opened)
      return { pdf: new Uint8Array(), letters: [], pages: 0, sheets: 0, notReadable: joined.length };
    if (joined.length > 0 && file.getPageCount() + opened.pages > pagesMax) break;
    if (wish.separates && joined.length > 0) {
      file.addPage([size.width, size.height]);
      fillSheet();
    }
    const before = file.getPageCount();
    const own = await addPages(file, opened.own);
    size = own[0]?.getSize() ?? size;
    let pages = own.length;
    const notPrinted: string[] = [];
    for (const { name, source } of opened.attached) {
      fillSheet();
      // What opens may still hold pages that cannot be copied, which is said by throwing.
      const added = source && (await addPages(file, source).catch(() => undefined));
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

/** A letter with its files opened, those that can be, and how many pages all of them have; nothing where it cannot be read itself. */
async function openLetter({ pdf, attached }: LetterToPrint) {
  const { source: own } = await openReadable(pdf);
  if (!own) return undefined;
  const files = await Promise.all(
    attached.map(async ({ name, pdf: file }) => ({ name, ...(await openReadable(file)) })),
  );
  const pages = files.reduce((total, file) => total + file.pages, own.getPageCount());
  return { own, attached: files, pages };
}

/** A file of somebody else with its pages counted; nothing where it cannot be read, which its reader says by throwing. */
async function openReadable(pdf: Uint8Array): Promise<{ source?: PDFDocument; pages: number }> {
  const { PDFDocument } = await library();
  return PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true })
    .then((source) => ({ source, pages: source.getPageCount() }))
    .catch(() => ({ pages: 0 }));
}

async function addPages(file: PDFDocument, source: PDFDocument): Promise<readonly PDFPage[]> {
  const pages = await file.copyPages(source, source.getPageIndices());
  for (const page of pages) file.addPage(page);
  return pages;
}
