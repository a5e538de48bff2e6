// Whether the address of a letter shows in the window of its envelope, and nothing else does: judged by where the texts of its first
// page stand. Pure.

import type { PdfBox, PdfTextPage } from '#formats/pdf-text.ts';
import type { AddressWindow } from './print-style.ts';

const POINTS_PER_MM = 72 / 25.4;

/** Around the window nothing but the address may stand: a folded sheet moves so much in its envelope. */
const CLEAR_MM = 4;

/** Boxes of texts are of the font, not of the ink: so much of one may stick out. */
const INK_MM = 0.6;

/**
 * Where the windows lie on the sheet, in millimetres from its upper left corner.
 *
 * `din_b`, `din_a`: the address field of DIN 5008 in the window of DIN 680, 90 x 45 mm at 20 mm from the left. `us`: a number 10
 * envelope (241.3 x 104.8 mm) has 114.3 x 28.6 mm at 22.2 mm from the left and 12.7 mm from the foot; the folded sheet lies at
 * the left and the foot. `ch_right`: C5/6 by SN 010130 has 100 x 45 mm at 12 mm from the right and 21 mm from the foot; the
 * folded sheet lies in the middle of the envelope (229 x 114 mm).
 */
export const WINDOWS: Readonly<Record<AddressWindow, PdfBox>> = {
  din_b: { x: 20, y: 45, width: 90, height: 45 },
  din_a: { x: 20, y: 27, width: 90, height: 45 },
  us: { x: 22.2, y: 51.8, width: 114.3, height: 28.6 },
  ch_right: { x: 107.5, y: 40.5, width: 100, height: 45 },
};

/** What is wrong with a sheet: nothing stands in the window, or a text lies across its edge or too near to it. */
export type WindowTrouble =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_clear'; readonly text: string };

const inMm = ({ x, y, width, height }: PdfBox): PdfBox => ({
  x: x / POINTS_PER_MM,
  y: y / POINTS_PER_MM,
  width: width / POINTS_PER_MM,
  height: height / POINTS_PER_MM,
});

const grown = ({ x, y, width, height }: PdfBox, by: number): PdfBox => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

const touches = (a: PdfBox, b: PdfBox): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const isWithin = (inner: PdfBox, outer: PdfBox): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** What is wrong with the first page of a letter for the window it is folded for; nothing where it may be posted. */
export function windowTrouble(page: PdfTextPage, window: AddressWindow): WindowTrouble | undefined {
  const field = WINDOWS[window];
  const near = page.runs.filter((run) => touches(inMm(run), grown(field, CLEAR_MM)));
  const across = near.find((run) => !isWithin(grown(inMm(run), -INK_MM), field));
  if (across) return { kind: 'not_clear', text: across.text.trim().slice(0, 80) };
  return near.length === 0 ? { kind: 'empty' } : undefined;
}
