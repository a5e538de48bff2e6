// What a PDF looks like: its sheets as pictures in shades of grey, small enough to be kept beside the tests.

import { crc32, deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A picture in grey: one byte for each point, 0 black and 255 white. */
export type GreyPicture = { readonly width: number; readonly height: number; readonly points: Uint8Array };

/** A PDF counts 72 points to the inch. */
const POINTS_PER_INCH = 72;

/** Each sheet of a PDF as a picture, drawn by another program than the one that made it. */
export async function sheetPictures(pdf: Uint8Array, pixelsPerInch: number): Promise<readonly Buffer[]> {
  const task = getDocument({ data: new Uint8Array(pdf), disableFontFace: true, verbosity: 0 });
  const document = await task.promise;
  const sheets: Buffer[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: pixelsPerInch / POINTS_PER_INCH });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    await page.render({ canvas: canvas as never, viewport }).promise;
    sheets.push(canvas.toBuffer('image/png'));
  }
  await task.destroy();
  return sheets;
}

/** A picture file as shades of grey. */
export async function readGrey(file: Uint8Array): Promise<GreyPicture> {
  const image = await loadImage(Buffer.from(file));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const points = new Uint8Array(width * height);
  for (let at = 0; at < points.length; at += 1)
    points[at] = Math.round(
      0.3 * (data[4 * at] ?? 0) + 0.59 * (data[4 * at + 1] ?? 0) + 0.11 * (data[4 * at + 2] ?? 0),
    );
  return { width, height, points };
}

/** Shades this far apart look different; less is the edge of a letter drawn on another processor. */
const SHADES_APART = 32;

/** How much of two pictures looks different: 0 for the same, 1 for pictures of different sizes. */
export function differingPart(a: GreyPicture, b: GreyPicture): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let differing = 0;
  for (const [at, shade] of a.points.entries())
    if (Math.abs(shade - (b.points[at] ?? 0)) > SHADES_APART) differing += 1;
  return differing / a.points.length;
}

/** A picture in grey as a PNG file of one byte for each point, without what a canvas would add. */
export function greyPng({ width, height, points }: GreyPicture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each point, grey, the one compression and filter there are, not interlaced.
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1)
    rows.set(points.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngPart('IHDR', header),
    pngPart('IDAT', deflateSync(rows, { level: 9 })),
    pngPart('IEND', Buffer.alloc(0)),
  ]);
}

function pngPart(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const part = Buffer.alloc(typed.length + 8);
  part.writeUInt32BE(content.length, 0);
  typed.copy(part, 4);
  part.writeUInt32BE(crc32(typed), typed.length + 4);
  return part;
}
