// The text of a PDF with where it stands on its pages. The file is taken apart in a thread of its own, with a bound on its time
// and memory; one at a time, so that many at once need no more.

import { Worker } from 'node:worker_threads';
import { PDF_TEXT_MEGABYTES_MAX, PDF_TEXT_SECONDS_MAX } from '#kernel/limits.ts';
import { type Facts, Refusal } from '#kernel/refusal.ts';

/** A box on a page in points (72 to the inch), from the upper left corner. */
export type PdfBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A piece of text that was written in one go, upright. Its box reaches from its baseline up. */
export type PdfTextRun = PdfBox & { readonly text: string };

/** A page as it is looked at, turned if the file says so. */
export type PdfTextPage = {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly PdfTextRun[];
};

/** What the thread says. */
export type PdfTextAnswer =
  | { readonly pages: readonly PdfTextPage[] }
  | { readonly refused: string; readonly facts: Facts };

let turn: Promise<unknown> = Promise.resolve();

/**
 * The pages of a PDF with their texts, without what is written sideways. A scanned page has none.
 *
 * Refuses: `pdf_damaged`, `pdf_encrypted`, `pdf_too_many_pages`, `pdf_too_much_text`, `pdf_too_slow` (more time or memory than
 * reading a PDF may take).
 */
export async function readPdfText(bytes: Uint8Array): Promise<readonly PdfTextPage[]> {
  const mine = turn.then(() => askThread(bytes));
  turn = mine.catch(() => undefined);
  const answer = await mine;
  if ('refused' in answer) throw new Refusal(answer.refused, answer.facts);
  return answer.pages;
}

/** Lets a thread of its own read, and ends it after the time it may take. */
function askThread(bytes: Uint8Array): Promise<PdfTextAnswer> {
  const slow: PdfTextAnswer = { refused: 'pdf_too_slow', facts: { secondsMax: PDF_TEXT_SECONDS_MAX } };
  return new Promise((resolve) => {
    const thread = new Worker(new URL('./pdf-text-worker.ts', import.meta.url), {
      workerData: new Uint8Array(bytes),
      resourceLimits: { maxOldGenerationSizeMb: PDF_TEXT_MEGABYTES_MAX, maxYoungGenerationSizeMb: 32 },
      // What the library prints of odd files is nobody's business.
      stdout: true,
      stderr: true,
      execArgv: [],
    });
    const clock = setTimeout(() => end(slow), PDF_TEXT_SECONDS_MAX * 1000);
    let isOver = false;
    const end = (answer: PdfTextAnswer): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(clock);
      void thread.terminate().then(() => resolve(answer));
    };
    thread.once('message', end);
    // Out of memory, or ended without a word: the file did that.
    thread.once('error', () => end(slow));
    thread.once('exit', () => end(slow));
  });
}
