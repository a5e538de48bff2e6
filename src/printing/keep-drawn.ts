// What was drawn is kept: the same page gives the same bytes, so that a document that goes along with one message after another is
// drawn once, for as long as it stays as it is.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Tx } from '#db/transaction.ts';
import { type InvoiceDocument, invoicePage } from './invoice-document.ts';
import type { PrintPage } from './print-page.ts';
import { type DrawOptions, drawRequest, type InvoiceData, invoiceOptions, renderPage } from './render-pdf.ts';
import { type Drawn, deleteDrawn, findDrawn, insertDrawn, updateUsed } from './store-drawn.ts';

/** Reads in a transaction; with `keep`, what was drawn anew is kept too. */
export type DrawnBefore = {
  <T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  readonly keep?: ((work: (tx: Tx) => Promise<void>) => Promise<void>) | undefined;
};

/** Drawings are kept for so many days since they were used last, and so many bytes of them for each tenant. */
export const DRAWN_DAYS_KEPT = 60;
const DRAWN_BYTES_KEPT = 4 * 1024 ** 3;
/** Days after which it is noted again that a drawing is used. */
const DRAWN_USED_DAYS = 7;

/** What else a drawing depends on: this layout, this program, and the versions of all it is drawn with. */
const PROGRAM = [
  './document.typ',
  './render-worker.ts',
  './print-scripts.ts',
  './pdf-metadata.ts',
  '../../package.json',
].map((name) =>
  createHash('sha256')
    .update(readFileSync(new URL(name, import.meta.url)))
    .digest(),
);

/** The SHA-256 (hex) of all that the drawing of a page is made of. Refuses as `drawRequest` does. */
function nameOfDrawing(page: PrintPage, options: DrawOptions = {}): string {
  const { data, scripts, everyScript, files, layout } = drawRequest(page, options);
  const hash = createHash('sha256');
  for (const part of PROGRAM) hash.update(part);
  const texts = [data, scripts.join(), everyScript.join(), layout ?? '', options.metadata ?? ''];
  // Lengths first: no two lists of parts make the same bytes.
  const parts = [
    ...texts.map((text) => Buffer.from(text)),
    ...files.flatMap(({ name, bytes }) => [Buffer.from(name), bytes]),
  ];
  hash.update(parts.map(({ length }) => length).join());
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** A page to draw, and how it is drawn where it was not drawn before. */
export type Drawing = { readonly name: string; draw(): Promise<Uint8Array> };

/** An invoice or a credit note to draw, with its data inside where they are given. Refuses as `drawRequest` does. */
export function invoiceDrawing(document: InvoiceDocument, data?: InvoiceData): Drawing {
  const [page, options] = [invoicePage(document), invoiceOptions(data)];
  return { name: nameOfDrawing(page, options), draw: () => renderPage(page, options) };
}

/**
 * Gives drawings in their order, until the taker has enough: those drawn before as they were kept, the others drawn now, and
 * kept.
 * That one could not be kept hinders nobody. Refuses: what drawing refuses.
 */
export async function* drawOnce(
  drawings: readonly Drawing[],
  before: DrawnBefore,
): AsyncGenerator<Uint8Array> {
  const { keep } = before;
  const names = drawings.map(({ name }) => name);
  const found = keep && names.length > 0 ? await before((tx) => findDrawn(tx, names)) : [];
  const kept = new Map(found.map(({ namedBy, pdf }) => [namedBy, pdf]));
  await noteUsed(found, keep);
  const drawn: Drawn[] = [];
  try {
    for (const { name, draw } of drawings) {
      const pdf = kept.get(name) ?? (await draw());
      if (!kept.has(name)) drawn.push({ namedBy: name, pdf });
      yield pdf;
    }
  } finally {
    if (keep && drawn.length > 0)
      await keep(async (tx) => {
        for (const one of drawn) insertDrawn(tx, one);
      }).catch(() => {});
  }
}

/** One drawing: as it was kept, or drawn now. Refuses: what drawing refuses. */
export async function drawnOnce(drawing: Drawing, before: DrawnBefore): Promise<Uint8Array> {
  for await (const pdf of drawOnce([drawing], before)) return pdf;
  throw new Error('one drawing was asked for');
}

/** Notes once in some days that files are used: each time would cost more than drawing some of them anew. */
async function noteUsed(
  found: Awaited<ReturnType<typeof findDrawn>>,
  keep: DrawnBefore['keep'],
): Promise<void> {
  const since = Temporal.Now.plainDateISO('UTC').subtract({ days: DRAWN_USED_DAYS });
  const old = found.filter(({ usedOn }) => Temporal.PlainDate.compare(usedOn, since) < 0);
  if (keep && old.length > 0)
    await keep(async (tx) =>
      updateUsed(
        tx,
        old.map(({ namedBy }) => namedBy),
      ),
    ).catch(() => {});
}

/** Takes away what nobody used for long, and what is too much; it would be drawn anew. */
export async function removeOldDrawn(tx: Tx): Promise<void> {
  deleteDrawn(tx, { days: DRAWN_DAYS_KEPT, bytesMax: DRAWN_BYTES_KEPT });
}
