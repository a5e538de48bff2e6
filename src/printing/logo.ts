// The picture at the head of a letter. Only what can be drawn within bounds is let through: a small file can hold a
// picture that needs gigabytes when it is unpacked.

import { LOGO_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Four thousand by four thousand: far beyond what 90 by 18 mm on paper can show. */
const LOGO_PIXELS_MAX = 16_000_000;

const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const JPEG_START = [0xff, 0xd8, 0xff] as const;
const SVG_START = /^\ufeff?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE[^>[]*>\s*)?<svg[\s>]/;

type Size = { readonly width: number; readonly height: number };

function pngSize(logo: Uint8Array): Size | undefined {
  if (logo.length < 24) return undefined;
  const view = new DataView(logo.buffer, logo.byteOffset, logo.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks over the segments of a JPEG file to its frame header (SOF), which has the size. */
function jpegSize(logo: Uint8Array): Size | undefined {
  const view = new DataView(logo.buffer, logo.byteOffset, logo.byteLength);
  for (let at = 2; at + 9 < logo.length && logo[at] === 0xff; ) {
    const marker = logo[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function assertSize(logo: Uint8Array, size: Size | undefined): void {
  if (!size) throw new Refusal('logo_not_readable', { bytes: logo.length });
  if (size.width * size.height > LOGO_PIXELS_MAX) throw new Refusal('logo_too_large', size);
}

/**
 * The kind of picture, told by its first bytes. Drawings (SVG) may not hold other pictures, whose size nobody
 * could see.
 *
 * Refuses: `logo_not_readable`, `logo_too_large` (bytes, or width and height).
 */
export function logoFormat(logo: Uint8Array): 'png' | 'jpg' | 'svg' {
  if (logo.length > LOGO_BYTES_MAX) throw new Refusal('logo_too_large', { bytes: logo.length });
  if (PNG_START.every((byte, at) => logo[at] === byte)) {
    assertSize(logo, pngSize(logo));
    return 'png';
  }
  if (JPEG_START.every((byte, at) => logo[at] === byte)) {
    assertSize(logo, jpegSize(logo));
    return 'jpg';
  }
  const text = new TextDecoder().decode(logo);
  if (SVG_START.test(text) && !/<(\w+:)?image\b/.test(text)) return 'svg';
  throw new Refusal('logo_not_readable', { bytes: logo.length });
}
