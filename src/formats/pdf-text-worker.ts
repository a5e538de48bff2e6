// The thread in which a PDF is taken apart: whatever it does, the process goes on and the thread is ended.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy, Util } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { PDF_TEXT_PAGES_MAX, PDF_TEXT_RUNS_MAX } from '#kernel/limits.ts';
import type { PdfTextAnswer, PdfTextPage, PdfTextRun } from './pdf-text.ts';

const library = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));

/** Names of the library's errors and what they mean for us. */
const REFUSED: Readonly<Record<string, string>> = { PasswordException: 'pdf_encrypted' };

/** Sine above which a text is taken to be written sideways: about one degree. */
const SIDEWAYS = 0.02;

/** Takes a PDF apart for as long as it is read. */
async function withDocument(
  data: Uint8Array,
  read: (document: PDFDocumentProxy) => Promise<PdfTextAnswer>,
): Promise<PdfTextAnswer> {
  const task = getDocument({
    data,
    disableFontFace: true,
    useSystemFonts: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    stopAtErrors: false,
    enableXfa: false,
    // The maps from codes to letters that fonts of Chinese, Japanese and Korean refer to.
    cMapUrl: `${join(library, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(library, 'standard_fonts')}/`,
    verbosity: 0,
  });
  try {
    return await read(await task.promise);
  } catch (error) {
    const { name = '', message = '' } = error as Partial<Error>;
    return { refused: REFUSED[name] ?? 'pdf_damaged', facts: { what: message.slice(0, 120) } };
  } finally {
    await task.destroy();
  }
}

async function readPages(document: PDFDocumentProxy): Promise<PdfTextAnswer> {
  if (document.numPages > PDF_TEXT_PAGES_MAX)
    return {
      refused: 'pdf_too_many_pages',
      facts: { pages: document.numPages, pagesMax: PDF_TEXT_PAGES_MAX },
    };
  const pages: PdfTextPage[] = [];
  let left = PDF_TEXT_RUNS_MAX;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await readPage(await document.getPage(number), left);
    if (page === undefined) return { refused: 'pdf_too_much_text', facts: { page: number } };
    left -= page.runs.length;
    pages.push(page);
  }
  return { pages };
}

async function readPage(page: PDFPageProxy, runsMax: number): Promise<PdfTextPage | undefined> {
  const viewport = page.getViewport({ scale: 1 });
  const runs: PdfTextRun[] = [];
  const { items } = await page.getTextContent();
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const [a, b, , , x, baseline] = Util.transform(viewport.transform, item.transform) as number[];
    const size = Math.hypot(a ?? 0, b ?? 0);
    if (size === 0 || Math.abs(b ?? 0) / size > SIDEWAYS || (a ?? 0) < 0) continue;
    if (runs.length === runsMax) return undefined;
    const height = item.height > 0 ? item.height : size;
    runs.push({
      text: item.str.replaceAll('\0', ''),
      x: round(x ?? 0),
      y: round((baseline ?? 0) - height),
      width: round(item.width),
      height: round(height),
    });
  }
  return { width: round(viewport.width), height: round(viewport.height), runs };
}

/** To a hundredth of a point: finer than any printer. */
function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : 0;
}

async function readFirstPage(document: PDFDocumentProxy): Promise<PdfTextAnswer> {
  const page = await readPage(await document.getPage(1), PDF_TEXT_RUNS_MAX);
  return page ? { pages: [page] } : { refused: 'pdf_too_much_text', facts: { page: 1 } };
}

// One PDF that it was started with; or the first pages of those it is sent.
if (workerData instanceof Uint8Array) parentPort?.postMessage(await withDocument(workerData, readPages));
else
  parentPort?.on('message', (data: Uint8Array) => {
    void withDocument(data, readFirstPage).then((answer) => parentPort?.postMessage(answer));
  });
