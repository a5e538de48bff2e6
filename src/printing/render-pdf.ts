// Draws documents as PDF/A-3b files. One warm process of ours does the drawing, one document after another; a
// document that takes too long or breaks it costs that process its life and nothing else.

import { type ChildProcess, fork } from 'node:child_process';
import { Refusal } from '#kernel/refusal.ts';
import { type InvoiceDocument, invoicePage } from './invoice-document.ts';
import { type DocumentLanguage, isRightToLeft } from './language.ts';
import { type LetterDocument, letterPage } from './letter-document.ts';
import { logoFormat } from './logo.ts';
import { addMetadata } from './pdf-metadata.ts';
import type { PrintPage } from './print-page.ts';
import { scriptsOf } from './print-scripts.ts';
import { fontFamilies } from './print-style.ts';
import type { DrawReply, DrawRequest } from './render-worker.ts';
import { type StatementDocument, statementPage } from './statement-document.ts';

/**
 * A document of two thousand lines takes two seconds on a slow machine; ten times that is a document gone
 * wrong.
 */
const DRAW_MS_MAX = 20_000;
/**
 * Starting the process and reading the fonts takes a third of a second; a machine that is very busy gets a
 * minute.
 */
const START_MS_MAX = 60_000;
/** The compiler's memory grows by about 0.15 MB a document, so its process is renewed after this many. */
const DOCUMENTS_PER_PROCESS = 500;

/** A document waiting for its turn. */
type Waiting = {
  readonly request: DrawRequest;
  readonly timeMsMax: number;
  readonly done: (pdf: Uint8Array) => void;
  readonly fail: (error: Error) => void;
};

type Drawer = { readonly child: ChildProcess; ready: boolean; drawn: number };

const queue: Waiting[] = [];
let drawer: Drawer | undefined;
let current: { readonly waiting: Waiting; readonly timer: NodeJS.Timeout } | undefined;
let nextId = 1;

/** Ends the document being drawn, one way or the other, and lets the next one have its turn. */
function finish(end: (waiting: Waiting) => void): void {
  if (!current) return;
  const { waiting, timer } = current;
  clearTimeout(timer);
  current = undefined;
  end(waiting);
  drawNext();
}

/** Takes the process away at once; it may be deep in native code that hears no other signal. */
function dropDrawer(): void {
  const dropped = drawer;
  drawer = undefined;
  dropped?.child.removeAllListeners();
  dropped?.child.on('error', () => {});
  dropped?.child.kill('SIGKILL');
}

function hearReply(reply: DrawReply | 'ready'): void {
  if (!drawer) return;
  if (reply === 'ready') {
    drawer.ready = true;
    if (current) send(current.waiting);
    return;
  }
  if (current?.waiting.request.id !== reply.id) return;
  drawer.drawn += 1;
  if (drawer.drawn >= DOCUMENTS_PER_PROCESS) dropDrawer();
  finish((waiting) => {
    if ('pdf' in reply) waiting.done(reply.pdf);
    else waiting.fail(refusalOf(reply.problem));
  });
}

/** The layout is ours and draws what it is given, so that what it cannot read is the picture. */
function refusalOf(problem: string): Refusal {
  const reason = problem.slice(0, 500);
  if (/failed to (decode image|parse SVG)/.test(problem)) return new Refusal('logo_not_readable', { reason });
  return new Refusal('pdf_not_drawn', { reason });
}

/**
 * Starts the drawing process: with an empty environment, because a process that reads what customers wrote needs no
 * secrets of ours, and with downloads of layout packages sent nowhere.
 */
function startDrawer(): Drawer {
  const nowhere = 'http://127.0.0.1:9';
  const child = fork(new URL('./render-worker.ts', import.meta.url), {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { https_proxy: nowhere, http_proxy: nowhere, SystemRoot: process.env.SystemRoot },
  });
  const lost = (): void => {
    if (drawer?.child !== child) return;
    drawer = undefined;
    finish((waiting) => waiting.fail(new Refusal('pdf_drawing_lost')));
  };
  child.on('message', hearReply);
  child.on('error', lost);
  child.on('exit', lost);
  return { child, ready: false, drawn: 0 };
}

/**
 * Hands the document to the process and starts its clock; before that the clock was for the start of the
 * process.
 */
function send(waiting: Waiting): void {
  if (!current || !drawer) return;
  clearTimeout(current.timer);
  current = { waiting, timer: setTimeout(giveUp, waiting.timeMsMax) };
  drawer.child.send(waiting.request);
}

function giveUp(): void {
  dropDrawer();
  finish((waiting) => waiting.fail(new Refusal('pdf_time_limit', { milliseconds: waiting.timeMsMax })));
}

function drawNext(): void {
  const waiting = current ? undefined : queue.shift();
  if (!waiting) {
    // An idle process must not keep a program alive that has nothing else to do; it ends with its parent.
    if (!current) holdOpen(false);
    return;
  }
  drawer ??= startDrawer();
  holdOpen(true);
  current = { waiting, timer: setTimeout(giveUp, START_MS_MAX) };
  if (drawer.ready) send(waiting);
}

function holdOpen(held: boolean): void {
  if (!drawer) return;
  const { child } = drawer;
  if (held) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

/** A file inside of a PDF. */
export type AttachedFile = {
  readonly name: string;
  readonly mime: string;
  /** What it is to the pages (AFRelationship): the same said otherwise, what they were made from, or more to them. */
  readonly relationship: 'alternative' | 'source' | 'data' | 'supplement';
  readonly description: string;
  readonly bytes: Uint8Array;
};

/** How a page is drawn, where not in our own layout or our own time. */
export type DrawOptions = {
  /** A Typst source that reads the page from `sys.inputs.data`. It can read no file and reach no network. */
  readonly layout?: string;
  readonly timeMsMax?: number;
  /** Files put into the PDF, for machines and archives. */
  readonly attached?: readonly AttachedFile[];
  /** More `rdf:Description` elements for the metadata of the file. */
  readonly metadata?: string | undefined;
};

/** An invoice as data, to be put into its PDF: what `einvoice` gives for a hybrid invoice. */
export type InvoiceData = {
  readonly xml: Uint8Array;
  readonly fileName: string;
  readonly mime: string;
  readonly description: string;
  readonly xmp: string;
};

/** A language as the layout knows it; the two scripts of Chinese are told by a place that writes them. */
function layoutLanguage(language: DocumentLanguage): {
  readonly language: string;
  readonly region: string | null;
} {
  if (language === 'zh-Hans') return { language: 'zh', region: 'CN' };
  return language === 'zh-Hant' ? { language: 'zh', region: 'TW' } : { language, region: null };
}

/** The language whose readers say how Chinese characters look: the second, where only that one is written with them. */
function fontLanguage({ language, secondLanguage }: PrintPage): DocumentLanguage {
  const isEastAsian = (each: DocumentLanguage): boolean => /^(zh-Han[st]|ja|ko)$/.test(each);
  return secondLanguage && !isEastAsian(language) && isEastAsian(secondLanguage) ? secondLanguage : language;
}

/**
 * What the drawing process is told: the page as data for the layout, and the files that it may read.
 *
 * Refuses: `logo_not_readable`, `logo_too_large`.
 */
export function drawRequest(page: PrintPage, options: DrawOptions = {}): DrawRequest {
  const { logo, date, style, ...texts } = page;
  const attached = options.attached ?? [];
  const logoName = logo && `logo.${logoFormat(logo)}`;
  const written = JSON.stringify(texts);
  const drawnAs = fontLanguage(page);
  const everyScript = scriptsOf(written, drawnAs, true);
  const data = {
    notice: null,
    rightToLeft: isRightToLeft(page.language),
    bilingual: page.secondLanguage !== undefined,
    style: { ...style, fonts: fontFamilies(style.font, everyScript) },
    attachments: attached.map(({ bytes: _, ...file }, at) => ({ ...file, path: `attached-${at}` })),
    ...texts,
    ...layoutLanguage(page.language),
    logo: logoName ?? null,
    year: date.year,
    month: date.month,
    day: date.day,
  };
  return {
    id: nextId++,
    // Absent facts are written as null: the layout asks whether a value is there, not whether a key is.
    data: JSON.stringify(data, (_key, value: unknown) => (value === undefined ? null : value)),
    scripts: scriptsOf(written, drawnAs),
    everyScript,
    files: [
      ...(logo && logoName ? [{ name: logoName, bytes: logo }] : []),
      ...attached.map(({ bytes }, at) => ({ name: `attached-${at}`, bytes })),
    ],
    layout: options.layout,
  };
}

/**
 * Draws a page that is laid out already. Pages wait for one another; the same page gives the same bytes every time.
 *
 * Refuses: `pdf_time_limit`, `pdf_not_drawn` (reason), `pdf_drawing_lost` (the process died: out of memory, say; try
 * again), what `drawRequest` refuses.
 */
export async function renderPage(page: PrintPage, options: DrawOptions = {}): Promise<Uint8Array> {
  const request = drawRequest(page, options);
  const pdf = await new Promise<Uint8Array>((done, fail) => {
    queue.push({ request, timeMsMax: options.timeMsMax ?? DRAW_MS_MAX, done, fail });
    drawNext();
  });
  return options.metadata === undefined ? pdf : addMetadata(pdf, options.metadata);
}

/**
 * Draws an invoice or a credit note; with its data inside (Factur-X, ZUGFeRD) where they are given. Refuses as `renderPage`
 * does.
 */
export async function renderInvoicePdf(document: InvoiceDocument, data?: InvoiceData): Promise<Uint8Array> {
  return renderPage(invoicePage(document), invoiceOptions(data));
}

/** How an invoice is drawn: with its data inside where they are given. */
export function invoiceOptions(data: InvoiceData | undefined): DrawOptions {
  if (!data) return {};
  const { xml, fileName: name, mime, description, xmp } = data;
  const file: AttachedFile = { name, mime, description, relationship: 'alternative', bytes: xml };
  return { attached: [file], metadata: xmp };
}

/** Draws a statement of account. Refuses as `renderPage` does. */
export async function renderStatementPdf(document: StatementDocument): Promise<Uint8Array> {
  return renderPage(statementPage(document));
}

/** Draws a reminder letter. Refuses as `renderPage` does. */
export async function renderLetterPdf(document: LetterDocument): Promise<Uint8Array> {
  return renderPage(letterPage(document));
}

/**
 * Stops the drawing process. What still waits is refused with `pdf_drawing_lost`; a later document starts it
 * anew.
 */
export async function closePdf(): Promise<void> {
  const left = queue.splice(0);
  const child = drawer?.child;
  holdOpen(true);
  const ended =
    child && child.exitCode === null ? new Promise((resolve) => child.once('close', resolve)) : undefined;
  for (const waiting of left) waiting.fail(new Refusal('pdf_drawing_lost'));
  child?.kill('SIGKILL');
  await ended;
}
