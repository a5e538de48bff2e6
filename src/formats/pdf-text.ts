// The text of a PDF with where it stands on its pages. The file is taken apart in a thread of its own, with a bound on its time
// and memory; one at a time, so that many at once need no more.

import { Worker } from 'node:worker_threads';
import { PDF_TEXT_MEGABYTES_MAX, PDF_TEXT_SECONDS_MAX, PDF_THREAD_KEPT_SECONDS } from '#kernel/limits.ts';
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

/** Lets a thread of its own read, and ends it. */
async function askThread(bytes: Uint8Array): Promise<PdfTextAnswer> {
  const thread = startThread(new Uint8Array(bytes));
  const { answer } = await hear(thread);
  await thread.terminate();
  return answer;
}

/** The thread that is kept for our own PDFs, which need not be kept apart from each other as those of strangers. */
let kept: Worker | undefined;
let rest: NodeJS.Timeout | undefined;
let ownTurn: Promise<unknown> = Promise.resolve();

/**
 * The first page of a PDF that we drew ourselves. Its thread is kept while there is more to read: starting one takes longer than
 * reading.
 *
 * Refuses: `pdf_damaged`, `pdf_too_much_text`, `pdf_too_slow`.
 */
export async function readOwnFirstPage(bytes: Uint8Array): Promise<PdfTextPage | undefined> {
  const mine = ownTurn.then(() => askKeptThread(bytes));
  ownTurn = mine.catch(() => undefined);
  const answer = await mine;
  if ('refused' in answer) throw new Refusal(answer.refused, answer.facts);
  return answer.pages[0];
}

async function askKeptThread(bytes: Uint8Array): Promise<PdfTextAnswer> {
  clearTimeout(rest);
  const thread = kept ?? keepThread();
  thread.ref();
  const heard = hear(thread);
  thread.postMessage(new Uint8Array(bytes));
  const { answer, isWell } = await heard;
  thread.unref();
  if (isWell) rest = setTimeout(() => letGo(thread), PDF_THREAD_KEPT_SECONDS * 1000).unref();
  else await thread.terminate();
  return answer;
}

/** Ends a thread that rests. It takes a moment: what comes meanwhile is given to another. */
function letGo(thread: Worker): void {
  if (kept === thread) kept = undefined;
  void thread.terminate();
}

function keepThread(): Worker {
  const thread = startThread(null);
  thread.once('exit', () => {
    if (kept === thread) kept = undefined;
  });
  kept = thread;
  return thread;
}

/** A thread that reads one PDF, or the first page of each it is sent. */
function startThread(bytes: Uint8Array | null): Worker {
  const thread = new Worker(new URL('./pdf-text-worker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: PDF_TEXT_MEGABYTES_MAX, maxYoungGenerationSizeMb: 32 },
    // What the library prints of odd files is nobody's business.
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  // It may fail once more while it is being ended.
  thread.on('error', () => {});
  return thread;
}

/** What a thread says next, within the time it may take. */
function hear(thread: Worker): Promise<{ readonly answer: PdfTextAnswer; readonly isWell: boolean }> {
  return new Promise((resolve) => {
    const end = (answer: PdfTextAnswer, isWell: boolean): void => {
      clearTimeout(clock);
      thread.off('message', said).off('error', failed).off('exit', failed);
      resolve({ answer, isWell });
    };
    const said = (answer: PdfTextAnswer) => end(answer, true);
    // Too slow, out of memory, or ended without a word: the file did that.
    const failed = () => end({ refused: 'pdf_too_slow', facts: { secondsMax: PDF_TEXT_SECONDS_MAX } }, false);
    const clock = setTimeout(failed, PDF_TEXT_SECONDS_MAX * 1000);
    thread.on('message', said).on('error', failed).on('exit', failed);
  });
}
